/** Which fields of an event say what its process record says too, and how the one becomes the other. */
import type { ProcessRecord } from '../event/process-record.gen.js';
import { processFields } from '../schema/process.js';
import type { EventSchema, Origin } from '../schema/types.js';

export interface Link {
  /** Field of `data`. */
  readonly field: string;
  readonly of: 'process' | 'parent';
  /** Member of that record. */
  readonly member: string;
  /** Value of the field, of the record of the event's process; undefined: it says nothing. */
  readonly from: (process: ProcessRecord) => unknown;
  /** Value of the member, of that of the field; undefined: it says nothing. */
  readonly back: (value: unknown) => unknown;
}

const members = new Set(processFields.map(([name]) => name));
const unsetSession = 4294967295;

type Conversion = Pick<Link, 'member' | 'back'> & { readonly from: (record: ProcessRecord) => unknown };

const same = (member: string): Conversion => ({
  member,
  from: (record) => (record as unknown as Record<string, unknown>)[member],
  back: (value) => value,
});

/** Members that stand in `data` in another form than in the record, by the word of the origin. */
const others: Readonly<Record<string, Conversion>> = {
  startTime: {
    member: 'startTime',
    from: ({ startTime }) => `${startTime.slice(0, 10)} ${startTime.slice(11, 23)}`,
    back: (value) => `${String(value).replace(' ', 'T')}000Z`,
  },
  logonId: {
    member: 'uid',
    from: ({ uid }) => (uid === undefined ? '-' : String(uid)),
    back: (value) => (/^\d+$/.test(String(value)) ? Number(value) : undefined),
  },
  terminalSessionId: {
    member: 'session',
    from: ({ session }) => session ?? unsetSession,
    back: (value) => (value === unsetSession ? undefined : value),
  },
};

function conversion(origin: Origin): (Conversion & Pick<Link, 'of'>) | undefined {
  const [, of, word] = /^(process|parent)\.(\w+)$/.exec(origin) ?? [];
  if (of !== undefined) {
    const found = others[word] ?? (members.has(word) ? same(word) : undefined);
    return found && { ...found, of: of as Link['of'] };
  }
  if (origin.startsWith('argv(')) return { ...same('commandLine'), of: 'process' };
  // The user at the call, who is nearly always that of the process.
  if (origin.startsWith('user(')) return { ...same('user'), of: 'process' };
  return undefined;
}

export function linksOf(schema: EventSchema): Link[] {
  return schema.fields.flatMap(([field, , origin]): Link[] => {
    const found = conversion(origin);
    if (!found) return [];
    const { of, from } = found;
    return [
      {
        ...found,
        field,
        from: (process) => {
          const record = of === 'process' ? process : process.parent;
          return record && from(record);
        },
      },
    ];
  });
}
