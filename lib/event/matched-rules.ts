/** The rules that hold for an event, as they stand on it. */

/** A rule that holds for an event. */
export interface MatchedRule {
  /** As the configuration has it: of the line, else of its rule, else of its group. */
  readonly name: string;
  /**
   * What the name says as `key=value`, which is how configurations of Sysmon tag their rules: of
   * `technique_id=T1059.004,technique_name=Unix Shell` it is
   * `{ technique_id: 'T1059.004', technique_name: 'Unix Shell' }`.
   */
  readonly tags: Readonly<Record<string, string>>;
}

/** A key at the start of the name or behind a comma: a value may have commas too. */
const tagKey = /(?:^|,)\s*([A-Za-z][\w.-]*)=/g;

function tagsOf(name: string): Record<string, string> {
  const keys = [...name.matchAll(tagKey)];
  return Object.fromEntries(
    keys.map((m, i) => [m[1], name.slice(m.index + m[0].length, keys[i + 1]?.index ?? name.length).trim()]),
  );
}

/** `event.rules` of an event that rules of these names keep; undefined: none has a name. */
export function matchedRules(names: readonly string[]): readonly MatchedRule[] | undefined {
  if (names.length === 0) return undefined;
  return Object.freeze(names.map((name) => Object.freeze({ name, tags: Object.freeze(tagsOf(name)) })));
}
