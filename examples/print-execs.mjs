// Prints every program that is executed, with the one that started it. Run as root; ends with Ctrl-C.
import { Sysmon } from '@org/sysmon';

const sysmon = new Sysmon({ events: ['ProcessCreate'] });

sysmon.on('ProcessCreate', (e) => {
  console.log(
    `${e.time} ${e.data.User} ${e.data.Image} [${e.data.CommandLine}] <- ${e.process.parent?.image ?? 'unknown'}`,
  );
});
sysmon.on('loss', (l) => console.error(`lost ${l.count} ${l.eventType} (${l.stage})`));

process.once('SIGINT', () => void sysmon.stop());
process.once('SIGTERM', () => void sysmon.stop());

await sysmon.start();
console.error('watching; Ctrl-C ends');
