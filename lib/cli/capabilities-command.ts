/** `sysmon capabilities`: what a sensor sees here, for a person or as JSON. */
import { printableJson } from '../base/printable.js';
import { capabilities, type Capabilities } from '../sensor/capabilities.js';
import type { Given } from './given.js';
import type { CommandStreams } from './streams.js';
import { textWidth, wrap } from './wrap.js';

/** As JSON. An error has no members of its own that JSON would see. */
function document({ failure, events, ...rest }: Capabilities, brief: boolean): object {
  const shown = failure && {
    code: failure.code,
    message: failure.message,
    operation: failure.operation,
    errno: failure.errno,
  };
  return {
    ...rest,
    events: brief ? events.map(({ blindSpots: _, ...event }) => event) : events,
    ...(shown && { failure: shown }),
  };
}

/** What is not seen, each said once, with the events that it is true of. Those of the same events stand together. */
function unseen({ events }: Capabilities, width: number): string[] {
  const eventsOf = new Map<string, string[]>();
  for (const { type, id, blindSpots } of events) {
    // Two may have one name.
    const name = events.filter((e) => e.type === type).length === 1 ? type : `${type} (${id})`;
    for (const spot of blindSpots) eventsOf.set(spot, [...(eventsOf.get(spot) ?? []), name]);
  }
  const groups = new Map<string, string[]>();
  for (const [spot, names] of eventsOf) {
    const of = names.join(', ');
    groups.set(of, [...(groups.get(of) ?? []), spot]);
  }
  return [...groups].flatMap(([of, spots]) => [
    `  ${wrap(of, width, '  ', 2)}`,
    ...spots.map((spot) => `    - ${wrap(spot, width, '      ', 6)}`),
  ]);
}

/** Those that never come, with the reason; several have the same. */
function silent({ silent: all }: Capabilities, width: number, brief: boolean): string[] {
  return [...new Set(all.map((e) => e.type))].map((type) => {
    const of = all.filter((e) => e.type === type);
    const row = `  ${type} (${of.map((e) => e.id).join(', ')})`;
    return brief ? row : `${row}: ${wrap(of[0]?.reason ?? '', width, '    ', row.length + 2)}`;
  });
}

export function capabilitiesCommand(given: Given, { stdout }: CommandStreams): number {
  const brief = given.on('brief') ?? false;
  const c = capabilities();
  if (given.on('json')) {
    stdout.write(`${printableJson(document(c, brief), 2)}\n`);
    return 0;
  }
  const width = textWidth(stdout.columns?.());
  const yes = (b: boolean): string => (b ? 'yes' : 'no');
  const fact = (name: string, text: string): string => name.padEnd(16) + wrap(text, width, ' '.repeat(16), 16);
  const longest = Math.max(...c.events.map((e) => e.type.length));
  const lines = [
    fact('kernel', c.kernel),
    fact('supported', `${yes(c.supported)}${c.failure ? `: ${c.failure.message}` : ''}`),
    fact('kernel BTF', yes(c.btf)),
    fact('lockdown', c.lockdown || 'not in this kernel, or securityfs is not mounted'),
    fact('cgroup2', c.cgroup2 || 'not mounted: paths of control groups are unknown'),
    fact('hashing', c.hashing ? 'yes' : 'no libcrypto found: Hashes stays -'),
    '',
    'privileges',
    ...c.privileges.map((p) => {
      const row = `  ${p.held ? 'held   ' : 'missing'}  ${p.name.padEnd(21)}`;
      return brief ? row.trimEnd() : row + wrap(p.neededFor, width, ' '.repeat(row.length), row.length);
    }),
    '',
    'events',
    ...c.events.map(
      (e) =>
        `  ${String(e.id).padStart(3)}  ${e.type.padEnd(longest)}  ${e.available ? `${e.tier}: ${e.hook}` : 'not available'}`,
    ),
    '',
    'events of Sysmon that Linux does not have',
    ...silent(c, width, brief),
    ...(brief ? [] : ['', 'what they cannot see', ...unseen(c, width)]),
  ];
  stdout.write(`${lines.join('\n')}\n`);
  return 0;
}
