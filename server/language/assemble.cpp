#include "language/assemble.hpp"

#include <unicode/unistr.h>

#include <algorithm>

namespace passerelle::language {
namespace {

const ArgumentText& named(std::span<const ArgumentText> arguments, std::string_view name) {
  return *std::ranges::find(arguments, name, &ArgumentText::name);
}

std::int64_t amount_of(const Choice& choice, std::span<const ArgumentText> arguments) {
  return *named(arguments, choice.argument).number;
}

std::string keyword(const Choice& choice, const Plurals& plurals, std::int64_t amount) {
  const icu::PluralRules& rules = choice.by == Choice::By::rank ? *plurals.rank : *plurals.amount;
  std::string out;
  rules.select(static_cast<double>(amount) - choice.offset).toUTF8String(out);
  return out;
}

// As ICU chooses: an exact number first, then the language's form, then 'other', which compile() has seen.
const Case& chosen(const Choice& choice, const Plurals& plurals, std::span<const ArgumentText> arguments) {
  const auto with = [&choice](std::string_view selector) {
    return std::ranges::find_if(choice.cases,
                                [selector](const Case& one) { return !one.exact && one.selector == selector; });
  };
  auto found = choice.cases.end();
  if (choice.by == Choice::By::word) {
    found = with(named(arguments, choice.argument).text);
  } else {
    const std::int64_t amount = amount_of(choice, arguments);
    found = std::ranges::find_if(
        choice.cases, [amount](const Case& one) { return one.exact && one.number == static_cast<double>(amount); });
    if (found == choice.cases.end()) found = with(keyword(choice, plurals, amount));
  }
  return found != choice.cases.end() ? *found : *with("other");
}

class Assembler {
 public:
  Assembler(const Plurals& plurals, std::span<const ArgumentText> arguments, bool marked)
      : plurals_(plurals), arguments_(arguments), marked_(marked) {}

  void add(const std::vector<Piece>& pieces, std::int64_t amount) {
    for (const Piece& piece : pieces) {
      if (const auto* text = std::get_if<Text>(&piece.is)) {
        out_ += marked_ ? text->marked : text->plain;
      } else if (const auto* argument = std::get_if<Argument>(&piece.is)) {
        out_ += named(arguments_, argument->name).shown;
      } else if (const auto* choice = std::get_if<Choice>(&piece.is)) {
        const bool word = choice->by == Choice::By::word;
        const std::int64_t counted =
            word ? amount : amount_of(*choice, arguments_) - static_cast<std::int64_t>(choice->offset);
        add(chosen(*choice, plurals_, arguments_).pieces, counted);
      } else {
        out_ += std::to_string(amount);
      }
    }
  }

  std::string take() { return std::move(out_); }

 private:
  const Plurals& plurals_;
  std::span<const ArgumentText> arguments_;
  bool marked_;
  std::string out_;
};

// Checked before anything is written, branches not taken included, so that a missing argument shows at the first use.
std::optional<Error> check(const std::vector<Piece>& pieces, std::span<const ArgumentText> arguments) {
  for (const Piece& piece : pieces) {
    const auto* choice = std::get_if<Choice>(&piece.is);
    if (choice == nullptr) continue;
    if (choice->by != Choice::By::word && !named(arguments, choice->argument).number) {
      return Error{"the argument '" + choice->argument + "' must be a number, because the sentence counts by it", ""};
    }
    for (const Case& one : choice->cases) {
      if (auto error = check(one.pieces, arguments)) return error;
    }
  }
  return std::nullopt;
}

}  // namespace

result<std::string> assemble(const Pattern& pattern, std::span<const ArgumentText> arguments, bool marked) {
  for (const std::string& name : pattern.arguments) {
    if (std::ranges::find(arguments, name, &ArgumentText::name) == arguments.end()) {
      return Error{"the argument '" + name + "' is missing", ""};
    }
  }
  if (auto error = check(pattern.pieces, arguments)) return *error;
  Assembler assembler(*pattern.plurals, arguments, marked);
  assembler.add(pattern.pieces, 0);
  return assembler.take();
}

}  // namespace passerelle::language
