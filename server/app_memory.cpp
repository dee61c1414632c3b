#include "app_memory.hpp"

#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "turns/embedded.hpp"

// jemalloc's, where the program is linked with it: tests and builds with a sanitizer are not. Its settings: an arena
// for each of our threads, most of which sleep, would keep a megabyte more.
extern "C" [[gnu::visibility("default")]] const char* const malloc_conf = "narenas:2";
extern "C" [[gnu::weak]] int mallctl(const char* name, void* old, std::size_t* old_size, void* value, std::size_t size);

namespace passerelle {
namespace {

// The whole pages from 'begin' to 'end' of a file that is mapped and not written to: the system brings them back when
// they are read again. Those at the edges hold other things as well.
void leave_pages(std::uintptr_t begin, std::uintptr_t end) {
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  begin = (begin + page - 1) / page * page;
  end = end / page * page;
  if (begin < end) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

// The texts that are compiled into the binary are read once for each content: 3 MB that stay in our pages otherwise.
void leave_embedded_texts() {
  auto begin = UINTPTR_MAX, end = std::uintptr_t{0};
  for (const turns::EmbeddedFile& file : turns::embedded_files()) {
    const auto at = reinterpret_cast<std::uintptr_t>(file.text.data());
    begin = std::min(begin, at);
    end = std::max(end, at + file.text.size());
  }
  leave_pages(begin, end);
}

// Then the system has written to the code when it loaded the object, and what it wrote would be gone.
bool is_relocated_code(const dl_phdr_info& object) {
  for (int i = 0; i < object.dlpi_phnum; ++i) {
    if (object.dlpi_phdr[i].p_type != PT_DYNAMIC) continue;
    const auto* entry = reinterpret_cast<const ElfW(Dyn)*>(object.dlpi_addr + object.dlpi_phdr[i].p_vaddr);
    for (; entry->d_tag != DT_NULL; ++entry) {
      if (entry->d_tag == DT_TEXTREL || (entry->d_tag == DT_FLAGS && (entry->d_un.d_val & DF_TEXTREL) != 0))
        return true;
    }
  }
  return false;
}

// Most of the code that has run by now was that of the start: configuration, YAML, lint.
int leave_code(dl_phdr_info* object, std::size_t, void*) {
  if (is_relocated_code(*object)) return 0;
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    const auto& part = object->dlpi_phdr[i];
    const bool code = part.p_type == PT_LOAD && (part.p_flags & PF_X) != 0 && (part.p_flags & PF_W) == 0;
    if (code) leave_pages(object->dlpi_addr + part.p_vaddr, object->dlpi_addr + part.p_vaddr + part.p_memsz);
  }
  return 0;
}

}  // namespace

void give_back_memory() {
  // Reading the files took several times the memory of what came of them.
  if (mallctl != nullptr)
    mallctl("arena.4096.purge", nullptr, nullptr, nullptr, 0);  // 4096: all arenas
  else
    malloc_trim(0);
  leave_embedded_texts();
  dl_iterate_phdr(leave_code, nullptr);
}

}  // namespace passerelle
