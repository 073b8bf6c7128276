// A detection agent: the rules that come with the package and those of a file, judged together, and one line of JSON
// for each alert. Run as root: node detection-agent.mjs [rules.yml or Sysmon's XML]; ends with Ctrl-C.
import { fileURLToPath } from 'node:url';
import { Sysmon } from '@org/sysmon';
import { loadConfig } from '@org/sysmon/config';

const own = process.argv[2] ?? fileURLToPath(new URL('detection-agent.yml', import.meta.url));
const starter = loadConfig('starter');

// Rule sets are plain data. Groups that only include can be put together; where one excludes, see "How a rule set
// decides" in docs/configuration.md.
const sysmon = new Sysmon({ config: { ...starter, groups: [...starter.groups, ...loadConfig(own).groups] } });

sysmon.on('event', (event) => {
  // Only what a rule names is an alert: what comes because nothing excludes it, as reads of raw disks, is none.
  if (event.rules === undefined) return;
  const alert = {
    time: event.time,
    host: event.host,
    severity: event.rules.find((rule) => rule.tags.severity)?.tags.severity ?? 'unrated',
    techniques: event.techniques.filter((t) => t.source === 'rule').map((t) => `${t.id} ${t.name}`),
    rules: event.rules.map((rule) => rule.name),
    type: event.type,
    data: event.data,
    // Who is behind it: the line of programs that led to it, nearest first.
    ancestors: [...(event.process?.ancestors() ?? [])].map((p) => `${p.image} (${p.user})`),
  };
  console.log(JSON.stringify(alert));
});
// What is lost may have been what an alert is for.
sysmon.on('loss', (loss) => console.error(`lost ${loss.count} ${loss.eventType} (${loss.stage})`));
sysmon.on('error', (error) => console.error(error.message));

process.once('SIGINT', () => void sysmon.stop());
process.once('SIGTERM', () => void sysmon.stop());

await sysmon.start();
console.error('watching; Ctrl-C ends');
