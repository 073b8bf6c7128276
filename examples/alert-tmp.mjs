// Raises an alert when a program is run that lies in a folder that anybody may write to, or in no folder at all.
import { Sysmon } from '@org/sysmon';

const suspicious = ({ process: p }) =>
  p.memfd === true || p.deleted === true || /^\/(tmp|var\/tmp|dev\/shm)\//.test(p.image);

const sysmon = new Sysmon({
  events: ['ProcessCreate'],
  // Sees every event before any listener does; what it refuses goes no further.
  filter: (e) => e.type !== 'ProcessCreate' || suspicious(e),
});

sysmon.on('ProcessCreate', (e) => {
  const by = [...e.process.ancestors()].map((p) => p.image).join(' <- ');
  console.log(`ALERT ${e.data.User} ran ${e.data.Image} ${e.data.Hashes} as [${e.data.CommandLine}], started by ${by}`);
});

process.once('SIGINT', () => void sysmon.stop());
process.once('SIGTERM', () => void sysmon.stop());

await sysmon.start();
console.error('watching; Ctrl-C ends');
