/** `sysmon capabilities`: what a sensor sees here, for a person or as JSON. */
import { capabilities } from '../sensor/capabilities.js';
import type { Given } from './given.js';
import type { CommandStreams } from './streams.js';

export function capabilitiesCommand(given: Given, { stdout }: CommandStreams): number {
  const c = capabilities();
  if (given.on('json')) {
    const { failure, ...rest } = c;
    const shown = failure && {
      code: failure.code,
      message: failure.message,
      operation: failure.operation,
      errno: failure.errno,
    };
    stdout.write(`${JSON.stringify({ ...rest, ...(shown && { failure: shown }) }, null, 2)}\n`);
    return 0;
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
  stdout.write(`${lines.join('\n')}\n`);
  return 0;
}
