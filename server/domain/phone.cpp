#include "domain/phone.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <functional>
#include <vector>

#include "domain/numbering_plan.hpp"
#include "domain/phone_text.hpp"

namespace passerelle {
namespace {

constexpr std::size_t longest_e164 = 15;  // digits
constexpr std::size_t shortest_national = 2;
constexpr std::string_view no_country = "001";

// The lengths of a plan as people say them: "9", "9 or 12", "5 to 9".
std::string needed(std::uint32_t lengths) {
  const int least = std::countr_zero(lengths);
  const int most = 31 - std::countl_zero(lengths);
  const int count = std::popcount(lengths);
  if (count == 1) return fmt::format("{}", least);
  return fmt::format("{} {} {}", least, count == 2 ? "or" : "to", most);
}

Error wrong_length(const NumberingPlan& plan, std::size_t digits) {
  const bool few = digits < static_cast<std::size_t>(std::countr_zero(plan.lengths));
  const bool many = digits > static_cast<std::size_t>(31 - std::countl_zero(plan.lengths));
  const char* wrong = few ? "is too short" : many ? "is too long" : "has a length that does not fit";
  return {fmt::format("{} for a number of +{}: after the country's code it needs {} digits and has {}", wrong,
                      plan.code, needed(plan.lengths), digits),
          ""};
}

// A number that has become one is kept: what is dialled at home before it must not make it another one.
std::string national_of(const NumberingPlan& plan, const std::string& typed) {
  std::string stripped = without_trunk(plan, typed);
  const bool longer_than_any = stripped.size() > static_cast<std::size_t>(31 - std::countl_zero(plan.lengths));
  return plan.has_length(stripped.size()) || longer_than_any ? stripped : typed;
}

// Whose of the regions that share a code the number is.
void find_region(std::string_view regions, const NumberingPlan& main, const std::string& national,
                 PhoneNumber& number) {
  for (const NumberingPlan* plan : plans_of(regions)) {
    if (!plan->leading.empty() && !begins_with(national, plan->leading)) continue;
    const PhoneKind kind = kind_of(*plan, national);
    if (plan->leading.empty() && kind == PhoneKind::unknown) continue;
    number.region = plan->id;
    number.kind = kind;
    return;
  }
  number.region = main.id;
}

PhoneNumber made_of(const NumberingPlan& main, std::string_view regions, const std::string& national) {
  PhoneNumber number;
  number.e164 = fmt::format("+{}{}", main.code, national);
  find_region(regions, main, national, number);
  return number;
}

// From abroad the prefix of home is dialled by mistake only: it is taken off where that makes a number that exists, or
// where there can be none with it. So what has been read reads as itself again.
result<PhoneNumber> finish(const NumberingPlan& main, std::string_view regions, const std::string& typed,
                           PhoneForm form) {
  std::string national = typed.size() < shortest_national ? typed : national_of(main, typed);
  PhoneNumber number = made_of(main, regions, national);
  const bool by_mistake = form == PhoneForm::international && national != typed && main.has_length(typed.size());
  if (by_mistake && number.kind == PhoneKind::unknown) number = made_of(main, regions, national = typed);
  if (number.kind == PhoneKind::unknown && !main.has_length(national.size()))
    return wrong_length(main, national.size());
  if (number.e164.size() > longest_e164 + 1) return Error{"has too many digits for a telephone number", ""};
  if (main.id == main.code) number.region = no_country;
  return number;
}

result<PhoneNumber> read_international(std::string_view digits) {
  const auto code = find_code(digits);
  if (!code) {
    return Error{digits.starts_with('0') ? "has a 0 after the +, where the country's code belongs"
                                         : "begins with the code of no country",
                 ""};
  }
  const NumberingPlan* main = find_plan(code->second.substr(0, code->second.find(' ')));
  if (main == nullptr) return Error{"begins with the code of no country", ""};
  return finish(*main, code->second, std::string(digits.substr(code->first.size())), PhoneForm::international);
}

// "41791234567" in Switzerland: an international number that lost its +, unless it is a number at home as it stands.
std::optional<std::string_view> after_own_code(const NumberingPlan& home, std::string_view digits) {
  if (!digits.starts_with(home.code)) return std::nullopt;
  const std::string_view rest = digits.substr(home.code.size());
  const bool too_long = digits.size() > static_cast<std::size_t>(31 - std::countl_zero(home.lengths));
  const bool better = !is_number(home, digits) && is_number(home, without_trunk(home, rest));
  return too_long || better ? std::optional(rest) : std::nullopt;
}

result<PhoneNumber> read_at_home(const NumberingPlan& home, const std::string& digits) {
  const auto regions = find_code(home.code);
  if (!home.away.empty()) {
    const auto away = begins_with(digits, home.away);
    if (away && away->length < digits.size() && digits[away->length] != '0')
      return read_international(std::string_view(digits).substr(away->length));
  }
  const auto rest = after_own_code(home, digits);
  auto number = rest ? read_international(digits) : finish(home, regions->second, digits, PhoneForm::national);
  if (!number) return number;
  const bool trunk = home.trunk.empty() || without_trunk(home, digits) != digits;
  number->form = rest ? PhoneForm::with_code : trunk ? PhoneForm::national : PhoneForm::bare;
  return number;
}

result<PhoneNumber> read_digits(bool plus, const std::string& digits, std::string_view region) {
  if (plus) return read_international(digits);
  const NumberingPlan* home = find_plan(region);
  if (home != nullptr) return read_at_home(*home, digits);
  return Error{"lacks the country's code", ""};
}

// Whoever comes from where 00 goes abroad writes so elsewhere, too.
bool means_abroad(std::string_view digits, std::string_view region) {
  if (!digits.starts_with("00")) return false;
  const NumberingPlan* home = find_plan(region);
  return home == nullptr || home->away.empty() || !begins_with(digits, home->away);
}

bool is_known(const result<PhoneNumber>& number) { return number && number->kind != PhoneKind::unknown; }

result<PhoneNumber> read(std::string_view typed, std::string_view region) {
  const auto dialled = read_dialled(typed);
  if (!dialled) return dialled.error();
  auto number = read_digits(dialled->plus, dialled->digits, region);
  if (is_known(number)) return number;
  if (!dialled->without_bracketed_zero.empty()) {
    auto other = read_digits(dialled->plus, dialled->without_bracketed_zero, region);
    if (is_known(other)) return other;
  }
  if (dialled->plus || !means_abroad(dialled->digits, region)) return number;
  auto other = read_international(std::string_view(dialled->digits).substr(2));
  return other || !number ? other : number;
}

// A turn asks three times whose number wrote, and who writes once writes again soon.
struct Recent {
  std::string typed;
  std::string region;
  result<PhoneNumber> number = Error{};
};
constexpr std::size_t most_recent = 1024;  // in each thread; some 200 KB
constexpr std::size_t longest_kept = 32;

}  // namespace

std::string_view to_string(PhoneKind kind) {
  switch (kind) {
    case PhoneKind::fixed: return "fixed";
    case PhoneKind::mobile: return "mobile";
    case PhoneKind::fixed_or_mobile: return "fixed_or_mobile";
    case PhoneKind::toll_free: return "toll_free";
    case PhoneKind::premium: return "premium";
    case PhoneKind::shared_cost: return "shared_cost";
    case PhoneKind::internet: return "internet";
    case PhoneKind::personal: return "personal";
    case PhoneKind::pager: return "pager";
    case PhoneKind::company: return "company";
    case PhoneKind::voicemail: return "voicemail";
    case PhoneKind::unknown: break;
  }
  return "unknown";
}

result<PhoneNumber> read_phone(std::string_view typed, std::string_view region) {
  if (typed.empty() || typed.size() > longest_kept) return read(typed, region);
  if (begins_with_plus(typed)) region = {};              // what has its country's code is the same everywhere
  thread_local std::vector<Recent> recent(most_recent);  // made in threads that read numbers
  Recent& kept = recent[std::hash<std::string_view>()(typed) % most_recent];
  if (kept.typed != typed || kept.region != region) {
    kept = {std::string(typed), std::string(region), read(typed, region)};
  }
  return kept.number;
}

std::string for_people(const std::string& e164) {
  const std::string_view digits = std::string_view(e164).substr(std::min<std::size_t>(e164.size(), 1));
  const auto code = find_code(digits);
  const NumberingPlan* main = code ? find_plan(code->second.substr(0, code->second.find(' '))) : nullptr;
  if (main == nullptr) return e164;
  return fmt::format("+{} {}", code->first, grouped(*main, digits.substr(code->first.size())));
}

bool looks_like_phone(std::string_view text) {
  if (begins_with_plus(text)) return true;
  const auto dialled = read_dialled(text);
  return dialled && dialled->digits.starts_with('0');
}

}  // namespace passerelle
