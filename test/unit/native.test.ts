/** Finding and loading the native part, which modules of JavaScript stand for here. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { schemaHash } from '../../lib/schema/tables.gen.js';

const folder = mkdtempSync(join(tmpdir(), 'sysmon-native-'));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const place = { folders: [folder] };
vi.mock('../../lib/base/package-files.js', async (original) => ({
  ...(await original<object>()),
  packageFolders: () => place.folders,
}));

/** A module that stands for the addon; its members say which one was loaded. */
function addon(name: string, hash = schemaHash): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `module.exports = { schemaHash: '${hash}', inspect: () => '${name}' };`);
  return path;
}

/** lib/native.ts anew: it loads once in a process. */
async function load(addonPath?: string): Promise<string> {
  vi.resetModules();
  const { loadAddon } = await import('../../lib/native.js');
  return loadAddon(addonPath).inspect('') as unknown as string;
}

beforeEach(() => vi.stubEnv('SYSMON_ADDON', undefined));

describe('which file is loaded', () => {
  test('addonPath before SYSMON_ADDON', async () => {
    vi.stubEnv('SYSMON_ADDON', addon('variable.cjs'));
    expect(await load()).toBe('variable.cjs');
    expect(await load(addon('option.cjs'))).toBe('option.cjs');
  });
  test('a second one in the same process is refused, the same again is not', async () => {
    const path = addon('first.cjs');
    await load(path);
    const { loadAddon } = await import('../../lib/native.js');
    expect(loadAddon(path)).toBe(loadAddon());
    expect(() => loadAddon(join(folder, 'second.cjs'))).toThrow(
      expect.objectContaining({
        code: 'ERR_SYSMON_OPTION',
        message: expect.stringContaining(`${path} is loaded already`) as string,
      }) as Error,
    );
  });
  test('of the package, what was built there before what was released', async () => {
    place.folders = [join(folder, 'none'), folder];
    const { arch } = process;
    mkdirSync(join(folder, `prebuilds/linux-${arch}`), { recursive: true });
    mkdirSync(join(folder, 'build/Release'), { recursive: true });
    // Files that are no ELF files fail, and say so in the order in which they were tried.
    writeFileSync(join(folder, 'build/Release/sysmon.node'), 'text');
    writeFileSync(join(folder, `prebuilds/linux-${arch}/sysmon.glibc.node`), 'other text');
    const error = await load().catch((e: unknown) => e as Error);
    const lines = String((error as Error).message).split('\n');
    expect(lines.slice(1, 5)).toEqual([
      `  ${join(folder, 'none/build/Release/sysmon.node')}: no such file`,
      `  ${join(folder, `none/prebuilds/linux-${arch}/sysmon.glibc.node`)}: no such file`,
      expect.stringMatching(/build\/Release\/sysmon\.node: (file too short|invalid ELF header)$/),
      expect.stringMatching(/sysmon\.glibc\.node: (file too short|invalid ELF header)$/),
    ]);
    expect(lines[0]).toContain(`linux ${arch}, glibc `);
    expect(lines[0]).toContain(`Node.js ${process.versions.node}`);
    expect(lines[5]).toMatch(/node \S+\/scripts\/build\.mjs /);
    expect(error).toMatchObject({ code: 'ERR_SYSMON_NATIVE', operation: 'load', cause: expect.any(Error) as Error });
    place.folders = [folder];
  });
});

describe('a named file that is wrong', () => {
  test('is not there: nothing else is tried, and the error says who named it', async () => {
    const path = join(folder, 'missing.node');
    for (const [name, loading] of [
      ['addonPath', () => load(path)],
      ['SYSMON_ADDON', () => (vi.stubEnv('SYSMON_ADDON', path), load())],
    ] as const)
      await expect(loading(), name).rejects.toMatchObject({
        code: 'ERR_SYSMON_NATIVE',
        message: expect.stringMatching(
          new RegExp(`that ${name} names .*Looked for:\n  ${path}: no such file\nCorrect ${name}`),
        ) as string,
      });
  });
  test('is of another version', async () => {
    await expect(load(addon('old.cjs', 'abc'))).rejects.toMatchObject({
      code: 'ERR_SYSMON_SCHEMA_MISMATCH',
      message: expect.stringContaining(
        `old.cjs, was built from another version (schema abc, expected ${schemaHash})`,
      ) as string,
    });
  });
  test('the sensor and capabilities() take addonPath, and refuse what is no path', async () => {
    vi.resetModules();
    const { Sysmon, capabilities } = await import('../../lib/index.js');
    const path = join(folder, 'nowhere.node');
    const missing = { code: 'ERR_SYSMON_NATIVE', message: expect.stringContaining(path) as string };
    await expect(new Sysmon({ addonPath: path }).start()).rejects.toMatchObject(missing);
    expect(() => capabilities({ addonPath: path })).toThrow(expect.objectContaining(missing) as Error);
    const wrong = expect.objectContaining({ code: 'ERR_SYSMON_OPTION' }) as Error;
    expect(() => new Sysmon({ addonPath: 5 as unknown as string })).toThrow(wrong);
    expect(() => capabilities({ addonPath: '' })).toThrow(wrong);
  });
});
