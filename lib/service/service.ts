/** The service: a sensor whose events go to the system log as lines of Sysmon for Linux. */
import { SysmonError } from '../base/errors.js';
import { printableJson } from '../base/printable.js';
import { Findings } from '../config/findings.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import { createXml, type Serializer } from '../serializer/index.js';
import { DocumentWriter, type Sink } from '../sink/index.js';
import type { EventIterator } from '../source/event-iterator.js';
import { Sysmon } from '../sysmon.js';
import { file } from './files.js';
import type { Manager } from './manager.js';
import { RecordIds } from './record-ids.js';
import { removeStatus, startTicksOf, writeStatus, type Status } from './running.js';
import { readCopy, readRules, readSettings, type ServiceRules, type Settings } from './settings.js';

/** What it runs by. */
interface Orders extends ServiceRules {
  readonly settings: Settings;
}

/** A sensor must be made anew; `before`: for what, if not for these orders. */
interface Again {
  readonly before: Orders;
}

/** Reads what it is to run by. Throws SysmonError (ERR_SYSMON_CONFIG). */
function readOrders(): Orders {
  const settings = readSettings();
  const findings = new Findings();
  const rules = readRules(settings, readCopy(settings), findings);
  if (rules !== undefined) return { settings, ...rules };
  const [{ line, column, message }] = findings.errors;
  throw new SysmonError('ERR_SYSMON_CONFIG', `${file('config')}:${line}:${column}: ${message}`, {
    operation: 'config',
  });
}

/** The ids are kept before what has them goes out. */
const keeping = (sink: Sink, ids: RecordIds): Sink => ({
  write: (documents) => {
    ids.keep();
    return sink.write(documents);
  },
  flush: () => sink.flush(),
  reopen: () => sink.reopen(),
  close: () => sink.close(),
  stats: () => sink.stats(),
});

export interface ServiceOptions {
  /** Where its lines go. */
  readonly sink: Sink;
  /** Told what a person should know. A sentence without an end. */
  readonly tell: (text: string) => void;
  readonly manager: Manager;
}

export class Service {
  readonly #tell: (text: string) => void;
  readonly #ids: RecordIds;
  readonly #writer: DocumentWriter;
  readonly #manager: Manager;
  #orders: Orders;
  #serialize: Serializer<string>;
  #sysmon: Sysmon | undefined;
  #status: Status;
  /** Started, until it is told what by: the peer tells that first. */
  #held: SysmonEvent | undefined;
  #end = new AbortController();
  #again: Again | undefined;
  #changing: Promise<void> = Promise.resolve();

  /** Reads what it is to run by; throws SysmonError if it cannot run. */
  constructor({ sink, tell, manager }: ServiceOptions) {
    this.#tell = tell;
    this.#manager = manager;
    this.#orders = readOrders();
    this.#serialize = createXml({ fieldSizes: this.#orders.fieldSizes });
    this.#ids = new RecordIds(file('recordIds'));
    this.#writer = new DocumentWriter(keeping(sink, this.#ids));
    this.#status = {
      pid: process.pid,
      startTicks: startTicksOf(process.pid) ?? 0,
      state: 'starting',
      revision: this.#orders.settings.revision,
    };
    writeStatus(this.#status);
  }

  /** Runs until it is told to stop. Rejects with what it failed with, when everything is let go. */
  async run(): Promise<void> {
    const onEnd = (): void => this.stop();
    const onHangup = (): void => void this.reload();
    process.on('SIGTERM', onEnd).on('SIGINT', onEnd).on('SIGHUP', onHangup);
    try {
      let again: Again | undefined;
      do {
        this.#again = undefined;
        await this.#once().catch((error: unknown) => this.#fallBack(again?.before, error as Error));
        again = this.#again;
      } while (again !== undefined);
    } finally {
      this.#manager.stopping();
      process.off('SIGTERM', onEnd).off('SIGINT', onEnd).off('SIGHUP', onHangup);
      await this.#writer.close().finally(() => this.#ids.close());
      removeStatus();
    }
  }

  stop(): void {
    this.#again = undefined;
    this.#end.abort();
  }

  /** A sensor that cannot run by its new orders is made by the old ones; any other failure is the end. */
  #fallBack(before: Orders | undefined, error: Error): void {
    if (before === undefined || this.#status.state === 'running') throw error;
    const { revision } = this.#orders.settings;
    this.#orders = before;
    this.#serialize = createXml({ fieldSizes: before.fieldSizes });
    this.#says({ refused: { revision, reason: error.message } });
    this.#tell(`the configuration stays as it was: ${error.message}`);
    this.#again = { before };
  }

  async #once(): Promise<void> {
    this.#end = new AbortController();
    const { settings, ruleSet } = this.#orders;
    const sysmon = (this.#sysmon = new Sysmon({
      config: ruleSet,
      compatibility: 'exact',
      flushIntervalMs: 50,
      hashTimeoutMs: 5000, // who expects a digest in each line waits for it; others pass it meanwhile
      ...(settings.btfPath !== undefined && { btfPath: settings.btfPath }),
    }));
    let failure: SysmonError | undefined;
    sysmon.on('error', (error) => {
      failure ??= error;
      this.#end.abort();
    });
    sysmon.on('loss', ({ count, unit, eventType, stage }) =>
      this.#tell(`lost: ${count} ${unit ?? eventType}, stage ${stage}`),
    );
    const { signal } = this.#end;
    const events = sysmon.events({ onFull: 'block', highWaterMark: 256 });
    try {
      await sysmon.start({ signal });
      this.#says({ state: 'running' });
      this.#manager.ready(() => this.#sysmon === sysmon && this.#status.state === 'running');
      await this.#write(events);
      await this.#changing;
    } catch (error) {
      if (!(signal.aborted && error === signal.reason)) failure ??= error as SysmonError;
    } finally {
      await sysmon.stop();
      if (settings.debug) this.#tell(printableJson(sysmon.stats()));
      this.#sysmon = undefined;
    }
    if (failure) throw failure;
  }

  async #write(events: EventIterator): Promise<void> {
    for await (const first of events)
      for (let event: SysmonEvent | undefined = first; event !== undefined; event = events.poll()) {
        const full = this.#take(event);
        if (full) await full;
      }
    await this.#writer.flush();
  }

  #take(event: SysmonEvent): Promise<void> | undefined {
    if (event.type === 'ServiceStateChange' && event.data.State === 'Started') {
      this.#held = event;
      return undefined;
    }
    if (event.type !== 'ServiceConfigurationChange') return this.#line(event);
    const { name, hash } = this.#orders;
    const data = { ...event.data, Configuration: name, ConfigurationFileHash: hash };
    const full = this.#line({ ...event, data });
    const started = this.#held;
    this.#held = undefined;
    return (started && this.#line(started)) ?? full;
  }

  #line(event: SysmonEvent): Promise<void> | undefined {
    (event as { recordId: number }).recordId = this.#ids.next(); // nobody else reads these events
    return this.#writer.document(this.#serialize, event);
  }

  #says(news: Partial<Status>): void {
    const { name, settings } = this.#orders;
    this.#status = { ...this.#status, ...news, configuration: name, revision: settings.revision };
    writeStatus(this.#status);
  }

  /** Reads its orders anew. What is wrong changes nothing, and is told. */
  reload(): Promise<void> {
    return (this.#changing = this.#changing.then(() => this.#reload()));
  }

  async #reload(): Promise<void> {
    this.#manager.reloading();
    const before = this.#orders;
    let revision = before.settings.revision;
    try {
      ({ revision } = readSettings());
      this.#orders = readOrders();
      await this.#change(before);
      this.#serialize = createXml({ fieldSizes: this.#orders.fieldSizes });
      this.#says({ refused: undefined });
      this.#tell(`the configuration is now ${this.#orders.name}`);
    } catch (error) {
      this.#orders = before;
      const reason = (error as Error).message;
      this.#says({ refused: { revision, reason } });
      this.#tell(`the configuration stays as it was: ${reason}`);
    }
    this.#manager.reloaded(this.#orders.name);
  }

  async #change(before: Orders): Promise<void> {
    const { settings, ruleSet } = this.#orders;
    try {
      if (settings.btfPath !== before.settings.btfPath) throw new SysmonError('ERR_SYSMON_OPTION', '-btf was changed');
      await this.#sysmon?.configure({ config: ruleSet });
    } catch (error) {
      // Some things are fixed while a sensor runs: what was to change is then that of the next.
      if (!(error instanceof SysmonError && error.code === 'ERR_SYSMON_OPTION')) throw error;
      this.#tell(`the sensor starts anew: ${error.message}`);
      this.#again = { before };
      this.#status = { ...this.#status, state: 'starting' };
      this.#end.abort();
    }
  }
}
