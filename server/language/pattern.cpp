#include "language/pattern.hpp"

#include <unicode/messagepattern.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "language/bidi.hpp"

namespace passerelle::language {
namespace {

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

// Braces that are alone, which ICU tells without a place ('{') or takes for text ('}').
struct Braces {
  std::vector<std::int32_t> open;
  std::int32_t stray = -1;
};

Braces braces_in(const icu::UnicodeString& text, std::int32_t begin, std::int32_t end) {
  Braces found;
  bool quoted = false;
  for (std::int32_t i = begin; i < end; ++i) {
    const char16_t unit = text[i], next = i + 1 < end ? text[i + 1] : u'\0';
    if (unit == u'\'' && next == u'\'') {
      ++i;
    } else if (unit == u'\'') {
      quoted = !quoted && (next == u'{' || next == u'}');
    } else if (!quoted && unit == u'{') {
      found.open.push_back(i);
    } else if (!quoted && unit == u'}') {
      if (found.open.empty() && found.stray < 0) found.stray = i;
      if (!found.open.empty()) found.open.pop_back();
    }
  }
  return found;
}

constexpr const char* brace_remedy = "write one } for each {; a brace that is meant as such stands between apostrophes";

PatternMistake refusal(UErrorCode status, const UParseError& error, const icu::UnicodeString& text) {
  PatternMistake mistake{static_cast<std::size_t>(std::clamp(error.offset, 0, text.length())), "", ""};
  switch (status) {
    case U_UNMATCHED_BRACES:
      if (const Braces braces = braces_in(text, 0, text.length()); !braces.open.empty()) {
        mistake.unit = static_cast<std::size_t>(braces.open.back());
      }
      mistake.what = "this brace is never closed";
      mistake.remedy = brace_remedy;
      break;
    case U_DEFAULT_KEYWORD_MISSING:
      mistake.what = "the choice that begins here has no form for 'other'";
      mistake.remedy = "add other {…}, the form for all other cases";
      break;
    case U_ARGUMENT_TYPE_MISMATCH:
    case U_PATTERN_SYNTAX_ERROR:
      mistake.what = "this is no argument";
      mistake.remedy = "write {name}, {count, plural, one {…} other {…}} or {word, select, yes {…} other {…}}";
      break;
    default: mistake.what = std::string("ICU refuses the sentence here (") + u_errorName(status) + ")";
  }
  return mistake;
}

// Names are ours, so they can be strict: what a translator writes by mistake ("{0}", "{Nom}") is seen at once.
bool good_name(std::string_view name) {
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
         std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

class Compiler {
 public:
  Compiler(const icu::MessagePattern& source, Compiled& out, Pattern& pattern)
      : source_(source), text_(source.getPatternString()), out_(out), pattern_(pattern) {}

  // The message whose MSG_START part is 'start'. Apostrophes are ICU's affair: they are parts that are skipped.
  std::vector<Piece> message(std::int32_t start) {
    std::vector<Piece> pieces;
    icu::UnicodeString literal;
    std::int32_t from = source_.getPart(start).getLimit();
    std::int32_t outside = from;  // where the text since the last argument began
    for (std::int32_t i = start + 1;; ++i) {
      const auto& part = source_.getPart(i);
      literal.append(text_, from, part.getIndex() - from);
      if (part.getType() == UMSGPAT_PART_TYPE_MSG_LIMIT) {
        if (start == 0) check_braces(outside, part.getIndex());
        break;
      }
      from = part.getLimit();
      if (part.getType() == UMSGPAT_PART_TYPE_REPLACE_NUMBER) {
        add_text(pieces, literal);
        pieces.push_back({Amount{}});
      } else if (part.getType() == UMSGPAT_PART_TYPE_ARG_START) {
        if (start == 0) check_braces(outside, part.getIndex());
        add_text(pieces, literal);
        argument(pieces, i);
        i = source_.getLimitPartIndex(i);
        outside = from = source_.getPart(i).getLimit();
      }
    }
    add_text(pieces, literal);
    return pieces;
  }

 private:
  void add_text(std::vector<Piece>& pieces, icu::UnicodeString& literal) const {
    if (literal.isEmpty()) return;
    const std::string plain = utf8(literal);
    pieces.push_back({Text{plain, mixed_ ? isolate_numbers(plain) : plain}});
    literal.remove();
  }

  // Outside of arguments ICU shows a } that closes nothing, which nobody means.
  void check_braces(std::int32_t begin, std::int32_t end) {
    const std::int32_t stray = braces_in(text_, begin, end).stray;
    if (stray < 0) return;
    out_.mistakes.push_back({static_cast<std::size_t>(stray), "this brace closes nothing", brace_remedy});
  }

  void mistake(std::int32_t part, std::string what, std::string remedy) {
    out_.mistakes.push_back(
        {static_cast<std::size_t>(source_.getPatternIndex(part)), std::move(what), std::move(remedy)});
  }

  void argument(std::vector<Piece>& pieces, std::int32_t start) {
    const auto type = source_.getPart(start).getArgType();
    const std::string name = utf8(source_.getSubstring(source_.getPart(start + 1)));
    if (!good_name(name)) {
      mistake(start + 1, "'" + name + "' cannot be the name of an argument", "use small latin letters, digits and _");
    }
    pattern_.arguments.insert(name);
    switch (type) {
      case UMSGPAT_ARG_TYPE_NONE: pieces.push_back({Argument{name}}); return;
      case UMSGPAT_ARG_TYPE_PLURAL: pieces.push_back({choice(Choice::By::amount, name, start)}); return;
      case UMSGPAT_ARG_TYPE_SELECTORDINAL: pieces.push_back({choice(Choice::By::rank, name, start)}); return;
      case UMSGPAT_ARG_TYPE_SELECT: pieces.push_back({choice(Choice::By::word, name, start)}); return;
      case UMSGPAT_ARG_TYPE_SIMPLE:
      case UMSGPAT_ARG_TYPE_CHOICE: break;
    }
    // ICU keeps no part for the word 'choice'.
    const std::int32_t at = type == UMSGPAT_ARG_TYPE_CHOICE ? start + 1 : start + 2;
    const std::string format =
        type == UMSGPAT_ARG_TYPE_CHOICE ? "choice" : utf8(source_.getSubstring(source_.getPart(at)));
    mistake(at, "the format '" + format + "' of {" + name + "} is not allowed: arguments come ready to be read",
            "write {" + name + "}, or choose with plural, select or selectordinal");
  }

  Choice choice(Choice::By by, const std::string& name, std::int32_t start) {
    Choice found{by, name, 0, {}};
    const std::int32_t limit = source_.getLimitPartIndex(start);
    std::int32_t i = start + 2;
    if (is_number(i)) found.offset = source_.getNumericValue(source_.getPart(i++));
    while (i < limit) {
      const std::int32_t selector = i++;
      Case one{utf8(source_.getSubstring(source_.getPart(selector))), false, 0, {}};
      if (is_number(i)) {
        one.exact = true;
        one.number = source_.getNumericValue(source_.getPart(i++));
      }
      one.pieces = message(i);
      i = source_.getLimitPartIndex(i) + 1;
      check_selector(found, one, selector);
      found.cases.push_back(std::move(one));
    }
    return found;
  }

  bool is_number(std::int32_t part) const {
    const auto type = source_.getPartType(part);
    return type == UMSGPAT_PART_TYPE_ARG_INT || type == UMSGPAT_PART_TYPE_ARG_DOUBLE;
  }

  void check_selector(const Choice& choice, const Case& one, std::int32_t part) {
    const auto same = [&one](const Case& other) { return other.selector == one.selector; };
    if (std::ranges::any_of(choice.cases, same)) {
      mistake(part, "the form '" + one.selector + "' is given twice", "keep one of them");
    }
    if (one.exact || choice.by == Choice::By::word) return;
    const icu::PluralRules& rules = choice.by == Choice::By::rank ? *pattern_.plurals->rank : *pattern_.plurals->amount;
    if (!rules.isKeyword(icu::UnicodeString::fromUTF8(one.selector))) {
      mistake(part, "this language has no plural form '" + one.selector + "'",
              "use " + forms(rules) + ", or =0 for a number");
    }
  }

  static std::string forms(const icu::PluralRules& rules) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::StringEnumeration> names(rules.getKeywords(status));
    std::string list;
    while (names != nullptr && U_SUCCESS(status)) {
      const char* name = names->next(nullptr, status);
      if (name == nullptr) break;
      list += (list.empty() ? "" : ", ") + std::string(name);
    }
    return list;
  }

  const icu::MessagePattern& source_;
  const icu::UnicodeString& text_;
  bool mixed_ = has_right(utf8(text_));  // a sentence all in latin letters is laid out left-to-right and needs no marks
  Compiled& out_;
  Pattern& pattern_;
};

}  // namespace

Compiled compile(std::string_view pattern, std::shared_ptr<const Plurals> plurals) {
  constexpr std::size_t longest = 8192;  // bytes; ICU and we recurse into nested choices, so the depth must be bounded
  Compiled out;
  if (pattern.size() > longest) {
    out.mistakes.push_back(
        {0, "the sentence is longer than 8,192 bytes", "split it: a text message holds about 1,500"});
    return out;
  }
  const auto text = icu::UnicodeString::fromUTF8({pattern.data(), static_cast<std::int32_t>(pattern.size())});
  UErrorCode status = U_ZERO_ERROR;
  UParseError error{};
  icu::MessagePattern source(UMSGPAT_APOS_DOUBLE_OPTIONAL, status);
  source.parse(text, &error, status);
  if (U_FAILURE(status)) {
    out.mistakes.push_back(refusal(status, error, text));
    return out;
  }
  auto compiled = std::make_shared<Pattern>();
  compiled->plurals = std::move(plurals);
  compiled->pieces = Compiler(source, out, *compiled).message(0);
  if (out.mistakes.empty()) out.pattern = std::move(compiled);
  return out;
}

}  // namespace passerelle::language
