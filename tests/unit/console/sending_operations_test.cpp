// send.preview and send, as the admin socket asks for them.
#include <boost/json/array.hpp>

#include "asking.hpp"
#include "store/address.hpp"
#include "store/channel_state.hpp"
#include "store/conversation.hpp"
#include "store/outbound.hpp"
#include "store/task_list.hpp"

namespace passerelle::console {
namespace {

using std::chrono::hours;

const TimePoint night = noon + hours(10);

class Sending : public Asking {
 protected:
  Sending() { channels_["sms"].policy = {{65'000, "CHF"}, {1'000'000, "CHF"}, 60}; }

  boost::json::object told(std::string_view name, const std::string& arguments, TimePoint now = noon) {
    const auto answer = ask(name, arguments, now);
    EXPECT_TRUE(answer) << answer.error().what;
    return answer ? *answer : boost::json::object();
  }
  void in_transaction(const std::function<void(store::Transaction&)>& work) {
    EXPECT_TRUE(store::transact_now(*writer_, work));
  }
  std::int64_t messages() {
    std::int64_t total = 0;
    in_transaction([&](store::Transaction& transaction) { total = store::count_outbound(transaction).total; });
    return total;
  }
  void stop(const std::string& user) {
    for (const char* words : {"Bonjour, je cherche des informations", "STOP"}) {
      passerelle::testing::take(*writer_, *content_, passerelle::testing::text_from(user, words, words), noon);
    }
  }
};

std::string text(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? "absent" : value->is_string() ? std::string(value->get_string()) : "no text";
}

constexpr const char* hello = R"({"to": "sms:+41790000001", "text": "Bonjour"})";

TEST_F(Sending, a_preview_tells_what_it_costs_and_when_it_will_have_left_and_writes_nothing) {
  const auto answer = told("send.preview", hello);
  EXPECT_EQ(text(answer, "encoding"), "GSM-7");
  EXPECT_EQ(answer.at("segments"), 1);
  EXPECT_EQ(text(answer, "cost"), "0.065 CHF");
  EXPECT_EQ(text(answer, "spent_this_month"), "0.00 CHF");
  EXPECT_EQ(text(answer, "monthly_cap"), "1.00 CHF");
  EXPECT_EQ(text(answer, "reads"), "not known");
  EXPECT_EQ(text(answer, "readers"), "unknown");
  EXPECT_EQ(text(answer, "leaves"), "now");
  EXPECT_EQ(answer.at("waiting_before_it"), 0);
  EXPECT_EQ(text(answer, "ends_here"), "28.03.2027 13:01") << "60 an hour";
  in_transaction([](store::Transaction& transaction) {
    EXPECT_FALSE(store::find_address(transaction, {"sms", "+41790000001"}));
    EXPECT_EQ(store::count_outbound(transaction).total, 0);
    EXPECT_EQ(store::spending(transaction, "sms", "2027-03").segments, 0);
  });
}

TEST_F(Sending, what_waits_before_it_leaves_first) {
  for (int i = 2; i < 5; ++i) told("send", R"({"to": "sms:+4179000000)" + std::to_string(i) + R"(", "text": "Un"})");
  told("send", R"({"to": "sms:+41790000009", "text": "Deux", "class": "crisis"})");
  const auto notice = told("send.preview", hello);
  EXPECT_EQ(notice.at("waiting_before_it"), 4);
  EXPECT_EQ(text(notice, "ends_here"), "28.03.2027 13:05");
  EXPECT_EQ(text(notice, "spent_this_month"), "0.26 CHF");
  const auto crisis = told("send.preview", R"({"to": "sms:+41790000001", "text": "Bonjour", "class": "crisis"})");
  EXPECT_EQ(crisis.at("waiting_before_it"), 1);
}

TEST_F(Sending, a_preview_tells_what_the_rules_will_say) {
  const auto held = told("send.preview", hello, night);
  EXPECT_EQ(text(held, "leaves"), "later");
  EXPECT_EQ(text(held, "why"), "quiet_hours");
  EXPECT_EQ(text(held, "from_here"), "29.03.2027 08:00");
  EXPECT_EQ(text(held, "ends_here"), "29.03.2027 08:01");
  stop("+41790000001");
  const auto withheld = told("send.preview", hello);
  EXPECT_EQ(text(withheld, "leaves"), "not at all");
  EXPECT_EQ(text(withheld, "meaning"), "the person has stopped our messages: call, or write a letter");
  EXPECT_FALSE(withheld.contains("ends"));
  channels_["sms"].policy.monthly_cap.micros = 60'000;
  const auto dear = told("send.preview", R"({"to": "sms:+41790000002", "text": "Bonjour"})");
  EXPECT_EQ(text(dear, "why"), "monthly_cap") << "four days before the month ends, and the message's end";
}

TEST_F(Sending, a_paused_channel_is_told_and_promises_no_time) {
  told("channel.pause", R"({"name": "sms"})");
  const auto answer = told("send.preview", hello);
  EXPECT_EQ(text(answer, "channel_paused"), "staff");
  EXPECT_FALSE(answer.contains("ends"));
}

TEST_F(Sending, a_cheaper_spelling_is_offered_and_not_taken) {
  const std::string dear = R"({"to": "sms:+41790000001", "text": "Le rendez-vous de l’école est déplacé, nous vous )"
                           R"(appelons bientôt pour une autre date."})";
  const auto answer = told("send.preview", dear);
  EXPECT_EQ(text(answer, "encoding"), "UCS-2");
  EXPECT_EQ(answer.at("segments"), 2);
  EXPECT_EQ(answer.at("cheaper_segments"), 1);
  EXPECT_EQ(text(answer, "cheaper_text"),
            "Le rendez-vous de l'école est déplacé, nous vous appelons bientot pour une autre date.");
  EXPECT_NE(text(told("send", dear), "text").find("l’école"), std::string::npos);
}

TEST_F(Sending, what_is_sent_waits_in_the_queue_with_its_end) {
  const auto sent = told("send", hello);
  EXPECT_EQ(text(sent, "state"), "queued");
  EXPECT_EQ(text(sent, "class"), "notice");
  EXPECT_EQ(text(sent, "language"), "fr");
  EXPECT_EQ(text(sent, "cost"), "0.065 CHF");
  EXPECT_EQ(text(sent, "until_here"), "30.03.2027 13:00");
  EXPECT_EQ(text(sent, "ref").size(), 32u);
  const auto until = told("send", R"({"to": "sms:+41790000001", "text": "Bonjour", "until": "2027-03-28 18:00"})");
  EXPECT_EQ(text(until, "until_here"), "28.03.2027 18:00");
  EXPECT_EQ(messages(), 2) << "without a key the same words are another message";
}

TEST_F(Sending, the_same_key_sends_once) {
  const std::string keyed = R"({"to": "sms:+41790000001", "text": "Bonjour", "key": "water-7"})";
  const auto first = told("send", keyed);
  const auto second = told("send", keyed);
  EXPECT_EQ(second.at("ref"), first.at("ref"));
  EXPECT_EQ(second.at("repeated"), true);
  EXPECT_EQ(messages(), 1);
  const char* taken = "this key has sent another message already: take a new one";
  EXPECT_EQ(error_of("send", R"({"to": "sms:+41790000001", "text": "Bonsoir", "key": "water-7"})"), taken);
  EXPECT_EQ(error_of("send", R"({"to": "sms:+41790000002", "text": "Bonjour", "key": "water-7"})"), taken);
  EXPECT_NE(error_of("send", R"({"to": "sms:+41790000002", "text": "Bonjour", "key": "a:1"})").find("'key' has other"),
            std::string::npos);
}

TEST_F(Sending, after_a_stop_it_is_withheld_and_a_task_opens) {
  stop("+41790000001");
  const auto before = messages();
  const auto withheld = told("send", hello);
  EXPECT_EQ(text(withheld, "state"), "withheld");
  EXPECT_EQ(text(withheld, "why"), "consent");
  EXPECT_EQ(text(withheld, "task"), "call_or_letter");
  EXPECT_EQ(messages(), before);
  in_transaction([](store::Transaction& transaction) {
    const auto tasks = store::newest_tasks(transaction, 10);
    ASSERT_EQ(tasks.size(), 1u);
    EXPECT_EQ(tasks.front().kind, "call_or_letter");
  });
}

TEST_F(Sending, mistakes_are_told_and_leave_nothing_behind) {
  EXPECT_EQ(error_of("send", R"({"to": "sms:+41790000001"})"), "'text' is missing: write what to say, or a 'phrase'");
  EXPECT_EQ(error_of("send", R"({"to": "sms:+41790000001", "text": "a", "class": "reply"})"),
            "'class' cannot be 'reply': one of: notice, reminder, crisis");
  EXPECT_EQ(error_of("send", R"({"to": "sms:+41790000001", "text": "a", "until": "2027-03-28 12:00"})"),
            "'until' has passed already");
  EXPECT_EQ(error_of("send", R"({"to": "tel:+41790000001", "text": "a"})"), "there is no channel 'tel'; one of: sms");
  in_transaction(
      [](store::Transaction& transaction) { EXPECT_FALSE(store::find_address(transaction, {"tel", "+41790000001"})); });
}

}  // namespace
}  // namespace passerelle::console
