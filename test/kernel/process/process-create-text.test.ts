/** ProcessCreate: names, arguments and environments of every kind and length. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Sysmon } from '../../../lib/index.js';
import { record } from '../helpers/capture.js';
import { folder, idle, lastOf, seen, shell, useSensor } from '../helpers/fixture.js';
import { run } from '../helpers/workspace.js';

useSensor();

const raw = (b: Buffer | string): string => Buffer.from(b).toString('base64');

test('odd names and arguments come through as they are', async () => {
  const names = [
    'with space',
    `quote'"`,
    'new\nline',
    'tab\tbell\x07',
    'äöü-日本-🎉',
    '-dash',
    'back\\slash',
    'dollar$HOME',
  ];
  for (const name of names) {
    const dir = join(folder, name);
    const image = join(dir, name);
    mkdirSync(dir);
    copyFileSync(idle, image);
    const args = ['', ...names, ' ', '\x01', 'x=y', ''];
    const r = run(image, args, { cwd: dir });
    const e = await seen.created(r.pid);
    expect(e.data).toMatchObject({ Image: image, CommandLine: [image, ...args].join(' '), CurrentDirectory: dir });
    expect(e.process).toMatchObject({ image, argv: [image, ...args], cwd: dir });
    expect(e.extra.raw).toBeUndefined();
  }
});

test('what is not UTF-8 is escaped, and kept exactly', async () => {
  const bad = Buffer.from([0x62, 0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80]);
  const shown = 'b\\xff\\xc3(\\xed\\xa0\\x80';
  const dir = Buffer.concat([Buffer.from(`${folder}/dir`), bad]);
  const image = Buffer.concat([dir, Buffer.from('/'), bad]);
  mkdirSync(dir);
  copyFileSync(idle, image);
  const octal = '\\142\\377\\303\\050\\355\\240\\200';
  const r = run('/bin/sh', ['-c', `b=$(printf '${octal}'); cd "$1/dir$b" && exec "./$b" "$b" plain`, 'sh', folder]);
  const e = await lastOf(r.pid, `${folder}/dir${shown}/${shown}`);
  expect(e.data).toMatchObject({ CommandLine: `./${shown} ${shown} plain`, CurrentDirectory: `${folder}/dir${shown}` });
  expect(e.process.argv).toEqual([`./${shown}`, shown, 'plain']);
  expect(e.extra.raw).toEqual({
    Image: raw(image),
    CommandLine: raw(Buffer.concat([Buffer.from('./'), bad, Buffer.from([0]), bad, Buffer.from('\0plain')])),
    CurrentDirectory: raw(dir),
  });
});

test('paths: exact up to 4,096 bytes, marked as cut beyond', async () => {
  // 255 bytes a step, then one that makes the image exactly as long as wanted.
  const go =
    'd=$(printf %0250d 0); cd "$1"; mkdir -p deep-$3; cd deep-$3; for i in $(seq $2); do mkdir -p $d; cd $d; done; l=$(printf %0$3d 1); cp "$IDLE" $l; exec ./$l';
  const start = `${folder}/deep-`;
  const step = `/${'0'.padStart(250, '0')}`;
  const exactly = (bytes: number): { steps: number; leaf: number; dir: string; path: string } => {
    for (let leaf = 10; leaf <= 255; leaf++) {
      const base = `${start}${leaf}`;
      const left = bytes - base.length - 1 - leaf;
      if (left % step.length) continue;
      const dir = base + step.repeat(left / step.length);
      return { steps: left / step.length, leaf, dir, path: `${dir}/${'1'.padStart(leaf, '0')}` };
    }
    throw new Error('no such path');
  };
  for (const bytes of [1000, 4000, 4095, 4096]) {
    const x = exactly(bytes);
    expect(x.path.length).toBe(bytes);
    const { e } = await shell(go, { args: [folder, String(x.steps), String(x.leaf)], image: x.path });
    expect(e.data.CurrentDirectory).toBe(x.dir);
    expect(e.extra.truncated).toBeUndefined();
  }
  // Only step by step: no single path may be that long.
  const x = exactly(6000);
  const dig =
    'import os,shutil,sys; f,n,l,i=sys.argv[1:]; ds=["deep-"+l]+["0".zfill(250)]*int(n); os.chdir(f)\nfor d in ds: os.makedirs(d,exist_ok=True); os.chdir(d)\nx="1".zfill(int(l)); shutil.copy(i,x); os.execv("./"+x,["./"+x])';
  const r = run('/usr/bin/python3', ['-c', dig, folder, String(x.steps), String(x.leaf), idle]);
  const e = await seen.find('ProcessCreate', (c) => c.data.ProcessId === r.pid && c.data.CommandLine.startsWith('./0'));
  expect(e.extra.truncated).toEqual(['Image', 'CurrentDirectory']);
  for (const [got, truth] of [
    [e.data.Image, x.path],
    [e.data.CurrentDirectory, x.dir],
  ] as const) {
    // A '+' says that the beginning is missing; what follows is right, and as much as fits.
    expect(got[0]).toBe('+');
    expect(truth.endsWith(got.slice(1))).toBe(true);
    expect(got.length).toBeGreaterThan(3800);
  }
});

test('a command line of 32 KiB is exact, one of 100 KiB is cut and marked', async () => {
  for (const bytes of [4096, 20000, 32767, 32768]) {
    const args = [''.padEnd(1000, 'a'), 'b c', ''];
    args.push(''.padEnd(bytes - [idle, ...args].reduce((n, a) => n + a.length + 1, 1), 'z'));
    const e = await seen.created(run(idle, args).pid);
    expect(e.process.argv).toEqual([idle, ...args]);
    expect(e.data.CommandLine.length).toBe(bytes - 1);
    expect(e.extra.truncated).toBeUndefined();
  }
  const args = Array.from({ length: 1000 }, (_, i) => `${i}`.padStart(99, '-'));
  const e = await seen.created(run(idle, args).pid);
  expect(e.extra.truncated).toEqual(['CommandLine']);
  expect(e.data.CommandLine).toBe([idle, ...args].join(' ').slice(0, 32768));
  expect(e.process.argv.slice(0, -1)).toEqual([idle, ...args].slice(0, e.process.argv.length - 1));
});

test('empty arguments, also the first', async () => {
  for (const [argv0, args] of [
    ['', []],
    ['', ['', '']],
    ['name', ['']],
    ['name', ['', 'x', '']],
  ] as const) {
    const e = await seen.created(run(idle, args, { argv0 }).pid);
    expect(e.process.argv).toEqual([argv0, ...args]);
    expect(e.data.CommandLine).toBe([argv0, ...args].join(' '));
    expect(e.data.Image).toBe(idle);
  }
});

test('the allow-listed environment, and nothing else', async () => {
  const none = await seen.created(
    run(idle, [], { env: { PATH: '/bin', LD_PRELOADX: '1', XLD_PRELOAD: '1', ld_preload: '1', LD_LIBRARY: '1' } }).pid,
  );
  expect(none.process.env).toEqual({});
  // A value may look like a variable; only the beginning of one is.
  const long = 'v'.repeat(3000);
  const env = {
    SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22',
    LD_LIBRARY_PATH: long,
    A: 'x\nLD_PRELOAD=/evil.so',
    LD_AUDIT: '"ü\\',
  };
  const some = await seen.created(run(idle, [], { env }).pid);
  expect(some.process.env).toEqual({ SSH_CONNECTION: env.SSH_CONNECTION, LD_LIBRARY_PATH: long, LD_AUDIT: '"ü\\' });
  expect(some.extra.truncated).toBeUndefined();
  const huge = await seen.created(run(idle, [], { env: { LD_PRELOAD: 'p'.repeat(20000), SUDO_USER: 'after' } }).pid);
  expect(huge.extra.truncated).toEqual(['process.env']);
  expect(huge.process.env['LD_PRELOAD']).toMatch(/^p{4000,}$/);
  // Twice: getenv(3) takes the first.
  const twice = run('/usr/bin/python3', [
    '-c',
    'import ctypes,sys; c=ctypes.CDLL(None); A=ctypes.c_char_p*2; E=ctypes.c_char_p*3; c.execve(sys.argv[1].encode(), A(b"twice",None), E(b"SUDO_USER=first",b"SUDO_USER=second",None))',
    idle,
  ]);
  expect((await lastOf(twice.pid, idle)).process.env).toEqual({ SUDO_USER: 'first' });
});

test('the option environment replaces the list', async () => {
  const own = new Sysmon({ events: ['ProcessCreate'], hash: 'none', environment: ['MY_VARIABLE', 'X'] });
  const capture = record(own);
  await own.start();
  onTestFinished(() => own.stop());
  const e = await capture.created(
    run(idle, [], { env: { MY_VARIABLE: '1', MY_VARIABLE_2: '2', X: '', XY: '3', SUDO_USER: 'no' } }).pid,
  );
  expect(e.process.env).toEqual({ MY_VARIABLE: '1', X: '' });
});
