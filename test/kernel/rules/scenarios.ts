/** Attacks that are run for real against a file of examples/rules, and what is near them. */
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../../lib/config/index.js';
import { Sysmon, type SysmonEvent } from '../../../lib/index.js';

export const rules = new URL('../../../examples/rules/', import.meta.url);

export interface Scenario {
  /** By the technique that must be named; what follows a blank tells two ways apart. */
  readonly fires: Readonly<Record<string, () => void | Promise<void>>>;
  readonly quiet: () => void | Promise<void>;
  /** Why neither can be done here, or only not the second. */
  readonly skip?: string | undefined;
  readonly skipQuiet?: string | undefined;
}

/** What this process and those below it made of the rules, and did while they were in force. */
async function watched(file: string, act: () => void | Promise<void>): Promise<SysmonEvent[]> {
  const { pathname } = new URL(file, rules);
  // Of other types Sysmon's default keeps all.
  const spoken = new Set(loadConfig(pathname).groups.flatMap((g) => g.nodes.map((n) => n.tag)));
  const sysmon = new Sysmon({ config: pathname, hash: 'none' });
  const events: SysmonEvent[] = [];
  sysmon.on('event', (e) => {
    // Others use this machine as well.
    if (spoken.has(e.type) && [...(e.process?.ancestors() ?? [])].some((a) => a.pid === process.pid)) events.push(e);
  });
  await sysmon.start();
  try {
    await act();
  } finally {
    await sysmon.stop();
  }
  return events;
}

const told = (e: SysmonEvent): string => `${e.type} ${JSON.stringify(e.data)}`;

export function describeScenarios(scenarios: Readonly<Record<string, Scenario>>): void {
  describe.each(Object.entries(scenarios))('%s', (file, { fires, quiet, skip, skipQuiet = skip }) => {
    test.for(Object.entries(fires))('%s', async ([name, attack], context) => {
      if (skip !== undefined) context.skip(skip);
      const [id] = name.split(' ');
      const events = await watched(file, attack);
      const ids = events.flatMap((e) => e.techniques.filter((t) => t.source === 'rule').map((t) => t.id));
      expect(ids, events.map(told).join('\n')).toContain(id);
      // Nothing is kept that no rule names.
      expect(events.filter((e) => !e.techniques.some((t) => t.source === 'rule')).map(told)).toEqual([]);
    });

    test('near misses', async (context) => {
      if (skipQuiet !== undefined) context.skip(skipQuiet);
      expect((await watched(file, quiet)).map(told)).toEqual([]);
    });
  });
}
