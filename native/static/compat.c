#define _GNU_SOURCE
#include <link.h>
#include <stddef.h>

/*
 * What libstdc++ and libgcc of Debian 12 take from a glibc newer than the one that released binaries are linked
 * against.
 *
 * From 2.32 on this tells a program that it has but one thread, so that counters of references need no atomic
 * instructions. The addon always has several.
 */
char __libc_single_threaded = 0;

/*
 * Where the tables are by which an exception finds its way, of the object that has an address. From 2.35 on glibc
 * knows it at once; here all objects are asked, as libgcc did before.
 */
struct dl_find_object {
  unsigned long long flags;
  void* map_start;
  void* map_end;
  struct link_map* link_map;
  void* eh_frame;
  unsigned long long reserved[7];
};

struct search {
  ElfW(Addr) address;
  struct dl_find_object* found;
};

static int look(struct dl_phdr_info* info, size_t size, void* data) {
  const struct search* search = data;
  const ElfW(Phdr)* tables = 0;
  ElfW(Addr) start = 0, end = 0;
  (void)size;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr)* p = &info->dlpi_phdr[i];
    const ElfW(Addr) from = info->dlpi_addr + p->p_vaddr;
    if (p->p_type == PT_GNU_EH_FRAME) tables = p;
    if (p->p_type != PT_LOAD || search->address < from || search->address >= from + p->p_memsz) continue;
    start = from;
    end = from + p->p_memsz;
  }
  if (end == 0) return 0;
  if (tables == 0) return -1;
  search->found->flags = 0;
  search->found->map_start = (void*)start;
  search->found->map_end = (void*)end;
  search->found->link_map = 0;
  search->found->eh_frame = (void*)(info->dlpi_addr + tables->p_vaddr);
  return 1;
}

__attribute__((visibility("hidden"))) int _dl_find_object(void* address, struct dl_find_object* found) {
  struct search search = {(ElfW(Addr))address, found};
  return dl_iterate_phdr(look, &search) == 1 ? 0 : -1;
}

/*
 * log got a new version with 2.29, as it need not tell errors any more in the way of System V. RE2 calls it a few times
 * for a set of expressions; that of long double is as old as glibc.
 */
double log(double x);
long double logl(long double x);

__attribute__((visibility("hidden"))) double log(double x) { return (double)logl(x); }
