// Fields of a JSON object that was saved, read strictly: for what must never be guessed.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace passerelle {

// Reads keys of one object; the first that does not fit is kept as the error.
class SavedFields {
 public:
  SavedFields(const boost::json::object& object, std::string where) : object_(object), where_(std::move(where)) {}

  const boost::json::value* find(std::string_view key) const { return object_.if_contains(key); }
  void refuse(std::string_view key, std::string_view expected) {
    if (wrong_.empty()) wrong_ = fmt::format("'{}{}' should be {}", where_, key, expected);
  }
  void read(std::string_view key, std::string& text) {
    const boost::json::value* value = find(key);
    if (value == nullptr) return;
    if (const boost::json::string* found = value->if_string())
      text.assign(found->data(), found->size());
    else
      refuse(key, "a text");
  }
  void read(std::string_view key, bool& truth) {
    const boost::json::value* value = find(key);
    if (value == nullptr) return;
    if (const bool* found = value->if_bool())
      truth = *found;
    else
      refuse(key, "true or false");
  }
  std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most) {
    const boost::json::value* value = find(key);
    if (value == nullptr) return std::max<std::int64_t>(least, 0);
    const std::int64_t* found = value->if_int64();
    if (found != nullptr && *found >= least && *found <= most) return *found;
    refuse(key, fmt::format("a whole number from {} to {}", least, most));
    return least;
  }
  std::uint64_t count(std::string_view key) {
    const boost::json::value* value = find(key);
    if (value == nullptr) return 0;
    if (const std::uint64_t* big = value->if_uint64()) return *big;
    if (const std::int64_t* found = value->if_int64(); found != nullptr && *found >= 0)
      return static_cast<std::uint64_t>(*found);
    refuse(key, "a whole number, not negative");
    return 0;
  }
  const std::string& wrong() const { return wrong_; }

 private:
  const boost::json::object& object_;
  std::string where_;
  std::string wrong_;
};

}  // namespace passerelle
