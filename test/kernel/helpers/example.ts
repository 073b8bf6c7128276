/** Runs a program of examples/. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { run, type Ended, type Running } from './workspace.js';

export const root = join(import.meta.dirname, '../../..');

export interface Example extends Running {
  /** What it has printed so far. */
  out(): string;
  /** Waits until what it has printed holds it; at the end of the time what was printed fails the test. */
  printed(text: RegExp): Promise<void>;
}

/** An example that says on standard error when its hooks are live; resolves then. */
export async function startExample(name: string, args: readonly string[] = []): Promise<Example> {
  const running = run(process.execPath, [join(root, 'examples', name), ...args], { cwd: root });
  let out = '';
  let err = '';
  running.child.stdout?.on('data', (d: Buffer) => (out += d.toString()));
  running.child.stderr?.on('data', (d: Buffer) => (err += d.toString()));
  const until = async (said: () => boolean): Promise<void> => {
    for (let i = 0; i < 600 && !said() && running.child.exitCode === null; i++) await sleep(50);
  };
  await until(() => err.includes('watching'));
  expect(err, 'the example never watched').toContain('watching');
  const printed = async (text: RegExp): Promise<void> => {
    await until(() => text.test(out));
    expect(out, err).toMatch(text);
  };
  return { ...running, out: () => out, printed };
}

/** Runs an example until it watches, does something, waits until it prints that, ends it as Ctrl-C does. */
export async function watch(name: string, args: string[], act: () => void, text: RegExp): Promise<Ended> {
  const example = await startExample(name, args);
  act();
  await example.printed(text);
  example.child.kill('SIGINT');
  return example.ended;
}
