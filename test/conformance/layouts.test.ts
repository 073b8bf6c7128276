/** The layouts that the generator computes, against those that the compiler of the BPF object made. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { records, recordLayout, structLayout } from '../../lib/schema/layout.js';
import { structs } from '../../lib/schema/wire.js';
import { Btf } from './btf.js';

const root = join(import.meta.dirname, '../..');
const object = ['cmake', 'test-dev'].map((b) => join(root, 'build', b, 'sysmon_bpf.o')).find(existsSync);

describe('BTF of the BPF object', () => {
  beforeEach((context) => {
    if (object === undefined) context.skip('build/cmake/sysmon_bpf.o is not there: `npm run build:native` makes it');
  });
  const btf = object === undefined ? undefined : new Btf(object);
  const expected = [
    ...structs.map((s) => [`sm_${s.name}`, structLayout(s)] as const),
    ...records.map((r) => [`sm_${r.name}_record`, recordLayout(r)] as const),
  ];

  test.each(expected)('%s', (name, layout) => {
    const found = btf?.struct(name);
    // sm_address is only ever reached by a cast on a byte array: its layout is asserted by the generated header
    // itself.
    if (name === 'sm_address' && found === undefined) return;
    expect(found, `${name} is not in the object's BTF: anchor it`).toBeDefined();
    expect(found).toEqual({
      size: layout.size,
      members: layout.fields.map((f) => ({ name: f.name, bits: f.offset * 8, size: f.size })),
    });
  });
  test('every record is in it', () => {
    const names = btf?.structNames ?? [];
    for (const r of records) expect(names).toContain(`sm_${r.name}_record`);
  });
  test('the parser finds a difference', () => {
    const found = btf?.struct('sm_header');
    expect(found?.members.map((m) => m.name)).toEqual([
      'size',
      'type',
      'flags',
      'time',
      'start',
      'exec_id',
      'pid',
      'tid',
    ]);
    expect(found?.members[1]).toEqual({ name: 'type', bits: 32, size: 2 });
    expect(btf?.struct('sm_nothing')).toBeUndefined();
  });
  test('scratch of a CPU has room for the largest record', () => {
    expect(btf?.struct('sm_scratch')?.members.at(-1)).toMatchObject({ name: 'data', size: 0x20000 });
  });
});

describe('layouts', () => {
  test.each(records.map((r) => [r.name, r] as const))('%s ends on a multiple of 8 and has no hole', (_name, record) => {
    const l = recordLayout(record);
    expect(l.size % 8).toBe(0);
    let at = 0;
    for (const f of l.fields) {
      expect(f.offset).toBe(at);
      at += f.size;
    }
    expect(at).toBe(l.size);
  });
  test('ids of records are unique and below the kinds of control entries', () => {
    expect(new Set(records.map((r) => r.id)).size).toBe(records.length);
    for (const r of records) expect(r.id).toBeLessThan(256);
  });
});
