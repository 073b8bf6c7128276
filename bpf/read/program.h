/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* The program that a process runs: its image, working directory and file descriptors. */
#ifndef SM_READ_PROGRAM_H
#define SM_READ_PROGRAM_H

/* The part that an exec and a process found alive have in common: everything but arguments, environment and script. */
static __always_inline void sm_fill_exec(struct sm_draft *d, struct sm_exec_record *r, struct task_struct *task)
{
	struct task_struct *t = sm_untrusted(task, task_struct);
	struct file *exe = t->mm ? t->mm->exe_file : NULL; /* read/task.h says why it is asked for */

	r->argv.off = r->argv.len = 0;
	r->env.off = r->env.len = 0;
	r->script.off = r->script.len = 0;
	r->argv_total = 0;
	r->marks = 0;
	r->reserved = 0;
	r->file_system = r->super_block = 0;
	r->old_tid = r->hdr.tid;
	sm_fill_task(t, &r->task);
	__builtin_memset(&r->exe, 0, sizeof(r->exe));
	r->image.off = r->image.len = 0;
	if (exe) {
		sm_fill_file(exe, &r->exe);
		sm_fill_content(exe, &r->exe, &r->file_system, &r->super_block);
		if (sm_append_path(d, &r->image, &exe->f_path, &r->marks, SM_EXEC_CUT_IMAGE))
			r->exe.attributes |= SM_FILE_PSEUDO;
	}
	sm_append_path(d, &r->cwd, &t->fs->pwd, &r->marks, SM_EXEC_CUT_CWD);
	sm_append_path(d, &r->root, &t->fs->root, &r->marks, SM_EXEC_CUT_CWD);
	if (r->root.len == 1) { /* `/`, as for nearly all */
		d->off = r->root.off;
		r->root.len = 0;
	}
	sm_fill_stdio(d, t, r->stdio, &r->marks);
}

#endif
