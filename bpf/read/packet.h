/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* The headers of an IP packet that carries UDP or TCP. */
#ifndef SM_READ_PACKET_H
#define SM_READ_PACKET_H

#define SM_TCP_FIN_SYN_RST 7
#define SM_IP_EXTENSIONS 6 /* headers between IPv6 and UDP or TCP that are skipped */

/* What the headers of a packet say. */
struct sm_packet {
	__u32 payload; /* offset from the network header */
	__u32 seq;
	__u16 source, destination;
	__u32 length; /* of the payload */
	__u8 family, protocol, tcp_flags, pad;
};

/* Headers of IPv6 up to UDP or TCP. Returns the offset of the latter, or 0. */
static __always_inline __u32 sm_skip_ipv6(struct __sk_buff *skb, __u8 *protocol)
{
	__u32 at = 40, i;
	__u8 ext[2];

	for (i = 0; i < SM_IP_EXTENSIONS; i++) {
		if (*protocol == SM_IPPROTO_TCP || *protocol == SM_IPPROTO_UDP)
			return at;
		/*
		 * hop by hop, routing, destination options: the kind of the next header, and its own length in units of
		 * 8 bytes minus 1
		 */
		if (*protocol != 0 && *protocol != 43 && *protocol != 60)
			return 0;
		if (bpf_skb_load_bytes(skb, at, ext, sizeof(ext)))
			return 0;
		*protocol = ext[0];
		at += (ext[1] + 1) * 8;
	}
	return 0;
}

/* Reads the ports, which is enough to let most packets go. Returns the offset of UDP or TCP, or 0. */
static __always_inline __u32 sm_packet_ports(struct __sk_buff *skb, struct sm_packet *p)
{
	__u8 *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end, *ports;
	__u32 at;

	if (data + 20 > end)
		return 0;
	if (data[0] >> 4 == 4) {
		p->family = 4;
		p->protocol = data[9];
		at = (data[0] & 15) * 4;
		if (((data[6] & 0x1f) | data[7]) != 0) /* not the first fragment */
			return 0;
		if (p->protocol != SM_IPPROTO_TCP && p->protocol != SM_IPPROTO_UDP)
			return 0;
	} else {
		p->family = 6;
		p->protocol = data[6];
		at = sm_skip_ipv6(skb, &p->protocol);
	}
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
	__u8 tcp[10]; /* from the sequence number on */

	p->seq = 0;
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
