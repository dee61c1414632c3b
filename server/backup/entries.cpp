#include "backup/entries.hpp"

#include <algorithm>
#include <charconv>

namespace passerelle::backup {
namespace {

constexpr std::size_t longest_line = 512;

Error broken() { return {"this backup cannot be read: it was made by another program, or by a newer one", ""}; }

}  // namespace

std::string entry_line(const std::string& name, std::uint64_t size) {
  return "file " + std::to_string(size) + " " + name + "\n";
}

bool is_entry_name(std::string_view name) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/";
  if (name.empty() || name.size() > 300 || name.find_first_not_of(letters) != std::string_view::npos) return false;
  const bool hidden = name.front() == '.' || name.find("/.") != std::string_view::npos;
  const bool empty_part = name.front() == '/' || name.back() == '/' || name.find("//") != std::string_view::npos;
  return !hidden && !empty_part;
}

result<void> EntryReader::take(std::string_view bytes) {
  while (!bytes.empty()) {
    if (complete_) return broken();
    if (inside_) {
      const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
      if (const auto taken = sink_.more(bytes.substr(0, size)); !taken) return taken;
      left_ -= size;
      bytes.remove_prefix(size);
    } else {
      const auto end = bytes.find('\n');
      line_ += bytes.substr(0, end);
      if (line_.size() > longest_line) return broken();
      if (end == std::string_view::npos) return {};
      bytes.remove_prefix(end + 1);
      if (const auto taken = take_line(); !taken) return taken;
    }
    if (inside_ && left_ == 0) {
      inside_ = false;
      if (const auto ended = sink_.end(); !ended) return ended;
    }
  }
  return {};
}

result<void> EntryReader::take_line() {
  const std::string line = std::exchange(line_, {});
  complete_ = line + "\n" == end_line;
  if (complete_) return {};
  const auto blank = line.rfind(' ');
  constexpr std::string_view begin = "file ";
  if (!line.starts_with(begin) || blank < begin.size()) return broken();
  const char* const end = line.data() + blank;
  const auto read = std::from_chars(line.data() + begin.size(), end, left_);
  const std::string name = line.substr(blank + 1);
  if (read.ec != std::errc() || read.ptr != end || !is_entry_name(name)) return broken();
  inside_ = true;
  return sink_.begin(name, left_);
}

}  // namespace passerelle::backup
