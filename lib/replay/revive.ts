/** Events from their JSON: with shared, frozen process records as the sensor hands them out. */
import { deepFreeze } from '../base/freeze.js';
import { cutText, shortLine } from '../base/cut-text.js';
import { printable } from '../base/printable.js';
import { longCapabilities } from '../event/capability-sets.js';
import type { LossRecord } from '../event/event.js';
import { withWholeIds } from '../event/strong-id.js';
import { ownNames } from '../source/listeners.js';
import { ProcessRecord } from '../event/process-record.gen.js';
import type { SysmonEvent } from '../schema/events.gen.js';

const mostRecords = 65536;

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Why a line is no event. */
export class MalformedLine extends Error {}

const expect = (good: boolean, what: string): void => {
  if (!good) throw new MalformedLine(what);
};

/** Whether a command line is the one that is known, or what lean JSON has of it: its beginning, or nothing. */
const sameCommandLine = (known: unknown, said: unknown): boolean =>
  said === known || said === undefined || (typeof known === 'string' && said === cutText(known, shortLine));

/**
 * Whether two lines of ancestors say the same. One may know more of a process than the other, whose event came later.
 */
function sameLine(known: ProcessRecord | undefined, said: ProcessRecord | undefined): boolean {
  let a = known;
  let b = said;
  for (; a !== b; a = a.parent, b = b.parent)
    if (!a || !b || a.strongId !== b.strongId || a.image !== b.image || !sameCommandLine(a.commandLine, b.commandLine))
      return false;
  return true;
}

/** A process as it is on its own ProcessCreate, and everywhere in a recording: lean JSON has it in short elsewhere. */
const isWhole = (fields: object): boolean => 'startTime' in fields;

export class Reviver {
  readonly #records = new Map<string, ProcessRecord>();

  /** The event or loss record of a line. Throws MalformedLine. */
  revive(line: string): SysmonEvent | LossRecord {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (cause) {
      throw new MalformedLine(`no JSON: ${printable((cause as Error).message)}`);
    }
    if (!isObject(value)) throw new MalformedLine('no JSON object');
    expect(typeof value['type'] === 'string' && !ownNames.has(value['type']), 'type: expected a type of event');
    expect(typeof value['time'] === 'string', 'time: expected a text');
    expect(typeof value['host'] === 'string', 'host: expected a text');
    if (value['type'] === 'Loss') {
      expect(typeof value['count'] === 'number', 'count: expected a number');
      for (const name of ['stage', 'eventType', 'since', 'until'])
        expect(typeof value[name] === 'string', `${name}: expected a text`);
      const { unit, processes } = value;
      expect(unit === undefined || typeof unit === 'string', 'unit: expected a text');
      expect(
        processes === undefined ||
          (Array.isArray(processes) && processes.every((p) => isObject(p) && typeof p['pid'] === 'number')),
        'processes: expected a list of objects with a pid',
      );
      deepFreeze(processes);
      return value as unknown as LossRecord;
    }
    expect(typeof value['id'] === 'number', 'id: expected a number');
    expect(typeof value['recordId'] === 'number', 'recordId: expected a number');
    expect(isObject(value['data']), 'data: expected an object');
    // Both may have been left out when it was written.
    if (value['extra'] === undefined) value['extra'] = {};
    if (value['techniques'] === undefined) value['techniques'] = [];
    expect(isObject(value['extra']), 'extra: expected an object');
    expect(Array.isArray(value['techniques']), 'techniques: expected a list');
    deepFreeze(value['extra']);
    expect(value['rules'] === undefined || Array.isArray(value['rules']), 'rules: expected a list');
    deepFreeze(value['techniques']);
    deepFreeze(value['rules']);
    if (value['process'] !== undefined) {
      if (!isObject(value['process'])) throw new MalformedLine('process: expected an object');
      value['process'] = this.#process(value['process']);
    }
    return value as unknown as SysmonEvent;
  }

  #process(json: Record<string, unknown>): ProcessRecord {
    const { ancestors = [], ...fields } = json;
    if (fields['capabilities'] !== undefined) fields['capabilities'] = longCapabilities(fields['capabilities']);
    expect(typeof fields['pid'] === 'number', 'process.pid: expected a number');
    if (!Array.isArray(ancestors)) throw new MalformedLine('process.ancestors: expected a list');
    let parent: ProcessRecord | undefined;
    for (const a of withWholeIds(ancestors, fields['strongId']).reverse()) {
      if (!isObject(a) || typeof a['pid'] !== 'number')
        throw new MalformedLine('process.ancestors: expected objects with a pid');
      parent = this.#record(a, parent, false);
    }
    return this.#record(fields, parent, true);
  }

  /**
   * The record that other events share, if it says the same; else a new one. `ofEvent`: it is the process of an event,
   * and not only an ancestor.
   */
  #record(fields: Record<string, unknown>, parent: ProcessRecord | undefined, ofEvent: boolean): ProcessRecord {
    const { strongId } = fields;
    const id = typeof strongId === 'string' ? strongId : undefined;
    const known = id === undefined ? undefined : this.#records.get(id);
    if (
      known !== undefined &&
      known.image === fields['image'] &&
      sameCommandLine(known.commandLine, fields['commandLine']) &&
      sameLine(known.parent, parent) &&
      (!ofEvent || (isWhole(fields) ? saysAll(known, fields) : saysMore(known, fields)))
    )
      return known;
    const made = ProcessRecord.revive(deepFreeze(fields), parent);
    if (id !== undefined) {
      this.#records.set(id, made);
      if (this.#records.size > mostRecords) this.#records.delete(this.#records.keys().next().value as string);
    }
    return made;
  }
}

/** A record in short does not do for a process that is written whole. Beside the fields it has `parent`. */
const saysAll = (known: ProcessRecord, fields: object): boolean =>
  Object.keys(known).length === Object.keys(fields).length + 1;

/** Whether a record has everything that lean JSON says of the process, and says it. */
function saysMore(known: ProcessRecord, fields: Record<string, unknown>): boolean {
  const record = known as unknown as Record<string, unknown>;
  return Object.entries(fields).every(
    ([name, value]) =>
      name === 'commandLine' ||
      record[name] === value ||
      // Of a container it has the id alone.
      (isObject(value) &&
        isObject(record[name]) &&
        Object.entries(value).every(([n, v]) => isSame(v, record[name], n))),
  );
}

const isSame = (value: unknown, of: unknown, name: string): boolean => (of as Record<string, unknown>)[name] === value;
