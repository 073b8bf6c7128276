/**
 * Real events of many types at once, in every format. Each type's own test has its events checked the same way, see
 * helpers/formats.ts.
 */
import { execFileSync } from 'node:child_process';
import dgram from 'node:dgram';
import { appendFileSync, openSync, closeSync, constants, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { eventTable } from '../../../lib/schema/tables.gen.js';
import { capture } from '../helpers/capture.js';
import { makeFolder, removeFolder } from '../helpers/workspace.js';

function made(folder: string, name: string): string {
  const path = join(folder, name);
  writeFileSync(path, 'x');
  return path;
}

/** What gives rise to an event of a type. Types that this list does not have are for their own tests. */
const acts: Record<string, (folder: string) => void | Promise<void>> = {
  ProcessCreate: () => void execFileSync('/bin/true'),
  ProcessTerminate: () => void execFileSync('/bin/true'),
  FileCreate: (folder) => writeFileSync(join(folder, 'made ä.txt'), 'x'),
  FileDelete: (folder) => rmSync(made(folder, 'gone')),
  FileDeleteDetected: (folder) => renameSync(made(folder, 'new'), made(folder, 'old')),
  FileModify: (folder) => appendFileSync(made(folder, 'longer'), 'more'),
  FileCreateTime: (folder) => utimesSync(made(folder, 'aged'), 1, 1),
  PipeEvent: (folder) => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    closeSync(openSync(join(folder, 'pipe'), constants.O_RDWR));
  },
  NetworkConnect: async () => {
    const server = createServer((s) => s.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await new Promise((resolve) => client.once('close', resolve).resume());
    server.close();
  },
  DnsQuery: async () => {
    // Nobody answers: the event comes after its patience.
    const socket = dgram.createSocket('udp4');
    const question = Buffer.from('123401000001000000000000076e6f7768657265076578616d706c650000010001', 'hex');
    await new Promise((resolve) => socket.send(question, 53, '127.0.0.1', resolve));
    socket.close();
  },
};

test('events of many types are what the definitions of the formats say', async () => {
  const folder = makeFolder();
  onTestFinished(() => removeFolder(folder));
  const wanted = [...new Set(eventTable.filter((e) => e.wire !== undefined && e.name in acts).map((e) => e.name))];
  const { events } = await capture({ events: wanted, hash: ['SHA256', 'MD5', 'SHA1'] });
  for (const type of wanted) await acts[type]?.(folder);
  await expect
    .poll(() => wanted.filter((type) => !events.some((e) => e.type === type && e.process?.pid !== undefined)), {
      timeout: 30_000,
    })
    .toEqual([]);
});
