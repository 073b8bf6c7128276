import { processHead, userAt } from '../fields.js';
import { ocsfActor } from '../format-rows.js';
import type { EventSchema } from '../types.js';

/** AF_*, by number. */
const families =
  'AF_UNSPEC, AF_UNIX, AF_INET, AF_AX25, AF_IPX, AF_APPLETALK, AF_NETROM, AF_BRIDGE, AF_ATMPVC, AF_X25, AF_INET6, AF_ROSE, AF_DECnet, ' +
  'AF_NETBEUI, AF_SECURITY, AF_KEY, AF_NETLINK, AF_PACKET, AF_ASH, AF_ECONET, AF_ATMSVC, AF_RDS, AF_SNA, AF_IRDA, AF_PPPOX, AF_WANPIPE, AF_LLC, ' +
  'AF_IB, AF_MPLS, AF_CAN, AF_TIPC, AF_BLUETOOTH, AF_IUCV, AF_RXRPC, AF_ISDN, AF_PHONET, AF_IEEE802154, AF_CAIF, AF_ALG, AF_NFC, AF_VSOCK, AF_KCM, ' +
  'AF_QIPCRTR, AF_SMC, AF_XDP, AF_MCTP';

export const rawSocket: EventSchema = {
  id: 127,
  name: 'RawSocket',
  tag: 'RawSocket',
  version: 1,
  default: 'drop',
  doc:
    'A socket was made that reads or writes packets below TCP and UDP (AF_PACKET, AF_XDP, AF_KEY, SOCK_RAW of any other family), or one of netlink that ' +
    'changes what guards the machine (audit, netfilter, xfrm) or tells of every process (connector); or a filter was attached to a socket of any kind, ' +
    'which `extra.operation` then names. Quiet: none in a parallel build, `npm install` or `apt-get update`.',
  wire: {
    id: 66,
    name: 'raw_socket',
    probe: 'raw-socket',
    doc: 'A raw socket was made, or a filter attached to a socket.',
    fields: [
      ['uid', 'u32', 'real user id of the process'],
      ['family', 'u16', 'AF_*'],
      ['type', 'u16', 'SOCK_*, without flags'],
      ['protocol', 'u16', 'by family; of AF_PACKET the type of Ethernet frames, host byte order'],
      ['hook', 'u8', 'SM_HOOK_RAW_SOCKET_*'],
      ['attached', 'u8', '0: nothing; else which option of setsockopt, as extra.operation lists them'],
      ['marks', 'u8', 'SM_NETWORK_*'],
      ['reserved', 'u8', 'zero'],
      ['reserved2', 'u16', 'zero'],
    ],
  },
  hooks: [
    ['sys_exit_socket', 'core'],
    ['sys_exit_setsockopt', 'core'],
    ['io_uring_complete', 'core'],
  ],
  programs: ['sm_socket_enter', 'sm_socket_exit', 'sm_setsockopt_enter', 'sm_setsockopt_exit', 'sm_uring_socket'],
  maps: ['sm_raw_calls'],
  blindSpots: [
    'A raw socket that was made before the sensor came, was inherited, or was received (SCM_RIGHTS), is not told again when it is used.',
    'Netlink of the kinds NETLINK_ROUTE, NETLINK_GENERIC, NETLINK_SOCK_DIAG and NETLINK_KOBJECT_UEVENT is left out: too many programs open one to read.',
    'The protocol that bind(2) gives a packet socket afterwards is not seen: `Protocol` is that of socket(2).',
    'socket(2) and setsockopt(2) by 32-bit programs are not seen.',
    'By io_uring: filters that are attached (IORING_OP_URING_CMD) are not seen.',
    { before: '6.0', text: 'By io_uring: sockets are not seen.' },
    'Where threads share the table of descriptors, the socket that a filter was attached to may be another one: `extra.exposed` says so.',
  ],
  fields: [
    ...processHead,
    ['Family', 'string', `choice(family: ${families})`, 'Address family, `AF_PACKET`.'],
    [
      'Type',
      'string',
      'choice(type: -, SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_RDM, SOCK_SEQPACKET, SOCK_DCCP, -, -, -, SOCK_PACKET)',
      'Type of socket, `SOCK_RAW`.',
    ],
    [
      'Protocol',
      'string',
      'socketProtocol(protocol, family)',
      'Its protocol: `IPPROTO_ICMP`, of AF_PACKET `ETH_P_ALL`, of AF_NETLINK `NETLINK_AUDIT`; a number where it has no name here.',
    ],
    userAt('the real user at the call'),
  ],
  marks: [{ kind: 'exposed', fields: ['Family', 'Type', 'Protocol'], field: 'marks', bits: 'SM_NETWORK_DESCRIPTOR' }],
  extra: [
    [
      'operation',
      'string',
      'choice(attached: socket, SO_ATTACH_FILTER, SO_ATTACH_BPF, SO_ATTACH_REUSEPORT_CBPF, SO_ATTACH_REUSEPORT_EBPF)',
      'What was done: a socket was made, or a filter attached to one by this option.',
    ],
  ],
  ecs: { category: ['network'], type: ['access'] },
  ocsf: { class: 'base', activity: [99, 'Open Raw Socket'], rows: ocsfActor },
  text: ['Family', ['Type', 'dim'], ['Protocol', 'dim']],
  techniques: ['T1040'],
  example: {
    recordId: 14,
    time: '2026-11-30T19:35:14.872768Z',
    host: 'web-1',
    data: {
      RuleName: '-',
      UtcTime: '2026-11-30 19:35:14.872',
      ProcessGuid: '{3d1219c7-0a5e-6b0d-59db-95fc68550000}',
      ProcessId: 2571,
      Image: '/usr/bin/tcpdump',
      Family: 'AF_PACKET',
      Type: 'SOCK_RAW',
      Protocol: 'ETH_P_ALL',
      User: 'root',
    },
    extra: { hook: 'sys_exit_socket', tier: 'core', operation: 'socket' },
    techniques: [
      { id: 'T1040', name: 'Network Sniffing', tactics: ['credential-access', 'discovery'], source: 'event' },
    ],
  },
};
