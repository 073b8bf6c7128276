/** `sysmon capabilities`: what a sensor sees here, for a person or as JSON. */
import { capabilities } from '../capabilities.js';
import { SysmonError } from '../errors.js';

export function printCapabilities(args: readonly string[]): void {
  if (args.length > 1 || (args.length === 1 && args[0] !== '--json'))
    throw new SysmonError(
      'ERR_SYSMON_OPTION',
      `capabilities: unknown argument '${args.find((a) => a !== '--json') ?? ''}'. Known: --json.`,
    );
  const c = capabilities();
  if (args[0] === '--json') {
    const { failure, ...rest } = c;
    const shown = failure && { code: failure.code, message: failure.message, operation: failure.operation, errno: failure.errno };
    process.stdout.write(`${JSON.stringify({ ...rest, ...(shown && { failure: shown }) }, null, 2)}\n`);
    return;
  }
  const yes = (b: boolean): string => (b ? 'yes' : 'no');
  const lines = [
    `kernel          ${c.kernel}`,
    `supported       ${yes(c.supported)}${c.failure ? `: ${c.failure.message}` : ''}`,
    `kernel BTF      ${yes(c.btf)}`,
    `lockdown        ${c.lockdown || 'not in this kernel, or securityfs is not mounted'}`,
    `cgroup2         ${c.cgroup2 || 'not mounted: paths of control groups are unknown'}`,
    `hashing         ${c.hashing ? 'yes' : 'no libcrypto found: Hashes stays -'}`,
    '',
    'privileges',
    ...c.privileges.map((p) => `  ${p.held ? 'held   ' : 'missing'}  ${p.name.padEnd(20)} ${p.neededFor}`),
    '',
    'events',
    ...c.events.flatMap((e) => [
      `  ${String(e.id).padStart(3)}  ${e.type.padEnd(27)} ${e.available ? `${e.tier}: ${e.hook}` : 'not available'}`,
      ...e.blindSpots.map((b) => `         blind: ${b}`),
    ]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
