#include "dialog/dialog.hpp"

#include <algorithm>

namespace passerelle::dialog {

const Step* Dialog::find(std::string_view id) const {
  const auto found = std::ranges::find(steps, id, &Step::id);
  return found == steps.end() ? nullptr : &*found;
}

WordsKey words_of(const Test& test) {
  return std::visit(
      [](const auto& each) {
        if constexpr (requires { each.words; })
          return WordsKey{each.words, each.words_at};
        else
          return WordsKey{};
      },
      test);
}

std::string kept_name(const Test& test) {
  return std::visit(
      [](const auto& each) {
        if constexpr (requires { each.keep; })
          return each.keep;
        else
          return std::string();
      },
      test);
}

}  // namespace passerelle::dialog
