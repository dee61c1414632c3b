#include "language/confusables.hpp"

#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace passerelle::language {
namespace {

// Lower case, as folding leaves them; chosen by the look of either case (т: Т looks like T).
constexpr std::array<std::pair<char32_t, char>, 40> looks{{
    {U'а', 'a'}, {U'в', 'b'}, {U'е', 'e'}, {U'к', 'k'}, {U'м', 'm'}, {U'н', 'h'}, {U'о', 'o'}, {U'р', 'p'},
    {U'с', 'c'}, {U'т', 't'}, {U'у', 'y'}, {U'х', 'x'}, {U'ѕ', 's'}, {U'і', 'i'}, {U'ј', 'j'}, {U'ԛ', 'q'},
    {U'ԝ', 'w'}, {U'һ', 'h'}, {U'α', 'a'}, {U'β', 'b'}, {U'ε', 'e'}, {U'ι', 'i'}, {U'κ', 'k'}, {U'μ', 'm'},
    {U'ν', 'n'}, {U'ο', 'o'}, {U'ρ', 'p'}, {U'τ', 't'}, {U'υ', 'u'}, {U'χ', 'x'}, {U'ζ', 'z'}, {U'ꜱ', 's'},
    {U'ᴛ', 't'}, {U'ᴏ', 'o'}, {U'ᴘ', 'p'}, {U'0', 'o'}, {U'5', 's'}, {U'1', 'i'}, {U'3', 'e'}, {U'7', 't'},
}};

constexpr std::size_t longest_word = 36;  // bytes; keywords are short

}  // namespace

std::string latin_look(std::string_view word) {
  if (word.size() > longest_word) return {};
  std::string out;
  bool letters = false;
  bool changed = false;
  for (std::int32_t at = 0; at < static_cast<std::int32_t>(word.size());) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(word.data()), at, static_cast<std::int32_t>(word.size()), c);
    const auto* look = std::find_if(looks.begin(), looks.end(),
                                    [c](const auto& pair) { return pair.first == static_cast<char32_t>(c); });
    if (look != looks.end()) {
      out.push_back(look->second);
      letters = letters || c > '9';
      changed = true;
    } else if (c >= 'a' && c <= 'z') {
      out.push_back(static_cast<char>(c));
      letters = true;
    } else {
      return {};
    }
  }
  return letters && changed ? out : std::string();
}

std::string joined_letters(const std::vector<std::string>& tokens) {
  constexpr std::size_t shortest = 4;
  constexpr std::size_t longest = 12;
  if (tokens.size() < shortest || tokens.size() > longest) return {};
  std::string out;
  for (const std::string& token : tokens) {
    if (token.size() != 1) return {};
    out += token;
  }
  return out;
}

}  // namespace passerelle::language
