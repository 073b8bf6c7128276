/** Generates the two sides of the plan of rules: the numbers that its compiler writes and that the engine reads. */
import { entries, expressions, operators, planLimits, planVersion } from '../../lib/schema/operators.js';
import { banner } from './c.js';

const numbers = (names: readonly string[]): string =>
  `{ ${names.map((n, i) => `${n[0].toLowerCase()}${n.slice(1)}: ${i}`).join(', ')} } as const`;

export function planModule(): string {
  return [
    `// ${banner('lib/schema/operators.ts')}`,
    '',
    `export const planVersion = ${planVersion};`,
    '/** What a plan may hold at most. */',
    `export const planLimits = ${JSON.stringify(planLimits)} as const;`,
    '/** Operators of conditions, in the order of their numbers. */',
    `export const ops = [${operators.map(([n]) => `'${n}'`).join(', ')}] as const;`,
    'export type Op = (typeof ops)[number];',
    `export const exprKinds = ${numbers(expressions)};`,
    `export const entryKinds = ${numbers(entries)};`,
    '',
  ].join('\n');
}

const enumeration = (name: string, rows: readonly (readonly [string, string?])[]): string[] => [
  `enum class ${name} : uint32_t {`,
  ...rows.map(([n, doc]) => `  ${n},${doc === undefined ? '' : `  // ${doc}`}`),
  '  Count',
  '};',
  '',
];

export function planHeader(): string {
  return [
    `// ${banner('lib/schema/operators.ts')}`,
    '#pragma once',
    '#include <cstddef>',
    '#include <cstdint>',
    '',
    'namespace sysmon::rules {',
    '',
    `constexpr uint16_t kPlanVersion = ${planVersion};`,
    ...Object.entries(planLimits).map(
      ([name, most]) => `constexpr size_t kMaxPlan${name[0].toUpperCase()}${name.slice(1)} = ${most};`,
    ),
    '',
    ...enumeration('Op', operators),
    ...enumeration(
      'ExprKind',
      expressions.map((n) => [n]),
    ),
    ...enumeration(
      'EntryKind',
      entries.map((n) => [n]),
    ),
    '}  // namespace sysmon::rules',
    '',
  ].join('\n');
}
