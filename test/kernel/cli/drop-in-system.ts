/** A system of its own to install into: /opt that is empty, and /dev/log that somebody reads. */
import { spawn, spawnSync, type ChildProcess, type SpawnSyncOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentIn, readEvent, type ViewedEvent } from '../../../lib/cli/view/log-line.js';

const main = join(import.meta.dirname, '../../../dist/cli/main.js');

// What programs need of /dev, and nothing of the machine's own log.
const script = `
mount -t tmpfs -o mode=755 none /opt
mkdir "$1/dev"
mount -t tmpfs -o mode=755 none "$1/dev"
for name in null zero full random urandom tty; do touch "$1/dev/$name"; mount --bind "/dev/$name" "$1/dev/$name"; done
mount --move "$1/dev" /dev
exec /usr/bin/python3 -c "$2" "$1/log"`;

// Writes each datagram as a line, as daemons of syslog do.
const reader = `
import os, socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
s.bind("/dev/log")
out = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
print("reads", flush=True)
while True:
    os.write(out, s.recv(1 << 20) + b"\\n")`;

export interface Called {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class DropInSystem {
  readonly #log: string;
  readonly #holder: ChildProcess;

  private constructor(folder: string, holder: ChildProcess) {
    this.#log = join(folder, 'log');
    this.#holder = holder;
  }

  static async make(folder: string): Promise<DropInSystem> {
    const words = ['--mount', '--propagation', 'private', 'sh', '-ec', script, 'sh', folder, reader];
    const holder = spawn('unshare', words, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [first] = (await Promise.race([
      once(holder.stdout as NodeJS.ReadableStream, 'data'),
      once(holder, 'close').then(() => ['it ended']),
    ])) as [Buffer | string];
    if (!String(first).startsWith('reads')) throw new Error(`no system of its own: ${first.toString()}`);
    return new DropInSystem(folder, holder);
  }

  /** Runs a program in it. It has ended when nobody holds its output any more. */
  run(program: string, words: readonly string[], options: SpawnSyncOptions = {}): Called {
    const { status, stdout, stderr, error } = spawnSync(
      'nsenter',
      ['--mount', '--target', String(this.#holder.pid), program, ...words],
      { timeout: 100_000, ...options, encoding: 'utf8' },
    );
    if (error) throw error;
    return { status, stdout, stderr };
  }

  sysmon = (...words: string[]): Called => this.run(process.execPath, [main, ...words]);

  /** The text of a file in it; undefined: there is none. */
  read(path: string): string | undefined {
    const { status, stdout } = this.run('cat', [path]);
    return status === 0 ? stdout : undefined;
  }

  /** What the service says of itself. */
  get status(): { pid: number; startTicks: number; revision: number; state: string } {
    return JSON.parse(this.read('/opt/sysmon/status.json') ?? '{}') as DropInSystem['status'];
  }

  /** Lines of the system's log. */
  get lines(): string[] {
    return existsSync(this.#log) ? readFileSync(this.#log, 'utf8').split('\n').slice(0, -1) : [];
  }

  get events(): ViewedEvent[] {
    return this.lines.map((line) => readEvent(documentIn(line) ?? line));
  }

  /** The values of a field in the events of an id. */
  values = (id: number, field: string): string[] =>
    this.events.filter((e) => e.id === id).map((e) => e.fields.find(([name]) => name === field)?.[1] ?? '');

  async end(): Promise<void> {
    this.sysmon('-u', 'force');
    this.#holder.kill('SIGKILL');
    await once(this.#holder, 'close');
  }
}
