#include "event/socket_names.h"

#include <linux/if_ether.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <span>

namespace sysmon {

namespace {

struct Name {
  uint16_t number;
  const char* text;
};

constexpr Name kInternet[] = {{IPPROTO_IP, "IPPROTO_IP"},
                              {IPPROTO_ICMP, "IPPROTO_ICMP"},
                              {IPPROTO_IGMP, "IPPROTO_IGMP"},
                              {IPPROTO_IPIP, "IPPROTO_IPIP"},
                              {IPPROTO_TCP, "IPPROTO_TCP"},
                              {IPPROTO_UDP, "IPPROTO_UDP"},
                              {IPPROTO_IPV6, "IPPROTO_IPV6"},
                              {IPPROTO_GRE, "IPPROTO_GRE"},
                              {IPPROTO_ESP, "IPPROTO_ESP"},
                              {IPPROTO_AH, "IPPROTO_AH"},
                              {IPPROTO_ICMPV6, "IPPROTO_ICMPV6"},
                              {89, "IPPROTO_OSPF"},
                              {112, "IPPROTO_VRRP"},
                              {IPPROTO_SCTP, "IPPROTO_SCTP"},
                              {IPPROTO_UDPLITE, "IPPROTO_UDPLITE"},
                              {IPPROTO_RAW, "IPPROTO_RAW"},
                              {262, "IPPROTO_MPTCP"}};

constexpr Name kFrames[] = {{ETH_P_LOOP, "ETH_P_LOOP"},   {ETH_P_802_3, "ETH_P_802_3"}, {ETH_P_ALL, "ETH_P_ALL"},
                            {ETH_P_802_2, "ETH_P_802_2"}, {ETH_P_IP, "ETH_P_IP"},       {ETH_P_ARP, "ETH_P_ARP"},
                            {ETH_P_8021Q, "ETH_P_8021Q"}, {ETH_P_IPV6, "ETH_P_IPV6"},   {ETH_P_PAE, "ETH_P_PAE"},
                            {ETH_P_LLDP, "ETH_P_LLDP"}};

constexpr Name kNetlink[] = {
    {NETLINK_ROUTE, "NETLINK_ROUTE"},         {NETLINK_USERSOCK, "NETLINK_USERSOCK"},
    {NETLINK_SOCK_DIAG, "NETLINK_SOCK_DIAG"}, {NETLINK_NFLOG, "NETLINK_NFLOG"},
    {NETLINK_XFRM, "NETLINK_XFRM"},           {NETLINK_SELINUX, "NETLINK_SELINUX"},
    {NETLINK_ISCSI, "NETLINK_ISCSI"},         {NETLINK_AUDIT, "NETLINK_AUDIT"},
    {NETLINK_CONNECTOR, "NETLINK_CONNECTOR"}, {NETLINK_NETFILTER, "NETLINK_NETFILTER"},
    {NETLINK_GENERIC, "NETLINK_GENERIC"},     {NETLINK_KOBJECT_UEVENT, "NETLINK_KOBJECT_UEVENT"},
    {NETLINK_RDMA, "NETLINK_RDMA"},           {NETLINK_CRYPTO, "NETLINK_CRYPTO"}};

std::span<const Name> names_of(uint16_t family) {
  if (family == AF_INET || family == AF_INET6) return kInternet;
  if (family == AF_PACKET) return kFrames;
  if (family == AF_NETLINK) return kNetlink;
  return {};
}

}  // namespace

std::string socket_protocol_name(uint16_t protocol, uint16_t family) {
  for (const Name& name : names_of(family))
    if (name.number == protocol) return name.text;
  return std::to_string(protocol);
}

}  // namespace sysmon
