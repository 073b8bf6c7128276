import { processHead, userAt } from '../fields.js';
import { ecsProcess, ocsfActor, ocsfPath } from '../format-rows.js';
import type { EventSchema } from '../types.js';

const realTime = Array.from({ length: 29 }, (_, i) => `SIGRTMIN+${i + 1}`).join(', ');

/** By number; they are the same on all architectures that the sensor runs on. */
const signals =
  '-, SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGKILL, SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE, SIGALRM, SIGTERM, SIGSTKFLT, ' +
  'SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF, SIGWINCH, SIGIO, SIGPWR, SIGSYS, SIG32, SIG33, ' +
  `SIGRTMIN, ${realTime}, SIGRTMAX`;

export const signal: EventSchema = {
  id: 125,
  name: 'Signal',
  tag: 'Signal',
  version: 1,
  default: 'drop',
  doc:
    'A process sent a signal to another one that is of another user, or init, or a program that guards the machine, or this sensor; or it kills or stops ' +
    'many. `extra.reason` says which: the first that holds of `sensor`, `init` (process 1), `security`, `otherUser`, `many` (SIGKILL or SIGSTOP to more than ' +
    'eight others within ten seconds). Any other signal is no event, and costs a few reads. Quiet: none in a parallel build or `npm install`, two in `apt-get update`.',
  wire: {
    id: 8,
    name: 'signal',
    probe: 'signal',
    doc: 'A process sent a signal to another one.',
    fields: [
      ['target', 'struct process', 'to whom'],
      ['uid', 'u32', 'real user id of the sender'],
      ['target_uid', 'u32', 'real user id of the target'],
      ['count', 'u32', 'SIGKILL and SIGSTOP: how many others the sender has sent one to of late; else 0'],
      ['signal', 'u8', 'its number'],
      ['reason', 'u8', 'enum sm_signal_reason'],
      ['way', 'u8', 'enum sm_signal_way'],
      ['result', 'u8', "the kernel's TRACE_SIGNAL_*"],
    ],
  },
  hooks: [['signal_generate', 'core']],
  programs: ['sm_signal', 'sm_sigqueue_enter', 'sm_tgsigqueue_enter', 'sm_sigqueue_exit'],
  maps: ['sm_signal_calls', 'sm_killers'],
  blindSpots: [
    'A signal that the kernel refused to send (EPERM), and signal 0, which is none, are not seen.',
    'What the kernel sends for its own reasons is no event: Ctrl+C on a terminal, timers, faults, the end of a pid namespace, the OOM killer.',
    'Programs that guard the machine are known by the name of their main thread: auditd, auditbeat, rsyslogd, syslog-ng, systemd-journal, osqueryd, falco, tetragon, tracee, sysmon, clamd, ' +
      'freshclam, fail2ban-server, suricata, snort, wazuh-agentd, wazuh-execd, wazuh-syscheckd, ossec-agentd, elastic-agent, elastic-endpoint, falcon-sensor, wdavdaemon, firewalld. Others only if ' +
      'another reason holds.',
    'Many are counted by the process that sends: who starts a new process for each signal is not told for that reason.',
    'A process that sends itself a signal, from whichever thread, is no event.',
  ],
  fields: [
    ...processHead,
    ['Signal', 'string', `choice(signal: ${signals})`, 'Name of the signal, `SIGKILL`.'],
    ['TargetProcessGuid', 'guid', 'target.guid', 'Identity of the process that it was sent to.'],
    ['TargetProcessId', 'u32', 'target.pid', 'Its process id in the initial pid namespace.'],
    ['TargetImage', 'string', 'target.image', 'Path of its executable.'],
    [
      'TargetUser',
      'string',
      'target.user',
      'Name of the real user that it had when it was made or executed; `extra.targetUid` is the one that it has now.',
    ],
    userAt('the real user of the sender at the call'),
  ],
  extra: [
    ['reason', 'string', 'choice(reason: sensor, init, security, otherUser, many)', 'Why this signal is an event.'],
    [
      'way',
      'string',
      'choice(way: kill, tgkill, sigqueue, kernel)',
      'Which kind of call sent the signal: `kill` (also pidfd_send_signal), `tgkill` (also tkill), `sigqueue`; `kernel`: it sent it for the process (cgroup.kill, PR_SET_PDEATHSIG).',
    ],
    [
      'result',
      'string',
      'choice(result: delivered, ignored, pending, overflow, lostInfo)',
      'What became of the signal: `ignored` by the target, `pending` already, `overflow` of its queue.',
    ],
    ['targetUid', 'u32', 'number(target_uid)', 'Real user id of the target at the call.'],
    [
      'count',
      'u32',
      'known(count)',
      'Of SIGKILL and SIGSTOP: to how many others in a row the process has sent one within ten seconds.',
    ],
  ],
  ecs: ecsProcess('change'),
  ocsf: {
    class: 'process',
    activity: [99, 'Signal'],
    rows: [
      ...ocsfActor,
      ['process.pid', 'data.TargetProcessId'],
      ['process.uid', 'data.TargetProcessGuid'],
      ['process.name', 'data.TargetImage', 'baseName'],
      ['process.path', 'data.TargetImage'],
      ...ocsfPath('process.file', 'data.TargetImage', 'regularFile'),
      ['process.user.name', 'data.TargetUser'],
    ],
  },
  text: ['Signal', ['TargetImage', 'anyTarget']],
  techniques: ['T1489'],
  example: {
    recordId: 9,
    time: '2026-11-30T19:55:14.872768Z',
    host: 'web-1',
    data: {
      RuleName: '-',
      UtcTime: '2026-11-30 19:55:14.872',
      ProcessGuid: '{3d1219c7-0a5e-6b0d-59db-95fc68550000}',
      ProcessId: 2570,
      Image: '/usr/bin/bash',
      Signal: 'SIGKILL',
      TargetProcessGuid: '{3d1219c7-0a5e-6b0d-31db-95fc68550000}',
      TargetProcessId: 612,
      TargetImage: '/usr/sbin/auditd',
      TargetUser: 'root',
      User: 'root',
    },
    extra: {
      hook: 'signal_generate',
      tier: 'core',
      reason: 'security',
      way: 'kill',
      result: 'delivered',
      targetUid: 0,
      count: 1,
    },
    techniques: [{ id: 'T1489', name: 'Service Stop', tactics: ['impact'], source: 'event' }],
  },
};
