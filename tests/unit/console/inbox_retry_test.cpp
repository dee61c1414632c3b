// inbox.retry: the turns of messages over which the server stumbled.
#include <boost/json/array.hpp>

#include "asking.hpp"
#include "store/address.hpp"
#include "store/conversation.hpp"
#include "store/inbound.hpp"
#include "store/outbound_list.hpp"
#include "store/task_list.hpp"

namespace passerelle::console {
namespace {

using passerelle::testing::take;
using passerelle::testing::text_from;
using std::chrono::hours;

class InboxRetry : public Asking {
 protected:
  // With content over which every turn stumbles.
  void stumble(const std::string& user, const std::string& words) {
    EXPECT_TRUE(take(*writer_, *broken_, text_from(user, words, "SM" + std::to_string(++count_)), noon).stuck);
  }
  boost::json::array retry(const std::string& arguments = "{}") {
    const auto answer = ask("inbox.retry", arguments, noon + hours(1));
    EXPECT_TRUE(answer) << answer.error().what;
    return answer ? answer->at("messages").as_array() : boost::json::array();
  }
  std::vector<std::string> open_refs() {
    std::vector<std::string> refs;
    in_transaction([&](store::Transaction& transaction) {
      for (const auto& task : store::newest_tasks(transaction, 10)) {
        if (task.kind == "stuck") refs.push_back(task.ref);
      }
    });
    return refs;
  }
  void in_transaction(const std::function<void(store::Transaction&)>& work) {
    EXPECT_TRUE(store::transact_now(*writer_, work));
  }
  static std::string state(const boost::json::value& row) { return std::string(row.at("state").as_string()); }

  std::shared_ptr<const turns::Content> broken_ =
      turns::load_content({"tests/support/broken_association", {}, {}, SOURCE_DIR}).content;

 private:
  int count_ = 0;
};

TEST_F(InboxRetry, a_message_is_answered_after_all_and_its_task_closes) {
  stumble("+41790000001", "Bonjour, je cherche des informations");
  const auto rows = retry();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(state(rows[0]), "processed");
  EXPECT_TRUE(open_refs().empty());
  in_transaction([](store::Transaction& transaction) {
    EXPECT_EQ(store::count_inbound(transaction).processed, 1);
    const AddressId address = store::find_address(transaction, {"sms", "+41790000001"});
    EXPECT_EQ(store::load_conversation(transaction, address).locale, "fr");
    const auto messages = store::newest_messages(transaction, {{}, address, 10});
    ASSERT_EQ(messages.size(), 2u) << "that it will be read, and now the answer";
    EXPECT_EQ(messages[0].cause, "in:1:again:0");
    EXPECT_NE(messages[0].text.find("Maison du Pont"), std::string::npos);
    EXPECT_EQ(messages[0].next_at.has_value(), true) << "it leaves on our own account";
    EXPECT_EQ(messages[1].cause, "in:1:0");
  });
  EXPECT_TRUE(retry().empty());
  const auto repeated = take(*writer_, *content_, text_from("+41790000001", "Bonjour, …", "SM1"), noon + hours(2));
  EXPECT_TRUE(repeated.repeated);
  EXPECT_EQ(repeated.replies.size(), 1u) << "the gateway that comes again gets what it got";
}

TEST_F(InboxRetry, all_messages_of_a_phone_are_taken_in_the_order_they_came) {
  stumble("+41790000001", "Bonjour");
  stumble("+41790000002", "Bonjour");
  stumble("+41790000001", "2");
  ASSERT_EQ(open_refs().size(), 2u);
  ASSERT_EQ(retry().size(), 3u);
  EXPECT_TRUE(open_refs().empty());
  in_transaction([](store::Transaction& transaction) {
    const auto tasks = store::newest_tasks(transaction, 10);
    ASSERT_EQ(tasks.size(), 1u) << "2 is the menu's word for a call back, and the menu is there by then";
    EXPECT_EQ(tasks.front().kind, "call_back");
  });
}

TEST_F(InboxRetry, what_stumbles_again_stays_and_nothing_is_said_twice) {
  stumble("+41790000001", "Bonjour");
  std::swap(content_, broken_);
  EXPECT_EQ(state(retry()[0]), "stuck");
  EXPECT_EQ(open_refs().size(), 1u);
  in_transaction([](store::Transaction& transaction) {
    EXPECT_EQ(store::count_inbound(transaction).stuck, 1);
    EXPECT_EQ(store::newest_messages(transaction, {{}, {}, 10}).size(), 1u);
  });
  std::swap(content_, broken_);
  EXPECT_EQ(state(retry()[0]), "processed");
}

TEST_F(InboxRetry, one_task_is_named_by_its_ref) {
  stumble("+41790000001", "Bonjour");
  stumble("+41790000002", "Bonjour");
  const std::string ref = open_refs()[1];
  EXPECT_EQ(retry(R"({"ref": ")" + ref.substr(0, 8) + R"("})").size(), 1u);
  EXPECT_EQ(open_refs().size(), 1u);
  EXPECT_NE(open_refs()[0], ref);
  EXPECT_EQ(error_of("inbox.retry", R"({"ref": ")" + ref + R"("})"), "no open task has the ref '" + ref + "'");
}

TEST_F(InboxRetry, a_task_without_such_a_message_is_for_a_person) {
  take(*writer_, *content_, text_from("+41790000001", "RAPPEL", "SM1"), noon);
  std::string ref;
  in_transaction([&](store::Transaction& transaction) { ref = store::newest_tasks(transaction, 1).front().ref; });
  EXPECT_EQ(error_of("inbox.retry", R"({"ref": ")" + ref + R"("})"),
            "no message of this task can be taken again: read it, do what it asks, and close it");
}

TEST_F(InboxRetry, where_a_channel_cannot_send_an_answer_would_go_nowhere) {
  channels_["sms"].sends = false;
  stumble("+41790000001", "Bonjour");
  const char* refused = "the channel 'sms' cannot send, so the answer would go nowhere: call, and close the task";
  EXPECT_EQ(error_of("inbox.retry", R"({"ref": ")" + open_refs()[0] + R"("})"), refused);
  const auto rows = retry();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].at("why").as_string(), refused);
  EXPECT_EQ(open_refs().size(), 1u);
}

}  // namespace
}  // namespace passerelle::console
