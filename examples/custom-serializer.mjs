// A serializer is a function: this one makes CEF, which many older log managers take. Plays a recording that `sysmon
// record` made: node examples/custom-serializer.mjs events.ndjson
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

const replay = new Replay(process.argv[2] ?? process.stdin);
replay.on('event', (event) => console.log(cef(event)));
await replay.start();
await replay.done;
