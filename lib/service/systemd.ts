/** systemd, where it runs: the unit of the service, and the calls of systemctl. */
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { file } from './files.js';
import { replaceFile } from './files.js';

const unit = 'sysmon.service';
export const unitFile = `/etc/systemd/system/${unit}`;

/** Whether systemd is what started this system; that it is installed says nothing. */
export const isBooted = (): boolean => existsSync('/run/systemd/system');

/**
 * What the service may not do is what it never does: it loads programs into the kernel, reads files and processes of
 * everybody, and writes into its own folder and that of the archive, which may be anywhere. Node makes machine code at
 * run time, so that MemoryDenyWriteExecute cannot be, and it must see what others see: no folders of its own.
 */
const unitText = (): string => `[Unit]
Description=Security events of the kernel, as lines of Sysmon in the system log
After=systemd-journald.socket

[Service]
Type=notify
NotifyAccess=main
ExecStart=${file('launcher')} -i ${file('config')} -service
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=1
TimeoutStartSec=120
TimeoutStopSec=30
WatchdogSec=60
OOMScoreAdjust=-500
LimitMEMLOCK=infinity
UMask=0077
CapabilityBoundingSet=CAP_BPF CAP_PERFMON CAP_SYS_ADMIN CAP_SYS_RESOURCE CAP_NET_ADMIN CAP_SYS_PTRACE CAP_DAC_READ_SEARCH CAP_DAC_OVERRIDE CAP_CHOWN CAP_FOWNER
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
RestrictAddressFamilies=AF_UNIX AF_NETLINK AF_INET AF_INET6

[Install]
WantedBy=multi-user.target
`;

/** Calls systemctl; throws with what it said. */
function systemctl(...words: string[]): void {
  try {
    execFileSync('systemctl', words, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr?.trim();
    throw new Error(`systemctl ${words.join(' ')} failed: ${said || (cause as Error).message}`, { cause });
  }
}

/** Starts it, now and at each start of the system. Returns when it has said that it runs. */
export function startUnit(): void {
  replaceFile(unitFile, unitText(), 0o644);
  systemctl('daemon-reload');
  systemctl('enable', '--quiet', unit);
  systemctl('start', unit);
}

/** The unit of this service is there. */
export const hasUnit = (): boolean => existsSync(unitFile);

export const stopUnit = (): void => systemctl('stop', unit);

/** Takes the unit away. What systemd says to it is told, and does not keep the file. */
export function removeUnit(tell: (text: string) => void): void {
  for (const words of [
    ['disable', '--quiet', '--now', unit],
    ['reset-failed', unit],
  ])
    try {
      systemctl(...words);
    } catch (error) {
      if (words[0] === 'disable') tell((error as Error).message);
    }
  rmSync(unitFile, { force: true });
  systemctl('daemon-reload');
}
