/** Reads a policy, which is YAML, into conditions of rules. What is wrong is found with line and column. */
import { isMap, isScalar, isSeq, type Pair, type Scalar } from 'yaml';
import { suggest } from '../base/nearest.js';
import type { Findings, Position } from '../config/findings.js';
import type { Entry } from '../config/model.js';
import { YamlDocument } from '../config/yaml-document.js';
import { readCondition } from '../config/yaml-read.js';
import {
  algorithmOf,
  exceptionEntry,
  exceptionFields,
  itemEntries,
  PatternError,
  watchEntries,
  type Places,
} from './patterns.js';
import { mostWatched, watchedFiles } from '../schema/watched-files.js';
import { sectionNames, sections, type SectionName } from './policy-sections.js';

/** An item of a list: what holds of an event that it means. */
export interface PolicyItem {
  /** As written. */
  readonly text: string;
  /** By event, `*`: by all of the section. */
  readonly entries: Readonly<Record<string, Entry>>;
  /** Whom it does not concern. */
  readonly unless?: Entry;
  readonly at: Position;
}

export interface PolicyList {
  readonly items: readonly PolicyItem[];
  readonly at: Position;
}

export interface PolicySection {
  readonly name: SectionName;
  readonly allow?: PolicyList;
  readonly deny?: PolicyList;
  readonly unless?: Entry;
  readonly at: Position;
}

export interface PolicyTree {
  readonly sections: readonly PolicySection[];
  /** Digests that it asks for. */
  readonly hashes: ReadonlySet<string>;
  /** Files whose opens must be told, beside the usual ones. */
  readonly watch: ReadonlySet<string>;
}

/** More are refused: each costs memory in the engine. */
const maxItems = 5000;

/** Room that the kernel side has for files of a policy. */
const mostBeside = mostWatched - watchedFiles.length;

export function readPolicy(source: string, places: Places, findings: Findings): PolicyTree {
  const doc = YamlDocument.parse(source, findings);
  return doc ? new PolicyReader(doc, places, findings).read() : { sections: [], hashes: new Set(), watch: new Set() };
}

class PolicyReader {
  private readonly hashes = new Set<string>();
  private readonly watch = new Set<string>();
  private count = 0;

  constructor(
    private readonly doc: YamlDocument,
    private readonly places: Places,
    private readonly findings: Findings,
  ) {}

  read(): PolicyTree {
    const { doc, findings, hashes, watch } = this;
    if (!isMap(doc.contents)) {
      findings.error('yaml', `a policy is a mapping of ${sectionNames.join(', ')}`, doc.at(doc.contents));
      return { sections: [], hashes, watch };
    }
    const top = doc.map(doc.contents, undefined, 'a policy') as Map<string, Pair>;
    const found = [...top].flatMap(([name, pair]) => this.section(name, pair));
    if (top.size === 0) findings.error('yaml', 'a policy that says nothing allows everything', doc.at(doc.contents));
    return { sections: found, hashes, watch };
  }

  private section(name: string, pair: Pair): PolicySection[] {
    const { doc, findings } = this;
    const at = doc.at(pair.key);
    if (!(sectionNames as string[]).includes(name)) {
      const known = suggest(name, sectionNames) || `; known are ${sectionNames.join(', ')}`;
      findings.error('unknown-key', `a policy has no section ${name}${known}`, at);
      return [];
    }
    const map = doc.map(pair.value, ['allow', 'deny', 'unless'], name);
    if (!map) return [];
    if (!map.has('allow') && !map.has('deny')) {
      findings.error('yaml', `${name} needs allow or deny`, at);
      return [];
    }
    const section = name as SectionName;
    const allow = this.list(section, 'allow', map.get('allow'));
    const deny = this.list(section, 'deny', map.get('deny'));
    if (this.watch.size > mostBeside)
      findings.error('too-many', `read.deny: at most ${mostBeside} paths beside those that are watched anyway`, at);
    const unless = this.unless(map.get('unless'), name);
    return [{ name: section, at, ...(allow && { allow }), ...(deny && { deny }), ...(unless && { unless }) }];
  }

  private list(section: SectionName, key: 'allow' | 'deny', pair: Pair | undefined): PolicyList | undefined {
    if (!pair) return undefined;
    const items = this.doc.sequence(pair.value, `${section}.${key}`, pair.key);
    return { items: items.flatMap((item) => this.item(section, key, item)), at: this.doc.at(pair.key) };
  }

  private item(section: SectionName, list: 'allow' | 'deny', item: unknown): PolicyItem[] {
    const { doc, findings } = this;
    const at = doc.at(item);
    if (++this.count > maxItems) {
      if (this.count === maxItems + 1) findings.error('too-many', `a policy has at most ${maxItems} items`, at);
      return [];
    }
    if (isScalar(item) && item.value !== null) return this.patterns(section, list, [item], undefined);
    const map =
      isMap(item) && (item.has('match') || item.has('when'))
        ? doc.map(item, ['match', 'when', 'unless'], 'an item')
        : undefined;
    if (!map) {
      const ways = `${sections[section].items}; or match: or when: with one`;
      findings.error('yaml', `an item of ${section} is ${ways}`, at);
      return [];
    }
    if (map.has('match') && map.has('when')) findings.error('yaml', 'an item has match or when, not both', at);
    const unless = this.unless(map.get('unless'), 'unless');
    const match = map.get('match');
    if (match) return this.patterns(section, list, this.scalars(match, 'match'), unless);
    const when = (map.get('when') as Pair).value;
    const [entry] = readCondition(doc, findings, sections[section].events, when);
    if (!entry) return [];
    const text = entry.kind === 'line' ? `${entry.field} ${entry.condition} ${entry.value}` : 'when';
    return [{ text, entries: { '*': entry }, at, ...(unless && { unless }) }];
  }

  private patterns(
    section: SectionName,
    list: 'allow' | 'deny',
    nodes: readonly Scalar[],
    unless: Entry | undefined,
  ): PolicyItem[] {
    return nodes.flatMap((node): PolicyItem[] => {
      const at = this.doc.at(node);
      const text = this.doc.scalar(node);
      const entries = this.checked(text, at, () => itemEntries(section, list, text, this.places, at));
      const algorithm = section === 'execute' || section === 'module' ? algorithmOf(text) : undefined;
      if (algorithm !== undefined) this.hashes.add(algorithm);
      // What is allowed need not be seen.
      const seen = section === 'read' && list === 'deny' && entries;
      const watched = seen ? this.checked(text, at, () => watchEntries(text, this.places)) : undefined;
      for (const { entry } of watched ?? []) if (!watchedFiles.includes(entry)) this.watch.add(entry);
      return entries ? [{ text, entries, at, ...(unless && { unless }) }] : [];
    });
  }

  /** The condition under which something is an exception: all words hold, each for one of its texts. */
  private unless(pair: Pair | undefined, what: string): Entry | undefined {
    if (!pair) return undefined;
    const map = this.doc.map(pair.value, Object.keys(exceptionFields), `${what}: unless`);
    const at = this.doc.at(pair.key);
    const entries = [...(map ?? [])].flatMap(([word, value]) => {
      const texts = this.scalars(value, word).map((node) => this.doc.scalar(node));
      const entry =
        texts.length > 0 && this.checked(texts.join(' '), at, () => exceptionEntry(word, texts, this.places, at));
      return entry ? [entry] : [];
    });
    if (map?.size === 0)
      this.findings.error('yaml', `unless needs one of ${Object.keys(exceptionFields).join(', ')}`, at);
    return entries.length > 0 ? { kind: 'all', entries, at } : undefined;
  }

  /** One text or a list of texts. */
  private scalars({ key, value }: Pair, what: string): Scalar[] {
    const { doc, findings } = this;
    const nodes = isSeq(value) ? value.items : [value];
    if (nodes.length === 0) findings.error('yaml', `${what}: the list is empty`, doc.at(value));
    return nodes.flatMap((node) => {
      if (isScalar(node) && node.value !== null) return [node];
      findings.error('yaml', `${what} must be text, or a list of texts`, doc.at(node ?? key));
      return [];
    });
  }

  private checked<T>(text: string, at: Position, make: () => T): T | undefined {
    if (text === '' || text.includes('\0') || text.length > 1024) {
      this.findings.error('value', 'a pattern has 1 to 1024 characters, and no NUL', at);
      return undefined;
    }
    try {
      return make();
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      this.findings.error('value', error.message, at);
      return undefined;
    }
  }
}
