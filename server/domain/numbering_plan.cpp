#include "domain/numbering_plan.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "domain/digit_pattern.hpp"
#include "domain/phone_metadata.hpp"

namespace passerelle {
namespace {

constexpr std::size_t longest_code = 3;

// The words that metadata call a kind by, in the order in which a number is tried: what costs goes first.
constexpr std::array<std::pair<std::string_view, PhoneKind>, 10> kind_words{{{"premium", PhoneKind::premium},
                                                                             {"toll_free", PhoneKind::toll_free},
                                                                             {"shared_cost", PhoneKind::shared_cost},
                                                                             {"internet", PhoneKind::internet},
                                                                             {"personal", PhoneKind::personal},
                                                                             {"pager", PhoneKind::pager},
                                                                             {"company", PhoneKind::company},
                                                                             {"voicemail", PhoneKind::voicemail},
                                                                             {"fixed", PhoneKind::fixed},
                                                                             {"mobile", PhoneKind::mobile}}};

// What stands before the separator; the text goes on after it.
std::string_view cut(std::string_view& text, char separator) {
  const std::string_view piece = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(text.size(), piece.size() + 1));
  return piece;
}

std::uint32_t read_lengths(std::string_view text, char separator) {
  std::uint32_t lengths = 0;
  while (!text.empty()) {
    const std::string_view each = cut(text, separator);
    unsigned length = 0;
    std::from_chars(each.data(), each.data() + each.size(), length);
    lengths |= 1U << length;
  }
  return lengths;
}

NumberingPlan::Format read_format(std::string_view value) {
  const std::string_view parts = cut(value, '\t');
  const std::string_view leading = cut(value, '\t');
  return {parts, leading, value};
}

void read_line(NumberingPlan& plan, std::string_view word, std::string_view value) {
  if (word == "code") plan.code = value;
  if (word == "away") plan.away = value;
  if (word == "number") plan.number = value;
  if (word == "trunk") plan.trunk = value;
  if (word == "becomes") plan.becomes = value;
  if (word == "leading") plan.leading = value;
  if (word == "lengths") plan.lengths = read_lengths(value, ' ');
  if (word == "format") plan.formats.push_back(read_format(value));
  for (const auto& [known, kind] : kind_words) {
    if (word != known) continue;
    const std::uint32_t lengths = read_lengths(cut(value, ' '), ',');
    plan.kinds.push_back({kind, lengths, value});
  }
}

// What the program's own table of text says, read once: its rows outlive everything, so a row's place is its name.
template <class Value>
class OnceEach {
 public:
  template <class Make>
  const Value& get(std::string_view row, Make make) {
    const std::lock_guard lock(mutex_);
    std::unique_ptr<const Value>& value = values_[{row.data(), row.size()}];
    if (!value) value = std::make_unique<const Value>(make());
    return *value;
  }

 private:
  struct Hash {
    std::size_t operator()(const std::pair<const char*, std::size_t>& row) const {
      return std::hash<const char*>()(row.first);
    }
  };
  std::mutex mutex_;
  std::unordered_map<std::pair<const char*, std::size_t>, std::unique_ptr<const Value>, Hash> values_;
};

NumberingPlan read_plan(const PlanText& row) {
  NumberingPlan plan;
  plan.id = row.id;
  for (std::string_view text = row.text; !text.empty();) {
    std::string_view line = cut(text, '\n');
    const std::string_view word = cut(line, ' ');
    read_line(plan, word, line);
  }
  return plan;
}

const DigitPattern& compiled(std::string_view pattern) {
  static OnceEach<DigitPattern> made;
  return made.get(pattern, [&] { return DigitPattern(pattern); });
}

bool is_kind(const NumberingPlan& plan, PhoneKind kind, std::string_view national) {
  const auto row = std::ranges::find(plan.kinds, kind, &NumberingPlan::Kind::kind);
  const bool fits = row != plan.kinds.end() && national.size() < 32 && (row->lengths >> national.size() & 1) != 0;
  return fits && compiled(row->pattern).whole(national);
}

// "9$1" with what the groups took.
std::string filled(std::string_view form, const DigitMatch& match) {
  std::string text;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] == '$' && i + 1 < form.size()) {
      text += match.groups[static_cast<std::size_t>(form[++i] - '1')];
    } else {
      text += form[i];
    }
  }
  return text;
}

}  // namespace

const NumberingPlan* find_plan(std::string_view id) {
  const auto plans = numbering_plans();
  const auto found = std::ranges::lower_bound(plans, id, {}, &PlanText::id);
  if (found == plans.end() || found->id != id) return nullptr;
  static OnceEach<NumberingPlan> read;
  return &read.get(found->id, [&] { return read_plan(*found); });
}

const std::vector<const NumberingPlan*>& plans_of(std::string_view regions) {
  static OnceEach<std::vector<const NumberingPlan*>> found;
  return found.get(regions, [left = regions]() mutable {
    std::vector<const NumberingPlan*> plans;
    while (!left.empty()) {
      if (const NumberingPlan* plan = find_plan(cut(left, ' '))) plans.push_back(plan);
    }
    return plans;
  });
}

std::optional<std::pair<std::string_view, std::string_view>> find_code(std::string_view digits) {
  const auto codes = calling_codes();
  for (std::size_t length = 1; length <= std::min(longest_code, digits.size()); ++length) {
    const auto found = std::ranges::lower_bound(codes, digits.substr(0, length), {}, &CallingCode::code);
    if (found != codes.end() && found->code == digits.substr(0, length)) return std::pair(found->code, found->regions);
  }
  return std::nullopt;
}

std::optional<DigitMatch> begins_with(std::string_view digits, std::string_view pattern) {
  return compiled(pattern).beginning(digits);
}

bool is_number(const NumberingPlan& plan, std::string_view national) {
  return compiled(plan.number).whole(national).has_value();
}

PhoneKind kind_of(const NumberingPlan& plan, std::string_view national) {
  if (!is_number(plan, national)) return PhoneKind::unknown;
  for (const auto& [word, kind] : kind_words) {
    if (!is_kind(plan, kind, national)) continue;
    const bool both = kind == PhoneKind::fixed && is_kind(plan, PhoneKind::mobile, national);
    return both ? PhoneKind::fixed_or_mobile : kind;
  }
  return PhoneKind::unknown;
}

std::string without_trunk(const NumberingPlan& plan, std::string_view national) {
  if (plan.trunk.empty()) return std::string(national);
  const auto match = begins_with(national, plan.trunk);
  if (!match) return std::string(national);
  const bool replaced = !plan.becomes.empty() && match->count > 0 && match->groups[match->count - 1].data() != nullptr;
  std::string rest(national.substr(match->length));
  if (replaced) rest.insert(0, filled(plan.becomes, *match));
  // Where the prefix is part of a number that exists, it is none.
  return is_number(plan, national) && !is_number(plan, rest) ? std::string(national) : rest;
}

std::string grouped(const NumberingPlan& plan, std::string_view national) {
  for (const NumberingPlan::Format& format : plan.formats) {
    if (!format.leading.empty() && !begins_with(national, format.leading)) continue;
    const auto match = compiled(format.parts).whole(national);
    if (match) return filled(format.written, *match);
  }
  return std::string(national);
}

}  // namespace passerelle
