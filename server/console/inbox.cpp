// Operations on what waits for a human: inbox.tasks, inbox.close, inbox.retry.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>

#include "console/arguments.hpp"
#include "console/attachment_row.hpp"
#include "console/moment.hpp"
#include "console/operations.hpp"
#include "language/normalize.hpp"
#include "language/read.hpp"
#include "store/address.hpp"
#include "store/attachment_list.hpp"
#include "store/event.hpp"
#include "store/inbound.hpp"
#include "store/person.hpp"
#include "store/task_list.hpp"
#include "turns/take_in.hpp"

namespace passerelle::console {
namespace {

constexpr std::int64_t usual_tasks = 50;
constexpr std::int64_t most_tasks = 1000;
constexpr std::size_t shortest_ref = 4;
constexpr std::string_view ref_example = "the beginning of its ref, as 'inbox tasks' shows it";
constexpr const char* stuck_kind = "stuck";
constexpr const char* writer_answer = "writer";  // of dialogs/who.yaml
constexpr std::size_t most_turns = 32;           // in one transaction, so that nobody waits long behind it

// Whether somebody of this phone is called so, as staff entered them: one of the names, or one word of it ("Amina" of
// "Amina Haile"). For staff: the person is told nothing of it.
bool is_known_here(Desk& desk, const Address& phone, const std::string& writer) {
  const std::string wanted = language::fold(writer);
  for (const std::string& name : store::names_of(desk.transaction, store::find_address(desk.transaction, phone))) {
    const std::string folded = language::fold(name);
    const std::vector<std::string> words = language::tokens(folded);
    if (folded == wanted || std::ranges::find(words, wanted) != words.end()) return true;
  }
  return false;
}

// "problem: heating; people: 4", for a table.
std::string in_words(const Answers& note) {
  std::string words;
  for (const auto& [name, answer] : note) words += (words.empty() ? "" : "; ") + name + ": " + answer;
  return words;
}

// One note a request; 'note' is the newest, 'earlier_notes' are the others.
void put_notes(Desk& desk, const store::ListedTask& task, boost::json::object& row) {
  boost::json::array earlier;
  std::string words;
  for (std::size_t i = 0; i < task.notes.size(); ++i) {
    const Answers& note = task.notes[i];
    boost::json::object object;
    for (const auto& [name, answer] : note) object[name] = answer;
    words += (words.empty() ? "" : " | ") + in_words(note);
    if (i + 1 < task.notes.size()) {
      earlier.push_back(std::move(object));
      continue;
    }
    row["note"] = std::move(object);
    if (const auto owner = note.find("owner"); owner != note.end()) row["owner"] = owner->second;
    const auto writer = note.find(writer_answer);
    if (writer != note.end() && task.from) row["writer_known"] = is_known_here(desk, *task.from, writer->second);
  }
  if (!words.empty()) row["note_here"] = words;
  if (!earlier.empty()) row["earlier_notes"] = std::move(earlier);
}

// "[photo, 231 KB] 1a2b3c4d": what was shown, and the ref by which 'attachments save' knows it.
void put_attachments(Desk& desk, const store::ListedTask& task, boost::json::object& row) {
  if (!task.first_inbound) return;
  const InboundId last = task.last_inbound ? task.last_inbound : task.first_inbound;
  boost::json::array refs;
  std::string words;
  for (const auto& attachment : store::attachments_among(desk.transaction, task.first_inbound, last)) {
    refs.emplace_back(attachment.ref);
    words += (words.empty() ? "" : " ") + in_brackets(attachment) + " " + attachment.ref.substr(0, 8);
  }
  if (refs.empty()) return;
  row["attachments"] = std::move(refs);
  row["shows"] = std::move(words);
}

boost::json::object to_json(Desk& desk, const store::ListedTask& task) {
  const turns::Content& content = desk.content;
  boost::json::object row{{"ref", task.ref}, {"kind", task.kind}};
  if (task.from) row["address"] = to_string(*task.from);
  put_moment(row, "opened", task.opened, content);
  if (task.renewed != task.opened) put_moment(row, "renewed", task.renewed, content);
  row["text"] = task.text;
  if (task.last_text) row["last_text"] = *task.last_text;
  put_attachments(desk, task, row);
  if (!task.subject.empty()) row["subject"] = task.subject;
  put_notes(desk, task, row);
  return row;
}

result<boost::json::object> tasks(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  const std::int64_t limit = given.number_if_given("limit", 1, most_tasks).value_or(usual_tasks);
  const auto kind = given.text_if_given("kind", "call_back");
  if (const auto sound = given.sound(); !sound) return sound.error();
  boost::json::array rows;
  for (const store::ListedTask& task : store::newest_tasks(desk.transaction, limit, kind)) {
    rows.push_back(to_json(desk, task));
  }
  return boost::json::object{{"tasks", std::move(rows)}, {"open", store::count_open_tasks(desk.transaction, kind)}};
}

result<store::NamedTask> named(Desk& desk, const std::string& ref) {
  if (ref.size() < shortest_ref) {
    return Error{fmt::format("'{}' is too short to name a task: write at least {} characters", ref, shortest_ref),
                 "ref"};
  }
  const auto found = store::open_tasks_named(desk.transaction, ref);
  if (found.empty()) return Error{fmt::format("no open task has the ref '{}'", ref), "ref"};
  if (found.size() > 1) return Error{fmt::format("several tasks begin with '{}': write more of it", ref), "ref"};
  return found.front();
}

result<boost::json::object> close(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  const std::string ref = given.text("ref", ref_example);
  if (const auto sound = given.sound(); !sound) return sound.error();
  const auto task = named(desk, ref);
  if (!task) return task.error();
  store::close_task(desk.transaction, task->id, desk.now);
  store::add_event(desk.transaction, "task.closed", task->id.value, {}, desk.now);
  return boost::json::object{{"closed", task->ref}};
}

bool can_answer(const Desk& desk, const store::StuckInbound& stuck) {
  const auto channel = desk.channels.find(stuck.message.from.channel);
  return channel != desk.channels.end() && channel->second.sends;
}

std::string cannot_answer(const store::StuckInbound& stuck) {
  return fmt::format("the channel '{}' cannot send, so the answer would go nowhere: call, and close the task",
                     stuck.message.from.channel);
}

// True when the turn is taken now.
bool take_again(Desk& desk, const store::StuckInbound& stuck) {
  const Reading reading = language::read(stuck.message.text, desk.content.keywords);
  turns::Arrival arrival{stuck.message, reading, std::nullopt, false};
  arrival.channel = desk.channels.find(stuck.message.from.channel)->second;
  arrival.by_webhook = false;
  return !turns::take_again(desk.transaction, desk.content, arrival, stuck.id, stuck.address, desk.now).stuck;
}

// The messages of one task, in the order they came; closed when none of them is left.
boost::json::array retry_task(Desk& desk, const store::NamedTask& task, std::size_t most) {
  boost::json::array told;
  bool moved = false;
  for (const auto& stuck : store::stuck_inbound(desk.transaction, task.id, static_cast<std::int64_t>(most))) {
    boost::json::object row{{"task", task.ref}, {"address", to_string(stuck.message.from)}};
    const bool can = can_answer(desk, stuck);
    const bool taken = can && take_again(desk, stuck);
    row["state"] = taken ? "processed" : "stuck";
    if (!can) row["why"] = cannot_answer(stuck);
    moved = moved || taken;
    told.push_back(std::move(row));
  }
  if (moved && store::stuck_inbound(desk.transaction, task.id, 1).empty()) {
    store::close_task(desk.transaction, task.id, desk.now);
    store::add_event(desk.transaction, "task.closed", task.id.value, "retry", desk.now);
  }
  return told;
}

result<boost::json::array> retry_one(Desk& desk, const std::string& ref) {
  const auto task = named(desk, ref);
  if (!task) return task.error();
  const auto stuck = store::stuck_inbound(desk.transaction, task->id, 1);
  if (stuck.empty())
    return Error{"no message of this task can be taken again: read it, do what it asks, and close it", "ref"};
  if (!can_answer(desk, stuck.front())) return Error{cannot_answer(stuck.front()), "ref"};
  return retry_task(desk, *task, most_turns);
}

boost::json::array retry_all(Desk& desk) {
  boost::json::array told;
  for (const store::NamedTask& task : store::open_tasks_of(desk.transaction, stuck_kind, most_tasks)) {
    if (told.size() >= most_turns) break;
    for (boost::json::value& row : retry_task(desk, task, most_turns - told.size())) told.push_back(std::move(row));
  }
  return told;
}

result<boost::json::object> retry(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  const auto ref = given.text_if_given("ref", ref_example);
  if (const auto sound = given.sound(); !sound) return sound.error();
  auto told = ref ? retry_one(desk, *ref) : result<boost::json::array>(retry_all(desk));
  if (!told) return told.error();
  return boost::json::object{{"messages", std::move(*told)}};
}

constexpr std::array<Operation, 3> rows{{{"inbox.tasks", tasks}, {"inbox.close", close}, {"inbox.retry", retry}}};

}  // namespace

std::span<const Operation> inbox_operations() { return rows; }

}  // namespace passerelle::console
