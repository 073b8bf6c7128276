/** The programs that the schema names are those that bpf/ has: one that is misspelled would just never be loaded. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { events } from '../../lib/schema/events.js';
import { programs } from '../../lib/schema/programs.js';

const bpf = join(import.meta.dirname, '../../bpf');

/** Functions that stand directly below a section of programs. */
function programsIn(source: string): string[] {
  // The formatter may break a long name of a section into several texts.
  const found = source.matchAll(
    /SEC\((?!"(?:\.maps|license))(?:\s*"[^"]*")+\s*\)\s*(?:#[^\n]*\s*)*int\s+(?:SM_\w+\()?(sm_\w+)/g,
  );
  // A macro that makes them: its name of the program has what it is called with.
  const made = [...source.matchAll(/#define (\w+)\(name,[^\n]*\n(?:[^\n]*\\\n)*?[^\n]*\bint SM_\w+\((sm_\w+?)##name/g)];
  const calls = made.flatMap(([, macro, prefix]) =>
    [...source.matchAll(new RegExp(`^${macro}\\((\\w+)`, 'gm'))].map((m) => `${prefix}${m[1]}`),
  );
  return [...[...found].map((m) => m[1]), ...calls].filter((name) => !name.endsWith('_'));
}

test('the search finds programs of every form', () => {
  const source = `
SEC("tp_btf/x") int SM_TYPED(sm_a, struct task_struct *t)
SEC("cgroup/y")
int sm_b(struct __sk_buff *skb)
char LICENSE[] SEC("license") = "";
} sm_map SEC(".maps"); int sm_no(void);
#define MAKE(name, x) \\
	SEC("tracepoint/" #name) \\
	int SM_TRACE(sm_c_##name, struct z *ctx) { return x; }
MAKE(d, 1)`;
  expect(programsIn(source)).toEqual(['sm_a', 'sm_b', 'sm_c_d']);
});

test('each program is named by an event or has a row, and each name is a program', () => {
  const written = readdirSync(bpf, { recursive: true, encoding: 'utf8' })
    .filter((f) => /\.[ch]$/.test(f))
    .flatMap((f) => programsIn(readFileSync(join(bpf, f), 'utf8')));
  const named = [
    ...programs.map((p) => p.name),
    ...events.flatMap((e) => [...(e.programs ?? []), ...(e.withoutCgroup2?.programs ?? [])]),
  ];
  expect([...new Set(written)].sort()).toEqual([...new Set(named)].sort());
});

test('a map that the schema names is there', () => {
  const source = readdirSync(bpf, { recursive: true, encoding: 'utf8' })
    .filter((f) => /\.[ch]$/.test(f))
    .map((f) => readFileSync(join(bpf, f), 'utf8'))
    .join('\n');
  for (const map of new Set(events.flatMap((e) => e.maps ?? []))) expect(source).toContain(`} ${map} SEC(".maps")`);
});
