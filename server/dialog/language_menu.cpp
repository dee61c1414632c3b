#include "dialog/language_menu.hpp"

#include <algorithm>
#include <charconv>

namespace passerelle::dialog {
namespace {

constexpr char others = '+';  // begins no code of a language

std::string line_to(std::size_t part) { return others + std::to_string(part); }

// How many languages a part shows, which is where the line to the others stands; all of them without it.
std::size_t at_once(const std::vector<std::string>& offered) {
  return static_cast<std::size_t>(std::ranges::find_if(offered, leads_to_others) - offered.begin());
}

std::size_t parts(const std::vector<std::string>& offered, std::size_t size) {
  return size == 0 ? 1 : (offered.size() - 1 + size - 1) / size;
}

// The part that the line leads to; a saved conversation may say anything.
std::size_t next(const std::vector<std::string>& offered, std::size_t size) {
  const std::string& line = offered[size];
  std::size_t part = 0;
  std::from_chars(line.data() + 1, line.data() + line.size(), part);
  return part % parts(offered, size);
}

}  // namespace

bool leads_to_others(std::string_view id) { return id.starts_with(others); }

std::vector<std::string> in_parts(std::vector<std::string> languages, std::size_t at_once) {
  if (at_once > 0 && languages.size() > at_once + 1)
    languages.insert(languages.begin() + static_cast<std::ptrdiff_t>(at_once), line_to(1));
  return languages;
}

const std::string* offered_at(const std::vector<std::string>& offered, int number) {
  const bool listed = number >= 1 && static_cast<std::size_t>(number) <= offered.size();
  return listed ? &offered[static_cast<std::size_t>(number) - 1] : nullptr;
}

std::vector<std::size_t> shown_part(const std::vector<std::string>& offered) {
  const std::size_t size = at_once(offered);
  const bool parted = size < offered.size();
  std::size_t part = 0;
  if (parted) part = (next(offered, size) + parts(offered, size) - 1) % parts(offered, size);
  std::vector<std::size_t> shown;
  // The line to the others stands between the first part and the second one.
  std::size_t at = part == 0 ? 0 : part * size + 1;
  while (shown.size() < size && at < offered.size()) shown.push_back(at++);
  if (parted) shown.push_back(size);
  return shown;
}

std::vector<std::string> next_part(std::vector<std::string> offered) {
  const std::size_t size = at_once(offered);
  if (size < offered.size()) offered[size] = line_to((next(offered, size) + 1) % parts(offered, size));
  return offered;
}

}  // namespace passerelle::dialog
