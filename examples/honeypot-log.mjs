// The log of a honeypot: who came in by ssh, what they ran, where that connected to and which files it made.
// node honeypot-log.mjs; run as root; ends with Ctrl-C.
import { Sysmon } from '@org/sysmon';

const sysmon = new Sysmon({ events: ['ProcessCreate', 'ProcessTerminate', 'NetworkConnect', 'FileCreate'] });

// Whole paths, for a guest may call a program of his own sshd.
const servers = new Set(['/usr/sbin/sshd', '/usr/lib/openssh/sshd-session', '/usr/libexec/openssh/sshd-session']);
const isServer = (p) => servers.has(p.image);
// By the session's first process, which stays the same when it executes another program.
const sessions = new Map();
const keyOf = (p) => `${p.pid} ${p.startTime}`;
let count = 0;

/** The session that a process belongs to: that of the last process on the way up to the server of ssh. */
function sessionOf(p) {
  if (p === undefined || isServer(p)) return undefined;
  let first = p;
  while (first.parent !== undefined && !isServer(first.parent)) first = first.parent;
  return first.parent === undefined ? undefined : (sessions.get(keyOf(first)) ?? open(first));
}

function open(first) {
  // What sshd gave the shell at its start; what the guest sets afterwards does not count.
  const from = first.env.SSH_CONNECTION;
  if (from === undefined) return undefined; // the server's own helpers
  const [address, port] = from.split(' ');
  const session = { id: ++count, begun: Date.parse(first.startTime), programs: 0 };
  sessions.set(keyOf(first), session);
  const terminal = first.tty === undefined ? '' : ` on ${first.tty}`;
  log(session, first.startTime, `opened by ${first.user} from ${address} port ${port}${terminal}`);
  return session;
}

const log = (session, time, text) =>
  console.log(`#${session.id} +${((Date.parse(time) - session.begun) / 1000).toFixed(1)}s ${text}`);
// What a guest types is written as JSON: it may hold anything, and the log is read at a terminal.
const shown = (text) => JSON.stringify(text);

sysmon.on('ProcessCreate', (e) => {
  const session = sessionOf(e.process);
  if (session === undefined) return;
  session.programs++;
  log(session, e.time, `ran ${shown(e.data.CommandLine)} ${e.data.Image} ${e.data.Hashes}`);
});
sysmon.on('NetworkConnect', (e) => {
  const session = sessionOf(e.process);
  if (session === undefined || !e.data.Initiated) return;
  const failed = e.extra.errno === undefined ? '' : ` (failed: ${e.extra.errno})`;
  log(session, e.time, `connected to ${e.data.DestinationIp} port ${e.data.DestinationPort}${failed}`);
});
sysmon.on('FileCreate', (e) => {
  const session = sessionOf(e.process);
  if (session !== undefined) log(session, e.time, `made ${shown(e.data.TargetFilename)} ${e.extra.hashes ?? '-'}`);
});
sysmon.on('ProcessTerminate', (e) => {
  // Of its first process: what that left running in the background still belongs to the session.
  const session = sessions.get(keyOf(e.process));
  if (session !== undefined) log(session, e.time, `closed after ${session.programs} programs`);
});
sysmon.on('loss', (loss) => console.error(`lost ${loss.count} ${loss.eventType} (${loss.stage})`));

process.once('SIGINT', () => void sysmon.stop());
process.once('SIGTERM', () => void sysmon.stop());

await sysmon.start();
console.error('watching; Ctrl-C ends');
