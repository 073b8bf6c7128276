/** Losses that arise in JavaScript, gathered so that a flood of them is one record a second for each stage and type. */
export interface Loss {
  readonly stage: string;
  readonly eventType: string;
  count: number;
  /** Seconds and microseconds. */
  readonly since: [number, number];
}

export class LossCounter {
  readonly #now: () => [number, number];
  readonly #report: (loss: Loss) => void;
  readonly #open = new Map<string, Loss>();
  #timer: NodeJS.Timeout | undefined;

  constructor(now: () => [number, number], report: (loss: Loss) => void) {
    this.#now = now;
    this.#report = report;
  }

  add(stage: string, eventType: string): void {
    const key = `${stage} ${eventType}`;
    const loss = this.#open.get(key);
    if (loss) loss.count++;
    else this.#open.set(key, { stage, eventType, count: 1, since: this.#now() });
    this.#timer ??= setTimeout(() => this.flush(), 1000).unref();
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const losses = [...this.#open.values()];
    this.#open.clear();
    for (const loss of losses) this.#report(loss);
  }
}
