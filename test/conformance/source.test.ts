/** Who may know what: rules about the sources that no compiler checks. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { records } from '../../lib/schema/layout.js';

const root = join(import.meta.dirname, '../..');
const files = (folder: string, pattern: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && pattern.test(e.name))
    .map((e) => relative(root, join(e.parentPath, e.name)))
    .sort();
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
/** Without comments and texts: what the compiler sees. Line numbers stay. */
const code = (text: string): string =>
  text
    .replace(/\/\*[^]*?\*\//g, (c) => c.replace(/[^\n]/g, ' '))
    .replace(/"(?:[^"\\\n]|\\.)*"/g, '""')
    .replace(/\/\/.*/g, '');
const hits = (list: readonly string[], pattern: RegExp, of = code): string[] =>
  list.flatMap((f) =>
    of(read(f))
      .split('\n')
      .flatMap((line, i) => (pattern.test(line) ? [`${f}:${i + 1}: ${line.trim()}`] : [])),
  );

const core = files('native/core', /\.(cc|h)$/);
const bpf = files('bpf', /\.[ch]$/);
const includes = (text: string): string => text;

test('there is something to look at', () => {
  expect(core.length).toBeGreaterThan(20);
  expect(bpf.length).toBeGreaterThan(8);
  expect(hits(core, /#include <bpf\/libbpf\.h>/, includes).length).toBeGreaterThan(0); // the search itself works
  expect(code('a /* napi.h\n */ b // c\n"napi.h"')).toBe('a          \n    b \n""');
});

describe('native/core', () => {
  test('knows no node', () => {
    expect(hits(core, /#include\s*[<"](napi|node_api|node|v8|uv)\b/, includes)).toEqual([]);
    expect(hits(core, /\b(napi_|Napi::|v8::)/)).toEqual([]);
  });
  test('libbpf is used in its kernel/ only', () => {
    const others = core.filter((f) => !f.includes('/kernel/'));
    expect(hits(others, /#include\s*[<"]bpf\//, includes)).toEqual([]);
    expect(hits(others, /\b(libbpf_|bpf_object__|bpf_program__|bpf_map__|ring_buffer__)/)).toEqual([]);
  });
  test('no XML, no YAML', () => expect(hits(core, /\b(xml|yaml)\b/i)).toEqual([]));
});

describe('switches over types', () => {
  // A new type must be a warning of the compiler, not a silent default.
  const closed = /switch\s*\([^{]*(sm_type|\btype\b|Entry|\bop\b)/;
  const bodies = (text: string): { head: string; body: string }[] => {
    const found = [];
    const source = code(text);
    for (const m of source.matchAll(/\bswitch\s*\(/g)) {
      const open = source.indexOf('{', m.index);
      let depth = 1;
      let at = open + 1;
      while (depth > 0 && at < source.length) {
        if (source[at] === '{') depth++;
        else if (source[at] === '}') depth--;
        at++;
      }
      found.push({ head: source.slice(m.index, open), body: source.slice(open, at) });
    }
    return found;
  };
  test('the search finds one', () => {
    const [only] = bodies('f() { switch (static_cast<sm_type>(h->type)) { case A: { break; } default: x(); } }');
    expect(only && closed.test(`${only.head}{`) && /\bdefault\s*:/.test(only.body)).toBe(true);
  });
  test('have no default', () => {
    // The rule engine knows operators, not types of events.
    const native = [...core.filter((f) => !f.startsWith('native/core/rules/')), 'native/binding/addon.cc', ...bpf];
    const all = native.flatMap((f) => bodies(read(f)).map((s) => ({ file: f, ...s })));
    expect(all.filter((s) => /sm_type/.test(s.head)).length, 'the pipeline has one over sm_type').toBeGreaterThan(0);
    expect(
      all.filter((s) => closed.test(`${s.head}{`) && /\bdefault\s*:/.test(s.body)).map((s) => `${s.file}: ${s.head}`),
    ).toEqual([]);
  });
});

describe('bpf', () => {
  const ours = bpf.filter((f) => !f.startsWith('bpf/vmlinux/'));
  test('knows no GUIDs, user names, rules or formats', () => {
    expect(hits(ours, /\b\w*guid\w*\b/i)).toEqual([]);
    expect(hits(ours, /\b(RuleName|UtcTime|user_name|passwd|snprintf|bpf_trace_printk|bpf_printk)\b/)).toEqual([]);
  });
  test('what 5.10 does not have is not used', () => {
    const later =
      /\b(bpf_loop|bpf_for|bpf_repeat|bpf_dynptr_\w+|bpf_copy_from_user_task|__sync_fetch_and_(or|and|xor)|__sync_val_compare_and_swap|__sync_lock_test_and_set)\b/;
    expect(hits(ours, later)).toEqual([]);
    // Programs of control groups may ask for a socket's cookie, those of tracepoints and iterators may not before 5.12.
    const asking = ours.filter((f) => hits([f], /\bbpf_get_socket_cookie\b/).length > 0);
    expect(asking.filter((f) => /SEC\("(?!\.maps|license|cgroup)/.test(read(f)))).toEqual([]);
  });
  const events = files('bpf/events', /./);
  const attaching = [...events, ...files('bpf/hooks', /./)];
  test('each tp_btf hook names the prototype that it relies on', () => {
    for (const file of attaching) {
      const text = read(file);
      for (const hook of text.matchAll(/SEC\("tp_btf\/(\w+)"\)/g)) {
        const before = text.slice(0, hook.index).trimEnd();
        expect(before.endsWith('*/'), `${file}: a comment stands before ${hook[0]}`).toBe(true);
        const comment = before.slice(before.lastIndexOf('/*'));
        expect(comment, `${file}: ${hook[1]}`).toMatch(new RegExp(`match: void ${hook[1]}\\(`));
      }
    }
  });
  test('one file for the event of each record, and no other', () => {
    expect(events.map((p) => p.slice('bpf/events/'.length, -'.bpf.c'.length)).sort()).toEqual(
      [...new Set(records.map((r) => r.probe))].sort(),
    );
  });
});

test('generated files are what the schema generates', () => {
  execFileSync('npm', ['run', '--silent', 'generate:check'], { cwd: root, stdio: 'pipe' });
});

test('only native.ts loads the addon', () => {
  const lib = files('lib', /\.ts$/).filter((f) => f !== 'lib/native.ts');
  expect(hits(lib, /node-gyp-build|\.node['"]|process\.dlopen/, includes)).toEqual([]);
});
