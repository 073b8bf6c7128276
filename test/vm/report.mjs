// Tables of what the guests found out.
import { basename } from 'node:path';

/** process-create.test.ts tests ProcessCreate; files that are not named after an event have a row of their own. */
function rowOf(file, events) {
  const name = basename(file, '.test.ts');
  const pascal = name.replace(/(^|-)(\w)/g, (_, _dash, letter) => letter.toUpperCase());
  return events.find((e) => e.type === pascal)?.type ?? name;
}

const states = ['passed', 'failed', 'skipped'];
const count = (tests) => Object.fromEntries(states.map((s) => [s, tests.filter((t) => t.state === s).length]));
const say = (counts) =>
  states
    .filter((s) => counts[s] > 0)
    .map((s) => `${counts[s]} ${s}`)
    .join(', ');

function markdown(head, rows) {
  const widths = head.map((h, i) => Math.max(h.length, ...rows.map((r) => r[i].length)));
  const line = (cells) => `| ${cells.map((c, i) => c.padEnd(widths[i])).join(' | ')} |`;
  return [line(head), line(widths.map((w) => '-'.repeat(w))), ...rows.map(line)].join('\n');
}

/** Event by kernel: the hook that the event came from there, and how its tests ended. */
function matrix(outcomes) {
  const events = outcomes.flatMap((o) => o.capabilities?.events ?? []);
  const rows = [...new Set(outcomes.flatMap((o) => o.tests.map((t) => rowOf(t.file, events))))];
  const rank = (row) => events.find((e) => e.type === row)?.id ?? 1000;
  rows.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  const cell = (o, row) => {
    const tests = o.tests.filter((t) => rowOf(t.file, events) === row);
    if (tests.length === 0) return '';
    const event = o.capabilities?.events.find((e) => e.type === row);
    return (event ? `${event.available ? event.hook : 'none'}: ` : '') + say(count(tests));
  };
  return markdown(
    ['', ...outcomes.map((o) => `${o.target.name} (${o.release})`)],
    rows.map((row) => [row, ...outcomes.map((o) => cell(o, row))]),
  );
}

/** Every failure, every reason for a skip or a second try (`again`), with the kernels that it holds for. */
function notes(outcomes, state) {
  const found = new Map();
  for (const o of outcomes) {
    for (const t of o.tests.filter((x) => x.state === state || (state === 'again' && x.again))) {
      const reason = state === 'skipped' ? (t.note ?? 'NO REASON GIVEN') : String(t.error).split('\n')[0];
      const key = `${t.file}, ${t.name}: ${reason}`;
      found.set(key, [...(found.get(key) ?? []), o.target.name]);
    }
  }
  return [...found].map(([text, kernels]) => `* ${kernels.join(', ')}: ${text}`).join('\n');
}

/** Verifier's costs, program by kernel. */
function costs(outcomes) {
  const known = outcomes.filter((o) => o.verifier);
  const names = [...new Set(known.flatMap((o) => o.verifier.programs.map((p) => p.name)))];
  const cell = (o, name) => {
    const p = o.verifier.programs.find((x) => x.name === name);
    return p ? `${p.processed} / ${p.stack.join('+')}` : 'not loaded';
  };
  return markdown(
    ['', ...known.map((o) => o.target.name)],
    names.map((n) => [n, ...known.map((o) => cell(o, n))]),
  );
}

export function table(outcomes) {
  const parts = [matrix(outcomes)];
  for (const [state, title] of [
    ['failed', 'Failed'],
    ['again', 'Failed once, passed at the second try'],
    ['skipped', 'Skipped'],
  ]) {
    const text = notes(outcomes, state);
    if (text) parts.push(`${title}:\n${text}`);
  }
  if (outcomes.some((o) => o.verifier))
    parts.push(`Instructions that the verifier processed / bytes of stack of each function:\n${costs(outcomes)}`);
  return `\n${parts.join('\n\n')}\n`;
}

export function summary(outcomes) {
  // A skip without a reason is a mistake of the test.
  const unexplained = outcomes.flatMap((o) => o.tests).filter((t) => t.state === 'skipped' && !t.note).length;
  if (unexplained > 0) console.error(`test:vm: ${unexplained} skipped without a reason`);
  const { passed, failed, skipped } = count(outcomes.flatMap((o) => o.tests));
  return { failed: failed + unexplained, line: `${passed} passed, ${failed} failed, ${skipped} skipped` };
}

/** @param outcomes the last run of each kernel, with what it was run with and the commit that it ran on */
export function document(outcomes) {
  const quick = outcomes.some((o) => o.quick);
  const storms = outcomes.map((o) => Number(o.storm));
  const [least, most] = [Math.min(...storms), Math.max(...storms)];
  const storm = least === most ? least : `${least} to ${most}`;
  const commits = [...new Set(outcomes.map((o) => o.commit))];
  const ran = commits
    .map((c) => `${c} (${outcomes.flatMap((o) => (o.commit === c ? [o.target.name] : [])).join(', ')})`)
    .join(', ');
  const skipped = notes(outcomes, 'skipped');
  const failed = notes(outcomes, 'failed');
  return `# Kernels

<!-- Written by \`npm run test:vm -- --write\`. Do not edit. -->

The sensor runs on Linux from 5.8 with BTF (\`CONFIG_DEBUG_INFO_BTF\`); 5.10 and later are tested. This page is written by \`npm run test:vm -- --write\`, which
boots Debian's kernels of the day in virtual machines and runs the kernel tests in each${quick ? ', but for those of what hardly depends on the kernel' : ''}.

## What was run

Event by kernel: the kernel hook that the event comes from there, and how its tests ended. Rows in lower case are tests of something other than one event.
\`storm\`: ${storm} processes of every kind; each exec and each exit is reported once, with every field as the storm knows it, or the test fails. Commits: ${ran}.

${matrix(outcomes)}

${failed ? `Failed:\n\n${failed}\n\n` : ''}${skipped ? `Skipped, and why:\n\n${skipped}\n` : 'Nothing was skipped.\n'}
## What newer kernels do not run

Since 5.12 the kernel counts how often it did not run a program because that program, or another at system calls, was under way on the same CPU. The sensor
counts that as lost, with the stage \`skipped\`; it is at most so many, as not every run makes an event. Up to 6.18 only interrupts come in between. On 7.2 a task
may lose its CPU in the middle of a program, whose fellows then go unseen on that CPU until it goes on. On a real machine a program lasts some millionths of a second and
the clock ticks every few thousandths; under emulation it happens to a tenth of all runs, and the tests of 7.2 therefore run with long time slices.

## What the programs cost the verifier

Instructions that the verifier processed (it gives up at 1,000,000) / bytes of stack of each function (those that call each other share 512). The same for the
running kernel: \`npm run verifier\`.

${costs(outcomes)}
`;
}
