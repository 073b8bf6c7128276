/** A sink with a receiver: what waits, in memory or in a spool, and who sends it. */
import { Gatherer, type Documents } from './line-documents.js';
import type { Sender } from './batch.js';
import { Delivery } from './sending.js';
import type { CheckedRemoteOptions } from './remote-options.js';
import { Spool } from './spool.js';
import { SpoolStatusFile } from './spool-status.js';
import { SinkCounters, SinkError, type Sink, type SinkLoss, type SinkStats } from './sink.js';
import { MemoryStore, type Range, type Store } from './store.js';

const fullRetryMs = 50; // between two looks for room, where one waits

/**
 * Sends documents to a receiver in batches, in order, until each is acknowledged. What cannot be sent yet waits within
 * bounds. Made by the functions whose names begin with `open`.
 */
export class RemoteSink implements Sink {
  onNotice: ((text: string) => void) | undefined;
  onLoss: ((loss: SinkLoss) => void) | undefined;
  onError: ((error: SinkError) => void) | undefined;
  readonly #options: CheckedRemoteOptions;
  readonly #store: Store;
  readonly #delivery: Delivery;
  readonly #counters = new SinkCounters();
  readonly #status: SpoolStatusFile | undefined;
  #gathering = new Gatherer(1 << 14);
  #spare = new Gatherer(1 << 14);
  #storing: Promise<void> | undefined;
  #linger: NodeJS.Timeout | undefined;
  #closing = false;
  #closed: Promise<void> | undefined;

  private constructor(sender: Sender, options: CheckedRemoteOptions, store: Store) {
    this.#options = options;
    this.#store = store;
    this.#delivery = new Delivery(sender, store, options, this.#counters, {
      onLoss: (loss) => this.#tellLoss(loss),
      onNotice: (text) => this.onNotice?.(text),
      onProgress: () => this.#status?.changed(),
    });
    if (store instanceof Spool && options.spool)
      this.#status = new SpoolStatusFile(options.spool.directory, () => ({
        to: sender.name,
        ...store.meta,
        ...this.#delivery.state,
        lost: this.stats().lost,
      }));
    this.#delivery.start();
  }

  /** @internal Opens the spool, if there is one. Rejects with SinkError. */
  static async open(sender: Sender, options: CheckedRemoteOptions): Promise<RemoteSink> {
    const { spool } = options;
    const store = spool ? await Spool.open(spool.directory, spool.fsync) : new MemoryStore();
    return new RemoteSink(sender, options, store);
  }

  /** Whom its documents are numbered by: host and a word for the numbering, which a spool keeps. */
  get source(): string {
    return this.#store.source;
  }

  write(documents: Documents): Promise<void> | undefined {
    this.#counters.taken += documents.count;
    if (this.#closing) {
      this.#lose({ cause: 'closed', count: documents.count });
      return undefined;
    }
    this.#gathering.add(documents);
    if (this.#gathering.bytes >= this.#options.batchBytes) return this.#put();
    this.#linger ??= setTimeout(() => void this.#put(), this.#options.lingerMs);
    return undefined;
  }

  /** Stores what was gathered, after what is being stored. */
  #put(): Promise<void> {
    clearTimeout(this.#linger);
    this.#linger = undefined;
    if (this.#storing) return this.#storing.then(() => this.#put());
    if (this.#gathering.count === 0) return Promise.resolve();
    const given = this.#gathering;
    this.#gathering = this.#spare;
    this.#spare = given;
    this.#storing = this.#append(given.documents()).then(() => {
      given.clear();
      this.#storing = undefined;
    });
    return this.#storing;
  }

  async #append(documents: Documents): Promise<void> {
    try {
      if (!(await this.#makeRoom(documents))) return;
      await this.#store.append(documents.copy());
    } catch (error) {
      this.#lose({ cause: 'spool', count: documents.count, reason: (error as Error).message });
      this.#delivery.notice(`the spool cannot be written: ${(error as Error).message}`);
      return;
    }
    this.#delivery.wake();
    this.#status?.changed();
  }

  /** False: it is not to be stored. */
  async #makeRoom(documents: Documents): Promise<boolean> {
    const { onFull, spool } = this.#options;
    const most = spool?.maxBytes ?? this.#options.maxBytes;
    while (this.#store.waiting.bytes >= most) {
      if (onFull === 'wait' && !this.#closing) {
        this.#delivery.notice('there is no room for what waits: nothing more is taken until there is');
        await new Promise((resolve) => setTimeout(resolve, fullRetryMs));
        continue;
      }
      if (onFull === 'drop-oldest') {
        const dropped = await this.#store.dropOldest(this.#delivery.inFlight);
        if (dropped === undefined) return true; // all that waits is being sent
        this.#lose({ cause: 'full', ...counted(dropped) });
        continue;
      }
      this.#lose({ cause: 'full', ...counted(await this.#store.skip(documents.count)) });
      return false;
    }
    return true;
  }

  async flush(): Promise<void> {
    while (this.#storing ?? this.#gathering.count > 0) await this.#put();
    // In the spool it is where it stays.
    if (!this.#store.durable) await this.#delivery.drained(this.#options.closeTimeoutMs);
  }

  /** Has no name that could be given to another. */
  reopen(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    this.#closing = true;
    while (this.#storing ?? this.#gathering.count > 0) await this.#put();
    await this.#delivery.drained(this.#options.closeTimeoutMs);
    await this.#delivery.stop();
    const { documents } = this.#store.waiting;
    if (!this.#store.durable && documents > 0) this.#lose({ cause: 'closed', count: documents });
    this.#status?.close();
    await this.#store.close();
  }

  stats(): SinkStats {
    const { documents, bytes } = this.#store.waiting;
    const gathered = [this.#gathering, ...(this.#storing ? [this.#spare] : [])];
    return this.#counters.stats({
      documents: documents + gathered.reduce((sum, g) => sum + g.count, 0),
      bytes: bytes + gathered.reduce((sum, g) => sum + g.bytes, 0),
    });
  }

  #lose(loss: SinkLoss): void {
    this.#counters.lose(loss.cause, loss.count);
    this.#tellLoss(loss);
  }

  #tellLoss(loss: SinkLoss): void {
    this.onLoss?.(loss);
    this.#status?.changed();
  }
}

const counted = ({
  first,
  last,
}: Range): { readonly count: number; readonly first: number; readonly last: number } => ({
  count: last - first + 1,
  first,
  last,
});
