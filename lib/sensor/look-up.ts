/** Looks for a living process in the table of a sensor. */
import { SysmonError } from '../base/errors.js';
import { loadAddon, type NativeSensor } from '../native.js';
import type { ProcessRecord } from '../schema/events.gen.js';
import { BatchReader } from '../source/batch-reader.js';

/** Look-ups in the table of processes of a sensor. */
export interface ProcessLookup {
  /**
   * The living process of this id in the initial pid namespace, with its ancestors; undefined if there is none or the
   * sensor is not running.
   */
  get(pid: number): ProcessRecord | undefined;
}

/** The record of a process, the one that events have if they brought it; undefined where there is none. */
export function lookUp(
  pid: number,
  native: NativeSensor | undefined,
  reader: BatchReader | undefined,
  host: string,
): ProcessRecord | undefined {
  if (!Number.isInteger(pid) || pid < 1 || pid > 0xffffffff)
    throw new SysmonError('ERR_SYSMON_OPTION', `processes.get(): expected a process id, got ${String(pid)}.`);
  const found = native?.lookup(pid);
  if (!found || !reader) return undefined;
  const { slotBytes } = loadAddon();
  const decoded = BatchReader.decodeLookup(found.memory, slotBytes, found.slots, host, reader);
  return decoded && reader.adopt(decoded.record, decoded.ref);
}
