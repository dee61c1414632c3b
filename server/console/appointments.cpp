// Operations on appointments: appointment.add, .list, .move, .cancel, .import.
#include "casework/appointments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>

#include "casework/appointment_import.hpp"
#include "console/appointment_row.hpp"
#include "console/arguments.hpp"
#include "console/moment.hpp"
#include "console/operations.hpp"
#include "store/activity.hpp"
#include "turns/appointment_words.hpp"
#include "turns/facts.hpp"
#include "turns/remind.hpp"

namespace passerelle::console {
namespace {

constexpr std::size_t shortest_ref = 4;
constexpr std::int64_t usual_rows = 200;
constexpr std::int64_t most_rows = 1000;
constexpr date::days usual_span{7};
constexpr date::days most_span{366};

casework::Known known(const Desk& desk) {
  std::vector<std::string> channels;
  for (const auto& [name, facts] : desk.channels) channels.push_back(name);
  return {desk.content.association, std::move(channels), turns::phrasebook(desk.content), telephony(desk).channels};
}

// An appointment is worth keeping also where no reminder can leave: but whoever makes it must know.
bool can_remind(const Desk& desk, const Address& address) {
  const auto found = desk.channels.find(address.channel);
  return found != desk.channels.end() && found->second.sends;
}

void warn(boost::json::object& answer, const std::string& channel) {
  answer["warning"] = fmt::format("the channel '{}' only answers: no reminder will leave, call or write", channel);
}

result<boost::json::object> add(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments, telephony(desk));
  casework::NewAppointment entered;
  entered.to = given.address("to");
  entered.at = given.civil("at");
  entered.zone = given.text_if_given("zone", "Europe/Zurich").value_or("");
  entered.place = given.text_if_given("place", "the id of a place").value_or("");
  entered.with = given.text_if_given("with", "the first name of staff").value_or("");
  entered.bring = given.words_if_given("bring", "papers,letter");
  entered.name = given.text_if_given("name", "the person's name").value_or("");
  entered.language = given.text_if_given("language", "fr").value_or("");
  if (const auto sound = given.sound(); !sound) return sound.error();
  const auto errors = casework::check(desk.transaction, entered, known(desk), desk.now);
  if (!errors.empty()) return Error{errors.front().what, errors.front().field};
  const casework::Scheduled made = casework::add(desk.transaction, entered, desk.now);
  turns::know_language(desk.transaction, made.appointment.address, entered.language, desk.now);
  boost::json::object row = appointment_row(desk, made.appointment);
  if (!can_remind(desk, made.appointment.to)) warn(row, made.appointment.to.channel);
  return row;
}

// The day 'name' names, at its beginning.
result<std::optional<date::local_days>> day(Arguments& given, const char* name) {
  const auto text = given.text_if_given(name, "2027-03-28");
  if (!text) return std::optional<date::local_days>();
  const auto civil = parse_civil(*text + " 00:00");
  if (!civil) return Error{fmt::format("'{}' is not a day: write 2027-03-28", *text), name};
  return std::optional(date::floor<date::days>(*civil));
}

struct Span {
  date::local_days first;
  date::local_days last;
};

// One day; or from a day until another; without any, the week from today.
result<Span> span(Arguments& given, date::local_days today) {
  const auto one = day(given, "day");
  const auto from = day(given, "from");
  const auto until = day(given, "until");
  for (const auto* read : {&one, &from, &until}) {
    if (!*read) return read->error();
  }
  if (*one && (*from || *until)) return Error{"is one day: leave out 'from' and 'until'", "day"};
  if (*one) return Span{**one, **one};
  const date::local_days first = from->value_or(today);
  const Span found{first, until->value_or(first + usual_span - date::days(1))};
  if (found.last < found.first) return Error{"is before the first day", "until"};
  if (found.last - found.first > most_span) return Error{"is more than a year after the first day", "until"};
  return found;
}

result<boost::json::object> list(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  const std::string_view zone = turns::site_zone(desk.content);
  const auto days = span(given, date::floor<date::days>(to_civil(desk.now, zone)));
  const bool cancelled = given.flag_if_given("cancelled").value_or(false);
  const std::int64_t limit = given.number_if_given("limit", 1, most_rows).value_or(usual_rows);
  if (!days) return days.error();
  if (const auto sound = given.sound(); !sound) return sound.error();
  const TimePoint from = to_instant(days->first, zone);
  const TimePoint to = to_instant(days->last + date::days(1), zone);
  const auto found =
      store::appointments_between(desk.transaction, from, to, cancelled, static_cast<std::size_t>(limit) + 1);
  boost::json::array rows;
  for (const Appointment& appointment : found) {
    if (std::ssize(found) > limit && &appointment == &found.back()) break;
    rows.push_back(appointment_row(desk, appointment));
  }
  return boost::json::object{{"appointments", std::move(rows)}, {"more", std::ssize(found) > limit}};
}

result<Appointment> named(Desk& desk, const std::string& beginning) {
  if (beginning.size() < shortest_ref) {
    return Error{fmt::format("'{}' is too short: write at least {} characters of the ref", beginning, shortest_ref),
                 "ref"};
  }
  const std::vector<std::string> refs = store::appointment_refs(desk.transaction, beginning);
  if (refs.empty()) return Error{fmt::format("no appointment has the ref '{}'", beginning), "ref"};
  if (refs.size() > 1) return Error{fmt::format("several appointments begin with '{}': write more", beginning), "ref"};
  return store::find_appointment(desk.transaction, refs.front()).value();
}

std::string_view name_of(turns::Departed::Kind kind) {
  switch (kind) {
    case turns::Departed::Kind::queued: return "queued";
    case turns::Departed::Kind::held: return "held";
    case turns::Departed::Kind::withheld: return "withheld";
    case turns::Departed::Kind::repeated: return "repeated";
  }
  return {};
}

// The appointment, and what was done to tell the person: queued, held until quiet hours end, or withheld and why.
boost::json::object told_row(Desk& desk, const Appointment& appointment, std::string_view dialog) {
  const turns::Departed departed =
      turns::tell_appointment(desk.transaction, desk.content, desk.channels, appointment, dialog, desk.now);
  boost::json::object row = appointment_row(desk, appointment);
  row["told"] = name_of(departed.kind);
  if (!departed.why.empty()) row["told_why"] = departed.why;
  if (departed.until) put_moment(row, "told_from", *departed.until, desk.content);
  return row;
}

result<boost::json::object> move(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  const std::string ref = given.text("ref", "the beginning of its ref, as 'appointment list' shows it");
  const auto at = given.civil_if_given("at");
  const auto zone = given.text_if_given("zone", "Europe/Zurich");
  const auto place = given.text_if_given("place", "the id of a place");
  const auto with = given.text_if_given("with", "the first name of staff");
  if (const auto sound = given.sound(); !sound) return sound.error();
  const auto appointment = named(desk, ref);
  if (!appointment) return appointment.error();
  const casework::Move change{at.value_or(appointment->at), zone, place, with};
  const auto moved = casework::move(desk.transaction, *appointment, change, known(desk), desk.now);
  if (!moved) return moved.error();
  return told_row(desk, moved->appointment, "appointment_moved");
}

result<boost::json::object> cancel(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  const std::string ref = given.text("ref", "the beginning of its ref, as 'appointment list' shows it");
  if (const auto sound = given.sound(); !sound) return sound.error();
  const auto appointment = named(desk, ref);
  if (!appointment) return appointment.error();
  const auto cancelled = casework::cancel(desk.transaction, *appointment, desk.now);
  if (!cancelled) return cancelled.error();
  return told_row(desk, *cancelled, "appointment_cancelled");
}

boost::json::object error_row(const casework::RowError& error) {
  const std::string where = error.column.empty() ? "" : error.column + ": ";
  return {{"row", error.row}, {"column", error.column}, {"error", where + error.what}};
}

bool is_skipped(const casework::PlannedReminder& reminder) { return !reminder.skipped.empty(); }

result<boost::json::object> import(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  given.text("csv", "the text of the file");
  const bool partial = given.flag_if_given("partial").value_or(false);
  if (const auto sound = given.sound(); !sound) return sound.error();
  const std::string_view csv = arguments.at("csv").get_string();  // with its blank lines: rows are counted
  const casework::Import done = casework::import_appointments(desk.transaction, csv, known(desk), partial, desk.now);
  std::int64_t without_reminder = 0;
  std::string mute;  // a channel that only answers
  for (const casework::ImportedRow& row : done.added) {
    if (!can_remind(desk, row.scheduled.appointment.to)) mute = row.scheduled.appointment.to.channel;
    turns::know_language(desk.transaction, row.scheduled.appointment.address, row.language, desk.now);
    without_reminder += std::ranges::all_of(row.scheduled.reminders, is_skipped) ? 1 : 0;
  }
  boost::json::array errors;
  for (const casework::RowError& error : done.errors) errors.push_back(error_row(error));
  boost::json::object answer{
      {"added", done.added.size()}, {"without_reminder", without_reminder}, {"errors", std::move(errors)}};
  if (!mute.empty()) warn(answer, mute);
  return answer;
}

constexpr std::array<Operation, 5> rows{{{"appointment.add", add},
                                         {"appointment.list", list},
                                         {"appointment.move", move},
                                         {"appointment.cancel", cancel},
                                         {"appointment.import", import}}};

}  // namespace

std::span<const Operation> appointment_operations() { return rows; }

}  // namespace passerelle::console
