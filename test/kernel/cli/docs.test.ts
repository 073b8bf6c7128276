/**
 * The code of the readme and the pages runs, with a real sensor: each block alone, in a folder where the files are that
 * pages speak of, while something happens. One that cannot says why, in a comment before it.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createSocket } from 'node:dgram';
import { createServer, connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blocksOf, pages, root } from '../../unit/docs/pages.js';
import { run, type Ended } from '../helpers/workspace.js';

const preload = join(root, 'test/kernel/helpers/docs-preload.mjs');
const blocks = pages.flatMap(blocksOf).filter(({ language }) => language === 'js');
const running = blocks.filter(({ notRun }) => notRun === undefined);
let folder: string; // below the package, which a block imports by its name
const dropped = `/tmp/sysmon-docs-${process.pid}`;

beforeAll(() => {
  mkdirSync(join(root, 'build'), { recursive: true });
  folder = mkdtempSync(join(root, 'build/docs-'));
  const rules = blocksOf('docs/getting-started.md').find(({ language }) => language === 'yaml');
  for (const name of ['rules.yml', 'new.yml']) writeFileSync(join(folder, name), rules?.code ?? '');
  copyFileSync(join(root, 'test/fixtures/events.ndjson'), join(folder, 'events.ndjson'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(dropped, { force: true });
});

/** A program, a file, a connection, one that is refused, and a question, of which every block hears something. */
async function act(): Promise<void> {
  copyFileSync('/bin/echo', dropped);
  spawnSync(dropped, ['hello', '--password=hunter2']);
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(connect(port, '127.0.0.1').resume(), 'close');
  server.close();
  await once(server, 'close');
  await once(connect(port, '127.0.0.1'), 'error'); // nobody listens any more
  const question = Buffer.from('123401000001000000000000026974076578616d706c650000010001', 'hex');
  const asker = createSocket('udp4');
  await new Promise((resolve) => asker.send(question, 53, '127.0.0.1', resolve));
  asker.close();
}

test('there are blocks that run, and few that do not', () => {
  expect(running.length).toBeGreaterThan(8);
  expect(running.length).toBeGreaterThan(blocks.length / 2);
});

test('every block runs, prints what it is to print, and ends', async () => {
  const children = running.map(({ name, code }, i) => {
    // One that only shows how a sensor is made is started all the same.
    const starts = code.includes('.start(') || !code.includes('const sysmon');
    const file = join(folder, `block-${i}.mjs`);
    writeFileSync(file, starts ? code : `${code}\nawait sysmon.start();\n`);
    const child = run(process.execPath, ['--import', preload, file], { cwd: folder });
    let err = '';
    child.child.stderr?.on('data', (d: Buffer) => (err += d.toString()));
    return { name, code, ...child, ready: () => err.includes('started') || child.child.exitCode !== null };
  });
  for (let i = 0; i < 1200 && !children.every((c) => c.ready()); i++) await sleep(50);
  await act();
  await sleep(1500); // docs/order.md sorts half a second
  for (const { child } of children) child.kill('SIGTERM');
  const ends: [string, Ended][] = await Promise.all(children.map(async (c) => [c.name, await c.ended]));
  const wrong = ends.flatMap(([name, { code, signal, stdout, stderr }], i) => {
    if (code !== 0 || /Error|Warning/.test(stderr)) return [`${name}: ${code ?? signal}: ${stderr}`];
    return stdout === '' && children[i].code.includes('console.log(') ? [`${name} prints nothing`] : [];
  });
  expect(wrong).toEqual([]);
});
