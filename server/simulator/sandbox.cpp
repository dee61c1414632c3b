#include "simulator/sandbox.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "base/nearest.hpp"

namespace passerelle::simulator {
namespace {

constexpr const char* channel = "sms";
constexpr std::size_t most_entries = 300;   // of the log, and by that of the bubbles, too
constexpr std::size_t longest_text = 4000;  // bytes: more than ten parts of any text message
constexpr std::size_t longest_number = 32;  // bytes
constexpr std::string_view reminder_prefix = "remind.";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// As it comes out of a transcript: no blanks around it, and one kind of line end.
std::string plain(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  std::string kept;
  for (const char each : text) {
    if (each != '\r' && each != '\0') kept += each;
  }
  return kept;
}

bool is_word(const std::string& text) {
  return !text.empty() && text.size() <= longest_number &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

// Transcripts tell minutes by the place's clock: the first that is not before 'time', and that no change of the clock
// makes ambiguous.
TimePoint next_minute(TimePoint time, const std::string& zone) {
  constexpr int longest_change = 3 * 60;
  TimePoint minute = std::chrono::ceil<std::chrono::minutes>(time);
  for (int i = 0; i < longest_change && to_instant(to_civil(minute, zone), zone) != minute; ++i)
    minute += std::chrono::minutes(1);
  return minute;
}

std::string zone_of(const Association& association) {
  return association.places.empty() ? "UTC" : association.places.front().zone;
}

}  // namespace

result<std::shared_ptr<Sandbox>> Sandbox::begin(std::shared_ptr<const turns::Content> content, const Phone& phone,
                                                TimePoint now) {
  if (!is_word(phone.number)) return Error{"a number is one word of at most 32 signs, such as +41790000001", "number"};
  const Association& association = content->association;
  const auto& languages = association.languages;
  if (!phone.language.empty() && std::ranges::find(languages, phone.language) == languages.end())
    return Error{"this association does not write in it; " + suggest(phone.language, languages), "language"};
  const std::string zone = zone_of(association);
  const TimePoint start = next_minute(now, zone);
  auto simulation = Simulation::open(content, start, Between::reloaded);
  if (!simulation) return simulation.error();
  const Locale told = phone.language.empty() ? association.site_language : phone.language;
  Address person{channel, phone.number};
  Transcript head{"", to_civil(start, zone), zone, person, told, {}};
  const std::shared_ptr<Sandbox> made(
      new Sandbox(std::move(content), std::move(*simulation), std::move(person), std::move(head)));
  auto state = made->simulation_->state(made->person_);
  if (!state) return state.error();
  made->before_ = std::move(*state);
  made->log_.push_back({LogEntry::Kind::began, start});
  std::string known = phone.language.empty() ? "" : " lang=" + phone.language;
  if (phone.latin_only) known += " latin_only=yes";
  if (known.empty()) return made;
  if (const auto done = made->do_now("contact" + known); !done) return done.error();
  return made;
}

Sandbox::Sandbox(std::shared_ptr<const turns::Content> content, std::unique_ptr<Simulation> simulation, Address person,
                 Transcript head)
    : content_(std::move(content)),
      simulation_(std::move(simulation)),
      person_(std::move(person)),
      zone_(head.zone),
      writer_(std::move(head)) {}

result<void> Sandbox::room() const {
  if (log_.size() < most_entries) return {};
  return Error{"this conversation is full: save it, and begin a new one", ""};
}

result<void> Sandbox::say(const std::string& text) {
  const std::lock_guard lock(mutex_);
  const std::string sent = plain(text);
  if (sent.empty()) return Error{"write something first", "text"};
  if (sent.size() > longest_text) return Error{"this is longer than a text message can be", "text"};
  return send(sent, InboundMessage::Kind::text);
}

result<void> Sandbox::ring() {
  const std::lock_guard lock(mutex_);
  return send("", InboundMessage::Kind::missed_call);
}

result<void> Sandbox::send(const std::string& text, InboundMessage::Kind kind) {
  if (const auto free = room(); !free) return free.error();
  auto taken = simulation_->say(person_, text, kind);
  if (!taken) return taken.error();
  const bool rings = kind == InboundMessage::Kind::missed_call;
  if (rings)
    writer_.rings();
  else
    writer_.person(text);
  Bubble bubble{false, rings, simulation_->now()};
  bubble.message.text = text;
  bubbles_.push_back(std::move(bubble));
  LogEntry entry{rings ? LogEntry::Kind::rings : LogEntry::Kind::person, simulation_->now()};
  entry.stuck = taken->stuck;
  return keep(std::move(entry), taken->replies, taken->says);
}

result<void> Sandbox::act(const std::string& action) {
  const std::lock_guard lock(mutex_);
  return do_now(action);
}

result<void> Sandbox::do_now(const std::string& action) {
  if (const auto free = room(); !free) return free.error();
  const std::string line = plain(action);
  if (line.find('\n') != std::string::npos) return Error{"an action is one line", "action"};
  const auto read = parse_do(line);
  if (!read) return read.error();
  const auto arrived = simulation_->act(person_, *read);
  if (!arrived) return arrived.error();
  writer_.staff(line);
  return keep({LogEntry::Kind::staff, simulation_->now(), line}, *arrived, {});
}

result<TimePoint> Sandbox::next(bool reminders_only) {
  const auto coming = simulation_->coming();
  if (!coming) return coming.error();
  for (const Simulation::Coming& each : *coming) {
    if (!reminders_only || each.kind.starts_with(reminder_prefix)) return each.at;
  }
  return Error{reminders_only ? "no reminder is planned" : "time brings nothing", "to"};
}

result<void> Sandbox::pass(const std::string& how_far) {
  const std::lock_guard lock(mutex_);
  if (const auto free = room(); !free) return free.error();
  TimePoint to = simulation_->now();
  if (how_far == "hour") {
    to += std::chrono::hours(1);
  } else if (how_far == "day") {
    to += std::chrono::hours(24);
  } else if (how_far == "due" || how_far == "reminder") {
    const auto found = next(how_far == "reminder");
    if (!found) return found.error();
    to = std::max(to, *found);
  } else {
    return Error{"one of: hour, day, due, reminder", "to"};
  }
  to = next_minute(to, zone_);
  const auto arrived = simulation_->pass_until(to);
  if (!arrived) return arrived.error();
  writer_.time(to_civil(to, zone_));
  return keep({LogEntry::Kind::time, to}, *arrived, {});
}

result<void> Sandbox::keep(LogEntry entry, const std::vector<OutboundMessage>& messages,
                           const std::vector<dialog::SayEffect>& says) {
  const log::Rehearsal rehearsal;
  auto after = simulation_->state(person_);
  if (!after) return after.error();
  writer_.us(messages, says, *content_, after->conversation, simulation_->now());
  for (const OutboundMessage& message : messages) bubbles_.push_back({true, false, simulation_->now(), message});
  for (const dialog::SayEffect& say : says) entry.keys.push_back(say.key);
  entry.messages = messages.size();
  entry.changes = changes(before_, *after);
  log_.push_back(std::move(entry));
  before_ = std::move(*after);
  return {};
}

result<Sandbox::View> Sandbox::view() {
  const std::lock_guard lock(mutex_);
  auto coming = simulation_->coming();
  if (!coming) return coming.error();
  return View{simulation_->now(), zone_, person_, bubbles_, log_, before_, std::move(*coming)};
}

result<std::string> Sandbox::transcript() {
  const std::lock_guard lock(mutex_);
  return writer_.text(before_, simulation_->now());
}

}  // namespace passerelle::simulator
