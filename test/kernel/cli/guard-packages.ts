/** A project with twenty packages, each with an install script: all harmless, some as if they were not. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Package {
  readonly name: string;
  readonly event: 'preinstall' | 'install' | 'postinstall';
  /** What the script is, in JavaScript that node runs in the folder of the package. */
  readonly script: string;
  /** What of it breaks the policy, by section; none: it may do that. */
  readonly breaks: Readonly<Record<string, RegExp>>;
}

const connect = (port: number): string =>
  `require('net').connect(${port}, '127.0.0.1').on('connect', function () { this.destroy(); })`;

/** `port` answers HTTP with a program. */
export function packages(port: number, outside: string): Package[] {
  const peer = new RegExp(`^127\\.0\\.0\\.1:${port}/tcp`);
  const write = (file: string): string => `require('fs').writeFileSync(${JSON.stringify(join(outside, file))}, 'x')`;
  const daemon = `require('child_process').spawn('setsid', ['sh', '-c', 'sleep 0.3; echo x > ${outside}/daemon'], { detached: true, stdio: 'ignore' }).unref()`;
  const download = `fetch('http://127.0.0.1:${port}/').then((r) => r.arrayBuffer()).then((bytes) => {
    require('fs').writeFileSync('tool', Buffer.from(bytes), { mode: 0o755 });
    require('child_process').execFileSync('./tool');
  })`;
  const script = (name: string, event: Package['event'], text: string, breaks: Package['breaks'] = {}): Package => ({
    name,
    event,
    script: text,
    breaks,
  });
  const out = (file: string): RegExp => new RegExp(`^${outside}/${file}$`);
  return [
    ...Array.from({ length: 8 }, (_, i) =>
      script(`quiet-${i}`, 'install', `require('fs').writeFileSync('built-${i}', '')`),
    ),
    script('asks-version', 'postinstall', `require('child_process').execFileSync('node', ['--version'])`),
    script('phones-home', 'postinstall', connect(port), { connect: peer }),
    script('@scope/phones', 'preinstall', connect(port), { connect: peer }),
    script('writes-outside', 'install', write('direct'), { write: out('direct') }),
    script(
      'renames-outside',
      'postinstall',
      `require('fs').writeFileSync('a', ''); require('fs').renameSync('a', ${JSON.stringify(join(outside, 'moved'))})`,
      { write: out('moved') },
    ),
    script(
      'appends-outside',
      'postinstall',
      `require('fs').appendFileSync(${JSON.stringify(join(outside, 'profile'))}, 'x')`,
      { write: out('profile') },
    ),
    script('deletes-outside', 'postinstall', `require('fs').unlinkSync(${JSON.stringify(join(outside, 'victim'))})`, {
      write: out('victim'),
    }),
    script('reads-a-key', 'postinstall', `require('fs').readFileSync(${JSON.stringify(join(outside, 'key'))})`, {
      read: out('key'),
    }),
    script(
      'reads-by-a-link',
      'install',
      `require('fs').symlinkSync(${JSON.stringify(join(outside, 'key'))}, 'k'); require('fs').readFileSync('k')`,
      { read: out('key') },
    ),
    script('leaves-a-daemon', 'postinstall', daemon, { execute: /\/setsid$/, write: out('daemon') }),
    script('downloads', 'postinstall', download, { connect: peer, execute: /\/node_modules\/downloads\/tool$/ }),
    script('runs-id', 'preinstall', `require('child_process').execFileSync('id')`, { execute: /\/id$/ }),
  ];
}

/** Writes the packages and a project that depends on them all, with its lock file. */
export function makeProject(folder: string, list: readonly Package[], env: NodeJS.ProcessEnv): string {
  const project = join(folder, 'project');
  mkdirSync(project);
  const dependencies: Record<string, string> = {};
  for (const { name, event, script } of list) {
    const plain = name.replace(/[@/]/g, '');
    const source = join(folder, 'sources', plain, 'package');
    mkdirSync(source, { recursive: true });
    const manifest = { name, version: '1.0.0', scripts: { [event]: 'node script.cjs' } };
    writeFileSync(join(source, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(source, 'script.cjs'), script);
    execFileSync('tar', ['czf', join(folder, `${plain}.tgz`), '-C', join(source, '..'), 'package']);
    dependencies[name] = `file:../${plain}.tgz`;
  }
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'project', version: '1.0.0', dependencies }));
  execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts'], { cwd: project, env, stdio: 'pipe' });
  return project;
}
