/** Makes the report of a run from its events. */
import type { LossRecord } from '../event/event.js';
import type { EventType, NetworkConnectEvent, ProcessCreateEvent, ProcessRecord } from '../schema/events.gen.js';
import type { DnsQueryEvent, PrivilegeChangeEvent, SysmonEvent } from '../schema/events.gen.js';
import { ProcessTree } from './process-tree.js';
import type { Connection, FileUse, LossCount, Privilege, Program, Question, Report } from './report.js';
import { cut, Things } from './sections.js';

const mostTroubles = 100;

type FileEvent = Extract<
  SysmonEvent,
  { readonly type: 'FileCreate' | 'FileModify' | 'FileDelete' | 'FileDeleteDetected' }
>;

export class Reporter {
  readonly #captured: () => ReadonlySet<EventType>;
  readonly #processes = new ProcessTree(10_000);
  readonly #programs = new Things<Program>(2_000);
  readonly #connections = new Things<Connection>(2_000);
  readonly #questions = new Things<Question>(2_000);
  readonly #files = new Things<FileUse>(20_000);
  readonly #privileges = new Things<Privilege>(1_000);
  readonly #others: Partial<Record<EventType, number>> = {};
  readonly #losses = new Map<string, LossCount>();
  readonly #troubles: string[] = [];

  constructor(captured: () => ReadonlySet<EventType>) {
    this.#captured = captured;
  }

  add(event: SysmonEvent): void {
    if ('process' in event && event.process !== undefined)
      this.#processes.add(event as SysmonEvent & { readonly process: ProcessRecord });
    switch (event.type) {
      case 'ProcessCreate':
        return this.#program(event);
      case 'NetworkConnect':
        return this.#connection(event);
      case 'DnsQuery':
        return this.#question(event);
      case 'FileCreate':
      case 'FileModify':
      case 'FileDelete':
        return this.#file(event);
      case 'FileDeleteDetected':
        // One deletion gives both where both are captured.
        return this.#captured().has('FileDelete') ? undefined : this.#file(event);
      case 'PrivilegeChange':
        return this.#privilege(event);
      case 'Error':
        // Losses come as such.
        if (event.data.ID !== 'LOSS' && this.#troubles.length < mostTroubles)
          this.#troubles.push(cut(`${event.data.ID}: ${event.data.Description}`));
        return;
      case 'ProcessTerminate':
      case 'ServiceStateChange':
      case 'ServiceConfigurationChange':
        return;
    }
    this.#others[event.type] = (this.#others[event.type] ?? 0) + 1;
  }

  lost({ stage, eventType, count, unit }: LossRecord): void {
    // Stages and types are few.
    const key = `${stage} ${eventType} ${unit ?? ''}`;
    const before = this.#losses.get(key)?.count ?? 0;
    this.#losses.set(key, { stage, eventType, count: before + count, ...(unit !== undefined && { unit }) });
  }

  #program({ time, data, process }: ProcessCreateEvent): void {
    const { Image: image, Hashes: hashes } = data;
    const { pid, memfd, deleted, origin } = process;
    const program = this.#programs.of(`${image}\0${hashes}`, { time, image, pid }, () => ({
      hashes,
      count: 0,
      ...(memfd && { memfd }),
      ...(deleted && { deleted }),
    }));
    if (program === undefined) return;
    program.count++;
    if (origin !== undefined) program.origin = origin;
  }

  #connection({ time, data, extra, process: { pid } }: NetworkConnectEvent): void {
    const { Initiated, Image: image, Protocol: protocol, DestinationPort: port } = data;
    const direction = Initiated ? 'outbound' : 'inbound';
    const address = Initiated ? data.DestinationIp : data.SourceIp;
    const name = Initiated ? data.DestinationHostname : data.SourceHostname;
    const key = [direction, protocol, address, port, image].join('\0');
    const known = this.#connections.of(key, { time, image, pid }, () => ({
      direction,
      protocol,
      address,
      port,
      count: 0,
      failed: 0,
    }));
    if (known === undefined) return;
    known.count++;
    if (name !== '-') known.name = name;
    if (extra.errno === undefined) return;
    known.failed++;
    known.errno = extra.errno;
  }

  #question({ time, data, extra, process: { pid } }: DnsQueryEvent): void {
    const { QueryName: name, QueryStatus: status, QueryResults: results, Image: image } = data;
    const type = extra.queryType;
    const known = this.#questions.of([name, type, image].join('\0'), { time, image, pid }, () => ({
      name,
      ...(type !== undefined && { type }),
      status,
      results: '-',
      count: 0,
    }));
    if (known === undefined) return;
    known.count++;
    known.status = status;
    if (results !== '-') known.results = cut(results);
  }

  #file({ type, time, data, process: { pid } }: FileEvent): void {
    const { TargetFilename: path, Image: image } = data;
    const known = this.#files.of(path, { time, image, pid }, () => ({ path, made: 0, changed: 0, deleted: 0 }));
    if (known === undefined) return;
    if (type === 'FileCreate') known.made++;
    else if (type === 'FileModify') known.changed++;
    else known.deleted++;
  }

  #privilege({ time, recordId, data, extra, process: { pid } }: PrivilegeChangeEvent): void {
    this.#privileges.of(String(recordId), { time, image: data.Image, pid }, () => ({
      operation: data.Operation,
      previousUser: data.PreviousUser,
      user: data.User,
      previousCapabilities: data.PreviousCapabilities,
      capabilities: data.Capabilities,
      ...(extra.drop && { drop: true as const }),
    }));
  }

  report(about: Pick<Report, 'command' | 'pid' | 'began' | 'ended'>): Report {
    return {
      ...about,
      captured: [...this.#captured()],
      processes: this.#processes.section(),
      programs: this.#programs.section(),
      connections: this.#connections.section(),
      questions: this.#questions.section(),
      files: this.#files.section(),
      privileges: this.#privileges.section(),
      others: { ...this.#others },
      losses: [...this.#losses.values()],
      troubles: [...this.#troubles],
    };
  }
}
