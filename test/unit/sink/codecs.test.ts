/** What Elasticsearch, Splunk and OTLP are sent, and what is made of their answers. */
import { hostname } from 'node:os';
import { gunzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { Documents, openHttp, openSink } from '../../../lib/sink/index.js';
import { listen, Receiver } from './receiver.js';

const quick = { lingerMs: 5, retryMs: 5, maxRetryMs: 20, closeTimeoutMs: 20_000 };
const event = (n: number): string =>
  JSON.stringify({
    type: 'ProcessCreate',
    id: 1,
    recordId: n,
    time: '2026-01-02T03:04:05.678901Z',
    data: { Image: '/bin/ls' },
    process: { pid: 7, image: '/bin/ls', user: 'root' },
  });

test('Elasticsearch: only what failed is sent again, what is refused is told', async () => {
  const statuses = [
    [201, 429, 400, 201],
    [409], // of the one that is sent again
  ];
  const receiver = await Receiver.start((_, response, count) => {
    const items = statuses[count - 1].map((status) => ({
      create: { status, ...(status >= 400 && { error: { type: `t${status}`, reason: 'why' } }) },
    }));
    response.end(JSON.stringify({ errors: true, items }));
  });
  const sink = await openSink(`elastic+http://u:p%40@127.0.0.1:${receiver.port}/index?lingerMs=5&retryMs=5`);
  const losses: unknown[] = [];
  sink.onLoss = (loss) => void losses.push(loss);
  await sink.write(Documents.of([event(1), event(2), '<xml/>', event(4)]));
  await sink.close();
  const [first, second] = receiver.requests;
  expect([receiver.requests.length, first.url]).toEqual([2, '/index/_bulk']);
  expect(first.headers.authorization).toBe(`Basic ${Buffer.from('u:p@').toString('base64')}`);
  const id = (n: number): string => `{"create":{"_id":"${String(first.headers['sysmon-source'])}-${n}"}}`;
  expect(first.lines).toEqual([id(1), event(1), id(2), event(2), id(3), '{"message":"<xml/>"}', id(4), event(4)]);
  expect(second.lines).toEqual([id(2), event(2)]);
  expect(losses).toEqual([{ cause: 'refused', count: 1, first: 3, last: 3, reason: 'status 400: t400 why' }]);
  expect(sink.stats()).toMatchObject({ acknowledged: 3, lost: { refused: 1 } });
});

test.each<[string, 'elastic' | 'splunk' | 'otlp', string]>([
  ['a page of a proxy', 'elastic', '<html>Welcome</html>'],
  ['an answer about fewer documents', 'elastic', '{"errors":false,"items":[]}'],
  ['a page of a proxy', 'splunk', '<html>Welcome</html>'],
  ['another code than success', 'splunk', '{"text":"Server is busy","code":9}'],
  ['a page of a proxy', 'otlp', '<html>Welcome</html>'],
])('%s with status 200 is no acknowledgement of %s', async (_, format, lie) => {
  const receiver = await Receiver.start((_request, response, count) =>
    response.end(
      count < 3 ? lie : { elastic: '{"items":[{"create":{"status":201}}]}', splunk: '{"code":0}', otlp: '{}' }[format],
    ),
  );
  const sink = await openHttp(receiver.url, { ...quick, format });
  const { losses, said } = listen(sink);
  await sink.write(Documents.of([event(1)]));
  await sink.close();
  expect(sink.stats()).toMatchObject({ acknowledged: 1, retries: 2 });
  expect([receiver.requests.length, losses]).toEqual([3, []]);
  expect(said).toHaveLength(2); // that it fails, and that it goes again
});

test('Splunk: each document with time, host, source and number', async () => {
  const receiver = await Receiver.start((_, response) => response.end('{"text":"Success","code":0}'));
  const sink = await openSink(`splunk+http://127.0.0.1:${receiver.port}/?lingerMs=5&compress=gzip`);
  await sink.write(Documents.of([event(1), 'a line "of text"']));
  await sink.close();
  const [{ url, body, headers }] = receiver.requests;
  expect([url, headers['content-encoding']]).toEqual(['/services/collector/event', 'gzip']);
  const source = headers['sysmon-source'];
  const common = (n: number): object => ({
    host: hostname(),
    sourcetype: 'sysmon',
    fields: { sysmon_source: source, sysmon_sequence: n },
  });
  const documents = gunzipSync(body)
    .toString()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(documents).toEqual([
    { time: Date.parse('2026-01-02T03:04:05.678Z') / 1000, event: JSON.parse(event(1)) as unknown, ...common(1) },
    { event: 'a line "of text"', ...common(2) },
  ]);
});

test('OTLP: records with time to the nanosecond and attributes; what is rejected is counted', async () => {
  const receiver = await Receiver.start((_, response) =>
    response.end('{"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"no room"}}'),
  );
  const sink = await openSink(`otlp+http://127.0.0.1:${receiver.port}?lingerMs=5`);
  const losses: unknown[] = [];
  sink.onLoss = (loss) => void losses.push(loss);
  await sink.write(Documents.of([event(5), 'text']));
  await vi.waitUntil(() => losses.length > 0, 20_000);
  await sink.close();
  const [{ url, body }] = receiver.requests;
  expect(url).toBe('/v1/logs');
  const sent = JSON.parse(body.toString()) as {
    resourceLogs: [{ scopeLogs: [{ logRecords: { attributes: { key: string; value: object }[] }[] }] }];
  };
  const [record, plain] = sent.resourceLogs[0].scopeLogs[0].logRecords;
  expect(record).toMatchObject({
    timeUnixNano: `${Date.parse('2026-01-02T03:04:05Z') / 1000}678901000`,
    severityNumber: 9,
    eventName: 'sysmon.ProcessCreate',
    body: { stringValue: event(5) },
  });
  const attributes = Object.fromEntries(record.attributes.map(({ key, value }) => [key, value]));
  expect(attributes).toMatchObject({
    'sysmon.sequence': { intValue: '1' },
    'sysmon.record_id': { intValue: '5' },
    'process.pid': { intValue: '7' },
    'process.executable.path': { stringValue: '/bin/ls' },
  });
  expect(plain).toMatchObject({ body: { stringValue: 'text' } });
  expect(plain).not.toHaveProperty('timeUnixNano');
  expect(losses).toMatchObject([{ cause: 'refused', count: 1, reason: 'no room' }]);
});

test.each<[string, RegExp]>([
  ['ftp://host', /there is no output 'ftp:\/\/host'\. Known are addresses that begin with file:, syslog:,/],
  ['file:relative', /expected an absolute path, as in file:\/var\/log\/sysmon.ndjson/],
  ['file:///x?maxbytes=1', /unknown option 'maxbytes'\. Did you mean 'maxBytes'\?/],
  ['file:///x?maxBytes=1M', /maxBytes: expected a number, got '1M'/],
  ['file:///x?maxBytes=1&maxBytes=2', /maxBytes is given twice/],
  ['https://host/#spoolBytes=5', /spoolBytes: there is no spool\. Give spool=DIRECTORY/],
  ['https://host/#spool=/x&spoolFsync=no', /spoolFsync: expected true or false, got 'no'/],
])('%s is refused', async (address, text) => {
  await expect(openSink(address)).rejects.toThrow(text);
});
