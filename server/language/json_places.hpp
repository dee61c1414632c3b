// Where every member of a JSON text stands, for findings: Boost.JSON tells no positions and keeps one of two equal
// keys.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"

namespace passerelle::language {

struct JsonPlace {
  Position key;
  Position value;
  std::size_t offset = 0;  // of the value's first byte
};

class JsonPlaces {
 public:
  // 'text' has been parsed without an error before.
  JsonPlaces(const std::string& file, std::string_view text);

  // By path: "/messages/first.hello/text". A member that is missing stands where its nearest parent does.
  const JsonPlace& at(std::string_view path) const;

  // The UTF-16 unit 'unit' of the string value at 'path', as ICU counts.
  Position inside(std::string_view path, std::size_t unit) const;

  struct Duplicate {
    std::string path;
    Position second, first;
  };
  const std::vector<Duplicate>& duplicates() const { return duplicates_; }

 private:
  class Walk;
  std::string_view text_;
  std::map<std::string, JsonPlace, std::less<>> places_;
  std::vector<Duplicate> duplicates_;
};

}  // namespace passerelle::language
