/**
 * Techniques of MITRE ATT&CK: what rules name, and what a type of event usually stands for.
 */
import type { Technique } from '../event/event.js';
import { eventTable } from '../schema/tables.gen.js';
import { catalogue, replaced } from './catalogue.js';

/** A row of the catalogue. */
export interface CatalogueTechnique {
  readonly id: string;
  /** With the technique in front for a sub-technique: `Command and Scripting Interpreter: Unix Shell`. */
  readonly name: string;
  /** As ATT&CK writes them in URLs: `execution`, `defense-evasion`. */
  readonly tactics: readonly string[];
}

const tacticNames: Readonly<Record<string, string>> = {
  RN: 'reconnaissance',
  RD: 'resource-development',
  IA: 'initial-access',
  EX: 'execution',
  PE: 'persistence',
  PR: 'privilege-escalation',
  DE: 'defense-evasion',
  CA: 'credential-access',
  DI: 'discovery',
  LM: 'lateral-movement',
  CO: 'collection',
  C2: 'command-and-control',
  EF: 'exfiltration',
  IM: 'impact',
};

function read(): ReadonlyMap<string, CatalogueTechnique> {
  const out = new Map<string, CatalogueTechnique>();
  let parent: CatalogueTechnique | undefined;
  for (const line of catalogue.trim().split('\n')) {
    const sub = /^(\.\d{3}) (.+)$/.exec(line);
    if (sub && parent) {
      const id = `${parent.id}${sub[1]}`;
      out.set(id, Object.freeze({ id, name: `${parent.name}: ${sub[2]}`, tactics: parent.tactics }));
      continue;
    }
    const [, id = '', letters = '', name = ''] = /^(T\d{4}) (\S+) (.+)$/.exec(line) ?? [];
    parent = Object.freeze({ id, name, tactics: Object.freeze(letters.split(',').map((l) => tacticNames[l] ?? l)) });
    out.set(id, parent);
  }
  return out;
}

const rows = read();
const successors = new Map(
  replaced
    .trim()
    .split('\n')
    .map((l) => l.split(' ') as [string, string]),
);

/** All techniques, by id. */
export const techniques: ReadonlyMap<string, CatalogueTechnique> = rows;

/** The id that ATT&CK replaced an old one by; undefined if it did not. */
export function replacedBy(id: string): string | undefined {
  return successors.get(id);
}

/** The technique of an id, or of the one that replaced it; undefined if ATT&CK has none, as far as is known here. */
export function technique(id: string): CatalogueTechnique | undefined {
  return rows.get(id) ?? rows.get(successors.get(id) ?? '');
}

/** What types of events that this version does not make usually stand for: recordings may have them. */
const ofOthers: Readonly<Record<string, readonly string[]>> = {
  CreateRemoteThread: ['T1055'],
  RegistryEvent: ['T1112'],
  FileCreateStreamHash: ['T1564.004'],
  WmiEvent: ['T1546.003'],
  ClipboardChange: ['T1115'],
};

const idPattern = /(?<![A-Za-z0-9])T\d{4}(?:\.\d{3})?(?![A-Za-z0-9]|\.\d)/g;

/**
 * The techniques that names of rules speak of: `TechniqueID=T1059.004,TechniqueName=…`, `technique_id=…`, or ids alone,
 * `T1037,T1484`. Each once; withdrawn ids as what replaced them. An id that is not known here has the name that the
 * rule gives, and no tactics.
 */
export function techniquesOfRules(names: Iterable<string>): Technique[] {
  const out = new Map<string, Technique>();
  for (const name of names) {
    for (const [id] of name.matchAll(idPattern)) {
      const known = technique(id);
      const key = known?.id ?? id;
      if (out.has(key)) continue;
      const said = /technique_?name=([^,]+)/i.exec(name)?.[1]?.trim();
      out.set(
        key,
        Object.freeze({ id: key, name: known?.name ?? said ?? id, tactics: known?.tactics ?? [], source: 'rule' }),
      );
    }
  }
  return [...out.values()];
}

const usual = new Map<string, readonly Technique[]>(
  [...Object.entries(ofOthers), ...eventTable.map((e) => [e.name, e.techniques] as const)].map(([type, ids]) => [
    type,
    Object.freeze(
      ids.flatMap((id) => technique(id) ?? []).map((t) => Object.freeze({ ...t, source: 'event' as const })),
    ),
  ]),
);

/** The techniques that a type of event usually stands for. */
export function techniquesOfType(type: string): readonly Technique[] {
  return usual.get(type) ?? [];
}

/**
 * `event.techniques`: those of the matched rules, then those of the type, each id once.
 *
 * @param rules names of the rules that matched
 */
export function techniquesOf(type: string, rules: Iterable<string>): readonly Technique[] {
  const found = techniquesOfRules(rules);
  const general = techniquesOfType(type);
  return found.length === 0 ? general : [...found, ...general.filter((t) => found.every((f) => f.id !== t.id))];
}
