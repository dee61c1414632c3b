// A backup as somebody may have changed it: first byte 0, the sealed file; 1, what is inside, as if it were genuine;
// else the entries alone.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "backup/entries.hpp"
#include "backup/key.hpp"
#include "backup/press.hpp"
#include "backup/seal.hpp"

using namespace passerelle;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

backup::EntryReader checked(std::uint64_t& expected) {
  return backup::EntryReader({[&expected](const std::string& name, std::uint64_t size) {
                                require(backup::is_entry_name(name) && name.front() != '.' &&
                                        name.find("/.") == std::string::npos);
                                expected = size;
                                return result<void>();
                              },
                              [&expected](std::string_view bytes) {
                                require(bytes.size() <= expected);
                                expected -= bytes.size();
                                return result<void>();
                              },
                              [&expected] {
                                require(expected == 0);
                                return result<void>();
                              }});
}

void open_sealed(std::string_view file) {
  static const backup::Opener key = *backup::read_key(backup::make_keys().key);
  const auto next = [&file](std::size_t size) -> result<std::string> {
    const std::string bytes(file.substr(0, std::min(size, file.size())));
    file.remove_prefix(bytes.size());
    return bytes;
  };
  // Nobody can have sealed it for this key.
  require(!backup::unseal(next, key, [](std::string_view) -> result<void> { std::abort(); }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::uint64_t expected = 0;
  backup::EntryReader entries = checked(expected);
  if (data[0] == 0) {
    open_sealed(bytes);
  } else if (data[0] == 1) {
    std::size_t unpressed = 0;
    backup::Unpress unpress([&](std::string_view piece) -> result<void> {
      unpressed += piece.size();
      if (unpressed > (std::size_t{1} << 24)) return Error{"enough", ""};
      return entries.take(piece);
    });
    for (std::size_t at = 0; at < bytes.size(); at += 100)
      if (!unpress.write(bytes.substr(at, 100))) break;
  } else {
    for (std::size_t at = 0; at < bytes.size(); at += 7)
      if (!entries.take(bytes.substr(at, 7))) break;
  }
  return 0;
}
