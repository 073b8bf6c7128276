/** What a process talked to lately, asked of the worker's table when it is read: an event costs nothing for it. */
import { isoOf } from './batch-reader.js';
import type { NativeSensor } from './native.js';

/** A connection or flow of a process, as its NetworkConnect event has it. Frozen. */
export interface RecentConnection {
  /** ISO 8601, UTC, microseconds. */
  readonly time: string;
  readonly protocol: 'tcp' | 'udp';
  /** True: the process is the source. */
  readonly initiated: boolean;
  readonly source: { readonly ip: string; readonly port: number };
  /** `hostname`: from DNS answers that were observed, as they stand when this is read; absent if none names it. */
  readonly destination: { readonly ip: string; readonly port: number; readonly hostname?: string };
  /** Error of one that failed. */
  readonly errno?: number;
}

/** The sensor that a process record came from. A record may be kept for long: it must not keep a sensor that has been closed. */
export interface Live {
  native: NativeSensor | undefined;
}

export function recentConnections(live: Live | undefined, strongId: string): readonly RecentConnection[] | undefined {
  const found = live?.native?.connections(strongId);
  return (
    found &&
    Object.freeze(
      found.map((c) =>
        Object.freeze({
          time: isoOf(c.seconds, c.microseconds),
          protocol: c.protocol,
          initiated: c.initiated,
          source: Object.freeze({ ip: c.source, port: c.sourcePort }),
          destination: Object.freeze({
            ip: c.destination,
            port: c.destinationPort,
            ...(c.hostname === '' ? {} : { hostname: c.hostname }),
          }),
          ...(c.errno === 0 ? {} : { errno: c.errno }),
        }),
      ),
    )
  );
}
