#include <boost/json/array.hpp>

#include "store/address.hpp"
#include "store/task.hpp"
#include "unit/console/asking.hpp"

namespace passerelle::console {
namespace {

using std::chrono::minutes;

class CaseOperations : public Asking {
 protected:
  void open(const std::string& user, const std::string& kind, const Answers& answers, TimePoint at) {
    const auto done = store::transact_now(*writer_, [&](store::Transaction& transaction) {
      const AddressId address = store::find_or_add_address(transaction, {"sms", user}, at);
      store::open_case(transaction, kind, address, answers, at);
    });
    ASSERT_TRUE(done);
  }

  // "KIND ADDRESS" of each row.
  std::string listed(const std::string& arguments) {
    const auto answer = ask("inbox.cases", arguments).value();
    std::string text;
    for (const auto& row : answer.at("cases").as_array())
      text += std::string(row.at("kind").as_string()) + " " + std::string(row.at("address").as_string()) + "\n";
    return text + std::to_string(answer.at("count").as_int64()) + " in all";
  }
};

TEST_F(CaseOperations, a_case_is_shown_with_its_answers_as_its_dialog_took_them) {
  open("+41790000001", "flat", {{"problem", "heating"}, {"people", "4"}}, noon);
  const auto answer = ask("inbox.cases").value();
  ASSERT_EQ(answer.at("cases").as_array().size(), 1U);
  const boost::json::object& row = answer.at("cases").as_array()[0].as_object();
  EXPECT_EQ(row.at("ref").as_string().size(), 32U);
  EXPECT_EQ(row.at("kind").as_string(), "flat");
  EXPECT_EQ(row.at("address").as_string(), "sms:+41790000001");
  EXPECT_EQ(row.at("opened").as_string(), "2027-03-28T11:00:00.000Z");
  EXPECT_EQ(row.at("opened_here").as_string(), "28.03.2027 13:00");
  EXPECT_EQ(row.at("answers"), boost::json::parse(R"({"people": "4", "problem": "heating"})"));
}

TEST_F(CaseOperations, the_newest_comes_first_and_kind_and_limit_choose) {
  open("1", "flat", {}, noon);
  open("2", "minor", {}, noon + minutes(1));
  open("3", "flat", {}, noon + minutes(2));
  EXPECT_EQ(listed("{}"), "flat sms:3\nminor sms:2\nflat sms:1\n3 in all");
  EXPECT_EQ(listed(R"({"limit": 1})"), "flat sms:3\n3 in all");
  EXPECT_EQ(listed(R"({"kind": "flat"})"), "flat sms:3\nflat sms:1\n2 in all");
  EXPECT_EQ(error_of("inbox.cases", R"({"limit": 0})"), "'limit' is not a whole number from 1 to 1000");
}

}  // namespace
}  // namespace passerelle::console
