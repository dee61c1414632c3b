// Operations on the cases that people's answers opened: inbox.cases.
#include <array>
#include <boost/json/array.hpp>

#include "console/arguments.hpp"
#include "console/moment.hpp"
#include "console/operations.hpp"
#include "store/case_list.hpp"

namespace passerelle::console {
namespace {

constexpr std::int64_t usual_cases = 50;
constexpr std::int64_t most_cases = 1000;

boost::json::object to_json(Desk& desk, const store::ListedCase& file) {
  boost::json::object row{{"ref", file.ref}, {"kind", file.kind}, {"address", to_string(file.from)}};
  put_moment(row, "opened", file.opened, desk.content);
  boost::json::object answers;
  for (const auto& [name, answer] : file.answers) answers[name] = answer;
  row["answers"] = std::move(answers);
  return row;
}

result<boost::json::object> cases(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  const std::int64_t limit = given.number_if_given("limit", 1, most_cases).value_or(usual_cases);
  const auto kind = given.text_if_given("kind", "flat");
  if (const auto sound = given.sound(); !sound) return sound.error();
  boost::json::array rows;
  for (const store::ListedCase& file : store::newest_cases(desk.transaction, limit, kind)) {
    rows.push_back(to_json(desk, file));
  }
  return boost::json::object{{"cases", std::move(rows)}, {"count", store::count_all_cases(desk.transaction, kind)}};
}

constexpr std::array<Operation, 1> rows{{{"inbox.cases", cases}}};

}  // namespace

std::span<const Operation> case_operations() { return rows; }

}  // namespace passerelle::console
