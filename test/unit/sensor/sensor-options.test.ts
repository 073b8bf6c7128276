import { watchedFiles } from '../../../lib/schema/watched-files.js';
import { describe, expect, test } from 'vitest';
import { SysmonError } from '../../../lib/base/errors.js';
import { sample } from '../../../lib/filter/index.js';
import { didYouMean } from '../../../lib/base/nearest.js';
import { checkOptions } from '../../../lib/sensor/sensor-options.js';
import type { SysmonOptions } from '../../../lib/index.js';

const archived = { archiveDirectory: '/archive', events: ['FileDelete'] };

const refusal = (options: unknown): string => {
  try {
    checkOptions(options);
  } catch (e) {
    expect(e).toBeInstanceOf(SysmonError);
    expect((e as SysmonError).code).toBe('ERR_SYSMON_OPTION');
    return (e as SysmonError).message;
  }
  throw new Error(`accepted ${JSON.stringify(options)}`);
};

describe('defaults', () => {
  test('without options', () => {
    const { native, filters, captured } = checkOptions(undefined);
    expect(native).toEqual({
      events: [1, 5],
      plan: new Uint8Array(),
      environment: ['LD_PRELOAD', 'LD_LIBRARY_PATH', 'LD_AUDIT', 'SSH_CONNECTION', 'SUDO_USER'],
      btfPath: '',
      ringBytes: 8 << 20,
      hashAlgorithms: 4,
      hashSource: 0,
      hashTimeoutMs: 250,
      flushIntervalMs: 1,
      flowSeconds: 1800,
      failedAccess: false,
      watchFiles: watchedFiles,
      failedConnects: true,
      measure: false,
      mdns: false,
      pushdown: true,
      recentConnections: true,
      redactions: [],
      origin: false,
      archive: {
        directory: '',
        hold: [],
        holdFiles: 1024,
        holdBytes: 256 << 20,
        maxFileBytes: 64 << 20,
        maxTotalBytes: 2 ** 30,
        minFreePercent: 5,
        timeoutMs: 10000,
      },
      scope: { pid: 0, cgroup: '', spawned: false },
      throttle: { perSecond: 0, by: 0, events: [] },
    });
    expect(filters).toEqual([]);
    expect([...captured]).toEqual(['ProcessCreate', 'ProcessTerminate']);
  });
  test('undefined is the same as absent', () => {
    const all = {
      events: undefined,
      hash: undefined,
      filter: undefined,
      btfPath: undefined,
      ringBytes: undefined,
      flushIntervalMs: undefined,
      hashTimeoutMs: undefined,
      flowSeconds: undefined,
      archiveDirectory: undefined,
      archive: undefined,
      environment: undefined,
    };
    expect(checkOptions(all)).toEqual(checkOptions({}));
  });
});

describe('accepted', () => {
  test.each([
    ['all', ['ProcessCreate', 'ProcessTerminate']],
    [['ProcessTerminate'], ['ProcessTerminate']],
    [
      ['ProcessTerminate', 'ProcessCreate', 'ProcessTerminate'],
      ['ProcessCreate', 'ProcessTerminate'],
    ],
    [['Error'], []],
    [[], []],
  ])('events: %j', (events, expected) => {
    expect([...checkOptions({ events }).captured]).toEqual(expect.arrayContaining(expected));
    if (events !== 'all') expect([...checkOptions({ events }).captured]).toEqual(expected);
  });
  test("events: 'all' leaves out what must be named", () => {
    const all = checkOptions({ events: 'all' }).captured;
    expect([all.has('ImageLoad'), all.has('ProcessTampering'), all.has('ProcessAccess')]).toEqual([false, true, true]);
    expect(checkOptions({ events: ['ImageLoad'] }).captured.has('ImageLoad')).toBe(true);
  });
  test.each([
    ['none', 0],
    [[], 0],
    ['SHA1', 1],
    ['MD5', 2],
    [['SHA256', 'SHA1', 'SHA1'], 5],
    [['SHA1', 'MD5', 'SHA256'], 7],
  ])('hash: %j', (hash, bits) => {
    expect(checkOptions({ hash }).native.hashAlgorithms).toBe(bits);
  });
  test.each([65536, 1 << 20, 2 ** 30])('ringBytes: %d', (ringBytes) => {
    expect(checkOptions({ ringBytes }).native.ringBytes).toBe(ringBytes);
  });
  test('filter: one or a list', () => {
    const f = () => true;
    const names = (filter: unknown): string[] => checkOptions({ filter }).filters.map((x) => x.stats().name);
    expect(names(f)).toEqual(['f']);
    expect(names([f, f])).toEqual(['f', 'f']);
    // Compiled rules by their shape, and a filter that counts as it is.
    expect(names([{ evaluate: () => ({ verdict: 'log' }) }, sample(2)])).toEqual(['rules', 'sample']);
  });
  test('environment: each name once', () => {
    expect(checkOptions({ environment: ['A', 'B', 'A'] }).native.environment).toEqual(['A', 'B']);
    expect(checkOptions({ environment: [] }).native.environment).toEqual([]);
  });
  test('archive: what is given, and defaults for the rest', () => {
    const { archive } = checkOptions({
      ...archived,
      archive: { hold: ['/a', '/b'], minFreePercent: 0, holdFiles: 7 },
    }).native;
    expect(archive).toEqual({
      ...checkOptions(archived).native.archive,
      hold: ['/a', '/b'],
      minFreePercent: 0,
      holdFiles: 7,
    });
    expect(archive.directory).toBe('/archive');
    expect(checkOptions({ archiveDirectory: '/archive', config: 'starter' }).native.archive.directory).toBe('/archive');
  });
  test.each([0, 1, 1000])('flushIntervalMs: %d', (flushIntervalMs) => {
    expect(checkOptions({ flushIntervalMs }).native.flushIntervalMs).toBe(flushIntervalMs);
  });
});

test.each<[SysmonOptions['hash'], number, number, boolean]>([
  ['MD5', 2, 0, true],
  [{ source: 'fanotify' }, 4, 2, false],
  [{ algorithms: ['SHA1', 'MD5'] }, 3, 1, true],
  [{ algorithms: 'none', source: 'path' }, 0, 0, true],
])('hash %o: algorithms and source', (hash, hashAlgorithms, hashSource, hashGiven) => {
  const checked = checkOptions({ hash });
  expect(checked.native).toMatchObject({ hashAlgorithms, hashSource });
  expect(checked.hashGiven).toBe(hashGiven);
});

describe('refused, with the name of the mistake', () => {
  test.each<[unknown, string[]]>([
    [null, ['expected an object', 'null']],
    ['all', ['expected an object', "'all'"]],
    [5, ['expected an object', '5']],
    [[], ['expected an object', '[]']],
    [['ProcessCreate'], ['expected an object']],
    [{ event: [] }, ["unknown option 'event'", "Did you mean 'events'?"]],
    [{ ringbytes: 1 }, ["Did you mean 'ringBytes'?"]],
    [{ flushIntervalMS: 1 }, ["Did you mean 'flushIntervalMs'?"]],
    [{ hashes: 1 }, ["Did you mean 'hash'?"]],
    [{ zzzzzzzzzz: 1 }, ["unknown option 'zzzzzzzzzz'", 'Known: config, compatibility, events']],
    [{ events: 'ProcessCreate' }, ['option events', "'ProcessCreate'"]],
    [{ events: { 0: 'ProcessCreate' } }, ['option events']],
    [{ events: null }, ['option events', 'null']],
    [{ events: ['ProcesCreate'] }, ["'ProcesCreate' is no type of event", "Did you mean 'ProcessCreate'?"]],
    [{ events: ['processcreate'] }, ["Did you mean 'ProcessCreate'?"]],
    [{ events: [1] }, ['1 is no type of event']],
    [{ events: ['all'] }, ["'all' is no type of event"]],
    [{ hash: 'sha256' }, ["'sha256' is no algorithm", 'SHA256']],
    [{ hash: ['SHA1', 'none'] }, ["'none' is no algorithm"]],
    [{ hash: 4 }, ['option hash', '4']],
    [{ hash: null }, ['option hash', 'null']],
    [{ hash: { algorithm: 'MD5' } }, ["unknown option 'algorithm'", "Did you mean 'algorithms'?"]],
    [{ hash: { algorithms: 'CRC' } }, ["option hash: 'CRC' is no algorithm"]],
    [{ hash: { source: 'fanotfy' } }, ["option hash.source: 'fanotfy'", "Did you mean 'fanotify'?"]],
    [{ hash: { source: 1 } }, ['option hash.source: 1', 'path, auto, fanotify']],
    [{ hash: 'toString' }, ["'toString' is no algorithm"]],
    [{ filter: 'x' }, ['option filter', "'x'"]],
    [{ filter: [() => true, 1] }, ['option filter', '1']],
    [{ filter: null }, ['option filter', 'null']],
    [{ filter: {} }, ['option filter', 'compiled rules']],
    [{ filter: async () => Promise.resolve(true) }, ['option filter', 'asynchronous']],
    [{ filter: { kind: 'RuleSet' } }, ['option filter', 'compile(ruleSet)']],
    [{ btfPath: '' }, ['option btfPath']],
    [{ btfPath: 1 }, ['option btfPath', '1']],
    [{ ringBytes: 100_000 }, ['power of two', '65536', '131072']],
    [{ ringBytes: 32768 }, ['option ringBytes', '65536']],
    [{ ringBytes: 2 ** 31 }, ['option ringBytes', '1073741824']],
    [{ ringBytes: '8388608' }, ['option ringBytes', "'8388608'"]],
    [{ ringBytes: Number.NaN }, ['option ringBytes']],
    [{ ringBytes: 65536.5 }, ['option ringBytes', '65536.5']],
    [{ mdns: 1 }, ['option mdns', 'true or false', '1']],
    [{ flushIntervalMs: -1 }, ['option flushIntervalMs', 'from 0 to 1000', '-1']],
    [{ flushIntervalMs: 1001 }, ['option flushIntervalMs']],
    [{ flushIntervalMs: 0.5 }, ['option flushIntervalMs', '0.5']],
    [{ watchFiles: '/etc/shadow' }, ['option watchFiles', 'a list such as']],
    [{ watchFiles: ['etc/shadow'] }, ['option watchFiles[0]', 'absolute path']],
    [{ watchFiles: ['default', '/srv/'] }, ['option watchFiles[1]', "'/srv/**'"]],
    [{ watchFiles: ['/srv/../etc'] }, ["'..'"]],
    [{ watchFiles: ['/srv/[ab]'] }, ['put a *']],
    [{ watchFiles: ['/srv/**/x'] }, ['** is the last part']],
    [{ watchFiles: ['/*/**'] }, ['without a *']],
    [{ watchFiles: [`/srv/${'*/'.repeat(17)}x*`] }, ['last 17 parts']],
    [{ watchFiles: [`/${'x'.repeat(127)}`] }, ['at most 127 bytes', '128']],
    [{ watchFiles: ['default', ...Array.from({ length: 99 }, (_, i) => `/x${i}`)] }, ['at most 128', "'default' has"]],
    [{ flowSeconds: 0 }, ['option flowSeconds', 'from 1 to 86400']],
    [{ flowSeconds: 1.5 }, ['option flowSeconds', '1.5']],
    [{ hashTimeoutMs: 10_001 }, ['option hashTimeoutMs', 'from 0 to 10000']],
    [{ hashTimeoutMs: null }, ['option hashTimeoutMs', 'null']],
    [{ hashTimeoutMs: Infinity }, ['option hashTimeoutMs']],
    [
      { archiveDirectory: 'var/archive', events: ['FileDelete'] },
      ['option archiveDirectory', 'absolute path', "'var/archive'"],
    ],
    [{ archiveDirectory: '/a\0b', events: ['FileDelete'] }, ['option archiveDirectory', 'absolute path']],
    [{ archiveDirectory: 1, events: ['FileDelete'] }, ['option archiveDirectory', '1']],
    [{ archiveDirectory: '/archive' }, ['option archiveDirectory', 'FileDelete', 'not among the events']],
    [
      { archiveDirectory: '/archive', config: 'starter', events: ['FileDeleteDetected'] },
      ['option archiveDirectory', 'FileDelete'],
    ],
    [{ archive: {}, events: ['FileDelete'] }, ['option archive', 'without archiveDirectory']],
    [{ ...archived, archive: [] }, ['option archive', 'expected an object']],
    [{ ...archived, archive: null }, ['option archive', 'null']],
    [
      { ...archived, archive: { holds: [] } },
      ["option archive: unknown option 'holds'", "Did you mean 'hold'?", 'holdFiles'],
    ],
    [{ ...archived, archive: { hold: '/tmp' } }, ['option archive.hold', 'list of directories', "'/tmp'"]],
    [{ ...archived, archive: { hold: ['tmp'] } }, ['option archive.hold', 'absolute path', "'tmp'"]],
    [{ ...archived, archive: { hold: Array.from({ length: 65 }, () => '/tmp') } }, ['at most 64', '65']],
    [{ ...archived, archive: { holdFiles: 0 } }, ['option archive.holdFiles', 'from 1 to 65536', '0']],
    [{ ...archived, archive: { holdBytes: 1.5 } }, ['option archive.holdBytes', '1.5']],
    [{ ...archived, archive: { maxFileBytes: '1' } }, ['option archive.maxFileBytes', "'1'"]],
    [{ ...archived, archive: { maxTotalBytes: -1 } }, ['option archive.maxTotalBytes', '-1']],
    [{ ...archived, archive: { minFreePercent: 101 } }, ['option archive.minFreePercent', 'from 0 to 100']],
    [{ ...archived, archive: { timeoutMs: 0 } }, ['option archive.timeoutMs', 'from 1 to 600000']],
    [{ scope: {} }, ['option scope', '{ pid }, { cgroup }']],
    [{ scope: null }, ['option scope', 'null']],
    [{ scope: { pid: 1, cgroup: '/a' } }, ['option scope', '{ pid }, { cgroup }']],
    [{ scope: { pids: 1 } }, ["option scope: unknown option 'pids'", "Did you mean 'pid'?"]],
    [{ scope: { pid: 0 } }, ['option scope.pid', '0']],
    [{ scope: { pid: 1.5 } }, ['option scope.pid', '1.5']],
    [{ scope: { pid: '1' } }, ['option scope.pid', "'1'"]],
    [{ scope: { cgroup: 'a' } }, ['option scope.cgroup', 'absolute path', "'a'"]],
    [{ environment: 'PATH' }, ['option environment', "'PATH'"]],
    [{ environment: ['A=B'] }, ['option environment', "'A=B'"]],
    [{ environment: [''] }, ['option environment']],
    [{ environment: ['A\0B'] }, ['option environment']],
    [{ environment: [1] }, ['option environment', '1']],
    [{ environment: Array.from({ length: 17 }, (_, i) => `V${i}`) }, ['at most 16', '17']],
  ])('%j', (options, texts) => {
    const message = refusal(options);
    for (const text of texts) expect(message).toContain(text);
  });
});

test('each type is named once among the known ones', () => {
  const known = /Known: (.*)\.$/.exec(refusal({ events: ['Pipe'] }))?.[1]?.split(', ') ?? [];
  expect(known).toContain('PipeEvent');
  expect(new Set(known).size).toBe(known.length);
});

describe('didYouMean', () => {
  test.each([
    ['ProcessCreat', " Did you mean 'ProcessCreate'?"],
    ['processterminate', " Did you mean 'ProcessTerminate'?"],
    ['x', ''],
    ['NetworkConnect', ''],
    ['', ''],
  ])('%s -> %s', (word, expected) => {
    expect(didYouMean(word, ['ProcessCreate', 'ProcessTerminate'])).toBe(expected);
  });
  test('of nothing is nothing', () => expect(didYouMean('x', [])).toBe(''));
});
