/** What `run` and `record` share: a sensor's events go to an output until something ends it. */
import { observedTypes } from '../event/type-names.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import type { Serializer } from '../serializer/index.js';
import type { SysmonStats } from '../sensor/sensor-stats.js';
import { pump } from '../sink/pump.js';
import { SinkError } from '../sink/sink.js';
import { Sysmon } from '../sysmon.js';
import type { CapturePlan } from './capture-plan.js';
import type { Output } from './output.js';
import { Reload } from './reload.js';
import type { CommandStreams } from './streams.js';

const longestTimer = 2 ** 31 - 1; // ms; a longer one is 1 ms to node

/** Calls back after any number of milliseconds. Returns what calls that off. */
export function after(ms: number, callback: () => void): () => void {
  const due = performance.now() + ms;
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const left = due - performance.now();
    timer = left > longestTimer ? setTimeout(wait, longestTimer) : setTimeout(callback, Math.max(0, left));
  };
  wait();
  return () => clearTimeout(timer);
}

/** Events about the sensor do not count. */
const counted: ReadonlySet<string> = new Set(observedTypes);

export interface Captured {
  readonly events: number;
  readonly lost: number;
  readonly stats: SysmonStats;
  /** Why it ended, if nobody asked for that. */
  readonly failure: Error | undefined;
}

export interface CaptureTarget {
  readonly output: Output;
  readonly serialize: Serializer<string>;
  /** What SIGHUP does: log rotation, or the end, as when the terminal of a command goes away. */
  readonly onHangup: 'reopen' | 'stop';
  /** The file of rules that SIGHUP reads anew, too; `watch`: and every change of it does. */
  readonly rules?: { readonly file: string; readonly watch: boolean };
  /** Called when the hooks are live. */
  readonly onLive?: () => void;
}

/**
 * Runs a sensor until the plan, a signal, a failure or the end of the output's reader stops it, and closes the output.
 */
export async function capture(
  plan: CapturePlan,
  { output, serialize, onHangup, rules, onLive }: CaptureTarget,
  { stderr }: CommandStreams,
): Promise<Captured> {
  const sysmon = new Sysmon({
    ...plan.options,
    flushIntervalMs: plan.options.flushIntervalMs ?? (output.isTerminal ? 1 : 50),
  });
  const end = new AbortController();
  const stop = (): void => end.abort();
  let failure: Error | undefined;
  const fail = (error: unknown): void => {
    // Stopped before it had started is stopped as asked.
    const asked = end.signal.aborted && error === end.signal.reason;
    if (!asked && failure === undefined) failure = error as Error;
    else if (!asked && error !== failure) stderr.write(`sysmon: ${(error as Error).message}\n`);
    stop();
  };
  let lost = 0;
  let events = 0;
  output.tell(fail, (text) => void stderr.write(`sysmon: ${text}\n`));
  sysmon.on('error', (error) => {
    if (error.code === 'ERR_SYSMON_LISTENER') stderr.write(`sysmon: ${error.message}\n`);
    else fail(error);
  });
  sysmon.on('loss', (loss) => {
    if (loss.unit === undefined) lost += loss.count; // others are no events
    void output.document(serialize, loss);
  });

  const reload = rules && new Reload(rules.file, (text) => void stderr.write(`sysmon: ${text}\n`));
  if (rules?.watch) reload?.watch();
  let signals = 0;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (++signals > 1) process.exit(signal === 'SIGINT' ? 130 : 143); // asked twice: at once
    stop();
  };
  const onSighup = (): void => {
    if (onHangup === 'stop') return stop();
    output.reopen().catch(fail);
    void reload?.now();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSighup);

  // A slow reader of the output makes the kernel's ring fill, and what is lost there is counted: nothing grows without
  // bound. Few events wait at a time: most are written before the collector of garbage has seen them.
  const incoming = sysmon.events({ onFull: 'block', highWaterMark: 256 });
  let callOff: (() => void) | undefined;
  try {
    await sysmon.start({ signal: end.signal });
    onLive?.();
    reload?.live(sysmon);
    if (plan.durationMs !== undefined) callOff = after(plan.durationMs, stop);
    const admit = (event: SysmonEvent): boolean => {
      if (!counted.has(event.type)) return true;
      // What was under way when the last one came.
      if (plan.maxEvents !== undefined && events >= plan.maxEvents) return false;
      if (++events === plan.maxEvents) stop();
      return true;
    };
    await pump(incoming, { serializer: serialize, sink: output, admit });
  } catch (error) {
    fail(error);
  } finally {
    callOff?.();
    reload?.end();
    await sysmon.stop();
    await output.close().catch(fail);
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal).off('SIGHUP', onSighup);
  }
  if (output.unwritten > 0) {
    const told = output.unwritten === 1 ? 'one line was not written' : `${output.unwritten} lines were not written`;
    if (failure instanceof SinkError) failure.message += `: ${told}`;
    else stderr.write(`sysmon: ${told}\n`);
  }
  return { events, lost, stats: sysmon.stats(), failure };
}
