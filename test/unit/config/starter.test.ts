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

const fires: [string, RuleEvent][] = [
  ['T1055.008', access('/tmp/inject', '/usr/bin/cat', '0xe38')],
  ['T1055.009', access('/usr/bin/dd', '/usr/bin/bash', '0x28', 'sys_exit_openat')],
  ['T1003.007', access('/usr/bin/python3.11', '/usr/sbin/sshd', '0x10', 'sys_exit_process_vm_readv')],
  ['T1620', tampering('Fileless execution', '/memfd:payload')],
  ['T1620', tampering('Fileless execution', '/home/ann/x')],
  ['T1036', tampering('Image is replaced', '/usr/bin/x')],
  ['T1055', tampering('Memory made executable', '/tmp/x')],
];
const quiet: RuleEvent[] = [
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
