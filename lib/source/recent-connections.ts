/** What a process talked to lately, asked of the worker's table when it is read: an event costs nothing for it. */
import { isoOf } from '../base/time.js';
import type { Live, RecentConnection } from '../event/process-source.js';
import type { NativeSensor } from '../native.js';

/**
 * Stands between records and their sensor. A record may be kept for long: it must not keep a sensor that has been
 * closed.
 */
export class LiveSensor implements Live {
  native: NativeSensor | undefined;

  constructor(native: NativeSensor) {
    this.native = native;
  }

  recentConnections(strongId: string): readonly RecentConnection[] | undefined {
    const found = this.native?.connections(strongId);
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
}
