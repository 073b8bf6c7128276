/**
 * Generates the lower case of every character of the basic plane that has one of a single character. The engine folds
 * patterns and fields with this one table, so that a newer Unicode in node cannot make the two sides disagree.
 */
import { banner } from './c.js';

interface Range {
  readonly first: number;
  last: number;
  step: number;
  readonly delta: number;
}

/** The table made by this node, unless `current` comes from a later Unicode than it knows: then that. */
export function caseFoldHeader(current: string): string {
  const version = Number(/Version (\d+(\.\d+)?)/.exec(current)?.[1] ?? 0);
  if (version > Number(process.versions['unicode'])) return current;
  const ranges: Range[] = [];
  for (let c = 0x80; c < 0x10000; c++) {
    if (c >= 0xd800 && c < 0xe000) continue;
    // U+0130 is the only one whose full lower case has two characters; its simple one is `i`.
    const lower = c === 0x130 ? 'i' : String.fromCharCode(c).toLowerCase();
    if (lower.length !== 1) continue;
    const to = lower.charCodeAt(0);
    if (to === c) continue;
    const last = ranges.at(-1);
    // A range steps by 1 or, where upper and lower case alternate, by 2.
    if (
      last &&
      last.delta === to - c &&
      (c - last.last === 1 || c - last.last === 2) &&
      (last.first === last.last || last.step === c - last.last)
    ) {
      last.step = c - last.last;
      last.last = c;
    } else ranges.push({ first: c, last: c, step: 1, delta: to - c });
  }
  const rows = ranges.map((r) => `    {0x${r.first.toString(16)}, 0x${r.last.toString(16)}, ${r.step}, ${r.delta}},`);
  return `// ${banner('Unicode')} Version ${process.versions.unicode}.
#pragma once
#include <cstdint>

namespace sysmon::rules {

struct CaseRange {
  uint16_t first;
  uint16_t last;
  uint16_t step;
  int32_t delta;
};

// Sorted. A character c of a range, (c - first) % step == 0, has the lower case c + delta.
inline constexpr CaseRange kCaseRanges[] = {
${rows.join('\n')}
};

}  // namespace sysmon::rules
`;
}
