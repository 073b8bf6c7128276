/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* What differs between architectures. The process probes read no registers, so there is nothing yet but the check. */
#if !defined(__TARGET_ARCH_x86) && !defined(__TARGET_ARCH_arm64)
#error "unsupported architecture: define __TARGET_ARCH_x86 or __TARGET_ARCH_arm64"
#endif
