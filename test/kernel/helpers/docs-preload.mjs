// Loaded before a block of a page (node --import): says on standard error that its sensors run, and ends them at
// SIGTERM.
import { Sysmon } from '@org/sysmon';

const sensors = new Set();
const { start } = Sysmon.prototype;
Sysmon.prototype.start = async function (...args) {
  await start.apply(this, args);
  sensors.add(this);
  process.stderr.write('started\n');
};
process.once('SIGTERM', () => {
  const stopped = [...sensors].map((sensor) => sensor.stop());
  // A timer of the block may keep the program, and is heard once more.
  void Promise.all(stopped).then(() => setTimeout(() => process.exit(), 1000).unref());
});
