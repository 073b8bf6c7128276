/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Modules of the kernel. */
#ifndef SM_VMLINUX_MODULE_H
#define SM_VMLINUX_MODULE_H

#define SM_MODULE_NAME 56 /* MODULE_NAME_LEN */

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct module_memory {
	unsigned int size;
};
struct module {
	char name[SM_MODULE_NAME];
	bool sig_ok; /* CONFIG_MODULE_SIG */
	unsigned long taints;
	struct module_memory mem[4]; /* since 6.4: text, data, and two kinds of data that is only read; then for init */
};
struct module_layout {
	unsigned int size;
};
struct module___63 { /* up to 6.3 */
	struct module_layout core_layout;
};

#pragma clang attribute pop

#endif
