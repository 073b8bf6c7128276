/** The engine against the plain evaluator of reference.ts, on random rule sets and events written as XML. */
import { describe, expect, it } from 'vitest';
import { compile, parseConfig } from '../../../lib/config/index.js';
import { events, generator, random, xml } from './random.js';
import { reference } from './reference.js';

describe('engine and reference', () => {
  it.each([
    ['exact', 1],
    ['linux', 2],
  ] as const)(
    'agree on 100,000 random pairs (%s)',
    (compatibility, seed) => {
      let pairs = 0;
      let logged = 0;
      let named = 0;
      for (let round = 0; pairs < 100_000; round++) {
        const rnd = random(seed * 1_000_003 + round);
        const g = generator(rnd);
        const nodes = g.nodes(6);
        const version = g.pick(['4.0', '4.1', '4.10', '4.5', '4.90']);
        const rules = compile(parseConfig(xml(nodes, version)), { compatibility });
        const list = Array.from({ length: 50 }, () => {
          const e = g.pick(events);
          return {
            type: e.tag,
            id: e.id,
            data: Object.fromEntries(e.fields.filter(() => !g.maybe(0.05)).map((f) => [f, g.value()])),
          };
        });
        const got = rules.evaluateAll(list);
        list.forEach((event, i) => {
          const want = reference(nodes, Number(version), event.id, event.data, compatibility === 'exact');
          const { verdict, reason, ruleName } = got[i] ?? {};
          if (verdict !== want.verdict || reason !== want.reason || ruleName !== want.ruleName) {
            expect({ round, xml: xml(nodes, version), event, verdict, reason, ruleName }).toMatchObject(want);
          }
          if (verdict === 'log') logged++;
          if (ruleName !== '-') named++;
        });
        pairs += list.length;
      }
      // A generator whose events never match would prove nothing.
      expect(logged / pairs).toBeGreaterThan(0.1);
      expect(logged / pairs).toBeLessThan(0.9);
      expect(named / pairs).toBeGreaterThan(0.1);
    },
    120_000,
  );
});
