/** What a run did, as a file that stands beside the code: sorted, without what every run has anew. */
import { isScalar } from 'yaml';
import { ConfigError, Findings } from '../config/findings.js';
import type { RuleEvent } from '../config/rule-fields.js';
import { YamlDocument } from '../config/yaml-document.js';
import { factOf, packageOf, scriptOf, type Doer } from './facts.js';
import { isOfNoAccount } from './name-servers.js';
import { normalPath, normalPort, type RunPlaces } from './normalise.js';
import { sectionNames, type SectionName } from './policy-sections.js';

/** By section, each sorted. */
export type Baseline = Readonly<Record<SectionName, ReadonlySet<string>>>;

/** One thing that a baseline does not have. */
export interface Novelty {
  /** Section of the baseline. */
  readonly section: SectionName;
  /** As the baseline would have it. */
  readonly line: string;
  /** As it was done, the first time. */
  readonly what: string;
  /** Who did it first. */
  readonly process?: Doer;
  /** Package and script, where npm's variables tell it. */
  readonly package?: string;
}

/** A run that did more cannot be told whole. */
const mostThings = 200_000;

const empty = (): Record<SectionName, Set<string>> =>
  Object.fromEntries(sectionNames.map((name) => [name, new Set<string>()])) as Record<SectionName, Set<string>>;

/**
 * Collects what a run does.
 *
 * @example
 * ```js
 * import { Behaviour, formatBaseline } from '@org/sysmon/guard';
 * import { makeEvent } from '@org/sysmon/testing';
 *
 * const behaviour = new Behaviour();
 * behaviour.see(makeEvent('ProcessCreate', { data: { Image: '/usr/bin/make' } }));
 * console.log(formatBaseline(behaviour.baseline({ project: '/srv/app', home: '/root', temporary: ['/tmp'] })));
 * ```
 */
export class Behaviour {
  readonly #seen = new Map<string, { section: SectionName; what: string; port?: string; event: RuleEvent }>();
  #left: number;

  /** One that has seen nothing. */
  constructor() {
    this.#left = 0;
  }

  /** Notes what an event says. */
  see(event: RuleEvent): void {
    if (isOfNoAccount(event)) return;
    const fact = factOf(event);
    if (!fact) return;
    const { section, peer } = fact;
    // An address stays out: names have others every day.
    const what = peer ? peer.host : fact.what;
    const port = peer && normalPort(peer.port);
    const key = `${section}\0${what}\0${port ?? ''}\0${by(event) ?? ''}`;
    if (this.#seen.has(key)) return;
    if (this.#seen.size >= mostThings) this.#left++;
    else this.#seen.set(key, { section, what, ...(port !== undefined && { port }), event });
  }

  /** Things that there was no room for; a run that has some makes no baseline. */
  get left(): number {
    return this.#left;
  }

  /** Everything, as a file has it. Ask when the run is over: files that are gone then count as temporary. */
  lines(places: RunPlaces): readonly Novelty[] {
    const lines = new Map<string, Novelty>();
    for (const { section, what, port, event } of this.#seen.values()) {
      const { process } = event as { process?: Doer };
      const isPath = section === 'write' || section === 'read' || section === 'execute' || what.startsWith('unix:');
      const plain = isPath ? normalPath(what.replace(/^unix:/, ''), places) : what;
      const head = what.startsWith('unix:') ? `unix:${plain}` : port === undefined ? plain : `${plain}:${port}`;
      const script = by(event);
      const line = script === undefined ? head : `${head} by ${script}`;
      const key = `${section}\0${line}`;
      if (lines.has(key)) continue;
      const name = packageOf(process);
      lines.set(key, {
        section,
        line,
        what: port === undefined ? what : `${what}:${port}`,
        ...(process && { process }),
        ...(name !== undefined && { package: name }),
      });
    }
    return [...lines.values()];
  }

  /** What it did, to be written or compared. */
  baseline(places: RunPlaces): Baseline {
    const out = empty();
    for (const { section, line } of this.lines(places)) out[section].add(line);
    return out;
  }
}

/** Package and script without the version: that stands in the lock file of npm. */
function by(event: RuleEvent): string | undefined {
  const npm = scriptOf((event as { process?: Partial<Doer> }).process);
  return npm && [npm.package, npm.event].filter((word) => word !== undefined).join(' ');
}

/**
 * What a run did that a baseline does not have.
 *
 * @example
 * ```js
 * import { Behaviour, newIn, parseBaseline } from '@org/sysmon/guard';
 *
 * const places = { project: '/srv/app', home: '/root', temporary: ['/tmp'] };
 * console.log(newIn(new Behaviour().lines(places), parseBaseline('write: []')).length); // 0
 * ```
 */
export function newIn(lines: readonly Novelty[], baseline: Baseline): readonly Novelty[] {
  return lines.filter(({ section, line }) => !baseline[section].has(line));
}

/**
 * Both of two.
 *
 * @example
 * ```js
 * import { joinBaselines, parseBaseline } from '@org/sysmon/guard';
 *
 * const both = joinBaselines(parseBaseline('write: [a]'), parseBaseline('write: [b]'));
 * console.log(both.write.size); // 2
 * ```
 */
export function joinBaselines(one: Baseline, other: Baseline): Baseline {
  const out = empty();
  for (const name of sectionNames) out[name] = new Set([...one[name], ...other[name]]);
  return out;
}

const head = `# What a run did: sysmon guard --baseline compares with it, and --update adds to it.
# <random>, <hex>, <n>, <time>, <pid>, <port>: what every run has anew.
`;

/**
 * A baseline as text: YAML, sorted, a line for each thing.
 *
 * @example
 * ```js
 * import { formatBaseline, parseBaseline } from '@org/sysmon/guard';
 *
 * console.log(formatBaseline(parseBaseline('write: [b, a]')));
 * ```
 */
export function formatBaseline(baseline: Baseline): string {
  const parts = sectionNames.map((name) => {
    const lines = [...baseline[name]].sort((a, b) => (a < b ? -1 : Number(a > b)));
    return lines.length === 0
      ? `${name}: []\n`
      : `${name}:\n${lines.map((line) => `  - ${JSON.stringify(line)}\n`).join('')}`;
  });
  return head + parts.join('');
}

/**
 * Reads a baseline from its text. Throws ConfigError with line and column.
 *
 * @example
 * ```js
 * import { parseBaseline } from '@org/sysmon/guard';
 *
 * console.log(parseBaseline('write: [./out]').write.has('./out')); // true
 * ```
 */
export function parseBaseline(source: string): Baseline {
  const findings = new Findings();
  if (source.trim() === '') throw new ConfigError('the baseline is empty', { line: 1, column: 1 });
  const out = empty();
  const doc = YamlDocument.parse(source, findings);
  for (const [name, pair] of doc?.map(doc.contents, sectionNames, 'a baseline') ?? [])
    for (const item of doc?.sequence(pair.value, name, pair.key) ?? []) {
      if (isScalar(item) && item.value !== null) out[name as SectionName].add(String(item.value));
      else findings.error('yaml', `${name}: an item must be text`, doc?.at(item) ?? { line: 1, column: 1 });
    }
  findings.throwIfErrors();
  return out;
}
