#include <boost/json/array.hpp>

#include "asking.hpp"
#include "store/address.hpp"
#include "store/statement.hpp"
#include "store/task.hpp"
#include "store/task_list.hpp"

namespace passerelle::console {
namespace {

using passerelle::testing::take;
using passerelle::testing::text_from;
using std::chrono::minutes;

class Inbox : public Asking {
 protected:
  void receive(const std::string& user, const std::string& text, TimePoint at) {
    take(*writer_, *content_, text_from(user, text, "SM" + std::to_string(++count_)), at);
  }
  boost::json::array tasks(const std::string& arguments = "{}") {
    const auto answer = ask("inbox.tasks", arguments);
    return answer ? answer->at("tasks").as_array() : boost::json::array();
  }
  static std::string text(const boost::json::value& row, std::string_view name) {
    const auto* value = row.as_object().if_contains(name);
    return value == nullptr ? "" : std::string(value->as_string());
  }

 private:
  int count_ = 0;
};

TEST_F(Inbox, open_tasks_are_shown_with_their_words_the_newest_first) {
  receive("+41790000001", "RAPPEL", noon);
  receive("+41790000002", "rappel", noon + minutes(5));
  const auto rows = tasks();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(text(rows[0], "address"), "sms:+41790000002");
  EXPECT_EQ(text(rows[0], "kind"), "call_back");
  EXPECT_EQ(text(rows[0], "text"), "rappel");
  EXPECT_EQ(text(rows[0], "opened"), "2027-03-28T11:05:00.000Z");
  EXPECT_EQ(text(rows[0], "opened_here"), "28.03.2027 13:05");  // summer time has just begun
  EXPECT_EQ(text(rows[0], "ref").size(), 32u);
  EXPECT_EQ(text(rows[1], "text"), "RAPPEL");
}

TEST_F(Inbox, a_task_that_is_renewed_keeps_its_first_words_and_shows_the_newest) {
  receive("+41790000001", "RAPPEL", noon);
  receive("+41790000002", "RAPPEL", noon + minutes(1));
  receive("+41790000001", "RAPPEL svp", noon + minutes(2));
  const auto rows = tasks();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(text(rows[0], "text"), "RAPPEL");
  EXPECT_EQ(text(rows[0], "last_text"), "RAPPEL svp");
  EXPECT_EQ(text(rows[0], "renewed_here"), "28.03.2027 13:02");
  EXPECT_EQ(text(rows[1], "last_text"), "");
}

TEST_F(Inbox, the_limit_cuts_the_list_and_the_count_tells_of_the_rest) {
  for (int i = 1; i <= 3; ++i) receive("+4179000000" + std::to_string(i), "RAPPEL", noon + minutes(i));
  const auto answer = ask("inbox.tasks", R"({"limit": 2})");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->at("tasks").as_array().size(), 2u);
  EXPECT_EQ(answer->at("open").as_int64(), 3);
  EXPECT_EQ(error_of("inbox.tasks", R"({"limit": 0})"), "'limit' is not a whole number from 1 to 1000");
}

TEST_F(Inbox, the_call_back_list_is_the_tasks_of_that_kind) {
  receive("+41790000001", "RAPPEL", noon);
  receive("+41790000002", "Au secours", noon + minutes(1));
  const auto answer = ask("inbox.tasks", R"({"kind": "call_back"})");
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->at("tasks").as_array().size(), 1u);
  EXPECT_EQ(text(answer->at("tasks").as_array()[0], "address"), "sms:+41790000001");
}

TEST_F(Inbox, a_closed_task_is_gone_and_the_next_wish_opens_another) {
  receive("+41790000001", "RAPPEL", noon);
  const std::string ref = text(tasks()[0], "ref");
  const auto closed = ask("inbox.close", R"({"ref": ")" + ref.substr(0, 6) + R"("})");
  ASSERT_TRUE(closed) << closed.error().what;
  EXPECT_EQ(closed->at("closed").as_string(), ref);
  EXPECT_TRUE(tasks().empty());
  receive("+41790000001", "RAPPEL", noon + minutes(1));
  ASSERT_EQ(tasks().size(), 1u);
  EXPECT_NE(text(tasks()[0], "ref"), ref);
}

TEST_F(Inbox, a_ref_must_name_one_open_task) {
  receive("+41790000001", "RAPPEL", noon);
  const std::string ref = text(tasks()[0], "ref");
  EXPECT_EQ(error_of("inbox.close", "{}"),
            "'ref' is missing: write the beginning of its ref, as 'inbox tasks' shows it");
  EXPECT_EQ(error_of("inbox.close", R"({"ref": "abc"})"),
            "'abc' is too short to name a task: write at least 4 characters");
  EXPECT_EQ(error_of("inbox.close", R"({"ref": "%%%%"})"), "no open task has the ref '%%%%'");
  EXPECT_EQ(error_of("inbox.close", R"({"ref": ")" + ref + R"(0"})"), "no open task has the ref '" + ref + "0'");
  EXPECT_EQ(tasks().size(), 1u);
}

TEST_F(Inbox, a_beginning_that_two_tasks_share_closes_neither) {
  const auto done = store::transact_now(*writer_, [](store::Transaction& transaction) {
    for (const char* user : {"a", "b"}) {
      store::open_task(transaction, "person", store::find_or_add_address(transaction, {"sms", user}, noon), {}, noon);
    }
    store::Statement(transaction.database(), "UPDATE task SET ref = 'abcdef' || id").run();
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(error_of("inbox.close", R"({"ref": "abcd"})"), "several tasks begin with 'abcd': write more of it");
  EXPECT_EQ(tasks().size(), 2u);
  EXPECT_TRUE(ask("inbox.close", R"({"ref": "abcdef1"})"));
  EXPECT_EQ(text(tasks()[0], "text"), "");  // nobody's words opened this one
}

TEST(Operations, every_name_is_there_once_and_has_the_form_noun_verb) {
  std::vector<std::string_view> names;
  for (const Operation& operation : all_operations()) {
    EXPECT_EQ(std::ranges::count(names, operation.name), 0) << operation.name;
    EXPECT_EQ(operation.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_."), std::string_view::npos);
    names.push_back(operation.name);
  }
  EXPECT_EQ(find_operation("inbox.nothing"), nullptr);
}

class Refusal : public Asking {};

result<boost::json::object> writes_then_refuses(Desk& desk, const boost::json::object& arguments) {
  store::open_task(desk.transaction, "person", {}, {}, desk.now);
  if (arguments.contains("throw")) throw std::runtime_error("a bug");
  return Error{"no", "here"};
}

TEST_F(Refusal, an_operation_that_refuses_leaves_nothing_behind) {
  const Operation operation{"test", writes_then_refuses};
  const auto done = store::transact_now(*writer_, [&](store::Transaction& transaction) {
    Desk desk{transaction, *content_, channels_, noon};
    const auto answer = run(operation, desk, {});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), (Error{"no", "here"}));
    EXPECT_THROW((void)run(operation, desk, {{"throw", true}}), std::runtime_error);
    EXPECT_EQ(store::count_open_tasks(transaction), 0);
  });
  EXPECT_TRUE(done);
}

TEST(ParseArguments, only_an_object_in_utf_8_is_taken) {
  EXPECT_TRUE(parse_arguments(R"({"a": [1, {"b": "é"}]})"));
  const std::string deep = "{\"a\":" + std::string(20, '[') + std::string(20, ']') + "}";
  for (const std::string& wrong : {std::string(), std::string("[]"), std::string("{\"a\": \"\xff\"}"), deep}) {
    ASSERT_FALSE(parse_arguments(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace passerelle::console
