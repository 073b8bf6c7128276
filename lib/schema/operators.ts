/**
 * What a compiled plan of rules is made of: operators of conditions, kinds of expressions, and kinds of entries, which
 * names of rules are taken from. In the order of their numbers in the plan. What compiles a plan and the engine that
 * reads it are both made from here.
 */

/** `[name, what holds]`; shipped rows only append, and a change of meaning changes `planVersion`. */
export const operators = [
  ['Equal', 'equal to the whole value'],
  ['BaseName', 'equal to the part after the last backslash'],
  ['FileName', 'equal to the part after the last slash or backslash'],
  ['Contains', 'in the value; an empty pattern: any value that is not empty'],
  ['Prefix', 'the value begins with it'],
  ['Suffix', 'the value ends with it'],
  ['Less', 'as text, by UTF-16 units, a-z as A-Z'],
  ['More', 'as text, by UTF-16 units, a-z as A-Z'],
  ['LessAuto', 'as numbers if both sides are, else as text'],
  ['MoreAuto', 'as numbers if both sides are, else as text'],
  ['Eq', 'as numbers; false if the value is none'],
  ['Ne', 'as numbers; false if the value is none'],
  ['Lt', 'as numbers; false if the value is none'],
  ['Le', 'as numbers; false if the value is none'],
  ['Gt', 'as numbers; false if the value is none'],
  ['Ge', 'as numbers; false if the value is none'],
  ['Regex', 'found anywhere, ignoring case'],
  ['Cidr', 'an address of the network'],
] as const;

export const expressions = ['False', 'True', 'Atom', 'Not', 'And', 'Or'] as const;
export const entries = ['Line', 'Any', 'All', 'Not'] as const;

/** The format of the plan, see native/core/rules/plan.h. */
export const planVersion = 2;

/**
 * What a plan may hold at most, so that what a stranger wrote cannot take all memory. 100,000 conditions with values of
 * 100 bytes and names need a quarter of it.
 */
export const planLimits = {
  /** Of the whole plan. */
  bytes: 128 * 1024 * 1024,
  /** Bytes of the values of all conditions together: each becomes a state of an automaton. */
  patternBytes: 32 * 1024 * 1024,
  /** Different fields. */
  fields: 4096,
  /** Conditions inside conditions. */
  depth: 128,
  /** Different regular expressions: each has a program and caches of its own. */
  regexes: 10_000,
} as const;
