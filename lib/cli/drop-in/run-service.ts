/** `-service`: what systemd starts, or `-i` where there is none. */
import { closeSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { SysmonError } from '../../base/errors.js';
import { home } from '../../service/files.js';
import { isInstalled, leaveFailure } from '../../service/install.js';
import { Manager } from '../../service/manager.js';
import { running } from '../../service/running.js';
import { Service } from '../../service/service.js';
import { openSyslog } from '../../sink/index.js';
import { exitCode } from '../exit-code.js';
import type { CommandStreams } from '../streams.js';

/** Later versions of node name their first thread, and with it the process. */
function keepName(): void {
  if (readFileSync('/proc/self/comm', 'utf8').trim() !== 'sysmon') writeFileSync('/proc/self/comm', 'sysmon');
}

const closeOnExec = 0o2000000;

/**
 * Lets go of what it was handed by whoever installed it, and what that was handed: who waits for the end of a pipe
 * would wait as long as the service runs. What node opens is closed when a program is executed, so none of that is.
 */
function letGo(): void {
  for (const fd of readdirSync('/proc/self/fd').map(Number))
    try {
      const [, flags] = /flags:\s*(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1')) ?? [];
      if (fd > 2 && flags !== undefined && !(parseInt(flags, 8) & closeOnExec)) closeSync(fd);
    } catch {
      // It is the one by which the list was read.
    }
}

export async function runService({ stderr }: CommandStreams): Promise<number> {
  if (!isInstalled())
    throw new SysmonError('ERR_SYSMON_STATE', `-service: there is no service in ${home}. Install it: sysmon -i FILE.`);
  const other = running();
  if (other !== undefined)
    throw new SysmonError('ERR_SYSMON_STATE', `-service: the service runs already, as process ${other.pid}.`);
  letGo();
  keepName();
  process.umask(0o077);
  const tell = (text: string): void => void stderr.write(`sysmon: ${text}\n`);
  // Whoever reads the log of the system is soon back when he is started anew.
  const sink = await openSyslog('syslog:', { lingerMs: 20, maxRetryMs: 1000, closeTimeoutMs: 2000 });
  sink.onNotice = tell;
  sink.onLoss = ({ cause, count, reason }) =>
    tell(`lost: ${count} lines, ${cause}${reason === undefined ? '' : `: ${reason}`}`);
  let service: Service | undefined;
  let ended: Error | undefined;
  sink.onError = (error) => {
    ended ??= error;
    service?.stop();
  };
  try {
    service = new Service({ sink, tell, manager: new Manager(tell) });
    await service.run();
    if (ended) throw ended;
  } catch (error) {
    if (service === undefined) await sink.close().catch(() => undefined);
    leaveFailure(error as Error);
    throw error;
  }
  return exitCode.ok;
}
