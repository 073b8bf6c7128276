/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Pointers that are only followed. From 6.4 to 6.18 the verifier looks through all names of the kernel's types, four
 * times, for each load of a pointer from a structure that it trusts: a millisecond whenever it comes by. Of a pointer
 * that it does not trust it asks nothing, and a load costs the same. So what is to be followed is made one: user space
 * puts a call of bpf_rdonly_cast(), which costs nothing when the program runs, in place of these two instructions where
 * the kernel has that function (native/core/kernel/untrusted.cc). As they are they copy the pointer. Helpers that ask
 * for a trusted pointer need the original.
 */
#ifndef SM_READ_UNTRUSTED_H
#define SM_READ_UNTRUSTED_H

#define SM_UNTRUSTED_task_struct 0x53594d10
#define SM_UNTRUSTED_inode 0x53594d11

/* In the registers of a call, so that no other one is in use for it: the stack of these programs is nearly full. */
#define sm_untrusted(pointer, type)                                                                                    \
	({                                                                                                             \
		register void *given asm("r1") = pointer;                                                              \
		register struct type *followed asm("r0");                                                              \
		asm volatile("r2 = %2\n\t"                                                                             \
			     "r0 = r1"                                                                                 \
			     : "=r"(followed), "+r"(given)                                                             \
			     : "i"(SM_UNTRUSTED_##type)                                                                \
			     : "r2", "r3", "r4", "r5");                                                                \
		followed;                                                                                              \
	})

#endif
