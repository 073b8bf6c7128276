#include "kernel/push_maps.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/failure.h"
#include "base/wire.h"
#include "event/known_fields.h"

namespace sysmon {

namespace {

void put(int map, const void* key, const void* value) {
  if (bpf_map_update_elem(map, key, value, BPF_ANY) == 0) return;
  const int error = errno;
  throw Failure("LOAD", "bpf_map_update_elem", error, std::string("the kernel takes no rules: ") + strerror(error));
}

template <typename Key>
void clear(int map) {
  Key key{};
  while (bpf_map_get_next_key(map, nullptr, &key) == 0)
    if (bpf_map_delete_elem(map, &key) != 0)
      throw Failure("LOAD", "bpf_map_delete_elem", errno, "the kernel keeps the rules of before");
}

template <typename Key>
void put_prefix(int map, const rules::PushTables::Prefix& prefix, uint64_t clauses) {
  Key key{};
  key.bits = 32 + prefix.bits;
  key.what = prefix.what;
  std::memcpy(reinterpret_cast<uint8_t*>(&key) + 8, prefix.text.data(), std::min(prefix.text.size(), sizeof key - 8));
  put(map, &key, &clauses);
}

}  // namespace

void fill_push_maps(const bpf_object* object, const rules::PushTables& tables) {
  const auto map = [object](const char* name) { return bpf_object__find_map_fd_by_name(object, name); };
  const int types = map("sm_pushes"), numbers = map("sm_push_numbers"), networks = map("sm_push_networks"),
            texts = map("sm_push_texts");
  clear<sm_push_number>(numbers);
  clear<sm_push_network>(networks);
  clear<sm_push_text>(texts);
  for (const uint32_t type : kPushed) {
    sm_push push{};
    if (const auto found = tables.types.find(type); found != tables.types.end()) {
      const rules::PushTables::Type& t = found->second;
      push.clauses = t.all;
      push.process_only = t.process_only;
      std::copy(t.unknown.begin(), t.unknown.end(), push.unknown);
      std::copy(t.other.begin(), t.other.end(), push.other);
      push.asked = t.asked;
      push.path_at = pushed_path_of(static_cast<uint16_t>(type));
    }
    put(types, &type, &push);
  }
  for (const auto& [at, clauses] : tables.numbers) {
    const sm_push_number key{at.first, at.second};
    put(numbers, &key, &clauses);
  }
  for (const auto& [prefix, clauses] : tables.networks) put_prefix<sm_push_network>(networks, prefix, clauses);
  for (const auto& [prefix, clauses] : tables.texts) put_prefix<sm_push_text>(texts, prefix, clauses);
}

}  // namespace sysmon
