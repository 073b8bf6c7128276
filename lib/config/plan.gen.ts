// Generated from lib/schema/operators.ts by `npm run generate`. Do not edit.

export const planVersion = 2;
/** What a plan may hold at most. */
export const planLimits = {
  bytes: 134217728,
  patternBytes: 33554432,
  fields: 4096,
  depth: 128,
  regexes: 10000,
} as const;
/** Operators of conditions, in the order of their numbers. */
export const ops = [
  'Equal',
  'BaseName',
  'FileName',
  'Contains',
  'Prefix',
  'Suffix',
  'Less',
  'More',
  'LessAuto',
  'MoreAuto',
  'Eq',
  'Ne',
  'Lt',
  'Le',
  'Gt',
  'Ge',
  'Regex',
  'Cidr',
] as const;
export type Op = (typeof ops)[number];
export const exprKinds = { false: 0, true: 1, atom: 2, not: 3, and: 4, or: 5 } as const;
export const entryKinds = { line: 0, any: 1, all: 2, not: 3 } as const;
