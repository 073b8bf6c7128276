/** A name server in a network namespace of its own, and programs that ask it there. */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { compile, makeFolder, removeFolder, run, type Running } from './workspace.js';

/** What the server heard. */
export interface Heard {
  readonly name?: string;
  readonly type?: string;
  readonly id?: number;
  readonly malformed?: number;
  readonly transport: 'udp' | 'tcp';
  readonly port: number;
}

/** A question as the asking program tells of it. */
export interface Told {
  readonly pid: number;
  readonly port: number;
  readonly id: number;
  /** -1: it got none. */
  readonly rcode: number;
}

export interface Dns {
  readonly folder: string;
  /** The program of dns-ask.c. */
  readonly program: string;
  readonly heard: Heard[];
  /** Pid of the server. */
  readonly pid: number;
  /** Runs a program where the server is. */
  run(command: string, args: readonly string[], options?: SpawnOptions): Running;
  /** Runs dns-ask: way, address, port, name, type, name. */
  ask(...args: (string | number)[]): Promise<{ pid: number; told: Told[] }>;
  /** Waits until the server has heard of the name. */
  hears(name: string): Promise<Heard>;
  stop(): Promise<void>;
}

export const serverScript = fileURLToPath(new URL('dns-server.mjs', import.meta.url));

export const toldOf = (stdout: string): Told[] =>
  stdout
    .split('\n')
    .filter((l) => /^\d/.test(l))
    .map((l) => {
      const [pid, port, id, rcode] = l.split(' ').map(Number) as [number, number, number, number];
      return { pid, port, id, rcode };
    });

async function until<T>(what: string, look: () => T | undefined): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await sleep(5);
  }
}

export async function startDns(): Promise<Dns> {
  const folder = makeFolder();
  const program = compile('dns-ask.c', join(folder, 'dns-ask'));
  const heard: Heard[] = [];
  const server: ChildProcess = spawn('unshare', ['--net', program, 'up', process.execPath, serverScript], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  let ready = false;
  server.stdout?.on('data', (d: Buffer) => {
    text += d.toString();
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      const line = text.slice(0, end);
      text = text.slice(end + 1);
      if (line === 'ready') ready = true;
      else heard.push(JSON.parse(line) as Heard);
    }
  });
  await until('the name server', () => {
    if (server.exitCode !== null) throw new Error(`the name server ended with ${server.exitCode}`);
    return ready ? true : undefined;
  });
  const pid = server.pid as number;
  const inside = (command: string, args: readonly string[], options: SpawnOptions = {}): Running =>
    run('nsenter', [`--net=/proc/${pid}/ns/net`, command, ...args], options);
  return {
    folder,
    program,
    heard,
    pid,
    run: inside,
    async ask(...args) {
      const r = inside(program, args.map(String));
      const { code, stdout, stderr } = await r.ended;
      if (code !== 0) throw new Error(`dns-ask ${args.join(' ')}: ${stderr}`);
      return { pid: r.pid, told: toldOf(stdout) };
    },
    hears: (name) => until(`a question for ${name}`, () => heard.find((h) => h.name === name)),
    async stop() {
      const ended = new Promise((resolve) => server.on('exit', resolve));
      server.kill('SIGKILL');
      await ended;
      removeFolder(folder);
    },
  };
}
