/**
 * Every event of schema 4.90 and of our extensions, as configurations name them: also those that this sensor does not
 * produce yet. What the sensor emits is derived from its table; the others stand here.
 */
import { eventTable } from './tables.gen.js';
import type { FieldType } from './types.js';

export interface ManifestField {
  readonly name: string;
  readonly type: FieldType;
  /** The field has one value on Linux, whatever happens: a rule on it matches always or never. */
  readonly constant?: string;
  /** It says one of these, or `-` where there is nothing to say. */
  readonly words?: readonly string[];
}

export interface ManifestEvent {
  /** Sysmon's EventID. */
  readonly id: number;
  /** `event.type`. */
  readonly type: string;
  /** Element of a configuration; absent where the event cannot be filtered. */
  readonly tag?: string;
  /** What happens to the event when no rule speaks of it. */
  readonly default: 'log' | 'drop' | 'always';
  /** Nothing on Linux gives rise to this event. */
  readonly noLinuxMeaning?: string;
  /** Not in Sysmon: one of ours. */
  readonly extension?: true;
  readonly fields: readonly ManifestField[];
}

/** A field is `Name`, `Name:type` or `Name:type=constant`. */
function fields(text: string): ManifestField[] {
  return text.split(/\s+/).map((word) => {
    const [head = '', constant] = word.split('=') as [string, string?];
    const [name = '', type = 'string'] = head.split(':') as [string, string?];
    return {
      name,
      type: type as FieldType,
      ...(constant === undefined ? {} : { constant: constant.replace('_', ' ') }),
    };
  });
}

const head = 'RuleName UtcTime:time ProcessGuid:guid ProcessId:u32';
const registry = 'RuleName EventType UtcTime:time ProcessGuid:guid ProcessId:u32 Image TargetObject';

/** Why events of Sysmon for Windows stay silent. */
const foreign = {
  thread: 'Linux has no call that starts a thread in another process.',
  registry: 'Linux has no registry. Files of settings are told of by FileCreate, FileModify and FileDelete.',
  stream: 'Files of Linux have no alternate data streams.',
  wmi: 'Linux has no WMI.',
  clipboard: 'The kernel has no clipboard: programs of the desktop keep it among themselves.',
} as const;

/** What only configurations and recordings know. A row goes when an event of its id comes into `events/`. */
const notProduced: readonly ManifestEvent[] = [
  {
    id: 8,
    type: 'CreateRemoteThread',
    tag: 'CreateRemoteThread',
    default: 'drop',
    noLinuxMeaning: foreign.thread,
    fields: fields(
      'RuleName UtcTime:time SourceProcessGuid:guid SourceProcessId:u32 SourceImage TargetProcessGuid:guid TargetProcessId:u32 TargetImage ' +
        'NewThreadId:u32 StartAddress StartModule StartFunction SourceUser TargetUser',
    ),
  },
  {
    id: 12,
    type: 'RegistryEvent',
    tag: 'RegistryEvent',
    default: 'drop',
    noLinuxMeaning: foreign.registry,
    fields: fields(`${registry} User`),
  },
  {
    id: 13,
    type: 'RegistryEvent',
    tag: 'RegistryEvent',
    default: 'drop',
    noLinuxMeaning: foreign.registry,
    fields: fields(`${registry} Details User`),
  },
  {
    id: 14,
    type: 'RegistryEvent',
    tag: 'RegistryEvent',
    default: 'drop',
    noLinuxMeaning: foreign.registry,
    fields: fields(`${registry} NewName User`),
  },
  {
    id: 15,
    type: 'FileCreateStreamHash',
    tag: 'FileCreateStreamHash',
    default: 'drop',
    noLinuxMeaning: foreign.stream,
    fields: fields(`${head} Image TargetFilename CreationUtcTime:time Hash Contents User`),
  },
  {
    id: 19,
    type: 'WmiEvent',
    tag: 'WmiEvent',
    default: 'drop',
    noLinuxMeaning: foreign.wmi,
    fields: fields('RuleName EventType UtcTime:time Operation User EventNamespace Name Query'),
  },
  {
    id: 20,
    type: 'WmiEvent',
    tag: 'WmiEvent',
    default: 'drop',
    noLinuxMeaning: foreign.wmi,
    fields: fields('RuleName EventType UtcTime:time Operation User Name Type Destination'),
  },
  {
    id: 21,
    type: 'WmiEvent',
    tag: 'WmiEvent',
    default: 'drop',
    noLinuxMeaning: foreign.wmi,
    fields: fields('RuleName EventType UtcTime:time Operation User Consumer Filter'),
  },
  {
    id: 24,
    type: 'ClipboardChange',
    tag: 'ClipboardChange',
    default: 'drop',
    noLinuxMeaning: foreign.clipboard,
    fields: fields(`${head} Image Session:u32 ClientInfo Hashes Archived User`),
  },
];

const produced: readonly ManifestEvent[] = eventTable.map((e) => ({
  id: e.id,
  type: e.name,
  ...(e.tag === undefined ? {} : { tag: e.tag }),
  default: e.default,
  // Sysmon's own ids end at 100, but for the last: errors.
  ...(e.id > 100 && e.id < 255 ? { extension: true as const } : {}),
  fields: e.fields.map(([name, type]) => ({
    name,
    type,
    ...(Object.hasOwn(e.constants, name) ? { constant: e.constants[name] } : {}),
    ...(Object.hasOwn(e.words, name) ? { words: e.words[name] } : {}),
  })),
}));

/** In the order of ids, as Sysmon prints them. */
export const manifest: readonly ManifestEvent[] = [...produced, ...notProduced].sort((a, b) => a.id - b.id);

/**
 * Events of Sysmon for Windows that Sysmon for Linux does not know: it ignores their elements. So do the rules here;
 * a configuration keeps them, for it may be another sensor's as well.
 */
export const windowsTags: ReadonlySet<string> = new Set([
  'FileBlockExecutable',
  'FileBlockShredding',
  'FileExecutableDetected',
]);

const byTag = new Map<string, ManifestEvent[]>();
for (const event of manifest) {
  if (event.tag === undefined) continue;
  // Sysmon calls event 6 DriverLoad; the SDK emits it as ModuleLoad. A configuration may say either.
  for (const tag of new Set([event.tag, event.type])) byTag.set(tag, [...(byTag.get(tag) ?? []), event]);
}

/** All rule tags, in the order of event ids; `ModuleLoad` is left out as the alias of `DriverLoad`. */
export const ruleTags: readonly string[] = [...new Set(manifest.flatMap((e) => e.tag ?? []))];

/**
 * The events that a rule tag stands for: one, or the series of RegistryEvent, PipeEvent and WmiEvent. Empty if there is
 * no such tag.
 */
export function eventsOfTag(tag: string): readonly ManifestEvent[] {
  return byTag.get(tag) ?? [];
}

/** Whether a configuration may have rules for it. */
export function isTag(name: string): boolean {
  return byTag.has(name) || windowsTags.has(name);
}

const byId = new Map(manifest.map((e) => [e.id, e]));

export function eventOfId(id: number): ManifestEvent | undefined {
  return byId.get(id);
}

/** Events of a type as `event.type` names it. */
export function eventsOfType(type: string): readonly ManifestEvent[] {
  return manifest.filter((e) => e.type === type);
}

/** Names of all fields of all events. */
export const fieldNames: ReadonlySet<string> = new Set(manifest.flatMap((e) => e.fields.map((f) => f.name)));
