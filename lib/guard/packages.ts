/** What the scripts of packages did, by package and script. */
import type { RuleEvent } from '../config/rule-fields.js';
import { factOf, packageOf, type Doer } from './facts.js';
import { isOfNoAccount } from './name-servers.js';
import type { SectionName } from './policy-sections.js';

/** What one script of a package did. */
export interface ScriptReport {
  /** As `esbuild@0.25.0 postinstall`. */
  readonly script: string;
  /** By section, each once, in order: connections, questions, programs, files outside of the project, … */
  readonly did: Readonly<Partial<Record<SectionName, readonly string[]>>>;
  /** Things that there was no room for. */
  readonly more: number;
}

const mostScripts = 2000;
const mostThings = 200;

/**
 * Collects what life-cycle scripts of npm packages did: connections, questions for names, programs, files outside of
 * the project. It takes a sensor with `environment: 'npm'`; what npm itself does is nobody's script.
 *
 * @example
 * ```js
 * import { ScriptWatch } from '@org/sysmon/guard';
 * import { makeEvent } from '@org/sysmon/testing';
 *
 * const scripts = new ScriptWatch('/srv/app');
 * const npm = { package: 'esbuild', version: '0.25.0', event: 'postinstall' };
 * scripts.see(makeEvent('ProcessCreate', { data: { Image: '/usr/bin/curl' }, process: { npm } }));
 * console.log(scripts.reports()); // [{ script: 'esbuild@0.25.0 postinstall', did: { execute: ['/usr/bin/curl'] }, … }]
 * ```
 */
export class ScriptWatch {
  readonly #scripts = new Map<string, { did: Map<SectionName, Set<string>>; things: number; more: number }>();
  #left = 0;

  /** Of scripts in a project. */
  constructor(
    /** Folder of the project: files in it are not told. */
    readonly project: string,
  ) {}

  /** Notes what an event says, if a script of a package did it. */
  see(event: RuleEvent): void {
    const script = packageOf((event as { process?: Partial<Doer> }).process);
    const fact = script === undefined || isOfNoAccount(event) ? undefined : factOf(event);
    if (script === undefined || fact === undefined) return;
    const { section, what } = fact;
    if (section === 'write' && (what === this.project || what.startsWith(`${this.project}/`))) return;
    let known = this.#scripts.get(script);
    if (!known) {
      if (this.#scripts.size >= mostScripts) return void this.#left++;
      this.#scripts.set(script, (known = { did: new Map(), things: 0, more: 0 }));
    }
    const things = known.did.get(section) ?? new Set();
    if (things.has(what)) return;
    if (known.things >= mostThings) return void known.more++;
    known.things++;
    known.did.set(section, things.add(what));
  }

  /** Events of scripts that there was no room for. */
  get left(): number {
    return this.#left;
  }

  /** What each script did, in the order in which they began. */
  reports(): readonly ScriptReport[] {
    return [...this.#scripts].map(([script, { did, more }]) => ({
      script,
      did: Object.fromEntries([...did].map(([section, things]) => [section, [...things]])),
      more,
    }));
  }
}
