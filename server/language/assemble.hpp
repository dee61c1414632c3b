// Puts arguments into a compiled sentence.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "language/pattern.hpp"

namespace passerelle::language {

struct ArgumentText {
  std::string_view name;
  std::string text;                      // what select compares
  std::string shown;                     // what the sentence shows: with its marks
  std::optional<std::int64_t> number{};  // what plural counts
};

// 'marked' takes the form for right-to-left sentences. The error names the argument that is missing or no number.
result<std::string> assemble(const Pattern& pattern, std::span<const ArgumentText> arguments, bool marked);

}  // namespace passerelle::language
