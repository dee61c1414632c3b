// Telephone numbers as people type them, spreadsheets keep them and gateways tell them: read by the numbering plans of
// the world into the one form in which addresses hold them (E.164: + and at most 15 digits).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace passerelle {

enum class PhoneKind {
  fixed,
  mobile,
  fixed_or_mobile,  // a plan that does not tell them apart (+1)
  toll_free,
  premium,  // dear for whoever calls or writes
  shared_cost,
  internet,
  personal,
  pager,
  company,
  voicemail,
  unknown  // of a possible length, and of no range that we know: plans grow
};
std::string_view to_string(PhoneKind kind);

// How it was written. What lacks its country's code or the prefix dialled at home may be another country's number.
enum class PhoneForm { international, with_code, national, bare };

struct PhoneNumber {
  std::string e164;    // "+41791234567"
  std::string region;  // "CH"; "001" for what belongs to no country
  PhoneKind kind = PhoneKind::unknown;
  PhoneForm form = PhoneForm::international;
};

// "079 123 45 67", "+41 (0)79/123.45.67", "0041…", "tel:+41-79-…", "٠٧٩ ١٢٣ ٤٥ ٦٧" → +41791234567. 'region' is where
// the number would be dialled ("CH"); empty: only international numbers are read. An error says what the text lacks, as
// the rest of a sentence about it: "is too short for a number of +41: it needs 9 digits and has 8".
result<PhoneNumber> read_phone(std::string_view typed, std::string_view region);

// "+41 79 123 45 67": E.164 as its country groups it.
std::string for_people(const std::string& e164);

// To be read as a phone number, and refused when it is none: begins with a + or a 0 and, but for what people group
// digits by, is digits only. Other addresses (a Telegram id) are their gateway's own and stay as they are.
bool looks_like_phone(std::string_view text);

}  // namespace passerelle
