/**
 * `@org/sysmon/sinks`: where documents go.
 *
 * @module sinks
 */
export { Documents } from './line-documents.js';
export { DocumentWriter, type DocumentMaker } from './document-writer.js';
export type { FileSinkOptions } from './file-options.js';
export { FileSink } from './file-sink.js';
export { pump, type PumpOptions } from './pump.js';
export type { Compression, Retention } from './rotated-files.js';
export { SinkError, type Sink, type SinkLoss, type SinkStats } from './sink.js';
export { openHttp, type HttpSinkOptions, type TlsOptions } from './http-sinks.js';
export type { RemoteOptions, SpoolOptions } from './remote-options.js';
export type { RemoteSink } from './remote-sink.js';
export { openJournal, openSyslog, type JournalSinkOptions, type SyslogSinkOptions } from './syslog-sinks.js';
export { openSink, sinkSchemes, type OpenSinkOptions } from './open-sink.js';
export { openUnix, type UnixSink, type UnixSinkOptions } from './unix-sink.js';
