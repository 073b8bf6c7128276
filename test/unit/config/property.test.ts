/**
 * The engine against the plain evaluator of reference.ts, on random configurations and events. What is read is XML in
 * all its spellings. SYSMON_TEST_CONFIGURATIONS says how many, SYSMON_TEST_SEED where to begin.
 */
import { describe, expect, it } from 'vitest';
import { compile, parseConfig } from '../../../lib/config/index.js';
import { events, generator, random, xmlOf } from './random.js';
import { reference, type RefConfig } from './reference.js';

const configurations = Number(process.env['SYSMON_TEST_CONFIGURATIONS'] ?? 2000);
const seed = Number(process.env['SYSMON_TEST_SEED'] ?? 1);
const eventsEach = 20;

describe('engine and reference', () => {
  it.each(['exact', 'linux'] as const)(
    `agree on ${configurations} random configurations with ${eventsEach} events each, seed ${seed} (%s)`,
    (compatibility) => {
      const exact = compatibility === 'exact';
      let logged = 0;
      let named = 0;
      for (let round = 0; round < configurations; round++) {
        const g = generator(random(seed * 1_000_003 + round));
        const version = g.pick(['4.0', '4.1', '4.10', '4.5', '4.90']);
        const nodes = g.nodes(6);
        const images = g.images(nodes);
        const config: RefConfig = { version: Number(version), nodes, images };
        const source = xmlOf(config, version, g);
        const rules = compile(parseConfig(source), { compatibility });
        const spoken = events.filter((e) => e.tag in images || nodes.some((n) => n.tag === e.tag));
        const list = Array.from({ length: eventsEach }, () => {
          const e = g.pick(spoken.length > 0 && g.maybe(0.8) ? spoken : events);
          return {
            type: e.tag,
            id: e.id,
            data: Object.fromEntries(e.fields.filter(() => !g.maybe(0.05)).map((f) => [f, g.value()])),
          };
        });
        const got = rules.evaluateAll(list);
        list.forEach((event, i) => {
          const want = reference(config, event, event.data, exact);
          const { verdict, reason, ruleName } = got[i] ?? {};
          if (verdict !== want.verdict || reason !== want.reason || ruleName !== want.ruleName)
            expect({ seed, round, source, event, verdict, reason, ruleName }).toMatchObject(want);
          if (verdict === 'log') logged++;
          if (ruleName !== '-') named++;
        });
      }
      console.log(`${compatibility}: no difference in ${configurations} configurations, seed ${seed}`);
      // A generator whose events never match would prove nothing.
      const pairs = configurations * eventsEach;
      expect(logged / pairs).toBeGreaterThan(0.1);
      expect(logged / pairs).toBeLessThan(0.9);
      expect(named / pairs).toBeGreaterThan(0.1);
    },
    60_000 + 20 * configurations,
  );
});
