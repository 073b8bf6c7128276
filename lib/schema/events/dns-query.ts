import { image, processGuid, processId, ruleName, utcTime } from '../fields.js';
import { ocsfActor } from '../format-rows.js';
import { endsOfExchange } from '../records.js';
import type { EventSchema } from '../types.js';

export const dnsQuery: EventSchema = {
  id: 22,
  name: 'DnsQuery',
  tag: 'DnsQuery',
  version: 5,
  default: 'drop',
  doc: 'A process asked a DNS server. Delivered with the answer, or after 5 s without one; `time` is then.',
  wire: {
    id: 81,
    name: 'dns_query',
    probe: 'dns-query',
    doc: 'A question and what came of it. Put together in user space from the packets; no probe writes it.',
    fields: [
      ['name', 'text', 'what was asked for, without the last dot'],
      ['status', 'text', 'decimal'],
      ['results', 'text', 'records of the answer, each ended by a semicolon'],
      ['query_type', 'u32', 'type of the record that was asked for'],
      ['attempts', 'u32', 'how often it was asked until the answer'],
      ...endsOfExchange,
      ['attributes', 'u16', 'SM_DNS_*'],
    ],
  },
  hooks: [['cgroup_skb', 'core']],
  programs: [
    'sm_dns_egress',
    'sm_dns_ingress',
    'sm_dns_connect4',
    'sm_dns_connect6',
    'sm_dns_sendmsg4',
    'sm_dns_sendmsg6',
  ],
  maps: ['sm_dns_owners'],
  cgroup: true,
  blindSpots: [
    'What is encrypted (DNS over TLS, HTTPS, QUIC) is not seen; neither are servers on other ports than 53.',
    'A name that a resolver on this machine finds in its own cache or in /etc/hosts: only what goes through a socket is seen. What a program asks of a resolver by another way (nscd, D-Bus, a Unix socket) counts for that resolver.',
    'Packets sent through raw or packet sockets.',
    'A process that sends through a socket older than the sensor, where that is none of its first 1,024 file descriptors.',
  ],
  fields: [
    ruleName,
    utcTime,
    processGuid,
    processId,
    [
      'QueryName',
      'string',
      'text(name)',
      'What was asked for; `.` for the root. A dot inside a label is written `\\x2e`.',
    ],
    [
      'QueryStatus',
      'string',
      'text(status)',
      'As Windows numbers it: 0 done, 9003 no such name, 9501 no such record, 9000 + code of the server, 1460 no answer.',
    ],
    [
      'QueryResults',
      'string',
      'text(results)',
      'Records of the answer, each ended by `;`: an address (IPv4 as `::ffff:192.0.2.1`), or `type:  5 name`. `-` if none. A `;` inside is written `\\x3b`.',
    ],
    image,
    ['User', 'string', 'process.user', 'Name of the real user of the process.'],
  ],
  marks: [{ kind: 'truncated', fields: ['QueryResults'], field: 'attributes', bits: 'SM_DNS_CUT_RESULTS' }],
  extra: [
    [
      'queryType',
      'string',
      'dnsType(query_type)',
      'Type of the record that was asked for: `AAAA`, or `TYPE65280` where it has no name.',
    ],
    [
      'server',
      'string',
      'peer(address, family)',
      'Name server as the process addressed it: `192.0.2.1:53`, `[2001:db8::1]:53`.',
    ],
    ['transport', 'string', 'protocol(protocol)', 'Protocol of a DNS exchange.'],
    ['attempts', 'u32', 'several(attempts)', 'How often it was asked until the answer, if more than once.'],
    ['answerTruncated', 'bool', 'bit(attributes: SM_DNS_CUT_ANSWER)', 'The server cut the answer to fit a packet.'],
  ],
  ecs: { category: ['network'], type: ['connection', 'protocol', 'info'] },
  ocsf: {
    class: 'dns',
    activity: [2, 'Response'],
    rows: [
      ...ocsfActor,
      ['query.hostname', 'data.QueryName'],
      ['query.type', 'extra.queryType'],
      ['rcode_id', 'data.QueryStatus', 'responseCodeId'],
      ['rcode', 'data.QueryStatus', 'rcodeName'],
      ['answers', 'data.QueryResults', 'dnsAnswerObjects'],
    ],
  },
  text: ['QueryName', ['QueryStatus', 'answer']],
  techniques: ['T1071.004'],
};
