// send.list, send.again and send.cancel; channel.list, channel.pause and channel.resume.
#include <boost/json/array.hpp>

#include "asking.hpp"
#include "store/event.hpp"
#include "store/outbound.hpp"
#include "store/outbound_list.hpp"
#include "store/outbound_state.hpp"
#include "store/outbox.hpp"

namespace passerelle::console {
namespace {

using std::chrono::minutes;

class Sent : public Asking {
 protected:
  boost::json::object told(std::string_view name, const std::string& arguments, TimePoint now = noon) {
    const auto answer = ask(name, arguments, now);
    EXPECT_TRUE(answer) << answer.error().what;
    return answer ? *answer : boost::json::object();
  }
  void in_transaction(const std::function<void(store::Transaction&)>& work) {
    EXPECT_TRUE(store::transact_now(*writer_, work));
  }

  // A message to this phone, as staff send it. Its ref, as JSON arguments name it.
  std::string send(const std::string& user) {
    const auto sent =
        told("send", R"({"text": "Bonjour", "key": ")" + user + R"(", "to": "sms:+4179000000)" + user + R"("})");
    return R"({"ref": ")" + std::string(sent.at("ref").as_string()) + R"("})";
  }
  void settle(const std::string& user, const std::function<void(store::Transaction&, OutboundId)>& how) {
    in_transaction([&](store::Transaction& transaction) {
      how(transaction, store::find_outbound(transaction, "desk:" + user)->id);
    });
  }
  void lose(const std::string& user) {
    settle(user, [](store::Transaction& transaction, OutboundId id) {
      store::mark_uncertain(transaction, {id}, "timeout", noon);
    });
  }

  boost::json::array list(const std::string& arguments) {
    return told("send.list", arguments).at("messages").as_array();
  }
  static std::string text(const boost::json::value& row, std::string_view name) {
    const auto* value = row.as_object().if_contains(name);
    return value == nullptr ? "absent" : value->is_string() ? std::string(value->get_string()) : "no text";
  }
};

TEST_F(Sent, messages_are_listed_the_newest_first_with_what_became_of_them) {
  send("1");
  send("2");
  lose("2");
  settle("1", [](store::Transaction& transaction, OutboundId id) {
    store::mark_accepted(transaction, {id}, "sms", "SM1", noon);
    const std::string ref = store::find_message(transaction, id)->ref;
    store::record_receipt(transaction, {ref, "", Delivery::delivered, ""}, "sms", noon + minutes(1));
  });
  const auto rows = list("{}");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(text(rows[0], "address"), "sms:+41790000002");
  EXPECT_EQ(text(rows[0], "state"), "uncertain");
  EXPECT_EQ(text(rows[0], "why"), "timeout");
  EXPECT_EQ(text(rows[1], "state"), "delivered");
  EXPECT_EQ(rows[1].at("receipts"), boost::json::array({"delivered"}));
  EXPECT_EQ(text(rows[1], "since_here"), "28.03.2027 13:01");
  EXPECT_EQ(list(R"({"state": "uncertain,failed"})").size(), 1u);
  EXPECT_EQ(list(R"({"to": "sms:+41790000001"})").size(), 1u);
  EXPECT_EQ(list(R"({"limit": 1})").size(), 1u);
  EXPECT_EQ(error_of("send.list", R"({"state": "lost"})").substr(0, 30), "'state' cannot be 'lost': one ");
  EXPECT_EQ(error_of("send.list", R"({"to": "sms:+41790000003"})"),
            "nothing has come from or gone to sms:+41790000003");
}

TEST_F(Sent, what_is_uncertain_is_sent_again_with_its_risk_told_and_kept) {
  const std::string ref = send("1");
  EXPECT_EQ(error_of("send.again", ref), "it is queued: only what is uncertain, failed or expired is sent again");
  lose("1");
  const auto again = told("send.again", ref, noon + minutes(5));
  EXPECT_EQ(text(again, "state"), "queued");
  EXPECT_EQ(text(again, "was"), "uncertain");
  EXPECT_EQ(text(again, "risk"), "nobody knows whether it arrived the first time: the person may get it twice");
  EXPECT_EQ(text(again, "until_here"), "30.03.2027 13:05");
  settle("1", [](store::Transaction& transaction, OutboundId id) {
    const auto events = store::events_of(transaction, "message.sent_again", id.value);
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events.front().detail, "uncertain");
    store::mark_failed(transaction, id, "30003", noon);
  });
  EXPECT_FALSE(told("send.again", ref).contains("risk")) << "it surely did not arrive";
}

TEST_F(Sent, what_the_rules_hold_back_stays_as_it_is_and_says_why) {
  const std::string ref = send("1");
  lose("1");
  passerelle::testing::take(*writer_, *content_, passerelle::testing::text_from("+41790000001", "STOP", "SM1"), noon);
  EXPECT_EQ(error_of("send.again", ref),
            "the rules hold it back (consent): the person has stopped our messages: call, or write a letter");
  EXPECT_EQ(list(R"({"state": "uncertain"})").size(), 1u);
}

TEST_F(Sent, what_waits_is_stopped_and_what_is_on_its_way_is_not) {
  const std::string ref = send("1");
  const auto stopped = told("send.cancel", ref);
  EXPECT_EQ(text(stopped, "state"), "stopped");
  EXPECT_EQ(text(stopped, "why"), "staff");
  EXPECT_EQ(error_of("send.cancel", ref), "it is stopped: only what is queued can be stopped");
  const std::string leaving = send("2");
  in_transaction([](store::Transaction& transaction) {
    store::take(transaction, "sms", MessageClass::crisis, MessageClass::notice, 1, noon, noon + minutes(2));
  });
  EXPECT_EQ(error_of("send.cancel", leaving), "it is on its way, and cannot be stopped any more");
  EXPECT_EQ(error_of("send.cancel", R"({"ref": "abc"})"),
            "'abc' is too short to name a message: write at least 4 characters");
  EXPECT_EQ(error_of("send.cancel", R"({"ref": "zzzz"})"), "no message has the ref 'zzzz'");
}

TEST_F(Sent, channels_are_listed_with_what_waits_in_them_and_what_they_cost) {
  channels_["sms"].policy = {{65'000, "CHF"}, {200'000'000, "CHF"}, 60};
  channels_["web"] = {{}, false, true};
  send("1");
  const auto rows = told("channel.list", "{}", noon + minutes(3)).at("channels").as_array();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(text(rows[0], "name"), "sms");
  EXPECT_EQ(rows[0].at("paused"), false);
  EXPECT_EQ(rows[0].at("waiting"), 1);
  EXPECT_EQ(text(rows[0], "oldest_waits_since_here"), "28.03.2027 13:00");
  EXPECT_EQ(text(rows[0], "spent_this_month"), "0.065 CHF");
  EXPECT_EQ(text(rows[0], "monthly_cap"), "200.00 CHF");
  EXPECT_EQ(rows[0].at("segments_this_month"), 1);
  EXPECT_EQ(rows[1].at("sends"), false);
  EXPECT_EQ(text(rows[1], "oldest_waits_since"), "absent");
}

TEST_F(Sent, a_channel_is_paused_with_its_reason_and_resumed) {
  channels_["web"] = {{}, false, true};
  const auto paused = told("channel.pause", R"({"name": "sms"})");
  EXPECT_EQ(paused.at("paused"), true);
  EXPECT_EQ(text(paused, "why"), "staff");
  const auto twice = told("channel.pause", R"({"name": "sms"})", noon + minutes(9));
  EXPECT_EQ(text(twice, "since_here"), "28.03.2027 13:00") << "it keeps its first moment";
  EXPECT_EQ(told("channel.resume", R"({"name": "sms"})").at("paused"), false);
  EXPECT_EQ(told("channel.resume", R"({"name": "sms"})").at("paused"), false);
  EXPECT_EQ(error_of("channel.pause", R"({"name": "smss"})"), "there is no channel 'smss'; did you mean 'sms'?");
  EXPECT_NE(error_of("channel.pause", R"({"name": "web"})").find("nothing leaves by 'web'"), std::string::npos);
}

}  // namespace
}  // namespace passerelle::console
