/** What the option `extended` of the XML serializer appends. */
import type { SysmonEvent } from '../schema/events.gen.js';
import type { AnyExtra } from '../event/event.js';
import { containerOf } from './serializer.js';

type Extension = readonly [name: string, value: (event: SysmonEvent) => string | number | undefined];

/** What `extended` appends, in this order. */
export const xmlExtensions: readonly Extension[] = [
  ['StrongId', ({ process: p }) => p?.strongId],
  ['LoginUid', ({ process: p }) => p?.loginUid],
  ['ExitCode', ({ extra }) => (extra as AnyExtra).exitCode],
  ['Signal', ({ extra }) => (extra as AnyExtra).signal],
  ['Errno', ({ extra }) => (extra as AnyExtra).errno],
  ['ContainerId', ({ process: p }) => containerOf(p)?.id],
  ['ContainerName', ({ process: p }) => containerOf(p)?.name],
  ['ContainerImage', ({ process: p }) => containerOf(p)?.image],
  ['Pod', ({ process: p }) => containerOf(p)?.podName],
  ['PodNamespace', ({ process: p }) => containerOf(p)?.namespace],
  [
    'Ancestors',
    ({ process: p }) => (p === undefined ? undefined : [...p.ancestors()].map((a) => `${a.image}[${a.pid}]`).join(' ')),
  ],
  ['Techniques', ({ techniques }) => (techniques.length === 0 ? undefined : techniques.map((t) => t.id).join(','))],
  ['Truncated', ({ extra }) => extra.truncated?.join(',')],
  ['Uncertain', ({ extra }) => (extra.uncertain ? 'true' : undefined)],
  ['Snapshot', ({ process: p }) => (p?.snapshot ? 'true' : undefined)],
  ['Rules', ({ rules }) => rules?.map((r) => r.name).join(';')],
];
