/** `sysmon run -- COMMAND`: one command, with a sensor that sees it and what it makes. */
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { refuse, SysmonError } from '../base/errors.js';
import { printableJson } from '../base/printable.js';
import type { RunResult } from '../watch/run.js';
import { Run } from '../watch/run.js';
import { formatReport } from '../watch/table.js';
import { checkWatch } from '../watch/watch-options.js';
import { capturePlan, prepare } from './capture-plan.js';
import { codeOf, exitCode } from './exit-code.js';
import type { Given } from './given.js';
import { Output } from './output.js';
import { spoolFolder } from './spool-folder.js';
import { fileError } from '../sink/file-target.js';
import { pump } from '../sink/pump.js';
import type { EventStreams } from './streams.js';

const signals = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP'] as const;
const noticeMs = 1000;

/** Whether this process is of those that a terminal sends its signals to: then it has sent them to the command too. */
export function inForeground(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1');
    // After the name, which may hold anything: state, parent, group, session, terminal, group in its foreground.
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return group === foreground;
  } catch {
    return false;
  }
}

/** As a shell: what cannot be found, and what cannot be executed. */
export function spawnFailure(
  error: unknown,
  [file = '']: readonly string[],
  { stderr }: EventStreams,
): number | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall?.startsWith('spawn') !== true || code === 'EAGAIN' || code === 'ENOMEM') return undefined;
  const why = code === 'ENOENT' ? 'command not found' : `it cannot be executed (${code ?? 'unknown'})`;
  stderr.write(`sysmon: ${file}: ${why}\n`);
  return code === 'ENOENT' ? 127 : 126;
}

/** Where the report goes. It is opened before the command starts: a mistake is told at once. */
class ReportFile {
  readonly #path: string;
  readonly #fd: number;

  constructor(path: string, stdoutFd: number) {
    this.#path = path;
    try {
      this.#fd = path === '-' ? stdoutFd : openSync(path, 'w', 0o640);
    } catch (cause) {
      throw fileError(path, cause);
    }
  }

  write(result: RunResult): void {
    try {
      writeFileSync(this.#fd, `${printableJson(result, 2)}\n`);
      if (this.#path !== '-') closeSync(this.#fd);
    } catch (cause) {
      throw fileError(this.#path === '-' ? undefined : this.#path, cause);
    }
  }
}

/** What the flags say of a command; refuses what makes no sense with one. */
function checkFlags(given: Given): void {
  for (const name of ['scope-pid', 'scope-cgroup'])
    if (given.text(name) !== undefined) refuse(`--${name}: the command after -- is the scope. Leave one of them out.`);
  for (const name of ['duration', 'max-events'])
    if (given.text(name) !== undefined)
      refuse(`--${name}: the run ends with the command. To limit its time: sysmon run -- timeout 60 COMMAND.`);
  for (const name of ['output', 'report'])
    if (given.text(name) === '') refuse(`--${name}: it is empty. Give the path of a file, or - for standard output.`);
  if (given.text('output') === '-' && given.text('report') === '-')
    refuse('--output - and --report -: standard output is for one of them. Give the other a file.');
}

export async function watchCommand(given: Given, command: readonly string[], streams: EventStreams): Promise<number> {
  checkFlags(given);
  if (command.length === 0) refuse('--: no command follows. Give one, as in sysmon run -- ls -l.');
  if (command[0] === '') refuse('--: the command is empty, as a variable of a script is that is not set.');
  const { stderr } = streams;
  const [target, reportTo] = [given.text('output'), given.text('report')];
  const options = await prepare(capturePlan(given).options);
  const report = reportTo === undefined ? undefined : new ReportFile(reportTo, streams.stdoutFd);
  const output = target === undefined ? undefined : await Output.open(target, streams.stdoutFd, spoolFolder(given));
  // Standard output is the command's, but where it was given away: then the command writes to standard error.
  const stdout = target === '-' || reportTo === '-' ? 2 : 'inherit';
  const run = new Run(
    { command },
    checkWatch({ flushIntervalMs: 50, ...options, stdio: ['inherit', stdout, 'inherit'] }, true),
  );
  run.on('error', (error) => void stderr.write(`sysmon: ${error.message}\n`));

  let failure: Error | undefined;
  let written: Promise<void> | undefined;
  if (output !== undefined) {
    const { serializerFor } = await import('./formats.js');
    const serialize = await serializerFor(given, output, options.config, streams);
    output.tell(
      (error) => {
        failure = error;
        stderr.write(`sysmon: ${error.message}. The command goes on\n`);
      },
      (text) => void stderr.write(`sysmon: ${text}\n`),
    );
    run.on('loss', (loss) => void output.document(serialize, loss));
    const events = run.events({ onFull: 'block', highWaterMark: 256 });
    // It was told; what could not be written changes nothing about the command.
    written = pump(events, { serializer: serialize, sink: output }).catch(() => undefined);
  }

  let ended: (() => void) | undefined;
  const end = new Promise<void>((resolve) => (ended = resolve));
  let asked: NodeJS.Signals | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    const { child } = run;
    if (child?.exitCode === null && child.signalCode === null) {
      // What comes from the keyboard the command has got itself, and does with it what it likes.
      if (!(['SIGINT', 'SIGQUIT'].includes(signal) && inForeground())) child.kill(signal);
      return;
    }
    if (asked !== undefined) process.exit(128 + constants.signals[signal]);
    asked = signal;
    void run.stop();
  };
  for (const signal of signals) process.on(signal, onSignal);
  let notice: NodeJS.Timeout | undefined;
  try {
    await run.launch();
    run.child?.once('exit', () => {
      ended?.();
      const text = 'the command has ended, and processes that it left live on: the run ends with them, or with Ctrl-C';
      notice = setTimeout(() => void stderr.write(`sysmon: ${text}\n`), noticeMs);
    });
    const result = await run.done.catch(async (error: unknown) => {
      failure ??= error as Error;
      const without = report === undefined ? '' : ', and there is no report';
      stderr.write(`sysmon: the command goes on, nobody sees what it does${without}\n`);
      await end;
      return undefined;
    });
    clearTimeout(notice);
    await written;
    if (result !== undefined) {
      report?.write(result);
      if (!given.on('quiet')) stderr.write(`\nsysmon: ${ending(run)}: ${formatReport(result.report)}`);
    }
    if (given.on('stats')) stderr.write(`${printableJson(run.stats())}\n`);
  } catch (error) {
    const code = spawnFailure(error, command, streams);
    if (code !== undefined) return code;
    // Stopped before it had started is stopped as asked.
    if (asked !== undefined && error instanceof SysmonError && error.code === 'ERR_SYSMON_STATE')
      return 128 + constants.signals[asked];
    throw error;
  } finally {
    clearTimeout(notice);
    await output?.close().catch(() => undefined);
    for (const signal of signals) process.off(signal, onSignal);
  }
  const code = codeOfCommand(run);
  return code === exitCode.ok && failure !== undefined ? codeOf(failure) : code;
}

/** As a shell has it: 128 and the number of the signal that killed it. */
export function codeOfCommand({ child }: Run): number {
  if (child?.signalCode) return 128 + constants.signals[child.signalCode];
  return child?.exitCode ?? exitCode.failure;
}

function ending({ child }: Run): string {
  return child?.signalCode ? `killed by ${child.signalCode}` : `exit code ${child?.exitCode ?? '?'}`;
}
