// A serializer is a function, and so is a filter. This one makes CEF, which many older log managers take, of a
// recording that `sysmon record` made, or of what happens now (as root):
// node examples/custom-serializer.mjs [events.ndjson | -]
import { Sysmon } from '@org/sysmon';
import { byType, dedupe } from '@org/sysmon/filters';
import { Replay } from '@org/sysmon/replay';
import { isLoss } from '@org/sysmon/serializers';

const inHeader = (text) =>
  String(text)
    .replace(/[\\|]/g, '\\$&')
    .replace(/[\r\n]+/g, ' ');
const inExtension = (text) => String(text).replace(/[\\=]/g, '\\$&').replace(/\r/g, '\\r').replace(/\n/g, '\\n');

/** @type {import('@org/sysmon/serializers').Serializer<string>} */
export function cef(event) {
  // Nothing to say of it: nothing is written.
  if (isLoss(event)) return '';
  const { data, process } = event;
  const extension = {
    rt: Date.parse(event.time),
    dvchost: event.host,
    externalId: event.recordId,
    dpid: process?.pid,
    dproc: process?.image,
    duser: data.User,
    fname: data.TargetFilename,
    src: data.SourceIp,
    dst: data.DestinationIp,
    msg: data.CommandLine,
  };
  const pairs = Object.entries(extension).filter(([, value]) => value !== undefined && value !== '-');
  return `CEF:0|org|sysmon|1|${event.id}|${inHeader(event.type)}|3|${pairs.map(([key, value]) => `${key}=${inExtension(value)}`).join(' ')}`;
}

// An event must pass all of them, and those that it does not pass reach no listener.
const filter = [
  byType({ ProcessTerminate: false }),
  // The same command of the same user again and again, as of a monitor, counts once a minute: by the time of the
  // events, so that it holds for a recording too.
  dedupe({
    key: (e) => (e.type === 'ProcessCreate' ? `${e.data.User} ${e.data.CommandLine}` : `event ${e.recordId}`),
    windowMs: 60_000,
    now: (e) => Date.parse(e.time),
  }),
];

const file = process.argv[2];
const source =
  file === undefined ? new Sysmon({ filter }) : new Replay(file === '-' ? process.stdin : file, { filter });
source.on('event', (event) => console.log(cef(event)));
process.once('SIGINT', () => void source.stop());
process.once('SIGTERM', () => void source.stop());
await source.start();
if (source instanceof Replay) await source.done;
else console.error('watching; Ctrl-C ends');
