/** `sysmon -i`, `-c`, `-u`, `-s`: what Sysmon for Linux is called with, and what it says. */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { refuse, SysmonError } from '../../base/errors.js';
import { printable } from '../../base/printable.js';
import { version } from '../../base/version.gen.js';
import { Findings, type Diagnostic } from '../../config/findings.js';
import { dump } from '../../config/index.js';
import { checkPlace, install, isInstalled, uninstall, writableByOthers } from '../../service/install.js';
import { file } from '../../service/files.js';
import { lastStatus, running, signal, until } from '../../service/running.js';
import { readCopy, readRules, readSettings, replaceSettings, type Settings } from '../../service/settings.js';
import { isBooted } from '../../service/systemd.js';
import { exitCode } from '../exit-code.js';
import type { CommandStreams } from '../streams.js';
import { textWidth } from '../wrap.js';
import { configurationHelp, switchHelp } from './help.js';
import { loadingText, peerError, peerUnreadable, validated, versionOf } from './peer-words.js';
import { manifestText } from './manifest-text.js';
import { deedOf, readSwitches, type Switches } from './switches.js';

const takeMs = 60_000; // for a running service to take another configuration

/** Runs a command line of switches. Gives the exit code; throws SysmonError. */
export async function dropIn(words: readonly string[], streams: CommandStreams): Promise<number> {
  const [first = '', second] = words;
  const width = textWidth(streams.stdout.columns?.());
  if (/^-(\?|h|help)$/i.test(first)) {
    const config = /^config(uration)?$/i.test(second ?? '');
    streams.stdout.write(config ? configurationHelp(width) : switchHelp(width));
    return exitCode.ok;
  }
  const given = readSwitches(words);
  const deed = deedOf(given);
  if (given.has('t') && !/^(verbose)?$/i.test(given.get('t') ?? '')) refuse('-t: it takes nothing, or verbose.');
  // A schema is read by programs.
  if (!given.has('nologo') && !given.has('service') && deed !== 's')
    streams.stdout.write(`sysmon ${version}, of @org/sysmon\n\n`);
  switch (deed) {
    case 's':
      streams.stdout.write(manifestText(given.get('s')));
      return exitCode.ok;
    case 'u':
      return takeAway(given, streams);
    case 'i':
      if (given.has('service')) return (await import('./run-service.js')).runService(streams);
      return putIn(words, given, streams);
    case 'c':
      return change(words, given, streams);
  }
}

function checkRoot(): void {
  if (process.geteuid?.() !== 0)
    throw new SysmonError('ERR_SYSMON_PERMISSION', 'You need to run Sysmon as root.', { operation: 'install' });
}

/** What the switches say beside what is to be done. */
function settingsOf(words: readonly string[], given: Switches, path: string | undefined): Omit<Settings, 'revision'> {
  const options: Record<string, string> = {};
  for (const [name, option] of [
    ['h', 'HashAlgorithms'],
    ['n', 'NetworkConnect'],
    ['l', 'ImageLoad'],
  ] as const) {
    const value = given.get(name);
    if (value !== undefined) options[option] = value;
  }
  const btf = given.get('btf');
  if (btf !== undefined)
    try {
      accessSync(btf, constants.R_OK);
    } catch (cause) {
      refuse(`-btf: ${(cause as Error).message}`);
    }
  return {
    commandLine: ['sysmon', ...words].join(' '),
    options,
    ...(path !== undefined && { configuration: resolve(path) }),
    ...(given.has('-') && { defaults: true as const }),
    ...(btf !== undefined && { btfPath: resolve(btf) }),
    ...(given.has('t') && { debug: true as const }),
  };
}

/** The bytes of a configuration; says in Sysmon's words that there are none. */
function readFileOf(path: string, streams: CommandStreams): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    // As the system itself puts it.
    const said =
      /^\w+: ([^,]+)/.exec((cause as Error).message)?.[1].replace(/^./, (c) => c.toUpperCase()) ?? String(cause);
    streams.stdout.write(printable(`${peerUnreadable(path, said)}\n`));
    throw new SysmonError('ERR_SYSMON_CONFIG', `cannot read the configuration ${path}: ${said}`, { cause });
  }
}

/** Reads and checks what it is to run by. Says it in Sysmon's words, and where it is wrong in ours. */
function check(
  settings: Omit<Settings, 'revision'>,
  path: string | undefined,
  streams: CommandStreams,
): Buffer | undefined {
  const findings = new Findings();
  const bytes = path === undefined ? undefined : readFileOf(path, streams);
  const text = bytes?.toString('latin1').replaceAll('\0', '') ?? '';
  const named = versionOf(text);
  if (path !== undefined && named !== undefined) streams.stdout.write(loadingText(named));
  const rules = readRules(settings, bytes, findings);
  const where = path ?? 'command line';
  const place = (d: Diagnostic): string => `${where}:${d.line}:${d.column}: ${d.severity}: ${d.message} [${d.code}]\n`;
  for (const d of findings.inOrder) streams.stderr.write(place(d));
  if (rules === undefined) {
    for (const words of new Set(findings.errors.map((d) => peerError(d, where, text))))
      streams.stdout.write(printable(`${words}\n`));
    const count = findings.errors.length;
    throw new SysmonError(
      'ERR_SYSMON_CONFIG',
      `${where} cannot be used: ${count === 1 ? 'one error' : `${count} errors`}.`,
    );
  }
  if (path !== undefined) streams.stdout.write(validated);
  return bytes;
}

/** `-i` */
async function putIn(words: readonly string[], given: Switches, streams: CommandStreams): Promise<number> {
  const path = given.get('i');
  const settings = settingsOf(words, given, path);
  const bytes = check(settings, path, streams);
  checkRoot();
  checkPlace();
  const open = writableByOthers(process.execPath);
  if (open !== undefined)
    streams.stderr.write(
      `sysmon: warning: others than root can change ${open}, and with it the program that the service runs. Install Node.js where only root writes.\n`,
    );
  await install({ revision: 1, ...settings }, bytes);
  streams.stdout.write('Sysmon installed.\nSysmon started.\n');
  if (!existsSync('/dev/log'))
    streams.stderr.write(
      'sysmon: warning: there is no /dev/log, by which events reach the system log: nobody takes them until a daemon of syslog is started. Some 16 MiB of them wait, older ones are lost.\n',
    );
  if (!isBooted())
    streams.stdout.write(
      `There is no systemd here: it runs until the system ends. At its start call: ${file('launcher')} -i ${file('config')} -service\n`,
    );
  return exitCode.ok;
}

/** `-c` */
async function change(words: readonly string[], given: Switches, streams: CommandStreams): Promise<number> {
  const path = given.get('c');
  const more = ['h', 'n', 'l', 'k', 'dns', 'btf'] as const;
  const settings = settingsOf(words, given, path);
  const specific = path !== undefined || more.some((name) => given.has(name));
  if (given.has('-') && specific) refuse('Cannot use specific settings with enforcing defaults.');
  if (!given.has('-') && !specific) {
    checkRoot();
    return show(streams);
  }
  const bytes = check(settings, path, streams);
  checkRoot();
  checkInstalled();
  if (given.has('-')) streams.stdout.write('Updating configuration to use all defaults.\n');
  const before = readSettings();
  const copy = readCopy(before);
  const revision = before.revision + 1;
  replaceSettings({ revision, ...settings }, bytes);
  try {
    await take(revision);
  } catch (error) {
    replaceSettings({ ...before, revision: revision + 1 }, copy);
    throw error;
  }
  streams.stdout.write('Configuration updated.\n');
  return exitCode.ok;
}

function checkInstalled(): void {
  if (!isInstalled()) throw new SysmonError('ERR_SYSMON_STATE', 'Sysmon is not installed. Install it: sysmon -i FILE.');
}

/** Has the service take what was set, and waits until it has. One that does not run takes it when it starts. */
async function take(revision: number): Promise<void> {
  const service = running();
  if (service === undefined || !signal(service, 'SIGHUP'))
    throw new SysmonError(
      'ERR_SYSMON_STATE',
      `Sysmon is not running. Start it: ${isBooted() ? 'systemctl start sysmon' : `${file('launcher')} -i ${file('config')} -service`}.`,
    );
  const status = await until(() => {
    const now = running();
    if (now === undefined) return lastStatus() ?? 'ended';
    const taken = now.revision === revision && now.state === 'running';
    return taken || now.refused?.revision === revision ? now : undefined;
  }, takeMs);
  if (status === undefined)
    throw new SysmonError(
      'ERR_SYSMON_TIMEOUT',
      `the service has not taken the configuration within ${takeMs / 1000} s.`,
    );
  if (status === 'ended' || running() === undefined)
    throw new SysmonError('ERR_SYSMON_STATE', 'the service has ended while it took the configuration.');
  if (status.revision !== revision)
    throw new SysmonError('ERR_SYSMON_CONFIG', `the service keeps its configuration: ${status.refused?.reason}`);
}

/** Bare `-c` */
function show(streams: CommandStreams): number {
  if (running() === undefined) {
    streams.stdout.write('Sysmon is not running\n');
    return exitCode.failure;
  }
  const settings = readSettings();
  const findings = new Findings();
  const rules = readRules(settings, readCopy(settings), findings);
  if (rules === undefined)
    throw new SysmonError(
      'ERR_SYSMON_CONFIG',
      `${file('config')} was changed since, and cannot be used: ${findings.errors[0]?.message}`,
    );
  const sizes = rules.ruleSet.options.find(({ name }) => name === 'FieldSizes');
  if (sizes) streams.stdout.write(`${' - Field Sizes:'.padEnd(34)}${sizes.value}\n`);
  const none = rules.ruleSet.groups.every(({ nodes }) => nodes.length === 0);
  streams.stdout.write(printable(none ? '\nNo rules installed\n' : `\n${dump(rules.ruleSet)}\n`));
  return exitCode.ok;
}

/** `-u` */
async function takeAway(given: Switches, streams: CommandStreams): Promise<number> {
  const how = given.get('u');
  if (how !== undefined && how.toLowerCase() !== 'force')
    refuse(`Invalid option for -u: '${how}'. It takes nothing, or force.`);
  checkRoot();
  const force = how !== undefined;
  const tell = (text: string): void => void streams.stderr.write(`sysmon: ${text}\n`);
  const done = await uninstall({ force, tell });
  if (!done && !force) throw new SysmonError('ERR_SYSMON_STATE', 'Sysmon is not installed.');
  streams.stdout.write(done ? 'Sysmon stopped.\nSysmon removed.\n' : 'Sysmon is not installed: nothing to remove.\n');
  return exitCode.ok;
}
