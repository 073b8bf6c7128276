// What an event is about, and what must be found out of it before it is whole.
#pragma once
#include <string>
#include <vector>

#include "event/decoder.h"
#include "process/process_table.h"
#include "schema.gen.h"

namespace sysmon {

struct Subject {
  uint32_t uid;                      // whose name the event bears
  uint32_t other_uid;                // and whose as well; the same: nobody's
  bool has_hashes = false;           // it tells of digests, in a field of its own or in `extra`
  bool has_archived = false;         // it tells whether the content was kept
  bool has_birth = false;            // it asks for the birth time of `file`
  const sm_file* file = nullptr;     // that it tells of
  const sm_file* content = nullptr;  // to be hashed; null: there is none, see `why`
  bool is_directory = false;         // as the record says: of a deleted file that is all that is known at times
  bool is_deleted = false;           // `file` has lost a name
  bool is_written = false;           // and that only when its last writer has closed it
  const char* why = "";              // Digest::why; empty: such a thing has no content
};

Subject subject_of(const schema::Event& e, const Record& r, const Process& p);

// Where `content` or `file` may be opened, for the few events that must wait for what is found there. Whoever opens one
// compares what it finds.
std::vector<std::string> paths_to(const schema::Event& e, const Record& r, const Process& p, uint64_t own_mnt_ns);

// Of the file that the event names; empty: it names none.
std::string path_of_target(const schema::Event& e, const Record& r);

// Pool thread. Empty if none of the paths leads to the file, or its file system does not know.
std::string birth_of(const sm_file& file, const std::vector<std::string>& paths);

}  // namespace sysmon
