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
/** Without comments alone: texts in quotes are what is looked for. Every character stays where it is. */
const uncommented = (text: string): string =>
  text.replace(/"(?:[^"\\\n]|\\.)*"|\/\*[^]*?\*\/|\/\/.*/g, (found) =>
    found.startsWith('"') ? found : found.replace(/[^\n]/g, ' '),
  );
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
  expect(uncommented('a /* SEC("b\n") */ SEC("/* c */") // d')).toBe('a          \n      SEC("/* c */")     ');
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
  // A released binary is built with the C library of Debian 11, which has names for the calls up to Linux 5.4.
  test('system calls are named as the oldest C library can, the others by a number of our own', () => {
    const recent =
      /\bSYS_(openat2|pidfd_getfd|faccessat2|process_madvise|epoll_pwait2|mount_setattr|quotactl_fd|landlock_\w+)\b/;
    expect(hits(core, /\bSYS_capget\b/).length).toBeGreaterThan(0); // the search itself works
    expect(hits(core, recent)).toEqual([]);
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
    const binding = files('native/binding', /\.cc$/);
    const native = [...core.filter((f) => !f.startsWith('native/core/rules/')), ...binding, ...bpf];
    const all = native.flatMap((f) => bodies(read(f)).map((s) => ({ file: f, ...s })));
    const values = all.filter((s) => s.file === 'native/core/event/values.cc' && closed.test(`${s.head}{`));
    expect(values.length, 'the values of fields are one switch over what makes them').toBe(1);
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
    expect(asking.filter((f) => /SEC\("(?!\.maps|license|cgroup)/.test(uncommented(read(f))))).toEqual([]);
  });

  /** Programs: the sections that are neither maps nor the licence, each with the comment directly above it. */
  const programs = ours.flatMap((file) => {
    const text = read(file);
    // The formatter breaks a long name into several texts.
    return [...uncommented(text).matchAll(/\bSEC\(((?:\s*"[^"]*")+)\s*\)/g)]
      .map((m) => ({ section: m[1].replaceAll(/"\s*"|^\s*"|"$/g, ''), index: m.index }))
      .filter(({ section }) => section !== '.maps' && section !== 'license')
      .map(({ section, index }) => ({
        file,
        section,
        comment: /\/\*(?:(?!\*\/)[^])*\*\/\n$/.exec(text.slice(0, index))?.[0] ?? '',
      }));
  });
  /** What a `match:` names as the hook that a section attaches to: a function of the kernel, or a system call. */
  const prototype = (section: string): RegExp => {
    const [kind = '', hook = ''] = section.split(/\/(.*)/);
    if (kind === 'tp_btf') return new RegExp(`match: void ${hook}\\(`);
    if (kind === 'iter') return new RegExp(`match: int bpf_iter_${hook}\\(`);
    if (kind === 'cgroup_skb') return /match: int __cgroup_bpf_run_filter_skb\(/;
    if (kind === 'cgroup') return /match: int __cgroup_bpf_run_filter_\w+\(/;
    const calls = /^syscalls\/sys_(?:enter|exit)_\{?([\w,]+)\}?$/.exec(hook)?.[1];
    if (calls !== undefined) return new RegExp(`match: (${calls.replaceAll(',', '|')})\\(`);
    return /match: [\w *]+\(/;
  };
  test('programs are found, and each is a text that can be searched for', () => {
    expect(programs.length).toBeGreaterThan(60);
    expect(hits(ours, /\bSEC\((?!\s*("|$))/, uncommented)).toEqual([]);
  });
  test('only hooks/ and events/ attach', () => {
    const others = programs.filter(({ file }) => !/^bpf\/(hooks|events)\//.test(file));
    expect(others.map(({ file, section }) => `${file}: ${section}`)).toEqual([]);
  });
  test('each hook has directly above it the kernel prototype that it relies on', () => {
    const attached = programs.filter(({ section }) => section !== 'raw_tp'); // which names no hook
    const without = attached.filter(({ section, comment }) => !prototype(section).test(comment));
    expect(without.map(({ file, section }) => `${file}: ${section}`)).toEqual([]);
  });
  test('only record/ asks for the ring or the scratch', () => {
    const others = ours.filter((f) => !f.startsWith('bpf/record/'));
    expect(hits(others, /\b(bpf_ringbuf_(reserve|output|query)|sm_has_room|sm_scratch_take)\b/)).toEqual([]);
  });

  const event = (probe: string): string => `bpf/events/${probe}.bpf.c`;
  test('one file for the event of each record, and no other', () => {
    expect(files('bpf/events', /./)).toEqual([...new Set(records.map((r) => event(r.probe)))].sort());
  });
  const written = records.filter((r) => r.name !== 'dns_query'); // which user space puts together
  test.each(written.map((r) => [r.name, r] as const))('%s is made in the file of its event', (name, record) => {
    expect(code(read(event(record.probe)))).toMatch(new RegExp(`\\bSM_${name.toUpperCase()}\\b`));
  });
});

test('generated files are what the schema generates', () => {
  execFileSync('npm', ['run', '--silent', 'generate:check'], { cwd: root, stdio: 'pipe' });
}, 600_000); // it compiles the generator, on a machine that may be busy

test('only native.ts loads the addon', () => {
  const lib = files('lib', /\.ts$/).filter((f) => f !== 'lib/native.ts');
  expect(hits(lib, /\.node['"`]|process\.dlopen/, includes)).toEqual([]);
});
