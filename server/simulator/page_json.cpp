#include "simulator/page_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value_from.hpp>

#include "language/segments.hpp"
#include "turns/appointment_words.hpp"
#include "turns/compose.hpp"

namespace passerelle::simulator {
namespace {

namespace json = boost::json;

constexpr std::size_t most_coming = 10;

// By the place's clock: "28.03.2027 14:30".
std::string shown(TimePoint time, const std::string& zone) {
  const CivilTime civil = to_civil(time, zone);
  return format_date(civil) + " " + format_time(civil);
}

const char* direction(const turns::Content& content, const Locale& locale) {
  const language::LocaleFile* file = content.catalog.find(locale);
  return file != nullptr && file->rtl ? "rtl" : "ltr";
}

std::string_view name_of(LogEntry::Kind kind) {
  switch (kind) {
    case LogEntry::Kind::began: return "began";
    case LogEntry::Kind::person: return "person";
    case LogEntry::Kind::rings: return "rings";
    case LogEntry::Kind::staff: return "staff";
    case LogEntry::Kind::time: return "time";
  }
  return "";
}

json::object object_of(const Answers& answers) {
  json::object object;
  for (const auto& [name, answer] : answers) object[name] = answer;
  return object;
}

json::object write(const Bubble& bubble, const turns::Content& content, const std::string& zone) {
  json::object row{{"us", bubble.from_us}, {"at", shown(bubble.at, zone)}, {"text", bubble.message.text}};
  if (bubble.rings) row["rings"] = true;
  if (!bubble.from_us) return row;
  const OutboundMessage& message = bubble.message;
  row["lang"] = message.locale;
  row["dir"] = direction(content, message.locale);
  row["class"] = to_string(message.message_class);
  row["encoding"] = language::to_string(message.encoding);
  row["segments"] = message.parts.size();
  if (!message.gloss.empty()) {
    row["gloss"] = message.gloss;
    row["gloss_lang"] = content.association.site_language;
  }
  return row;
}

json::object write(const LogEntry& entry, const std::string& zone) {
  json::array changes;
  for (const LogEntry::Change& change : entry.changes)
    changes.push_back({{"name", change.name}, {"before", change.before}, {"after", change.after}});
  json::object row{{"kind", name_of(entry.kind)},
                   {"at", shown(entry.at, zone)},
                   {"keys", json::value_from(entry.keys)},
                   {"messages", entry.messages},
                   {"changes", std::move(changes)}};
  if (!entry.what.empty()) row["what"] = entry.what;
  if (entry.stuck) row["stuck"] = true;
  return row;
}

json::object write(const store::ListedTask& task, const std::string& zone) {
  json::object row{{"kind", task.kind}, {"opened", shown(task.opened, zone)}, {"text", task.text}};
  if (task.last_text) row["last"] = *task.last_text;
  json::array notes;
  for (const Answers& note : task.notes) notes.push_back(object_of(note));
  if (!notes.empty()) row["notes"] = std::move(notes);
  return row;
}

json::object write(const Appointment& appointment) {
  return {{"at", format_date(appointment.at) + " " + format_time(appointment.at)},
          {"place", appointment.place},
          {"with", appointment.with},
          {"bring", json::value_from(appointment.bring)},
          {"answer", to_string(appointment.response)},
          {"cancelled", appointment.cancelled}};
}

json::object write(const Contact& contact) {
  return {{"readers", to_string(contact.readers)},
          {"discreet", contact.discreet},
          {"safe_hours", contact.safe_hours ? to_string(*contact.safe_hours) : std::string()},
          {"paused", contact.paused},
          {"code", contact.code}};
}

json::object write(const Frame& frame, const turns::Content& content, const std::string& zone) {
  const dialog::Dialog* found = content.library.find(frame.dialog.name);
  const dialog::Step* step = found == nullptr ? nullptr : found->find(frame.step);
  json::array callers;
  for (const Caller& caller : frame.callers) callers.emplace_back(caller.dialog.name + "/" + caller.step);
  json::object row{{"dialog", frame.dialog.name},
                   {"step", frame.step},
                   {"asks", step == nullptr ? std::string() : step->ask},
                   {"until", shown(frame.expires, zone)},
                   {"misses", frame.misses},
                   {"answers", object_of(frame.answers)},
                   {"offered", json::value_from(frame.offered)},
                   {"callers", std::move(callers)}};
  if (frame.gives_up) row["gives_up"] = shown(*frame.gives_up, zone);
  return row;
}

json::object write(const Conversation& conversation, const turns::Content& content, const std::string& zone) {
  json::array questions;  // the one that waits first
  for (auto frame = conversation.stack.rbegin(); frame != conversation.stack.rend(); ++frame)
    questions.push_back(write(*frame, content, zone));
  return {{"language", conversation.locale},
          {"chosen", conversation.locale_chosen},
          {"latin_only", conversation.latin_only},
          {"consent", to_string(conversation.consent)},
          {"questions", std::move(questions)}};
}

template <class Rows, class... More>
json::array list(const Rows& rows, const More&... more) {
  json::array written;
  for (const auto& row : rows) written.push_back(write(row, more...));
  return written;
}

// As the person will be told, in the site's language.
std::string bring_text(const turns::Content& content, const std::string& id) {
  const std::string text = turns::tell(content, {"bring." + id, {{"bring_" + id, std::string("yes")}}},
                                       content.association.site_language, TimePoint{});
  return text.empty() ? id : text;
}

json::array write_cases(const std::vector<store::ListedCase>& files, const std::string& zone) {
  json::array rows;
  for (const store::ListedCase& file : files) {
    rows.push_back({{"kind", file.kind}, {"opened", shown(file.opened, zone)}, {"answers", object_of(file.answers)}});
  }
  return rows;
}

json::array write_coming(const std::vector<Simulation::Coming>& coming, const std::string& zone) {
  json::array rows;
  for (const Simulation::Coming& each : coming) {
    if (rows.size() < most_coming) rows.push_back({{"at", shown(each.at, zone)}, {"kind", each.kind}});
  }
  return rows;
}

}  // namespace

json::object to_json(const Sandbox::View& view, const turns::Content& content) {
  json::object page{{"now", shown(view.now, view.zone)},
                    {"zone", view.zone},
                    {"number", view.person.user},
                    {"messages", list(view.bubbles, content, view.zone)},
                    {"log", list(view.log, view.zone)},
                    {"tasks", list(view.state.listed, view.zone)},
                    {"cases", write_cases(view.state.files, view.zone)},
                    {"contact", write(view.state.contact)},
                    {"session", write(view.state.conversation, content, view.zone)},
                    {"coming", write_coming(view.coming, view.zone)}};
  page["appointment"] = view.state.appointment ? json::value(write(*view.state.appointment)) : json::value(nullptr);
  return page;
}

json::object choices(const turns::Content& content) {
  const Association& association = content.association;
  json::array languages;
  for (const Locale& locale : association.languages) {
    languages.push_back(
        {{"code", locale}, {"name", content.catalog.find(locale)->name}, {"dir", direction(content, locale)}});
  }
  json::array places;
  for (const Place& place : association.places) places.push_back({{"id", place.id}, {"name", place.name}});
  json::array bring;
  for (const std::string& id : turns::phrasebook(content))
    bring.push_back({{"id", id}, {"text", bring_text(content, id)}});
  return {{"association", association.name},
          {"site_language", association.site_language},
          {"languages", std::move(languages)},
          {"places", std::move(places)},
          {"bring", std::move(bring)}};
}

}  // namespace passerelle::simulator
