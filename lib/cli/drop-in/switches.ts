/** The switches of Sysmon for Linux: one dash, in any case, single letters together or apart. */
import { refuse } from '../../base/errors.js';
import { didYouMean } from '../../base/nearest.js';

interface Row {
  readonly name: string;
  /** What it takes; `optional`: not where another switch follows. */
  readonly value: 'none' | 'optional' | 'required';
  /** One of them at most: what is to be done. */
  readonly does?: true;
  /** Why it cannot be. */
  readonly not?: string;
}

const noPart = 'Option not implemented on Linux.';

const rows = [
  { name: 'i', value: 'optional', does: true },
  { name: 'c', value: 'optional', does: true },
  { name: 'u', value: 'optional', does: true },
  { name: 's', value: 'optional', does: true },
  { name: '-', value: 'none' },
  { name: 'h', value: 'required' },
  { name: 'n', value: 'optional' },
  { name: 'l', value: 'optional' },
  { name: 'k', value: 'required' },
  { name: 'btf', value: 'required' },
  { name: 't', value: 'optional' },
  { name: 'service', value: 'none' },
  { name: 'accepteula', value: 'none' },
  { name: 'nologo', value: 'none' },
  { name: 'm', value: 'none' },
  { name: 'g', value: 'none' },
  { name: 'dns', value: 'optional' },
  { name: 'a', value: 'optional', not: `${noPart} What FileDelete keeps the configuration says: ArchiveDirectory.` },
  { name: 'd', value: 'optional', not: `${noPart} There is no driver.` },
  { name: 'r', value: 'optional', not: `${noPart} Programs of Linux have no certificates that could be revoked.` },
  { name: 'z', value: 'optional', not: `${noPart} There is no clipboard of the system.` },
  { name: 'captureclipboard', value: 'none', not: `${noPart} There is no clipboard of the system.` },
  {
    name: 'x',
    value: 'required',
    not: 'There are no rules in binary form here: sysmon config check FILE checks them.',
  },
  { name: 'y', value: 'required', not: 'Use sysmon config dump --sysmon FILE.' },
] as const satisfies readonly Row[];

type Name = (typeof rows)[number]['name'];

/** What was given: a switch without a value is there with undefined. */
export type Switches = ReadonlyMap<Name, string | undefined>;

/** What is to be done; one of them at most can be given. */
export type Deed = 'i' | 'c' | 'u' | 's';

const byName: ReadonlyMap<string, Row> = new Map(rows.map((row) => [row.name, row]));
const called = (name: string): string => (name === '-' ? '--' : `-${name}`);

/** Whether a command line is one of switches: its first word tells. */
export const isSwitch = (word: string | undefined): boolean => word !== undefined && /^-([^-]|-$)/.test(word);

/** The rows that one word names: one long name, or letters together. */
function named(word: string): readonly Row[] {
  if (!isSwitch(word)) refuse(`'${word}' is no switch, and follows none that takes a value.`);
  const text = word.slice(1).toLowerCase();
  const whole = byName.get(text);
  if (whole) return [whole];
  const letters = [...text].map((letter) => byName.get(letter));
  // A word that was meant is no heap of letters.
  const plain = letters.every((row) => row !== undefined && row.name !== '-' && row.not === undefined);
  if (plain && letters.filter((row) => row?.does).length <= 1) return letters as Row[];
  refuse(`unknown switch ${word}.${didYouMean(word, [...byName.keys()].map(called))}`);
}

/** Reads a command line. Throws SysmonError (ERR_SYSMON_OPTION). */
export function readSwitches(words: readonly string[]): Switches {
  const given = new Map<string, string | undefined>();
  const deeds: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const found = named(words[i]);
    for (const row of found) {
      const { name, value, does, not } = row;
      if (not !== undefined) refuse(`${called(name)}: ${not}`);
      if (does) deeds.push(name);
      if (deeds.length > 1) refuse(`${deeds.map(called).join(' and ')}: give one of them.`);
      const next = words[i + 1];
      const takes =
        row === found[found.length - 1] &&
        next !== undefined &&
        (value === 'required' || (value === 'optional' && !isSwitch(next)));
      if (value === 'required' && !takes) refuse(`${called(name)}: a value is missing.`);
      if (given.get(name) !== undefined && takes) refuse(`${called(name)}: it was given twice.`);
      if (takes) i++;
      if (takes && next === '')
        refuse(`${called(name)}: its value is empty, as a variable of a script is that is not set.`);
      given.set(name, takes ? next : given.get(name));
    }
  }
  return given as Switches;
}

/** What is to be done. Throws SysmonError (ERR_SYSMON_OPTION) if that is nothing. */
export function deedOf(given: Switches): Deed {
  const deed = (['i', 'c', 'u', 's'] as const).find((name) => given.has(name));
  if (given.has('-') && deed !== 'c') refuse('--: it belongs to -c, which sets the defaults with it: sysmon -c --.');
  if (given.has('service') && deed !== 'i')
    refuse('-service: it belongs to -i, and is what the service is started with.');
  return deed ?? refuse('nothing to do. Give -i to install, -c to configure, -u to uninstall or -s for the schema.');
}

/** A comma list. In the peer's a comma in a name is written twice; so it is in the options of a configuration. */
export const settingNames = ['h', 'n', 'l', 'k', 'dns', 'btf'] as const;
