#include "language/json_places.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace passerelle::language {
namespace {

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace

// Walks over text that is known to be JSON, so it needs to recognise structure only. Depth is bounded by Boost's
// parser.
class JsonPlaces::Walk {
 public:
  Walk(JsonPlaces& places, const std::string& file) : places_(places), text_(places.text_), here_{file, 1, 1} {}

  void value(const std::string& path, const Position& key) {
    skip_space();
    JsonPlace& place = places_.places_[path];
    place = {key, here_, at_};
    switch (peek()) {
      case '{': return object(path);
      case '[': return array(path);
      case '"': string(); return;
      default: skip_until(",]}"); return;
    }
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void step() {
    if (text_[at_] == '\n') {
      ++here_.line;
      here_.column = 0;
    }
    ++at_;
    if (at_ >= text_.size() || !continues(text_[at_])) ++here_.column;
  }

  void skip_space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) step();
  }
  void skip_until(std::string_view stops) {
    while (at_ < text_.size() && stops.find(text_[at_]) == std::string_view::npos) step();
  }

  std::string_view string() {
    const std::size_t begin = at_;
    step();
    while (peek() != '"') {
      if (peek() == '\\') step();
      step();
    }
    step();
    return text_.substr(begin, at_ - begin);
  }

  void object(const std::string& path) {
    step();
    for (skip_space(); at_ < text_.size() && peek() != '}'; skip_space()) {
      const Position key = here_;
      const std::string_view quoted = string();
      const std::string member =
          path + '/' + std::string(boost::json::parse({quoted.data(), quoted.size()}).as_string());
      skip_until(":");
      step();
      const auto first = places_.places_.find(member);
      const bool again = first != places_.places_.end();
      if (again) places_.duplicates_.push_back({member, key, first->second.key});
      value(again ? member + again_mark : member, key);
      skip_until(",}");
      if (peek() == ',') step();
    }
    if (at_ < text_.size()) step();
  }

  void array(const std::string& path) {
    step();
    std::size_t index = 0;
    for (skip_space(); at_ < text_.size() && peek() != ']'; skip_space()) {
      value(path + '/' + std::to_string(index++), here_);
      skip_until(",]");
      if (peek() == ',') step();
    }
    if (at_ < text_.size()) step();
  }

  static constexpr char again_mark = '\x1F';  // keeps what is inside a second copy from being told as well

  JsonPlaces& places_;
  std::string_view text_;
  std::size_t at_ = 0;
  Position here_;
};

JsonPlaces::JsonPlaces(const std::string& file, std::string_view text) : text_(text) {
  Walk(*this, file).value("", Position{file, 1, 1});
}

const JsonPlace& JsonPlaces::at(std::string_view path) const {
  while (true) {
    if (const auto found = places_.find(path); found != places_.end()) return found->second;
    path = path.substr(0, path.rfind('/'));
  }
}

Position JsonPlaces::inside(std::string_view path, std::size_t unit) const {
  const JsonPlace& place = at(path);
  Position position = place.value;
  if (place.offset >= text_.size() || text_[place.offset] != '"') return position;
  std::size_t at = place.offset + 1;
  ++position.column;
  while (unit > 0 && at < text_.size() && text_[at] != '"') {
    const std::size_t begin = at;
    constexpr std::size_t escaped_unit = 6;  // \u0041
    if (text_[at] == '\\') {
      at += at + 1 < text_.size() && text_[at + 1] == 'u' ? escaped_unit : 2;
      position.column += static_cast<int>(at - begin);
    } else {
      do ++at;
      while (at < text_.size() && continues(text_[at]));
      ++position.column;
    }
    constexpr std::size_t supplementary = 4;  // bytes of a code point that is two units
    const std::size_t units = text_[begin] != '\\' && at - begin == supplementary ? 2 : 1;
    unit -= std::min(unit, units);
  }
  return position;
}

}  // namespace passerelle::language
