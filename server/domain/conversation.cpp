#include "domain/conversation.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>
#include <limits>
#include <optional>
#include <utility>

#include "domain/saved_conversation.hpp"
#include "domain/saved_fields.hpp"

// The JSON's 'format' is for us: a reader refuses one that it does not know, takes a missing key as the default of an
// older writer, and passes over keys of which it knows nothing.
namespace passerelle {
namespace {

namespace json = boost::json;

constexpr std::size_t longest = 1'000'000;  // a state is a few hundred bytes; this is somebody's attack or our bug
constexpr std::size_t deepest_json = 8;
using saved::end_of_time;
using saved::format;
using saved::most_answers;
using saved::most_misses;

constexpr std::array<std::pair<Consent, std::string_view>, 3> consents{
    {{Consent::open, "open"}, {Consent::reminders_only, "reminders_only"}, {Consent::stopped, "stopped"}}};

Error unreadable(std::string_view what) { return Error{fmt::format("unreadable conversation: {}", what), ""}; }

result<Answers> read_answers(const json::value* value, const std::string& where) {
  Answers answers;
  if (value == nullptr) return answers;
  const json::object* object = value->if_object();
  if (object == nullptr || object->size() > most_answers)
    return unreadable(fmt::format("'{}answers' should be a small object", where));
  for (const auto& [name, answer] : *object) {
    const json::string* text = answer.if_string();
    if (text == nullptr) return unreadable(fmt::format("'{}answers' should hold texts", where));
    answers.emplace(std::string_view(name), std::string_view(*text));
  }
  return answers;
}

result<std::vector<std::string>> read_offered(const json::value* value, const std::string& where) {
  std::vector<std::string> offered;
  if (value == nullptr) return offered;
  const json::array* list = value->if_array();
  if (list == nullptr || list->size() > most_answers)
    return unreadable(fmt::format("'{}offered' should be a small list", where));
  for (const json::value& id : *list) {
    const json::string* text = id.if_string();
    if (text == nullptr) return unreadable(fmt::format("'{}offered' should hold texts", where));
    offered.emplace_back(std::string_view(*text));
  }
  return offered;
}

// What a frame and a caller have in common: where a dialog stands, and what it was told.
template <class Standing>
result<void> read_standing(SavedFields& fields, const std::string& where, Standing& standing) {
  fields.read("dialog", standing.dialog.name);
  fields.read("hash", standing.dialog.hash);
  fields.read("step", standing.step);
  if (standing.dialog.name.empty()) fields.refuse("dialog", "a dialog's name");
  if (standing.step.empty()) fields.refuse("step", "a step's name");
  if (!fields.wrong().empty()) return unreadable(fields.wrong());
  result<Answers> answers = read_answers(fields.find("answers"), where);
  if (!answers) return answers.error();
  standing.answers = std::move(*answers);
  return {};
}

result<std::vector<Caller>> read_callers(const json::value* value, const std::string& where) {
  std::vector<Caller> callers;
  if (value == nullptr) return callers;
  const json::array* list = value->if_array();
  if (list == nullptr || list->size() > Frame::most_callers)
    return unreadable(fmt::format("'{}callers' should be a list of at most {}", where, Frame::most_callers));
  for (const json::value& each : *list) {
    const json::object* object = each.if_object();
    if (object == nullptr) return unreadable(fmt::format("'{}callers' should hold objects", where));
    SavedFields fields(*object, where + "callers.");
    Caller caller;
    if (auto read = read_standing(fields, where + "callers.", caller); !read) return read.error();
    callers.push_back(std::move(caller));
  }
  return callers;
}

result<Frame> read_frame(const json::value& value, std::size_t number) {
  const std::string where = fmt::format("stack[{}].", number);
  const json::object* object = value.if_object();
  if (object == nullptr) return unreadable(fmt::format("'stack[{}]' should be an object", number));
  SavedFields fields(*object, where);
  Frame frame;
  frame.misses = static_cast<int>(fields.integer("misses", 0, most_misses));
  frame.expires = from_ms(fields.integer("expires", -end_of_time, end_of_time));
  frame.asked = from_ms(fields.integer("asked", -end_of_time, end_of_time));
  if (fields.find("gives_up") != nullptr)
    frame.gives_up = from_ms(fields.integer("gives_up", -end_of_time, end_of_time));
  if (auto read = read_standing(fields, where, frame); !read) return read.error();
  auto offered = read_offered(fields.find("offered"), where);
  if (!offered) return offered.error();
  frame.offered = std::move(*offered);
  auto callers = read_callers(fields.find("callers"), where);
  if (!callers) return callers.error();
  frame.callers = std::move(*callers);
  return frame;
}

result<std::vector<Frame>> read_stack(const json::value* value) {
  std::vector<Frame> stack;
  if (value == nullptr) return stack;
  const json::array* list = value->if_array();
  if (list == nullptr || list->size() > Conversation::deepest) {
    return unreadable(fmt::format("'stack' should be a list of at most {} frames", Conversation::deepest));
  }
  for (std::size_t number = 0; number < list->size(); ++number) {
    result<Frame> frame = read_frame((*list)[number], number);
    if (!frame) return frame.error();
    stack.push_back(std::move(*frame));
  }
  return stack;
}

result<Conversation> read_conversation(const json::object& object) {
  SavedFields fields(object, "");
  if (fields.find("format") == nullptr) return unreadable("'format' is missing");
  if (fields.integer("format", 1, std::numeric_limits<std::int64_t>::max()) > format) {
    return unreadable("it was saved by a newer Passerelle; start that version again");
  }
  Conversation conversation;
  std::string consent = "open", dates;
  fields.read("locale", conversation.locale);
  fields.read("last_reply", conversation.last_reply);
  fields.read("locale_chosen", conversation.locale_chosen);
  fields.read("latin_only", conversation.latin_only);
  fields.read("latin_line_told", conversation.latin_line_told);
  fields.read("consent", consent);
  fields.read("dates", dates);
  conversation.version = fields.count("version");
  fields.read("answer", conversation.last_answer.hash);
  conversation.last_answer.times = static_cast<int>(fields.integer("answer_times", 0, most_misses));
  conversation.last_answer.at = from_ms(fields.integer("answer_at", 0, end_of_time));
  const std::optional<Consent> known = parse_consent(consent);
  // Never guessed: a consent that we do not know may be a STOP.
  if (!known) fields.refuse("consent", "open, reminders_only or stopped");
  if (!fields.wrong().empty()) return unreadable(fields.wrong());
  conversation.consent = *known;
  // Only how dates are told: a choice that an older version does not know is no reason to lose the rest.
  conversation.dates = parse_date_style(dates).value_or(DateStyle());
  result<std::vector<Frame>> stack = read_stack(fields.find("stack"));
  if (!stack) return stack.error();
  conversation.stack = std::move(*stack);
  return conversation;
}

}  // namespace

std::string_view to_string(Consent consent) {
  for (const auto& [value, name] : consents) {
    if (value == consent) return name;
  }
  return {};
}

std::optional<Consent> parse_consent(std::string_view text) {
  for (const auto& [value, name] : consents) {
    if (name == text) return value;
  }
  return std::nullopt;
}

result<Conversation> load_conversation(std::string_view text) {
  if (text.size() > longest) return unreadable("it is too long");
  if (std::optional<Conversation> own = read_own(text)) return std::move(*own);
  std::array<unsigned char, 4096> buffer;
  json::monotonic_resource memory(buffer.data(), buffer.size());
  json::parse_options options;
  options.max_depth = deepest_json;
  json::error_code code;
  const json::value value = json::parse(text, code, &memory, options);
  if (code) return unreadable(code.message());
  const json::object* object = value.if_object();
  if (object == nullptr) return unreadable("it should be an object");
  return read_conversation(*object);
}

}  // namespace passerelle
