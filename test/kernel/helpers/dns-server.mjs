// A name server for tests, on port 53 (or the one that is given) of 127.0.0.1 and ::1, over UDP and TCP. What a name is
// answered with says its first label. Prints `ready`, and then a line of JSON for each question: what it knows of it is
// the truth that tests compare with.
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

const types = { A: 1, NS: 2, CNAME: 5, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33 };
const u16 = (v) => Buffer.from([v >> 8, v & 255]);
const name = (text) =>
  Buffer.concat([
    ...text.split('.').flatMap((l) => [Buffer.from([Buffer.byteLength(l)]), Buffer.from(l)]),
    Buffer.from([0]),
  ]);
const v4 = (n) => Buffer.from([192, 0, 2, n]);
const v6 = (n) => Buffer.from([0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, n]);
const asked = Buffer.from([0xc0, 12]); // the name that was asked for, by a pointer to it
const record = (owner, type, data) =>
  Buffer.concat([owner, u16(types[type]), u16(1), Buffer.from([0, 0, 0, 60]), u16(data.length), data]);

// By the first label and the type: answers, or how it refuses.
const zone = {
  'host A': [record(asked, 'A', v4(1)), record(asked, 'A', v4(2))],
  'host AAAA': [record(asked, 'AAAA', v6(1))],
  'www A': [
    record(asked, 'CNAME', name('alias.test')),
    record(name('alias.test'), 'CNAME', name('host.test')),
    record(name('host.test'), 'A', v4(1)),
  ],
  'text TXT': [record(asked, 'TXT', Buffer.from('\x05v=1; \x03k=x'))],
  'mail MX': [
    record(asked, 'MX', Buffer.concat([u16(10), name('mx1.test')])),
    record(asked, 'MX', Buffer.concat([u16(20), name('mx2.test')])),
  ],
  'service SRV': [record(asked, 'SRV', Buffer.concat([u16(0), u16(5), u16(389), name('host.test')]))],
  'odd A': [record(asked, 'CNAME', Buffer.from([3, 0xff, 0x2e, 0x3b, 0])), record(asked, 'A', v4(3))],
};
const refusals = { wrong: 1, broke: 2, gone: 3, refused: 5 };

function answer(message, transport, reply) {
  let at = 12;
  const labels = [];
  while (message[at] !== 0) {
    if (at >= message.length) throw new Error('no DNS');
    labels.push(message.toString('latin1', at + 1, at + 1 + message[at]));
    at += message[at] + 1;
  }
  const type = message.readUInt16BE(at + 1);
  const typeName = Object.entries(types).find(([, n]) => n === type)?.[0] ?? String(type);
  const question = message.subarray(12, at + 5);
  const [first] = labels;
  const send = (rcode, answers = [], flags = 0) => {
    const head = Buffer.concat([
      message.subarray(0, 2),
      u16(0x8180 | flags | rcode),
      u16(1),
      u16(answers.length),
      u16(0),
      u16(0),
    ]);
    reply(Buffer.concat([head, question, ...answers]));
  };
  const late = /^late(\d+)/.exec(first);
  if (first === 'silent') return { name: labels.join('.'), type: typeName, id: message.readUInt16BE(0) };
  if (late) setTimeout(() => send(0, zone['host A']), Number(late[1]));
  else if (first === 'mangled')
    reply(
      Buffer.concat([
        message.subarray(0, 2),
        u16(0x8180),
        u16(1),
        u16(2),
        u16(0),
        u16(0),
        question,
        record(asked, 'A', v4(1)),
        record(asked, 'A', Buffer.from('abc')),
      ]),
    );
  else if (first === 'huge' && transport === 'udp') send(0, zone['host A'].slice(0, 1), 0x0200);
  else if (first === 'huge')
    send(
      0,
      Array.from({ length: 100 }, (_, i) => record(asked, 'A', v4(i + 1))),
    );
  else if (refusals[first] !== undefined) send(refusals[first]);
  else send(0, zone[`${first} ${typeName}`] ?? []);
  return { name: labels.join('.'), type: typeName, id: message.readUInt16BE(0) };
}

const log = (row) => process.stdout.write(`${JSON.stringify(row)}\n`);
const port = Number(process.argv[2] ?? 53);
for (const [kind, address] of [
  ['udp4', '127.0.0.1'],
  ['udp6', '::1'],
]) {
  const socket = createSocket(kind);
  socket.on('message', (message, from) => {
    try {
      log({
        ...answer(message, 'udp', (m) => socket.send(m, from.port, from.address)),
        transport: 'udp',
        port: from.port,
      });
    } catch {
      log({ malformed: message.length, transport: 'udp', port: from.port });
    }
  });
  await new Promise((resolve) => socket.bind(port, address, resolve));
  const server = createServer((connection) => {
    let have = Buffer.alloc(0);
    connection.on('error', () => undefined);
    connection.on('data', (d) => {
      have = Buffer.concat([have, d]);
      while (have.length > 2 && have.length >= 2 + have.readUInt16BE(0)) {
        const message = have.subarray(2, 2 + have.readUInt16BE(0));
        have = have.subarray(2 + message.length);
        const row = answer(message, 'tcp', (m) => connection.write(Buffer.concat([u16(m.length), m])));
        log({ ...row, transport: 'tcp', port: connection.remotePort });
      }
    });
  });
  await new Promise((resolve) => server.listen(port, address, resolve));
}
process.stdout.write('ready\n');
