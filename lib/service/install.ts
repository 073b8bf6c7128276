/** Puts the service under /opt/sysmon, whole or not at all, and takes it away. */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { SysmonError } from '../base/errors.js';
import { file, home, launchers, names, secret } from './files.js';
import { copyPackage } from './package-copy.js';
import { isAlive, running, signal, until, type Status } from './running.js';
import { copyText, settingsText, type Settings } from './settings.js';
import { hasUnit, isBooted, removeUnit, startUnit, stopUnit } from './systemd.js';

const startMs = 120_000;
const stopMs = 20_000;

const cannot = (text: string): never => {
  throw new SysmonError('ERR_SYSMON_STATE', text, { operation: 'install' });
};

/** The service lies where it belongs, as far as it takes to be started. */
export const isInstalled = (): boolean => existsSync(file('launcher')) && existsSync(file('settings'));

/** What is there that nobody here has put there. */
const foreign = (): string[] =>
  existsSync(home) ? readdirSync(home).filter((name) => !(Object.values(names) as string[]).includes(name)) : [];

/** Refuses to install over what is there. */
export function checkPlace(): void {
  const now = running();
  const way = `sysmon -c FILE changes its configuration, sysmon -u takes it away.`;
  if (now) cannot(`Sysmon is already installed in ${home}, and runs as process ${now.pid}. ${way}`);
  if (isInstalled())
    cannot(
      `Sysmon is already installed in ${home}, and does not run. ${way} ${isBooted() ? 'systemctl start sysmon' : `${file('launcher')} -i ${file('config')} -service`} starts it.`,
    );
  const others = foreign();
  if (others.length > 0)
    cannot(
      `${home} holds what this program did not put there (${others.slice(0, 3).join(', ')}${others.length > 3 ? ', …' : ''}): another Sysmon? Take that away first.`,
    );
  if (existsSync(home) && readdirSync(home).length > 0)
    cannot(`${home} holds what is left of an installation. sysmon -u force takes it away.`);
}

/** The first folder or file on the way to a program that somebody other than root may write. */
export function writableByOthers(path: string): string | undefined {
  for (let at = path; ; at = dirname(at)) {
    const { uid, mode } = statSync(at);
    if (uid !== 0 || ((mode & 0o022) !== 0 && (mode & 0o1000) === 0)) return at;
    if (at === '/') return undefined;
  }
}

/** A script of one line. `#!` with the path of a program, and not of env, so that the process has the script's name. */
const launcherText = (words: string): string => `#!${file('node')}
// Starts the command of the package beside it.
import(${JSON.stringify(join(home, names.package, 'dist/cli/main.js'))}).then(async ({ main }) => {
  process.exitCode = await main(${words});
});
`;

/** Makes everything in a folder that nobody knows yet. */
function fill(folder: string, settings: Settings, configuration: Uint8Array | undefined): void {
  const at = (name: keyof typeof names): string => join(folder, names[name]);
  symlinkSync(process.execPath, at('node'));
  copyPackage(at('package'));
  const words = { launcher: 'process.argv.slice(2)', view: "['view', ...process.argv.slice(2)]" };
  for (const name of launchers) {
    writeFileSync(at(name), launcherText(words[name]));
    chmodSync(at(name), 0o755);
  }
  writeFileSync(at('config'), copyText(configuration), { mode: secret });
  writeFileSync(at('settings'), settingsText(settings), { mode: secret });
  chmodSync(folder, 0o755);
}

/**
 * Installs and starts the service, and resolves when it captures. Whatever goes wrong, nothing stays; it rejects with
 * what it was.
 */
export async function install(settings: Settings, configuration: Uint8Array | undefined): Promise<void> {
  process.umask(0o022);
  let interrupted: NodeJS.Signals | undefined;
  const onSignal = (name: NodeJS.Signals): void => void (interrupted ??= name);
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
  mkdirSync(dirname(home), { recursive: true });
  const folder = mkdtempSync(join(dirname(home), '.sysmon-'));
  try {
    fill(folder, settings, configuration);
    renameSync(folder, home);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  try {
    if (isBooted()) startUnit();
    else await startDaemon();
    if (interrupted) cannot(`${interrupted} came while it was installed`);
  } catch (error) {
    const said = failureOf();
    await uninstall({ force: true, tell: () => undefined }).catch(() => undefined);
    throw said === undefined ? error : new SysmonError(said.code, said.message, { cause: error });
  }
}

/** What the service could not start for, as it has left it. */
function failureOf(): { code: SysmonError['code']; message: string } | undefined {
  try {
    return JSON.parse(readFileSync(`${file('status')}.failed`, 'utf8')) as ReturnType<typeof failureOf>;
  } catch {
    return undefined;
  }
}

/** Leaves word of what the service could not start for, to whoever installs it. */
export function leaveFailure(error: Error): void {
  const code = error instanceof SysmonError ? error.code : 'ERR_SYSMON_STATE';
  writeFileSync(`${file('status')}.failed`, JSON.stringify({ code, message: error.message }), { mode: secret });
}

/** A process of its own session that holds nothing of ours, its log apart. */
async function startDaemon(): Promise<void> {
  const log = openSync(file('log'), 'a', secret);
  const child = spawn(file('launcher'), ['-i', file('config'), '-service'], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
  });
  closeSync(log);
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  const started = until(() => {
    if (child.exitCode !== null || child.signalCode !== null) return 'ended' as const;
    const status = running();
    return status?.pid === child.pid && status?.state === 'running' ? status : undefined;
  }, startMs);
  const found = await Promise.race([started, failed]);
  if (found === 'ended') cannot(`the service has ended at once: ${lastLine(file('log'))}`);
  if (found === undefined) {
    child.kill('SIGKILL');
    cannot(`the service did not start within ${startMs / 1000} s: ${lastLine(file('log'))}`);
  }
  child.unref();
}

function lastLine(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim().split('\n').at(-1) || 'it said nothing';
  } catch {
    return 'it said nothing';
  }
}

/** Ends the service. With `force` by SIGKILL, if it does not end when it is asked to. */
async function stop(service: Status, force: boolean): Promise<void> {
  const gone = (): true | undefined => (isAlive(service) ? undefined : true);
  signal(service, 'SIGTERM');
  if (await until(gone, stopMs)) return;
  if (!force)
    cannot(`process ${service.pid} has not ended within ${stopMs / 1000} s. sysmon -u force ends it by SIGKILL.`);
  signal(service, 'SIGKILL');
  if (!(await until(gone, stopMs))) cannot(`process ${service.pid} does not end, not even by SIGKILL.`);
}

/**
 * Stops the service and removes all that was installed. With `force` also what is left of an installation, and by
 * SIGKILL. False: there was nothing.
 */
export async function uninstall({
  force,
  tell,
}: {
  readonly force: boolean;
  readonly tell: (text: string) => void;
}): Promise<boolean> {
  const unit = isBooted() && hasUnit();
  const there = isInstalled() || unit || (force && existsSync(home));
  if (unit)
    try {
      stopUnit();
    } catch (error) {
      if (!force) throw error;
      tell((error as Error).message);
    }
  const service = running();
  if (service) await stop(service, force);
  if (unit) removeUnit(tell);
  if (!there) return false;
  removeFiles(tell);
  return true;
}

/** Removes what was put there and nothing else. */
function removeFiles(tell: (text: string) => void): void {
  if (!existsSync(home)) return;
  for (const name of Object.values(names)) rmSync(join(home, name), { recursive: true, force: true });
  for (const more of ['status', 'settings', 'config'] as const) {
    rmSync(`${file(more)}.new`, { force: true });
    rmSync(`${file(more)}.failed`, { force: true });
  }
  try {
    rmdirSync(home);
  } catch {
    tell(`${home} stays: it holds what this program did not put there`);
  }
}
