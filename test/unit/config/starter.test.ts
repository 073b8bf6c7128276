/** Rules of the starter configuration for what is done to processes: each fires, and not for what comes near. */
import { describe, expect, it } from 'vitest';
import { techniquesOfRules } from '../../../lib/attack/index.js';
import { compile, loadConfig, type RuleEvent } from '../../../lib/config/index.js';

const rules = compile(loadConfig('starter'));
const event = (type: string, data: object, extra: object = {}): RuleEvent => ({
  type,
  data: { ...data },
  process: {},
  extra: { ...extra },
});
const tampering = (Type: string, Image: string, parent = '/usr/bin/bash'): RuleEvent => ({
  ...event('ProcessTampering', { Type, Image }),
  process: { image: Image, parent: { image: parent } },
});
const access = (SourceImage: string, TargetImage: string, GrantedAccess: string, hook = 'sys_exit_ptrace'): RuleEvent =>
  event('ProcessAccess', { SourceImage, TargetImage, GrantedAccess }, { hook });

const ran = (Image: string, CommandLine: string, process: object = {}): RuleEvent => ({
  ...event('ProcessCreate', { Image, CommandLine }),
  process,
});
const file = (type: string, TargetFilename: string, Image = '/usr/bin/bash', ancestors: string[] = []): RuleEvent => {
  const parent = ancestors.reduceRight<object | undefined>((above, image) => ({ image, parent: above }), undefined);
  return { ...event(type, { TargetFilename, Image }), process: { image: Image, parent } };
};
const parameter = (Parameter: string, NewValue = '-', Image = '/usr/bin/bash'): RuleEvent =>
  event('KernelParameter', { Parameter, NewValue, Image });

const memory = (Operation: string, Backing: string, backedBy = '-', Image = '/usr/bin/x'): RuleEvent =>
  event('MemoryProtect', { Operation, Backing, Image }, { backedBy });

const fires: [string, RuleEvent][] = [
  ['T1552.001', ran('/usr/bin/grep', 'grep -ri password= /etc')],
  ['T1552.005', ran('/usr/bin/curl', 'curl http://169.254.169.254/latest/meta-data/')],
  ['T1611', ran('/usr/bin/nsenter', 'nsenter -t 1 -m -u sh')],
  ['T1140', ran('/usr/bin/base64', 'base64 -d payload')],
  ['T1140', ran('/usr/bin/xxd', 'xxd -r -p')],
  ['T1059.006', ran('/usr/bin/python3.11', "python3 -c 'import pty; pty.spawn(x)'")],
  ['T1059.006', ran('/usr/bin/perl', `perl -e 'exec "/bin/sh"'`)],
  ['T1105', ran('/usr/bin/python3.11', 'python3 -m http.server 8000')],
  ['T1562.003', ran('/usr/bin/ls', 'ls', { env: { HISTFILE: '/dev/null' } })],
  ['T1068', ran('/usr/bin/su', 'su', { env: { GLIBC_TUNABLES: 'glibc.malloc.mxfast=glibc.malloc.mxfast=A' } })],
  ['T1204.002', ran('/usr/bin/bash', 'bash /tmp/x.sh', { script: '/tmp/x.sh' })],
  ['T1082', ran('/usr/bin/bash', 'bash ./linpeas.sh', { script: '/root/linpeas.sh' })],
  ['T1098', file('FileCreate', '/etc/passwd', '/usr/bin/sed')],
  ['T1548.003', file('FileCreate', '/etc/sudoers.d/x')],
  ['T1556.003', file('FileCreate', '/etc/pam.d/sshd')],
  ['T1053.003', file('FileModify', '/etc/crontab')],
  ['T1543.002', file('FileModify', '/etc/systemd/system/x.service')],
  ['T1037.004', file('FileModify', '/etc/rc.local')],
  ['T1546.004', file('FileModify', '/root/.bashrc')],
  ['T1546.004', file('FileCreate', '/etc/profile')],
  ['T1611', parameter('/sys/fs/cgroup/x/release_agent', '/cmd')],
  ['T1611', parameter('/proc/sys/kernel/core_pattern', '|/tmp/x')],
  ['T1546', parameter('/proc/sys/fs/binfmt_misc/register', ':x:M::MZ::/tmp/x:')],
  ['T1562.001', parameter('/proc/sys/kernel/randomize_va_space', '0')],
  ['T1529', parameter('reboot', 'restart')],
  ['T1070.006', parameter('clock_settime', '1')],
  ['T1036.004', event('ProcessRename', { NewName: '[kworker/0:1]' })],
  ['T1204.002', event('FailedExecution', { Errno: 'EACCES', TargetFilename: '/tmp/x' })],
  ['T1055.008', access('/tmp/inject', '/usr/bin/cat', '0xe38')],
  ['T1055.009', access('/usr/bin/dd', '/usr/bin/bash', '0x28', 'sys_exit_openat')],
  ['T1003.007', access('/usr/bin/python3.11', '/usr/sbin/sshd', '0x10', 'sys_exit_process_vm_readv')],
  ['T1620', tampering('Fileless execution', '/memfd:payload')],
  ['T1620', tampering('Fileless execution', '/home/ann/x')],
  ['T1036', tampering('Image is replaced', '/usr/bin/x')],
  ['T1136.001', ran('/usr/sbin/useradd', 'useradd x', { parent: { image: '/usr/bin/bash' } })],
  ['T1620', memory('mmap', 'memfd', '/memfd:lib')],
  ['T1055', memory('mprotect', 'image')],
  ['T1055', memory('mprotect', 'stack')],
  ['T1055', tampering('Memory made executable', '/tmp/x')],
];
const quiet: RuleEvent[] = [
  ran('/usr/sbin/useradd', 'useradd -r x', { parent: { image: '/usr/bin/dash', parent: { image: '/usr/bin/dpkg' } } }),
  memory('memfd_create', 'memfd'),
  memory('mmap', 'memfd', '/memfd:doublemapper'),
  memory('mmap', 'memfd', '/memfd:tcg-jit', '/usr/bin/qemu-system-x86_64'),
  memory('mprotect', 'anonymous'),
  memory('mmap', 'deleted'),
  ran('/usr/bin/grep', 'grep -r main src'),
  ran('/usr/bin/curl', 'curl http://169.254.1.1/'),
  ran('/usr/bin/nsenter', 'nsenter -t 1234 -n ip a'),
  ran('/usr/bin/base64', 'base64 file'),
  ran('/usr/bin/python3.11', "python3 -c 'print(1)'"),
  ran('/usr/bin/python3.11', 'python3 -m venv x'),
  ran('/usr/bin/ls', 'ls', { env: { HISTFILE: '/root/.bash_history', GLIBC_TUNABLES: 'glibc.malloc.mxfast=1' } }),
  ran('/usr/bin/bash', 'bash x.sh', { script: '/opt/x.sh' }),
  file('FileCreate', '/etc/passwd', '/usr/sbin/useradd'),
  file('FileCreate', '/etc/passwd-', '/usr/bin/sed'),
  file('FileCreate', '/etc/sudoers.d/x.dpkg-new', '/usr/bin/dpkg'),
  file('FileCreate', '/etc/cron.daily/x', '/usr/bin/bash', ['/usr/bin/dpkg', '/usr/bin/apt-get']),
  file('FileCreate', '/lib/systemd/system/x.service', '/usr/bin/tar', ['/usr/bin/dpkg']),
  file('FileModify', '/etc/init.d/x', '/usr/bin/sed', ['/usr/bin/sh', '/usr/bin/dpkg']),
  file('FileModify', '/etc/profile.bak'),
  parameter('/proc/sys/kernel/core_pattern', '|/usr/lib/systemd/systemd-coredump %P'),
  parameter('/proc/sys/fs/binfmt_misc/register', ':x:', '/usr/lib/systemd/systemd-binfmt'),
  parameter('/proc/sys/kernel/randomize_va_space', '2'),
  parameter('/proc/sys/net/ipv4/ip_forward', '1'),
  parameter('clock_settime', '1', '/usr/sbin/chronyd'),
  event('ProcessRename', { NewName: 'nginx: worker' }),
  event('FailedExecution', { Errno: 'ENOENT', TargetFilename: '/tmp/x' }),
  event('FailedExecution', { Errno: 'EACCES', TargetFilename: '/opt/x' }),
  tampering('Memory made executable', '/usr/bin/node'),
  tampering('Fileless execution', '/memfd:runc_cloned:/proc/self/exe', '/usr/bin/containerd-shim-runc-v2'),
  access('/usr/bin/gdb', '/usr/bin/cat', '0xe38'),
  access('/tmp/inject', '/usr/bin/cat', '0xe38', 'sched_process_fork'),
  access('/usr/bin/htop', '/usr/bin/cat', '0x10', 'sys_exit_openat'),
  access('/usr/bin/systemd', '/usr/bin/cat', '0x40', 'sys_exit_pidfd_getfd'),
];

describe('starter', () => {
  it.each(fires)('%s', (technique, e) => {
    const { verdict, ruleName } = rules.evaluate(e);
    expect(verdict).toBe('log');
    expect(techniquesOfRules([ruleName ?? '']).map((t) => t.id)).toEqual([technique]);
  });
  it('is quiet about what comes near', () => {
    for (const e of quiet) expect(rules.evaluate(e).verdict, JSON.stringify(e)).toBe('drop');
  });
});
