/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* How programs at tracepoints begin and end. */
#ifndef SM_HOOKS_PROGRAM_H
#define SM_HOOKS_PROGRAM_H

/*
 * Newer kernels (7.2 does) let a task lose its CPU in the middle of a program. If another task reaches the same hook on
 * that CPU meanwhile, the kernel does not run the program for it; at another hook it would find the scratch of the CPU
 * in use. On such kernels user space replaces these two instructions by calls of bpf_preempt_disable() and
 * bpf_preempt_enable() (native/core/kernel/setup.cc). As they are they do nothing, so that older kernels never see a
 * call that they do not know.
 */
#define SM_HOLD_CPU 0x53594d01
#define SM_RELEASE_CPU 0x53594d02
#define sm_placeholder(what) asm volatile("r0 = %0" : : "i"(what) : "r0", "r1", "r2", "r3", "r4", "r5")

/* As BPF_PROG, for a raw tracepoint with typed arguments. */
#define SM_TYPED(name, args...)                                                                                        \
	name(unsigned long long *ctx);                                                                                 \
	static __always_inline int name##_body(unsigned long long *ctx, ##args);                                       \
	int name(unsigned long long *ctx)                                                                              \
	{                                                                                                              \
		int result;                                                                                            \
                                                                                                                       \
		sm_placeholder(SM_HOLD_CPU);                                                                           \
		_Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wint-conversion\"") result =         \
		    name##_body(___bpf_ctx_cast(args));                                                                \
		_Pragma("GCC diagnostic pop") sm_placeholder(SM_RELEASE_CPU);                                          \
		return result;                                                                                         \
	}                                                                                                              \
	static __always_inline int name##_body(unsigned long long *ctx, ##args)

/*
 * For a tracepoint, with its context. The arguments of a tracepoint of a system call are numbers to the verifier, so
 * that what they point to can only be read by helpers. A section that names {several,tracepoints} is attached to each
 * of them; one that the architecture does not have is left out.
 */
#define SM_TRACE(name, context)                                                                                        \
	name(context);                                                                                                 \
	static __always_inline int name##_body(context);                                                               \
	int name(context)                                                                                              \
	{                                                                                                              \
		int result;                                                                                            \
                                                                                                                       \
		sm_placeholder(SM_HOLD_CPU);                                                                           \
		result = name##_body(ctx);                                                                             \
		sm_placeholder(SM_RELEASE_CPU);                                                                        \
		return result;                                                                                         \
	}                                                                                                              \
	static __always_inline int name##_body(context)

#endif
