/** Events that were lost: gathered, counted by stage and type, and told as loss records. */
import { nowParts, type TimeParts } from '../base/time.js';
import type { LosingProcess, LossRecord } from '../event/event.js';
import { lossRecord, type LossDetail } from './own-events.js';

/** Losses that arise in JavaScript, gathered so that a flood of them is one record a second for each stage and type. */
export interface Loss {
  readonly stage: string;
  readonly eventType: string;
  count: number;
  readonly since: TimeParts;
}

export class LossCounter {
  readonly #now: () => TimeParts;
  readonly #report: (loss: Loss) => void;
  readonly #open = new Map<string, Loss>();
  #timer: NodeJS.Timeout | undefined;

  constructor(now: () => TimeParts, report: (loss: Loss) => void) {
    this.#now = now;
    this.#report = report;
  }

  add(stage: string, eventType: string, count = 1): void {
    this.#count(stage, eventType, count);
    this.#timer ??= setTimeout(() => this.flush(), 1000).unref();
  }

  /**
   * A loss that comes of telling losses: it goes with the next report and asks for none, or the reports would never
   * end.
   */
  addByReport(stage: string, eventType: string, count: number): void {
    this.#count(stage, eventType, count);
  }

  #count(stage: string, eventType: string, count: number): void {
    const key = `${stage} ${eventType}`;
    const loss = this.#open.get(key);
    if (loss) loss.count += count;
    else this.#open.set(key, { stage, eventType, count, since: this.#now() });
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const losses = [...this.#open.values()];
    this.#open.clear();
    for (const loss of losses) this.#report(loss);
  }

  /** Nothing that is open is told any more. */
  discard(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#open.clear();
  }
}

/** So many processes that lost are remembered, and so many told. */
const mostLosers = 256;
const toldLosers = 20;

/** Who lost how much, as far as losses name him: who lost least makes room. */
class Losers {
  readonly #losers = new Map<string, { readonly pid: number; readonly image?: string; count: number }>();

  add(processes: readonly LosingProcess[]): void {
    for (const p of processes) {
      const key = `${p.pid} ${p.image ?? ''}`;
      const known = this.#losers.get(key);
      if (known) known.count += p.count;
      else this.#losers.set(key, { ...p });
    }
    if (this.#losers.size <= mostLosers) return;
    const sorted = [...this.#losers].sort(([, a], [, b]) => b.count - a.count);
    for (const [key] of sorted.slice(mostLosers / 2)) this.#losers.delete(key);
  }

  first(): LosingProcess[] {
    return [...this.#losers.values()]
      .sort((a, b) => b.count - a.count)
      .slice(0, toldLosers)
      .map((p) => ({ ...p }));
  }
}

/** All losses of a sensor: counted when they arise, and told. */
export class LossTeller {
  readonly #host: string;
  readonly #tell: (loss: LossRecord) => void;
  readonly #gathered = new LossCounter(nowParts, (l) =>
    this.#report(l.stage, l.eventType, l.count, l.since, nowParts()),
  );
  readonly #counts: Record<string, Record<string, number>> = {};
  readonly #losers = new Losers();
  #telling = false;

  constructor(host: string, tell: (loss: LossRecord) => void) {
    this.#host = host;
    this.#tell = tell;
  }

  /** By stage and type. */
  counts(): Record<string, Record<string, number>> {
    return structuredClone(this.#counts);
  }

  /** Those who lost most. */
  losers(): LosingProcess[] {
    return this.#losers.first();
  }

  /** A loss that somebody gathered: it is told at once. */
  lost(stage: string, eventType: string, count: number, since: TimeParts, until: TimeParts, detail?: LossDetail): void {
    this.#count(stage, eventType, count);
    if (detail?.processes) this.#losers.add(detail.processes);
    this.#report(stage, eventType, count, since, until, detail);
  }

  add(stage: string, eventType: string, count = 1): void {
    this.#count(stage, eventType, count);
    if (this.#telling) this.#gathered.addByReport(stage, eventType, count);
    else this.#gathered.add(stage, eventType, count);
  }

  flush(): void {
    this.#gathered.flush();
  }

  discard(): void {
    this.#gathered.discard();
  }

  #count(stage: string, eventType: string, count: number): void {
    const row = (this.#counts[stage] ??= {});
    row[eventType] = (row[eventType] ?? 0) + count;
  }

  #report(
    stage: string,
    eventType: string,
    count: number,
    since: TimeParts,
    until: TimeParts,
    detail?: LossDetail,
  ): void {
    this.#telling = true;
    try {
      this.#tell(lossRecord(this.#host, stage, eventType, count, since, until, detail));
    } finally {
      this.#telling = false;
    }
  }
}
