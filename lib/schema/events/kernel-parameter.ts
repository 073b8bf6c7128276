import { processHead, userAt } from '../fields.js';
import { ocsfActor } from '../format-rows.js';
import type { EventSchema } from '../types.js';

export const kernelParameter: EventSchema = {
  id: 129,
  name: 'KernelParameter',
  tag: 'KernelParameter',
  version: 1,
  default: 'drop',
  doc:
    'Somebody changed how the kernel behaves: by writing to a file that is a setting of it, or by a call that does so. Of files: all of `/proc/sys` and of binfmt_misc; ' +
    '`/proc/sysrq-trigger`; `uevent_helper` and the parameters of modules in `/sys`; `release_agent`, `notify_on_release` and `devices.allow` of version 1 of the control groups; ' +
    '`enforce` and `disable` of SELinux; `lockdown`; `kprobe_events` and `uprobe_events` of tracing. Of calls: kexec_load, kexec_file_load, reboot, swapon, swapoff, ' +
    'settimeofday, clock_settime, adjtimex and clock_adjtime with a mode, acct, and quotactl where it sets something. What failed is no event. ' +
    'Quiet: none in a build, `npm install`, `apt-get update` or `apt-get install`, and a burst where a machine starts, a network is configured or a container is made (`sysctl --system`, IPv6 settings of each interface).',
  wire: {
    id: 115,
    name: 'kernel_parameter',
    probe: 'kernel-parameter',
    doc: 'A setting of the kernel was changed.',
    fields: [
      ['parameter', 'struct location', 'the file, below the usual place of its file system; or the name of the call'],
      ['previous', 'text', 'what the kernel had; empty: not known'],
      ['value', 'text', 'what the kernel has now, or what it was passed; empty: nothing, or not known'],
      ['uid', 'u32', 'real user id'],
      ['hook', 'u8', 'SM_HOOK_KERNEL_PARAMETER_*'],
      ['marks', 'u8', 'what was cut, or may have been changed: see marks'],
      ['reserved', 'u16', 'zero'],
    ],
  },
  hooks: [
    ['sys_exit_write', 'core'],
    ['sys_exit_pwrite64', 'core'],
    ['sys_exit_writev', 'core'],
    ['sys_exit_pwritev', 'core'],
    ['sys_exit_pwritev2', 'core'],
    ['sys_exit_sendfile64', 'core'],
    ['sys_exit_splice', 'core'],
    ['io_uring_complete', 'core'],
    ['sys_exit_kexec_load', 'core'],
    ['sys_exit_kexec_file_load', 'core'],
    ['sys_enter_reboot', 'core'],
    ['sys_exit_reboot', 'core'],
    ['sys_exit_swapon', 'core'],
    ['sys_exit_swapoff', 'core'],
    ['sys_exit_settimeofday', 'core'],
    ['sys_exit_clock_settime', 'core'],
    ['sys_exit_adjtimex', 'core'],
    ['sys_exit_clock_adjtime', 'core'],
    ['sys_exit_acct', 'core'],
    ['sys_exit_quotactl', 'core'],
    ['sys_exit_quotactl_fd', 'core'],
  ],
  programs: [
    'sm_parameter_write_enter',
    'sm_parameter_writev_enter',
    'sm_parameter_sendfile_enter',
    'sm_parameter_splice_enter',
    'sm_parameter_kexec_load',
    'sm_parameter_kexec_file_load',
    'sm_parameter_swapon',
    'sm_parameter_swapoff',
    'sm_parameter_settimeofday',
    'sm_parameter_clock_settime',
    'sm_parameter_adjtimex',
    'sm_parameter_clock_adjtime',
    'sm_parameter_acct',
    'sm_parameter_quotactl',
    'sm_parameter_quotactl_fd',
    'sm_parameter_reboot',
    'sm_parameter_exit',
    'sm_uring_parameter',
  ],
  maps: ['sm_parameter_calls', 'sm_parameter_new'],
  blindSpots: [
    'Other files of `/sys`, of the control groups (limits, members), and of `/proc` outside `/proc/sys` are not told.',
    'Only of settings whose meaning is known are the values those that the kernel had and has: core_pattern, modprobe, hotplug, poweroff_cmd, core_uses_pid, core_pipe_limit, randomize_va_space, ' +
      'kptr_restrict, dmesg_restrict, perf_event_paranoid, ptrace_scope, suid_dumpable, protected_symlinks, protected_hardlinks, protected_fifos, protected_regular, modules_disabled, ' +
      'kexec_load_disabled, unprivileged_bpf_disabled, unprivileged_userns_clone, unprivileged_userfaultfd, io_uring_disabled, bpf_jit_harden, bpf_jit_enable, panic_on_oops, ip_forward. ' +
      'Such a write that changes nothing is no event. Of all others `NewValue` is what was passed, and `PreviousValue` is `-`.',
    'What was passed is read from the memory of the process when the call ends, in its first 255 bytes; of writev(2) and its like the first buffer. Where other threads could change it, `extra.exposed` says so; ' +
      'where another process shares that memory, nothing does. Of sendfile(2) and splice(2) it is not seen, nor what io_uring writes.',
    'A reboot is told when it is asked for by a process that has the right to it, for the call does not return: a security module may still forbid it. In a pid namespace it ends the namespace only.',
    'At most 256 calls are followed at once; others are counted as lost.',
    'Calls of 32-bit programs are not seen.',
    { before: '6.0', text: 'By io_uring: writes are not seen.' },
  ],
  fields: [
    ...processHead,
    [
      'Parameter',
      'string',
      'location(parameter)',
      'The setting: `/proc/sys/kernel/core_pattern`, by where its file system usually is, through whatever mount it was written to; of a control group `/sys/fs/cgroup/` and its path, without the name of the hierarchy. Or the name of the call: `reboot`.',
    ],
    [
      'PreviousValue',
      'string',
      'text(previous)',
      'What the kernel had; `-` if that is not known (only of some settings it is), or if it is empty.',
    ],
    [
      'NewValue',
      'string',
      'text(value)',
      'What the kernel has now, or else what it was passed: the text that was written; the path of swapon, swapoff, acct and quotactl; the command line of kexec_file_load; what reboot is to do (`restart`, `halt`, `power_off`, `kexec`, `suspend`; `-`: what Ctrl-Alt-Del does); seconds since 1970 of settimeofday and clock_settime; the modes of adjtimex as a number. `-` if it is nothing, or not known.',
    ],
    userAt('the real user at the call'),
  ],
  marks: [
    { kind: 'truncated', fields: ['NewValue'], field: 'marks', bits: '1' },
    { kind: 'exposed', fields: ['NewValue'], field: 'marks', bits: '2' },
  ],
  ecs: { category: ['configuration'], type: ['change'] },
  ocsf: { class: 'base', activity: [99, 'Change Kernel Parameter'], rows: ocsfActor },
  text: ['Parameter', 'PreviousValue', 'NewValue'],
  techniques: ['T1562'],
  example: {
    recordId: 7,
    time: '2026-11-30T20:01:14.872768Z',
    host: 'web-1',
    data: {
      RuleName: '-',
      UtcTime: '2026-11-30 20:01:14.872',
      ProcessGuid: '{3d1219c7-0a5e-6b0d-59db-95fc68550000}',
      ProcessId: 2570,
      Image: '/usr/bin/bash',
      Parameter: '/proc/sys/kernel/core_pattern',
      PreviousValue: 'core',
      NewValue: '|/tmp/.x/run %P',
      User: 'root',
    },
    extra: { hook: 'sys_exit_write', tier: 'core' },
    techniques: [{ id: 'T1562', name: 'Impair Defenses', tactics: ['defense-evasion'], source: 'event' }],
  },
};
