// npm run verifier [-- --json]: what each eBPF program costs the verifier of the running kernel. Needs the privileges
// of a sensor.
import { release } from 'node:os';
import { loadAddon, toError } from '../dist/native.js';

const unknown = process.argv.slice(2).filter((a) => a !== '--json');
if (unknown.length > 0) {
  console.error(`verifier: unknown argument ${unknown[0]}. Known: --json`);
  process.exit(2);
}
const result = loadAddon().verify('');
if (!Array.isArray(result)) {
  const error = toError(result);
  console.error(`verifier: ${error.code}: ${error.message}`);
  process.exit(1);
}

/**
 * The kernel's limits: what a program of the privileged may cost, and the stack of all functions that call each other.
 */
const limits = { processed: 1_000_000, stack: 512 };

const programs = result.map(({ name, section, instructions, statistics }) => {
  // "stack depth 64+0+32", one number for each function; global functions are verified apart and have lines of their
  // own.
  const stacks = [...statistics.matchAll(/^stack depth ([\d+]+)/gm)].map((m) => m[1].split('+').map(Number));
  const processed = [...statistics.matchAll(/^processed (\d+) insns/gm)].map((m) => Number(m[1]));
  return { name, section, instructions, processed: processed.reduce((a, b) => a + b, 0), stack: stacks.flat() };
});

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ kernel: release(), programs }));
} else {
  const rows = programs.map((p) => [
    p.name,
    p.section,
    String(p.instructions),
    String(p.processed),
    p.stack.join(' + '),
  ]);
  const head = ['program', 'section', 'instructions', 'verified', 'stack of each function, bytes'];
  const widths = head.map((h, i) => Math.max(h.length, ...rows.map((r) => r[i].length)));
  console.log(
    `kernel ${release()}; a program may have ${limits.processed} instructions verified, and functions that call each other ${limits.stack} bytes of stack`,
  );
  for (const row of [head, ...rows])
    console.log(
      row
        .map((c, i) => (i === 2 || i === 3 ? c.padStart(widths[i]) : c.padEnd(widths[i])))
        .join('  ')
        .trimEnd(),
    );
}
