// contact.show and contact.set.
#include <boost/json/array.hpp>

#include "asking.hpp"
#include "store/address.hpp"
#include "store/contact.hpp"
#include "store/conversation.hpp"
#include "store/event.hpp"
#include "store/outbound_list.hpp"
#include "store/outbox.hpp"
#include "store/task.hpp"
#include "turns/enqueue.hpp"

namespace passerelle::console {
namespace {

using std::chrono::minutes;

constexpr const char* user = "+41790000001";

class Contacts : public Asking {
 protected:
  boost::json::object told(std::string_view name, const std::string& arguments, TimePoint now = noon) {
    const auto answer = ask(name, arguments, now);
    EXPECT_TRUE(answer) << answer.error().what;
    return answer ? *answer : boost::json::object();
  }
  boost::json::object set(const std::string& what) {
    return told("contact.set", R"({"address": "sms:+41790000001", )" + what + "}");
  }
  std::string refusal(const std::string& what) {
    return error_of("contact.set", R"({"address": "sms:+41790000001", )" + what + "}");
  }
  boost::json::object show() { return told("contact.show", R"({"address": "sms:+41790000001"})"); }
  void receive(const std::string& words) {
    passerelle::testing::take(*writer_, *content_, passerelle::testing::text_from(user, words, words), noon);
  }
  void in_transaction(const std::function<void(store::Transaction&, AddressId)>& work) {
    EXPECT_TRUE(store::transact_now(*writer_, [&](store::Transaction& transaction) {
      work(transaction, store::find_address(transaction, {"sms", user}));
    }));
  }
  static std::string text(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value == nullptr ? "absent" : value->is_string() ? std::string(value->get_string()) : "no text";
  }
};

TEST_F(Contacts, what_is_known_of_an_address_is_shown) {
  EXPECT_EQ(error_of("contact.show", R"({"address": "sms:+41790000001"})"),
            "nothing is known of sms:+41790000001: nothing has come from or gone to it");
  receive("Bonjour, je cherche des informations");
  receive("RAPPEL");
  const auto row = show();
  EXPECT_EQ(text(row, "address"), "sms:+41790000001");
  EXPECT_EQ(text(row, "language"), "fr");
  EXPECT_EQ(text(row, "readers"), "unknown");
  EXPECT_EQ(text(row, "consent"), "open");
  EXPECT_EQ(text(row, "safe_hours"), "always");
  EXPECT_EQ(row.at("discreet"), false);
  EXPECT_EQ(row.at("tasks"), boost::json::array({"call_back"}));
}

TEST_F(Contacts, what_staff_record_is_kept_and_the_rest_stays) {
  set(R"("readers": "own", "safe_hours": "09:00-11:30")");
  set(R"("discreet": "yes", "code": "Tournesol")");
  const auto row = show();
  EXPECT_EQ(text(row, "readers"), "own");
  EXPECT_EQ(text(row, "safe_hours"), "09:00-11:30");
  EXPECT_EQ(row.at("discreet"), true);
  EXPECT_EQ(text(row, "code"), "set") << "the word itself is said by voice only";
  set(R"("safe_hours": "always", "code": "none")");
  in_transaction([](store::Transaction& transaction, AddressId address) {
    EXPECT_EQ(store::load_contact(transaction, address), (Contact{Readers::own, true, {}, false, ""}));
    EXPECT_EQ(store::events_of(transaction, "contact.set", address.value).size(), 3u);
  });
  set(R"("code": "Tournesol")");
  set(R"("discreet": "no")");
  EXPECT_EQ(text(show(), "code"), "none") << "it opens nothing any more";
}

TEST_F(Contacts, mistakes_are_told_and_record_nothing) {
  EXPECT_EQ(refusal(R"("reason": "why not")"),
            "there is nothing to record: give readers, discreet, safe_hours, code, paused, consent, then, calendar, "
            "clock or digits");
  EXPECT_EQ(refusal(R"("safe_hours": "9-11")"), "'9-11' are no safe hours: write 09:00-11:30, or always");
  EXPECT_EQ(refusal(R"("readers": "me")"), "'readers' cannot be 'me': one of: unknown, own, shared");
  EXPECT_EQ(refusal(R"("code": "Tournesol")"), "a code word is for discreet contacts: turn discretion on first");
  for (const char* code : {"stop", "RAPPEL", "12", "abc", "Oui", "…"}) {
    EXPECT_EQ(refusal(R"("discreet": true, "code": ")" + std::string(code) + R"(")").substr(0, 27),
              "the code word must be a wor")
        << code;
  }
  EXPECT_EQ(error_of("contact.set", R"({"address": "mail:anne", "readers": "own"})"),
            "there is no channel 'mail'; one of: sms");
  in_transaction([](store::Transaction&, AddressId address) { EXPECT_FALSE(address); });
}

TEST_F(Contacts, consent_is_changed_with_a_reason_that_is_kept) {
  receive("Bonjour, je cherche des informations");
  receive("STOP");
  EXPECT_EQ(refusal(R"("consent": "open")"), "consent is changed with a reason only: write who asked for it, and how");
  EXPECT_EQ(text(show(), "consent"), "stopped");
  const auto row = set(R"("consent": "open", "reason": "a demandé au guichet")");
  EXPECT_EQ(text(row, "consent"), "open");
  EXPECT_EQ(text(row, "consent_changed_by_staff_here"), "28.03.2027 13:00");
  in_transaction([](store::Transaction& transaction, AddressId address) {
    EXPECT_EQ(store::consent_of(transaction, address), Consent::open);
    const auto events = store::events_of(transaction, "contact.consent", address.value);
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events.front().detail, R"({"from":"stopped","to":"open","reason":"a demandé au guichet"})");
  });
  const auto answer = ask("send", R"({"to": "sms:+41790000001", "text": "Bonjour"})");
  ASSERT_TRUE(answer);
  EXPECT_EQ(text(*answer, "state"), "queued");
}

TEST_F(Contacts, a_stop_that_staff_record_reaches_what_waits) {
  told("send", R"({"to": "sms:+41790000001", "text": "Bonjour"})");
  set(R"("consent": "stopped", "reason": "au téléphone")");
  in_transaction([](store::Transaction& transaction, AddressId address) {
    const auto messages = store::newest_messages(transaction, {{}, address, 10});
    ASSERT_EQ(messages.size(), 1u);
    EXPECT_EQ(messages.front().state, Delivery::stopped);
    EXPECT_EQ(messages.front().why, "consent");
  });
}

TEST_F(Contacts, turning_discretion_on_stops_what_waits_and_shows_what_names_us_on_the_phone) {
  const auto send = [this](const std::string& words) {
    told("send", R"({"to": "sms:+41790000001", "text": ")" + words + R"(", "key": ")" + words.substr(0, 1) + R"("})");
  };
  receive("Bonjour, je cherche des informations");  // answered with our name; the answer has not been written yet
  send("Un: venez à l'ATELIER DU PONT");
  send("Deux: venez demain");
  in_transaction([](store::Transaction& transaction, AddressId address) {
    for (const auto& message : store::newest_messages(transaction, {{Delivery::queued}, address, 10})) {
      if (message.cause.starts_with("desk:")) store::mark_accepted(transaction, {message.id}, "sms", "", noon);
    }
  });
  send("Trois: la Maison du Pont vous attend");
  const auto row = set(R"("discreet": "yes")");
  EXPECT_EQ(row.at("stopped"), 1);
  const auto& branded = row.at("texts_that_name_us").as_array();
  ASSERT_EQ(branded.size(), 2u);
  EXPECT_EQ(text(branded[0].as_object(), "text"), "Un: venez à l'ATELIER DU PONT");
  EXPECT_EQ(text(branded[0].as_object(), "state"), "sent");
  EXPECT_NE(text(branded[1].as_object(), "text").find("Maison du Pont"), std::string::npos) << "it is on its way";
  EXPECT_EQ(row.at("tasks"), boost::json::array({"private"}));
  EXPECT_FALSE(set(R"("discreet": "yes")").contains("stopped")) << "it is discreet already";
}

TEST_F(Contacts, staff_let_messages_leave_again_once_they_have_read) {
  set(R"("discreet": "yes")");
  receive("je ne peux pas venir");
  EXPECT_EQ(show().at("paused"), true);
  EXPECT_EQ(set(R"("paused": "no")").at("paused"), false);
}

TEST_F(Contacts, an_order_is_of_one_person_s_addresses_only) {
  const std::string then = R"("then": "sms:+41790000002")";
  const std::string refused = "these addresses are read by several people";
  set(R"("readers": "shared")");
  EXPECT_EQ(refusal(then).substr(0, refused.size()), refused);
  set(R"("readers": "unknown", )" + then);
  set(R"("then": "none")");
  const std::string at = R"({"to": "sms:+41790000001", "at": "2027-04-14 )";
  told("appointment.add", at + R"(14:30", "name": "Amina"})");
  told("appointment.add", at + R"(15:30", "name": "Bilal"})");
  EXPECT_EQ(refusal(then).substr(0, refused.size()), refused);
}

TEST_F(Contacts, what_waits_at_an_address_that_leaves_the_order_is_stopped) {
  set(R"("then": "sms:+41790000002")");
  in_transaction([&](store::Transaction& transaction, AddressId first) {
    const Address second{"sms", "+41790000002"};
    turns::OwnMessage message{{store::find_address(transaction, second), second}, "desk:1>2", "fr", {}};
    message.instead_of = first;
    turns::enqueue_own(transaction, *content_, channels_, message, {"Venez"}, true, noon);
  });
  const std::string other = R"({"address": "sms:+41790000002"})";
  EXPECT_EQ(told("contact.show", other).at("waiting"), 1);
  set(R"("then": "sms:+41790000003")");
  EXPECT_EQ(told("contact.show", other).at("waiting"), 0);
}

TEST_F(Contacts, how_dates_are_told_is_recorded_and_what_is_not_named_stays) {
  EXPECT_EQ(text(set(R"("readers": "own")"), "calendar"), "usual");
  set(R"("calendar": "ethiopic", "clock": "ethiopic")");
  const auto row = set(R"("digits": "native", "clock": "usual")");
  EXPECT_EQ(text(row, "calendar"), "ethiopic");
  EXPECT_EQ(text(row, "clock"), "usual");
  EXPECT_EQ(text(row, "digits"), "native");
  EXPECT_EQ(show(), row);
  in_transaction([](store::Transaction& transaction, AddressId address) {
    const auto events = store::events_of(transaction, "contact.dates", address.value);
    ASSERT_EQ(events.size(), 2U);
    EXPECT_NE(events.back().detail.find("calendar=ethiopic digits=native"), std::string::npos) << events.back().detail;
    EXPECT_EQ(store::load_conversation(transaction, address).dates.calendar, Calendar::ethiopic);
  });
  EXPECT_NE(refusal(R"("calendar": "etiopic")").find("did you mean 'ethiopic'?"), std::string::npos);
}

}  // namespace
}  // namespace passerelle::console
