/**
 * Writes the flat plan that the native engine runs. Its format is described in native/core/rules/plan.h; the numbers
 * that stand in it are generated for both sides.
 */
import { ConfigError, type Position } from './findings.js';
import { entryKinds, exprKinds, ops, planLimits, planVersion, type Op } from './plan.gen.js';

export type { Op };

const none = 0xffffffff;

/** A condition, before it is numbered. */
export type Expr =
  | { readonly kind: 'false' | 'true' }
  | { readonly kind: 'atom'; readonly field: string; readonly op: Op; readonly pattern: string; readonly at: Position }
  | { readonly kind: 'not'; readonly of: Expr }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expr[] };

/** A node of the tree from which rule names are taken. */
export interface PlanEntry {
  readonly kind: 'line' | 'any' | 'all' | 'not';
  readonly expr: Expr;
  /** Effective name; absent or empty: none. */
  readonly name?: string;
  readonly field?: string;
  readonly entries: readonly PlanEntry[];
  readonly at: Position;
}

export interface PlanBlock {
  readonly include: boolean;
  readonly all: boolean;
  readonly expr: Expr;
  readonly entries: readonly PlanEntry[];
}

export interface PlanEvent {
  readonly id: number;
  readonly defaultLog: boolean;
  readonly unmatchedLog: boolean;
  /** In the order of evaluation. */
  readonly blocks: readonly PlanBlock[];
}

const MiB = 1024 * 1024;

/** Refuses rules that the engine would refuse, at the first condition that is too much. */
function tooMuch(what: string, wayOut: string, at: Position): never {
  const message = `${what}; this condition is the first beyond. ${wayOut}`;
  throw new ConfigError(message, at, [{ severity: 'error', code: 'too-many', message, ...at }]);
}

class Writer {
  private patternBytes = 0;
  private readonly regexes = new Set<string>();
  private readonly strings = new Map<string, number>();
  private readonly texts: Buffer[] = [];
  private readonly stringRows: number[] = [];
  private textBytes = 0;
  private readonly fieldIndex = new Map<string, number>();
  private readonly fieldRows: number[] = [];
  private readonly atomRows: number[] = [];
  private atomIndex = new Map<string, number>();
  private readonly exprRows: number[] = [];
  private readonly children: number[] = [];
  private readonly entryRows: number[] = [];
  private readonly blockRows: number[] = [];
  private readonly eventRows: number[] = [];
  private numbered = new Map<Expr, number>();

  constructor(private readonly isMulti: (field: string) => boolean) {}

  event(event: PlanEvent): void {
    // Atoms are shared inside an event, never between two: see Reader::ownership.
    this.atomIndex = new Map();
    this.numbered = new Map();
    const first = this.blockRows.length / 5;
    for (const block of event.blocks) {
      const expr = this.expr(block.expr);
      const range = this.entries(block.entries);
      this.blockRows.push(Number(block.include), Number(block.all), expr, ...range);
    }
    this.eventRows.push(event.id, Number(event.defaultLog), first, event.blocks.length, Number(event.unmatchedLog));
  }

  bytes(exact: boolean): Uint8Array {
    const text = Buffer.concat(this.texts);
    const sections: [Buffer, number][] = [
      [text, text.length],
      ...(
        [
          [this.stringRows, 2],
          [this.fieldRows, 2],
          [this.atomRows, 3],
          [this.exprRows, 3],
          [this.children, 1],
          [this.entryRows, 6],
          [this.blockRows, 5],
          [this.eventRows, 5],
        ] as [number[], number][]
      ).map(([rows, width]): [Buffer, number] => [Buffer.from(Uint32Array.from(rows).buffer), rows.length / width]),
    ];
    const head = new Uint32Array(3 + 2 * sections.length);
    let offset = head.byteLength;
    const parts: Buffer[] = [];
    sections.forEach(([data, count], i) => {
      const padding = Buffer.alloc((4 - (data.length % 4)) % 4);
      head[3 + 2 * i] = offset;
      head[4 + 2 * i] = count;
      parts.push(data, padding);
      offset += data.length + padding.length;
    });
    head[0] = 0x50524d53;
    head[1] = planVersion | (exact ? 0x10000 : 0);
    head[2] = offset;
    return Buffer.concat([Buffer.from(head.buffer), ...parts]);
  }

  private string(text: string): number {
    let index = this.strings.get(text);
    if (index === undefined) {
      const bytes = Buffer.from(text);
      index = this.strings.size;
      this.strings.set(text, index);
      this.stringRows.push(this.textBytes, bytes.length);
      this.texts.push(bytes);
      this.textBytes += bytes.length;
    }
    return index;
  }

  private field(name: string, at?: Position): number {
    let index = this.fieldIndex.get(name);
    if (index === undefined) {
      index = this.fieldIndex.size;
      if (at && index >= planLimits.fields)
        tooMuch(
          `rules can name at most ${planLimits.fields} different fields`,
          'Split the configuration, or use fewer names below process.env.',
          at,
        );
      this.fieldIndex.set(name, index);
      this.fieldRows.push(this.string(name), Number(this.isMulti(name)));
    }
    return index;
  }

  private expr(expr: Expr): number {
    const known = this.numbered.get(expr);
    if (known !== undefined) return known;
    let a = 0;
    let b = 0;
    if (expr.kind === 'atom') a = this.atom(expr);
    else if (expr.kind === 'not') a = this.expr(expr.of);
    else if (expr.kind === 'and' || expr.kind === 'or') {
      const numbers = expr.of.map((e) => this.expr(e));
      a = this.children.length;
      b = numbers.length;
      for (const n of numbers) this.children.push(n);
    }
    const index = this.exprRows.length / 3;
    this.exprRows.push(exprKinds[expr.kind], a, b);
    this.numbered.set(expr, index);
    return index;
  }

  private atom({ field, op, pattern, at }: Expr & { kind: 'atom' }): number {
    const key = `${field}\0${op}\0${pattern}`;
    let index = this.atomIndex.get(key);
    if (index === undefined) {
      index = this.atomRows.length / 3;
      this.atomIndex.set(key, index);
      this.atomRows.push(this.field(field, at), ops.indexOf(op), this.string(pattern));
      this.patternBytes += this.stringRows[2 * (this.strings.get(pattern) as number) + 1];
      if (op === 'Regex') this.regexes.add(pattern);
    }
    this.checkSize(at);
    return index;
  }

  private checkSize(at: Position): void {
    if (this.patternBytes > planLimits.patternBytes)
      tooMuch(
        `the values of all conditions together are longer than ${planLimits.patternBytes / MiB} MiB`,
        "Shorten lists or split the configuration; an empty value inside a list (';;') stands for all that follow it.",
        at,
      );
    if (this.regexes.size > planLimits.regexes)
      tooMuch(
        `rules can have at most ${planLimits.regexes} different regular expressions`,
        "Join some of them by '|', or use contains, begin with and end with where these say the same.",
        at,
      );
    // With room for the tables that are written at the end.
    if (this.size > planLimits.bytes - MiB)
      tooMuch(
        `the rules become a plan of more than ${planLimits.bytes / MiB} MiB`,
        'Shorten lists or names, or split the configuration.',
        at,
      );
  }

  private get size(): number {
    const { stringRows, fieldRows, atomRows, exprRows, children, entryRows, blockRows, eventRows } = this;
    const tables = [stringRows, fieldRows, atomRows, exprRows, children, entryRows, blockRows, eventRows];
    return this.textBytes + 4 * tables.reduce((sum, rows) => sum + rows.length, 0);
  }

  /** Children are written before their parents, and the entries of one parent side by side. */
  private entries(list: readonly PlanEntry[]): [first: number, count: number] {
    const inner = list.map((e) => this.entries(e.entries));
    const first = this.entryRows.length / 6;
    list.forEach((e, i) => {
      const name = e.name ? this.string(e.name) : none;
      const field = e.field === undefined ? none : this.field(e.field);
      this.entryRows.push(entryKinds[e.kind], this.expr(e.expr), name, field, ...inner[i]);
      this.checkSize(e.at);
    });
    return [first, list.length];
  }
}

/** @param isMulti whether a field has several values */
export function writePlan(
  events: readonly PlanEvent[],
  exact: boolean,
  isMulti: (field: string) => boolean,
): Uint8Array {
  const writer = new Writer(isMulti);
  for (const event of events) writer.event(event);
  return writer.bytes(exact);
}
