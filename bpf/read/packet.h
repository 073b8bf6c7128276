/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* The headers of an IP packet that carries UDP or TCP. For both: DnsQuery looks for ports, NetworkConnect for flows. */
#ifndef SM_READ_PACKET_H
#define SM_READ_PACKET_H

#define SM_TCP_FIN_SYN_RST 7
#define SM_TCP_URG 32
/*
 * Headers between IPv6 and UDP or TCP that are skipped. A socket can put four of them before what it sends, and the
 * kernel two more; what comes in may have any number.
 */
#define SM_IP_EXTENSIONS 8
#define SM_IPV6_HOP_BY_HOP 0
#define SM_IPV6_ROUTING 43
#define SM_IPV6_FRAGMENT 44
#define SM_IPV6_AUTHENTICATION 51
#define SM_IPV6_NOTHING 59 /* nothing follows */
#define SM_IPV6_DESTINATION 60

/* What the headers of a packet say. */
struct sm_packet {
	__u32 payload; /* offset from the network header */
	__u32 seq;
	__u16 source, destination;
	__u32 length; /* of the payload */
	__u16 urgent; /* TCP: see the record */
	__u8 family, protocol, tcp_flags;
};

/* Whether IPv6 has a header of this kind between its own and that of UDP or TCP. */
static __always_inline bool sm_is_extension(__u32 protocol)
{
	const __u64 extensions = 1ull << SM_IPV6_HOP_BY_HOP | 1ull << SM_IPV6_ROUTING | 1ull << SM_IPV6_FRAGMENT |
				 1ull << SM_IPV6_AUTHENTICATION | 1ull << SM_IPV6_DESTINATION;

	return protocol < 64 && extensions >> protocol & 1;
}

static __always_inline bool sm_has_ports(__u8 protocol)
{
	return protocol == SM_IPPROTO_UDP || protocol == SM_IPPROTO_TCP || protocol == SM_IPPROTO_UDPLITE;
}

/*
 * Headers of IPv6 up to UDP or TCP. Returns the offset of the latter, or 0, and from SM_FOUND on what was found: an
 * extension, if there are more than are skipped. Global, so that the verifier checks it once, and what follows it not
 * again for each way through it.
 */
#define SM_FOUND 16
#define SM_HEADERS_MAX 0x3fff /* the verifier asks for a bound */
__noinline int sm_skip_ipv6(struct __sk_buff *skb, __u32 protocol)
{
	__u64 fragment, authentication, later;
	__u32 at = 40, i;
	__u8 ext[4]; /* the kind of the next header, the length of this one, and what the kind of this one says */

	for (i = 0; i < SM_IP_EXTENSIONS; i++) {
		if (!sm_is_extension(protocol) || bpf_skb_load_bytes(skb, at, ext, sizeof(ext)))
			break;
		/* Computed without branches, see sm_differ(). */
		fragment = sm_differ(protocol, SM_IPV6_FRAGMENT) ^ 1;
		authentication = sm_differ(protocol, SM_IPV6_AUTHENTICATION) ^ 1;
		/*
		 * Units of 8 bytes without the first; those of an authentication are of 4 bytes, without two. A
		 * fragment's is always 8 bytes long.
		 */
		at += ((ext[1] & (fragment - 1)) + 1 + authentication) << (3 - authentication);
		/* Not the first fragment: the ports are in that. */
		later = fragment & sm_differ(ext[2] | (ext[3] & 0xf8), 0);
		protocol = (ext[0] & (later - 1)) | (SM_IPV6_NOTHING & -later);
		sm_hide(at);
		sm_hide(protocol);
	}
	return (sm_has_ports(protocol) && at <= SM_HEADERS_MAX ? at : 0) | (protocol & 0xff) << SM_FOUND;
}

/* Counts what cannot be known of a packet with more headers than are skipped. */
static __always_inline void sm_lost_to_headers(__u32 type)
{
	struct sm_counters *c = sm_produced(type, false);

	if (c)
		sm_dropped(c, SM_DROP_HEADERS);
}

/*
 * Reads the ports, which is enough to let most packets go. Returns the offset of UDP or TCP, or 0; `protocol` then says
 * whether the headers of IPv6 were too many.
 */
static __always_inline __u32 sm_packet_ports(struct __sk_buff *skb, struct sm_packet *p)
{
	__u8 *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end, *ports;
	__u32 at;

	p->protocol = SM_IPV6_NOTHING;
	if (data + 20 > end)
		return 0;
	if (data[0] >> 4 == 4) {
		p->family = 4;
		p->protocol = data[9];
		at = (data[0] & 15) * 4;
		if (((data[6] & 0x1f) | data[7]) != 0) /* not the first fragment */
			return 0;
	} else {
		p->family = 6;
		at = sm_skip_ipv6(skb, data[6]);
		p->protocol = at >> SM_FOUND;
		at &= SM_HEADERS_MAX;
	}
	if (p->protocol != SM_IPPROTO_TCP && p->protocol != SM_IPPROTO_UDP)
		return 0;
	ports = data + at;
	if (at < 20 || ports + 4 > end)
		return 0;
	p->source = ports[0] << 8 | ports[1];
	p->destination = ports[2] << 8 | ports[3];
	return at;
}

/* The rest of the header of UDP or TCP. */
static __always_inline bool sm_packet_header(struct __sk_buff *skb, __u32 at, struct sm_packet *p)
{
	__u8 tcp[16]; /* from the sequence number on */

	p->seq = 0;
	p->urgent = 0;
	p->tcp_flags = 0;
	p->payload = at + 8;
	if (p->protocol == SM_IPPROTO_UDP) {
		p->length = skb->len > p->payload ? skb->len - p->payload : 0;
		return p->length;
	}
	if (bpf_skb_load_bytes(skb, at + 4, tcp, sizeof(tcp)))
		return false;
	p->seq = (__u32)tcp[0] << 24 | (__u32)tcp[1] << 16 | (__u32)tcp[2] << 8 | tcp[3];
	p->tcp_flags = tcp[9] & SM_TCP_FIN_SYN_RST;
	if (tcp[9] & SM_TCP_URG)
		p->urgent = tcp[14] << 8 | tcp[15];
	p->payload = at + (tcp[8] >> 4) * 4;
	p->length = skb->len > p->payload ? skb->len - p->payload : 0;
	return p->length || p->tcp_flags; /* a segment without data matters only where it begins or ends a connection */
}

/* Addresses and ports as the socket sees them. */
static __always_inline void sm_packet_address(struct __sk_buff *skb, const struct sm_packet *p, bool answer,
					      struct sm_address *a)
{
	void *source = answer ? a->peer : a->local, *destination = answer ? a->local : a->peer;

	__builtin_memset(a, 0, sizeof(*a));
	if (p->family == 4) {
		bpf_skb_load_bytes(skb, 12, source, 4);
		bpf_skb_load_bytes(skb, 16, destination, 4);
	} else {
		bpf_skb_load_bytes(skb, 8, source, 16);
		bpf_skb_load_bytes(skb, 24, destination, 16);
	}
	a->local_port = answer ? p->destination : p->source;
	a->peer_port = answer ? p->source : p->destination;
}

#endif
