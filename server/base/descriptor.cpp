#include "base/descriptor.hpp"

#include <unistd.h>

#include <cerrno>

namespace passerelle {

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

bool write_and_sync(const Descriptor& file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return ::fsync(file.get()) == 0;
}

}  // namespace passerelle
