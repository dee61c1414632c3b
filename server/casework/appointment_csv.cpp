#include "casework/appointment_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "casework/csv_table.hpp"
#include "domain/phone.hpp"
#include "domain/phone_address.hpp"

namespace passerelle::casework {
namespace {

const std::vector<std::string>& column_names() {
  static const std::vector<std::string> names{"address", "phone", "channel", "language", "date", "time",
                                              "zone",    "place", "with",    "bring",    "name"};
  return names;
}

// "papers, letter" or "papers letter"; a ; may separate where the columns are separated by commas.
std::vector<std::string> words(const std::string& cell) {
  constexpr const char* between = " ,;+";
  std::vector<std::string> found;
  for (std::size_t from = cell.find_first_not_of(between); from != std::string::npos;) {
    const std::size_t to = std::min(cell.find_first_of(between, from), cell.size());
    found.push_back(small_letters(cell.substr(from, to - from)));
    from = cell.find_first_not_of(between, to);
  }
  return found;
}

// A number of 'fewest' to 'most' digits and nothing else.
std::optional<int> number(std::string_view text, std::size_t fewest, std::size_t most) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size() && text[0] != '-';
  return whole && text.size() >= fewest && text.size() <= most ? std::optional(value) : std::nullopt;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  for (std::size_t end = text.find(separator); end != std::string_view::npos; end = text.find(separator)) {
    pieces.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  pieces.push_back(text);
  return pieces;
}

std::optional<date::local_days> make_day(std::optional<int> year, std::optional<int> month, std::optional<int> day) {
  if (!year || !month || !day) return std::nullopt;
  const date::year_month_day found{date::year{*year}, date::month{static_cast<unsigned>(*month)},
                                   date::day{static_cast<unsigned>(*day)}};
  return found.ok() ? std::optional(date::local_days(found)) : std::nullopt;
}

std::optional<date::local_days> parse_date(std::string_view cell) {
  const auto dotted = split(cell, '.');
  if (dotted.size() == 3) return make_day(number(dotted[2], 4, 4), number(dotted[1], 1, 2), number(dotted[0], 1, 2));
  const auto dashed = split(cell, '-');
  if (dashed.size() == 3) return make_day(number(dashed[0], 4, 4), number(dashed[1], 2, 2), number(dashed[2], 2, 2));
  return std::nullopt;
}

std::optional<std::chrono::minutes> parse_time(std::string_view cell) {
  const auto pieces = split(cell, ':');
  if (pieces.size() != 2) return std::nullopt;
  const auto hour = number(pieces[0], 1, 2);
  const auto minute = number(pieces[1], 2, 2);
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return std::chrono::minutes(*hour * 60 + *minute);
}

// One row of the file as columns, and what is wrong with it.
class RowReader {
 public:
  RowReader(std::size_t number, std::map<std::string, std::string> cells, std::string_view country)
      : number_(number), cells_(std::move(cells)), country_(country) {}

  NewAppointment read() {
    NewAppointment read;
    read.to = address();
    read.language = cells_["language"];
    read.at = moment();
    read.zone = cells_["zone"];
    read.place = cells_["place"];
    read.with = cells_["with"];
    read.bring = words(cells_["bring"]);
    read.name = cells_["name"];
    return read;
  }

  void add(const std::string& column, const std::string& what) { errors.push_back({number_, column, what}); }

  std::vector<RowError> errors;

 private:
  std::string phone(const std::string& column, const std::string& cell) {
    auto number = address_number(cell, country_, "+41791234567, and format the column as text");
    if (number) return std::move(*number);
    add(column, fmt::format("{} {}", in_quotes(cell), number.error().what));
    return {};
  }

  Address address() {
    const std::string& channel = cells_["channel"];
    if (cells_.contains("phone")) {
      const std::string& cell = cells_["phone"];
      if (!cell.empty()) return {channel, phone("phone", cell)};
      add("phone", "is empty: write +41791234567");
      return {};
    }
    const std::string& cell = cells_["address"];
    const std::size_t colon = cell.find(':');
    const std::string named = colon == std::string::npos ? "" : cell.substr(0, colon);
    const std::string user = colon == std::string::npos ? cell : cell.substr(colon + 1);
    if (user.empty()) {
      add("address", "is empty: write sms:+41791234567");
    } else if (!named.empty() && !channel.empty() && named != channel) {
      add("channel", fmt::format("{} is not the channel of the address {}", in_quotes(channel), in_quotes(cell)));
    }
    // An address that is no phone number is its gateway's own, and stays as it is.
    const std::string known = looks_like_phone(user) ? phone("address", user) : user;
    return {named.empty() ? channel : named, known};
  }

  CivilTime moment() {
    const std::string& day_cell = cells_["date"];
    const std::string& time_cell = cells_["time"];
    const auto day = parse_date(day_cell);
    const auto time = parse_time(time_cell);
    if (!day) add("date", fmt::format("{} is not a day: write 28.03.2027 or 2027-03-28", in_quotes(day_cell)));
    if (!time) add("time", fmt::format("{} is not a time: write 14:30", in_quotes(time_cell)));
    return day && time ? CivilTime(*day + *time) : CivilTime{};
  }

  std::size_t number_;
  std::map<std::string, std::string> cells_;
  std::string_view country_;
};

std::vector<RowError> missing_columns(std::size_t row, const std::vector<std::string>& columns) {
  std::vector<RowError> errors;
  const auto add = [&](const std::string& column, const std::string& what) { errors.push_back({row, column, what}); };
  const auto has = [&](const std::string& name) { return std::count(columns.begin(), columns.end(), name); };
  if (has("address") + has("phone") == 0) add("phone", "the column is missing: name one column 'phone' or 'address'");
  if (has("address") > 0 && has("phone") > 0) add("phone", "the columns 'phone' and 'address' say the same: keep one");
  for (const char* name : {"date", "time"}) {
    if (has(name) == 0) add(name, fmt::format("the column is missing: name one column '{}'", name));
  }
  return errors;
}

}  // namespace

AppointmentRows read_appointments(std::string_view text, std::string_view country) {
  Table table = read_table(text, {"appointments", column_names(), missing_columns});
  AppointmentRows read{{}, {}, std::ranges::count(table.columns, "phone") > 0 ? "phone" : "address"};
  if (table.errors.empty() && table.rows.empty())
    table.errors.push_back({table.header, "", "there is no row below the header"});
  std::vector<RowError> errors;
  for (TableRow& row : table.rows) {
    RowReader reader(row.number, std::move(row.cells), country);
    NewAppointment appointment = reader.read();
    if (reader.errors.empty()) read.rows.push_back({row.number, std::move(appointment)});
    errors.insert(errors.end(), reader.errors.begin(), reader.errors.end());
  }
  read.errors = by_row(table.errors, errors);
  return read;
}

}  // namespace passerelle::casework
