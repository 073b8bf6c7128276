// Events as an async iterator that an AbortSignal ends: the first argument is how many seconds to watch.
import { Sysmon } from '@org/sysmon';

const seconds = Number(process.argv[2] ?? 10);
const signal = AbortSignal.timeout(seconds * 1000);

const sysmon = new Sysmon({ hash: 'none' });
const events = sysmon.events({ types: ['ProcessCreate', 'ProcessTerminate'], signal });
await sysmon.start();
console.error(`watching for ${seconds} s`);

const running = new Map();
try {
  for await (const event of events) {
    const { strongId, image } = event.process;
    if (event.type === 'ProcessCreate') running.set(strongId, Date.parse(event.time));
    const begun = running.get(strongId);
    if (event.type === 'ProcessTerminate' && begun !== undefined) {
      console.log(
        `${image} ran for ${Date.parse(event.time) - begun} ms, ${event.extra.signal ? `signal ${event.extra.signal}` : `exit ${event.extra.exitCode}`}`,
      );
      running.delete(strongId);
    }
  }
} catch (error) {
  if (error !== signal.reason) throw error;
}
await sysmon.stop();
