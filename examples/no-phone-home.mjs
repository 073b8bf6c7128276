// Tests that a command does not phone home: runs it, and fails if it, or any program that it started, connected
// anywhere, sent a datagram or asked for a name. Run as root:
// node no-phone-home.mjs [--allow NETWORK]... COMMAND [ARG...]
// Exit code: that of the command; 99 if it connected, or if it cannot be said because something was lost.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { BlockList, isIPv6 } from 'node:net';
import { constants } from 'node:os';
import { Sysmon } from '@org/sysmon';

const args = process.argv.slice(2);
const allowed = new BlockList();
while (args[0] === '--allow' && args.length > 1) {
  const [network, bits] = args[1].split('/');
  const family = isIPv6(network) ? 'ipv6' : 'ipv4';
  allowed.addSubnet(network, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  args.splice(0, 2);
}
const [command, ...rest] = args;
if (command === undefined || command.startsWith('--')) {
  console.error('usage: node no-phone-home.mjs [--allow NETWORK]... COMMAND [ARG...]');
  process.exit(2);
}

const sysmon = new Sysmon({ events: ['ProcessCreate', 'NetworkConnect', 'DnsQuery'], hash: 'none' });
const seen = [];
let lost = 0;
sysmon.on('NetworkConnect', (e) => seen.push(e));
sysmon.on('DnsQuery', (e) => seen.push(e));
sysmon.on('loss', (loss) => (lost += loss.count));
// Also of the sensor: packets that it cannot see on this system, a switch that somebody turned (ID of the event).
sysmon.on('Error', (e) => {
  if (e.data.ID !== 'LOSS') console.error(`${e.data.ID}: ${e.data.Description}`);
  lost++;
});
await sysmon.start();

// The hooks are live: nothing that the command does comes too early. Its output goes through us, for so `close` waits
// for what it leaves in the background as well, unless that has closed its output.
const child = spawn(command, rest, { stdio: ['inherit', 'pipe', 'pipe'] });
child.stdout.pipe(process.stdout);
child.stderr.pipe(process.stderr);
const [code, signal] = await once(child, 'close').catch((error) => {
  console.error(error.message);
  return [127];
});
// Everything that was produced is delivered before this resolves.
await sysmon.stop();

/** The command itself, and whatever descends from it, orphans included: `parent` does not change with them. */
const isOurs = (p) => [p, ...p.ancestors()].some((a) => a.pid === child.pid && a.ppid === process.pid);
const said = seen.flatMap((e) => {
  if (e.process === undefined || !isOurs(e.process)) return [];
  if (e.type === 'DnsQuery') return [`${e.data.Image} asked for ${JSON.stringify(e.data.QueryName)}`];
  const { Initiated, DestinationIp, DestinationPort, Protocol, Image } = e.data;
  if (!Initiated || allowed.check(DestinationIp, isIPv6(DestinationIp) ? 'ipv6' : 'ipv4')) return [];
  return [`${Image} connected to ${DestinationIp} port ${DestinationPort} (${Protocol})`];
});
for (const line of said) console.error(line);
if (lost > 0) console.error('not everything was seen: nobody can say that it did not connect');
process.exitCode = said.length > 0 || lost > 0 ? 99 : (code ?? 128 + constants.signals[signal]);
