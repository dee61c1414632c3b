#include "app_memory.hpp"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>

#include "turns/embedded.hpp"

namespace passerelle {
namespace {

// The texts that are compiled into the binary are read once for each content: 3 MB that stay in our pages otherwise.
// They are pages of the program's file that nobody writes to, so the system brings them back when they are read again.
void leave_embedded_texts() {
  auto begin = UINTPTR_MAX, end = std::uintptr_t{0};
  for (const turns::EmbeddedFile& file : turns::embedded_files()) {
    const auto at = reinterpret_cast<std::uintptr_t>(file.text.data());
    begin = std::min(begin, at);
    end = std::max(end, at + file.text.size());
  }
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  begin = (begin + page - 1) / page * page;  // whole pages: the first and the last hold other things as well
  end = end / page * page;
  if (begin < end) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

}  // namespace

void give_back_memory() {
  malloc_trim(0);  // reading the files took several times the memory of what came of them
  leave_embedded_texts();
}

}  // namespace passerelle
