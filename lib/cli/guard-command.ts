/** `sysmon guard`: runs a command and tells what of it a policy or a baseline does not know. */
import { accessSync, constants, existsSync, fstatSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { refuse, SysmonError } from '../base/errors.js';
import { ConfigError } from '../config/findings.js';
import {
  Behaviour,
  endProcess,
  formatBaseline,
  Guard,
  guardedEvents,
  joinBaselines,
  loadPolicy,
} from '../guard/index.js';
import { newIn, parseBaseline, ScriptWatch, type Baseline, type Breach, type RunPlaces } from '../guard/index.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import { Run } from '../watch/run.js';
import { checkWatch } from '../watch/watch-options.js';
import { exitCode } from './exit-code.js';
import type { Given } from './given.js';
import { breachText, noveltyText, scriptText } from './guard-report.js';
import { fileError } from '../sink/file-target.js';
import type { EventStreams } from './streams.js';
import { codeOfCommand, inForeground, spawnFailure } from './watch-command.js';

/** What the command line asks for, read before anything runs. */
interface Plan {
  readonly command: readonly string[];
  readonly places: RunPlaces;
  readonly policy?: { readonly file: string; readonly guard: Guard };
  readonly baseline?: { readonly file: string; readonly known: Baseline | undefined; readonly update: boolean };
  /** What came of the process of a breach. */
  readonly ended: Map<Breach, string>;
}

function planOf(given: Given): Plan {
  const command = given.command ?? [];
  if (command.length === 0) refuse('guard: expected -- COMMAND, what is to be run.');
  const [policyFile, baselineFile] = ['policy', 'baseline'].map((name) => {
    const file = given.text(name);
    return file === '' ? refuse(`--${name}: it is empty. Give the path of a file.`) : file;
  });
  const update = given.on('update') ?? false;
  if (update && baselineFile === undefined) refuse('--update: it changes a baseline. Give --baseline FILE as well.');
  if (given.on('kill') && policyFile === undefined)
    refuse('--kill: it ends who breaks a policy. Give --policy FILE as well.');
  if (baselineFile !== undefined && (update || !existsSync(baselineFile))) checkBaselineFolder(baselineFile);
  const ended = new Map<Breach, string>();
  const onBreach = given.on('kill')
    ? (breach: Breach): void =>
        void ended.set(breach, breach.process ? endProcess(breach.process) : 'not ended: nobody knows who did it')
    : undefined;
  const project = realpathSync('.');
  return {
    command,
    places: { project, home: realHome(), temporary: temporaryFolders() },
    ...(policyFile !== undefined && {
      policy: {
        file: policyFile,
        guard: new Guard(
          inFile(policyFile, () => loadPolicy(policyFile, { project, home: realHome() })),
          { ...(onBreach && { onBreach }) },
        ),
      },
    }),
    ...(baselineFile !== undefined && {
      baseline: { file: baselineFile, known: inFile(baselineFile, () => readBaseline(baselineFile)), update },
    }),
    ended,
  };
}

const real = (path: string): string => (existsSync(path) ? realpathSync(path) : path);
const realHome = (): string => real(homedir());
const temporaryFolders = (): string[] => [...new Set([tmpdir(), '/tmp', '/var/tmp', '/dev/shm'].map(real))];

/** What is wrong in a file is said with its name. */
function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new SysmonError('ERR_SYSMON_CONFIG', `${file}:${error.message}`, { cause: error });
  }
}

/** Files that whoever calls has given as standard output and error: what the command says there is not its doing. */
function ownOutputs(): ReadonlySet<string> {
  return new Set([1, 2].flatMap((fd) => (fstatSync(fd).isFile() ? [readlinkSync(`/proc/self/fd/${fd}`)] : [])));
}

/** Undefined: it is not there yet. */
function readBaseline(file: string): Baseline | undefined {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new SysmonError('ERR_SYSMON_CONFIG', `cannot read the baseline ${file}: ${(cause as Error).message}`, {
      cause,
    });
  }
  return parseBaseline(text);
}

/** Whole or not at all: a baseline that was cut would say of everything that it is new. */
function writeBaseline(file: string, baseline: Baseline): void {
  const whole = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(whole, formatBaseline(baseline));
    renameSync(whole, file);
  } catch (cause) {
    rmSync(whole, { force: true });
    throw fileError(file, cause);
  }
}

/** A baseline that cannot be written is refused before the command runs: what it did would be lost. */
function checkBaselineFolder(file: string): void {
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch (cause) {
    throw fileError(file, cause);
  }
}

export async function guardCommand(given: Given, streams: EventStreams): Promise<number> {
  const plan = planOf(given);
  const { policy, baseline, places, ended } = plan;
  const say = (text: string): void => void (text !== '' && streams.stderr.write(text));
  const behaviour = baseline && new Behaviour();
  const scripts = new ScriptWatch(places.project);
  const outputs = ownOutputs();
  const onEvent = (event: SysmonEvent): void => {
    if ('TargetFilename' in event.data && outputs.has(event.data.TargetFilename)) return;
    policy?.guard.see(event);
    behaviour?.see(event);
    scripts.see(event);
  };
  const outcome = await runWatched(plan, given, onEvent, streams);
  if (typeof outcome === 'number') return outcome;
  const { code, unseen } = outcome;

  say(scriptText(scripts.reports(), scripts.left));
  const breaches = policy?.guard.breaches ?? [];
  if (policy) say(breachText(policy.file, breaches, policy.guard.more, ended));
  let broken = breaches.length > 0;
  if (unseen.length > 0)
    say(
      `sysmon guard: not everything was seen, so nobody can say what else was done\n${unseen.map((text) => `  ${text}\n`).join('')}`,
    );
  if (baseline && behaviour) broken = compared(baseline, behaviour, places, unseen.length > 0, say) || broken;
  if (broken) return exitCode.breach;
  return unseen.length > 0 && code === exitCode.ok ? exitCode.failure : code;
}

/** Compares with a baseline, writes it where that was asked for. True: there is something new that nobody accepted. */
function compared(
  { file, known, update }: NonNullable<Plan['baseline']>,
  behaviour: Behaviour,
  places: RunPlaces,
  lossy: boolean,
  say: (text: string) => void,
): boolean {
  if (behaviour.left > 0)
    throw new SysmonError(
      'ERR_SYSMON_STATE',
      `the command did more than a baseline holds: ${behaviour.left} things besides.`,
    );
  const lines = behaviour.lines(places);
  const news = known ? newIn(lines, known) : lines;
  if (known && !update) {
    say(noveltyText(file, news));
    if (news.length > 0) say(`sysmon guard: --update adds them to ${file}\n`);
    return news.length > 0;
  }
  if (lossy) {
    say(`sysmon guard: ${file} is left as it was, for this run was not seen whole\n`);
    return false;
  }
  const now = behaviour.baseline(places);
  if (known && news.length === 0) return false;
  if (known) say(noveltyText(file, news));
  writeBaseline(file, known ? joinBaselines(known, now) : now);
  say(`sysmon guard: ${file} ${known ? 'has them now' : `is made, of ${lines.length} things that the command did`}\n`);
  return false;
}

const passedOn = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP'] as const;

interface Outcome {
  /** What the command ended with. */
  readonly code: number;
  /** Why not everything was seen; empty: it was. */
  readonly unseen: readonly string[];
}

/** Runs the command. A number: it could not be started, and that is the code. */
async function runWatched(
  { command, policy }: Plan,
  given: Given,
  onEvent: (event: SysmonEvent) => void,
  streams: EventStreams,
): Promise<Outcome | number> {
  const { hashes = [], watchFiles } = policy?.guard.policy ?? {};
  const options = {
    events: [...guardedEvents, 'ProcessTerminate'],
    hash: hashes.length > 0 ? hashes : 'none',
    environment: 'npm',
    ...(watchFiles && { watchFiles }),
    // Who is to be ended should not have much time.
    ...(given.on('kill') && { flushIntervalMs: 1 }),
  };
  const run = new Run({ command }, checkWatch(options, true));
  run.on('event', onEvent);
  const failures: string[] = [];
  run.on('error', ({ message }) => failures.push(message));
  // The command has got itself what comes from the keyboard. Once it has ended, a signal ends the waiting for what it
  // left behind, which is judged as far as it was seen.
  const onSignal = (signal: NodeJS.Signals): void => {
    const { child } = run;
    if (child?.exitCode !== null || child.signalCode !== null) void run.stop();
    else if (!(signal === 'SIGINT' || signal === 'SIGQUIT') || !inForeground()) child.kill(signal);
  };
  for (const signal of passedOn) process.on(signal, onSignal);
  try {
    await run.launch();
    const { end, report } = await run.done;
    const losses = report.losses.map(
      ({ stage, eventType, count, unit }) => `${eventType}: ${count} ${unit ?? 'events'} lost (${stage})`,
    );
    const left = end === 'ended' ? [] : ['processes that the command left live on'];
    return { code: codeOfCommand(run), unseen: [...losses, ...report.troubles, ...failures, ...left] };
  } catch (error) {
    const code = spawnFailure(error, command, streams);
    if (code !== undefined) return code;
    throw error;
  } finally {
    for (const signal of passedOn) process.off(signal, onSignal);
  }
}
