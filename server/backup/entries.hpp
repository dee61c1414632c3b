// Files one after the other, as the inside of a backup: name and size, a line each, then the bytes; "end" closes it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "backup/seal.hpp"
#include "base/result.hpp"

namespace passerelle::backup {

std::string entry_line(const std::string& name, std::uint64_t size);
inline constexpr std::string_view end_line = "end\n";

// A name that stays in the folder it is unpacked into: of a-z A-Z 0-9 . _ - and /, no part of it begins with '.'.
bool is_entry_name(std::string_view name);

// Takes the bytes as they come, in pieces of any size.
class EntryReader {
 public:
  struct Sink {
    std::function<result<void>(const std::string& name, std::uint64_t size)> begin;
    std::function<result<void>(std::string_view bytes)> more;
    std::function<result<void>()> end;
  };
  explicit EntryReader(Sink sink) : sink_(std::move(sink)) {}

  result<void> take(std::string_view bytes);
  bool complete() const { return complete_; }

 private:
  result<void> take_line();

  Sink sink_;
  std::string line_;
  std::uint64_t left_ = 0;  // of the file that is being read
  bool inside_ = false;
  bool complete_ = false;
};

}  // namespace passerelle::backup
