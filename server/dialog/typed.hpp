// What people type where a number, a date or a phone number is asked for. Pure; digits of every script.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dialog/dialog.hpp"
#include "domain/reading.hpp"

namespace passerelle::dialog {

// "4", "٤", "4 personnes": the number, alone or with one word beside it. "4 5" and "2 to 4" are none.
std::optional<int> typed_count(const Reading& reading);

// "3.4.2027", "3/4/27", "3 4", "2027-04-03" → 03.04.2027; the day comes first but for the last form. A year of two
// digits, and one that is left out, are those that the range wants: birthdays lie back, appointments ahead.
// Nothing for a day that no calendar has, or out of the range (today is in all of them), or not in 1900 to 2100.
std::optional<std::string> typed_date(const Reading& reading, OnDate::Range range, date::local_days today);

// The one day of the range that the words mean, in the same form; nothing when they mean two, which is asked back.
std::optional<std::string> typed_date(const TypedMoment& typed, OnDate::Range range, date::local_days today);

// Every moment from today on that the words mean: "03.04.2027 14:00 / 03.04.2027 02:00". Nothing when they name no day.
std::optional<std::string> typed_moment(const TypedMoment& typed, date::local_days today);

// "+41 79 000 00 01", "0041…", "٠٧٩…" → "+41 79 000 00 01". A number as it is dialled at home is read in the countries
// 'dialled_in', the likeliest first; one that none of them has stays as it is, since whoever calls knows where. Nothing
// for what is no phone number.
std::optional<std::string> typed_phone(const Reading& reading, const std::vector<std::string>& dialled_in);

}  // namespace passerelle::dialog
