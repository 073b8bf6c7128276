/** What an event says that somebody did, in few words. */
import type { RuleEvent } from '../config/rule-fields.js';
import type { ProcessRecord } from '../event/process-record.gen.js';
import { sectionOf, type SectionName } from './policy-sections.js';

/** Who did it, as far as a report says it. */
export type Doer = Pick<ProcessRecord, 'pid' | 'image' | 'commandLine'> &
  Partial<Pick<ProcessRecord, 'strongId' | 'npm' | 'origin'>>;

/** One thing that was done. */
export interface Fact {
  /** Section of a policy that it belongs to. */
  readonly section: SectionName;
  /** What was done: an address, a path. */
  readonly what: string;
  /** Of a connection: host and port alone. */
  readonly peer?: { readonly host: string; readonly port: number };
}

type Data = Readonly<Record<string, unknown>>;
const text = (data: Data, field: string): string => String(data[field] ?? '-');
const isSaid = (value: string): boolean => value !== '-' && value !== '';

/** Undefined: not of a type that a policy judges, or not what its section is about. */
export function factOf(event: RuleEvent): Fact | undefined {
  const section = sectionOf.get(event.type);
  const data = event.data as Data;
  const extra = (event.extra ?? {}) as Data;
  switch (section) {
    case undefined:
      return undefined;
    case 'connect': {
      if ('SocketName' in data) return { section, what: `unix:${text(data, 'SocketName')}` };
      if (String(data['Initiated']) !== 'true') return undefined;
      const address = text(data, 'DestinationIp');
      const name = text(data, 'DestinationHostname');
      const host = isSaid(name) ? name : address;
      const port = Number(data['DestinationPort']);
      const shown = host.includes(':') ? `[${host}]` : host;
      const also = host === address ? '' : ` (${address})`;
      return { section, what: `${shown}:${port}/${text(data, 'Protocol')}${also}`, peer: { host: shown, port } };
    }
    case 'resolve':
      return { section, what: text(data, 'QueryName') };
    case 'execute': {
      const { script } = (event.process ?? {}) as { script?: string };
      return { section, what: script ?? text(data, 'Image') };
    }
    case 'write':
      return { section, what: text(data, 'TargetFilename') };
    case 'read': {
      const access = text(data, 'Access');
      if (access === 'write' || access === 'none') return undefined;
      return { section, what: text(data, 'TargetFilename') };
    }
    case 'privilege':
      if (extra['drop'] === true) return undefined;
      return { section, what: `${text(data, 'Operation')}: ${text(data, 'PreviousUser')} to ${text(data, 'User')}` };
    case 'module': {
      const name = (extra['module'] as { name?: string } | undefined)?.name;
      return { section, what: name ?? text(data, 'ImageLoaded') };
    }
  }
}

/** The script that this process itself is part of: what it starts inherits its variables, and is no script for that. */
const own = {
  package: process.env['npm_package_name'],
  version: process.env['npm_package_version'],
  event: process.env['npm_lifecycle_event'],
};

/** The script of a package that a process is part of. */
export function scriptOf(process: Partial<Doer> | undefined): Doer['npm'] {
  const npm = process?.npm;
  if (npm?.package === undefined) return undefined;
  const inherited = npm.package === own.package && npm.version === own.version && npm.event === own.event;
  return inherited ? undefined : npm;
}

/** `esbuild@0.25.0 postinstall`; undefined: no script of a package did it. */
export function packageOf(process: Partial<Doer> | undefined): string | undefined {
  const { package: name, version, event } = scriptOf(process) ?? {};
  if (name === undefined) return undefined;
  return `${name}${version === undefined ? '' : `@${version}`}${event === undefined ? '' : ` ${event}`}`;
}
