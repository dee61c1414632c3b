// Operations on what waits for a human: inbox.tasks, inbox.close.
#include <fmt/format.h>

#include <array>
#include <boost/json/array.hpp>

#include "console/arguments.hpp"
#include "console/moment.hpp"
#include "console/operations.hpp"
#include "store/event.hpp"
#include "store/task_list.hpp"

namespace passerelle::console {
namespace {

constexpr std::int64_t usual_tasks = 50;
constexpr std::int64_t most_tasks = 1000;
constexpr std::size_t shortest_ref = 4;

boost::json::object to_json(const store::ListedTask& task, const turns::Content& content) {
  boost::json::object row{{"ref", task.ref}, {"kind", task.kind}};
  if (task.from) row["address"] = to_string(*task.from);
  put_moment(row, "opened", task.opened, content);
  if (task.renewed != task.opened) put_moment(row, "renewed", task.renewed, content);
  row["text"] = task.text;
  if (task.last_text) row["last_text"] = *task.last_text;
  return row;
}

result<boost::json::object> tasks(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  const std::int64_t limit = given.number_if_given("limit", 1, most_tasks).value_or(usual_tasks);
  if (const auto sound = given.sound(); !sound) return sound.error();
  boost::json::array rows;
  for (const store::ListedTask& task : store::newest_tasks(desk.transaction, limit)) {
    rows.push_back(to_json(task, desk.content));
  }
  return boost::json::object{{"tasks", std::move(rows)}, {"open", store::count_open_tasks(desk.transaction)}};
}

result<boost::json::object> close(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  const std::string ref = given.text("ref", "the beginning of its ref, as 'inbox tasks' shows it");
  if (const auto sound = given.sound(); !sound) return sound.error();
  if (ref.size() < shortest_ref) {
    return Error{fmt::format("'{}' is too short to name a task: write at least {} characters", ref, shortest_ref),
                 "ref"};
  }
  const auto found = store::open_tasks_named(desk.transaction, ref);
  if (found.empty()) return Error{fmt::format("no open task has the ref '{}'", ref), "ref"};
  if (found.size() > 1) return Error{fmt::format("several tasks begin with '{}': write more of it", ref), "ref"};
  store::close_task(desk.transaction, found.front().id, desk.now);
  store::add_event(desk.transaction, "task.closed", found.front().id.value, {}, desk.now);
  return boost::json::object{{"closed", found.front().ref}};
}

constexpr std::array<Operation, 2> rows{{{"inbox.tasks", tasks}, {"inbox.close", close}}};

}  // namespace

std::span<const Operation> inbox_operations() { return rows; }

}  // namespace passerelle::console
