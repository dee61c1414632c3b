#include "turns/take_in.hpp"

#include <gtest/gtest.h>

#include "store/address.hpp"
#include "store/conversation.hpp"
#include "store/inbound.hpp"
#include "store/outbound.hpp"
#include "store/statement.hpp"
#include "store/task.hpp"
#include "support/demo.hpp"

namespace passerelle::turns {
namespace {

using passerelle::testing::demo_content;
using passerelle::testing::memory_store;
using passerelle::testing::take;
using passerelle::testing::text_from;

const TimePoint noon = from_ms(1'806'300'000'000);  // a Sunday in March 2027

std::vector<std::string> open_kinds(store::Writer& writer, const Address& address) {
  std::vector<std::string> kinds;
  const auto done = store::transact_now(writer, [&](store::Transaction& transaction) {
    for (const auto& task : store::open_tasks(transaction, store::find_or_add_address(transaction, address, noon))) {
      kinds.push_back(task.kind);
    }
  });
  EXPECT_TRUE(done.has_value());
  return kinds;
}

TEST(TakeIn, a_repeated_message_takes_no_second_turn_and_gets_the_same_answer) {
  const auto writer = memory_store();
  const auto message = text_from("+41790000001", "Bonjour", "SM1");
  const TakenIn first = take(*writer, *demo_content(), message, noon);
  const TakenIn again = take(*writer, *demo_content(), message, noon + std::chrono::hours(1));
  ASSERT_FALSE(first.replies.empty());
  EXPECT_TRUE(again.repeated);
  ASSERT_EQ(again.replies.size(), first.replies.size());
  EXPECT_EQ(again.replies[0].text, first.replies[0].text);
  EXPECT_EQ(again.replies[0].ref, first.replies[0].ref);
  const auto counted = store::transact_now(*writer, [&](store::Transaction& transaction) {
    EXPECT_EQ(store::count_inbound(transaction).total, 1);
    EXPECT_EQ(store::count_outbound(transaction).total, static_cast<std::int64_t>(first.replies.size()));
  });
  EXPECT_TRUE(counted.has_value());
}

TEST(TakeIn, a_flooding_sender_is_stored_shown_to_staff_told_once_and_not_answered) {
  const auto writer = memory_store();
  const TakenIn first = take(*writer, *demo_content(), text_from("+41790000002", "Bonjour", "SM2"), noon, true);
  EXPECT_EQ(first.replies.size(), 1u) << "they are told once that a person will read it";
  const TakenIn taken = take(*writer, *demo_content(), text_from("+41790000002", "Bonjour", "SM2b"), noon, true);
  EXPECT_TRUE(taken.replies.empty());
  EXPECT_EQ(open_kinds(*writer, {"sms", "+41790000002"}), std::vector<std::string>{"flood"});
}

TEST(TakeIn, a_cry_for_help_is_answered_even_from_a_flooding_sender) {
  const auto writer = memory_store();
  const TakenIn taken = take(*writer, *demo_content(), text_from("+41790000003", "il me frappe", "SM3"), noon, true);
  ASSERT_FALSE(taken.replies.empty());
  EXPECT_NE(taken.replies[0].text.find("117"), std::string::npos);
  EXPECT_EQ(open_kinds(*writer, {"sms", "+41790000003"}), std::vector<std::string>{"danger"});
}

TEST(TakeIn, a_stop_is_obeyed_even_from_a_flooding_sender) {
  const auto writer = memory_store();
  const TakenIn taken = take(*writer, *demo_content(), text_from("+41790000004", "STOP", "SM4"), noon, true);
  ASSERT_TRUE(taken.conversation.has_value());
  EXPECT_EQ(taken.conversation->consent, Consent::stopped);
}

TEST(TakeIn, a_machine_is_stored_and_shown_to_staff_and_never_answered) {
  const auto writer = memory_store();
  ChannelFacts telephones;
  telephones.telephones = true;
  int number = 0;
  const auto send = [&](const char* from, const char* text) {
    return take(*writer, *demo_content(), text_from(from, text, ("SMM" + std::to_string(++number)).c_str()), noon,
                false, telephones);
  };
  for (const char* from : {"36105", "EVAM", "+41900123456"}) {
    for (const char* text : {"Bonjour", "STOP", "2", "RAPPEL"}) {
      const TakenIn taken = send(from, text);
      EXPECT_TRUE(taken.replies.empty()) << from;
      EXPECT_FALSE(taken.stuck) << from;
      EXPECT_FALSE(taken.conversation.has_value()) << "no turn is taken";
    }
    EXPECT_EQ(open_kinds(*writer, {"sms", from}), std::vector<std::string>{"machine_sender"}) << from;
  }
  EXPECT_FALSE(send("whatsapp:+41790000001", "Bonjour").replies.empty());
  EXPECT_FALSE(take(*writer, *demo_content(), text_from("36105", "Bonjour", "SMT"), noon).replies.empty())
      << "a name in a channel of other names";
}

TEST(TakeIn, a_cry_for_help_from_a_machine_calls_a_person) {
  const auto writer = memory_store();
  ChannelFacts telephones;
  telephones.telephones = true;
  const auto message = text_from("EVAM", "il me frappe", "SMD");
  EXPECT_TRUE(take(*writer, *demo_content(), message, noon, false, telephones).replies.empty());
  EXPECT_EQ(open_kinds(*writer, {"sms", "EVAM"}), std::vector<std::string>{"danger"});
}

TEST(TakeIn, a_turn_that_fails_keeps_the_message_and_calls_a_person) {
  const auto writer = memory_store();
  const auto broken = load_content({"tests/support/broken_association", {}, {}, SOURCE_DIR});
  for (const Finding& finding : broken.findings) ADD_FAILURE() << to_string(finding);
  ASSERT_TRUE(broken.content);
  const TakenIn taken = take(*writer, *broken.content, text_from("+41790000005", "Bonjour", "SM5"), noon);
  EXPECT_TRUE(taken.stuck);
  ASSERT_EQ(taken.replies.size(), 1u);
  EXPECT_FALSE(taken.replies[0].text.empty());
  EXPECT_EQ(open_kinds(*writer, {"sms", "+41790000005"}), std::vector<std::string>{"stuck"});
  const auto kept = store::transact_now(*writer, [&](store::Transaction& transaction) {
    EXPECT_EQ(store::count_inbound(transaction).stuck, 1);
    EXPECT_EQ(
        store::load_conversation(transaction, store::find_or_add_address(transaction, {"sms", "+41790000005"}, noon))
            .version,
        0u);
  });
  EXPECT_TRUE(kept.has_value());
}

TEST(TakeIn, a_conversation_that_cannot_be_read_stands_between_nobody_and_danger_or_stop) {
  const auto writer = memory_store();
  const Address person{"sms", "+41790000007"};
  take(*writer, *demo_content(), text_from(person.user, "Bonjour, je cherche des informations", "SM7"), noon);
  const auto broken = store::transact_now(*writer, [](store::Transaction& transaction) {
    store::Statement(transaction.database(),
                     "UPDATE conversation SET state = CAST(x'00000000' || '{\"format\":2}' AS BLOB)")
        .run();
  });
  ASSERT_TRUE(broken.has_value()) << to_string(broken.error());
  const TakenIn danger = take(*writer, *demo_content(), text_from(person.user, "au secours il me frappe", "SM8"), noon);
  ASSERT_FALSE(danger.replies.empty());
  EXPECT_NE(danger.replies[0].text.find("117"), std::string::npos);
  EXPECT_FALSE(danger.stuck);
  EXPECT_EQ(danger.conversation->consent, Consent::stopped) << "what could not be read may have been a STOP";
  EXPECT_EQ(open_kinds(*writer, person), (std::vector<std::string>{"stuck", "danger"}));
  EXPECT_FALSE(take(*writer, *demo_content(), text_from(person.user, "START", "SM9"), noon).stuck);
}

TEST(TakeIn, a_photo_or_a_place_reaches_a_person) {
  const auto writer = memory_store();
  InboundMessage photo = text_from("+41790000008", "regardez cette lettre svp", "SM10");
  photo.attachments.push_back({"https://example.org/a.jpg", "image/jpeg"});
  take(*writer, *demo_content(), photo, noon);
  EXPECT_EQ(open_kinds(*writer, {"sms", "+41790000008"}), std::vector<std::string>{"person"});
  InboundMessage place = text_from("+41790000009", "geo:47.36,7.34", "SM11");
  place.kind = InboundMessage::Kind::location;
  take(*writer, *demo_content(), place, noon);
  EXPECT_EQ(open_kinds(*writer, {"sms", "+41790000009"}), std::vector<std::string>{"person"});
}

TEST(TakeIn, a_word_of_a_script_that_one_language_here_uses_is_answered_in_it) {
  const auto writer = memory_store();
  const auto reply = [&](const std::string& text) {
    const std::string user = "+417900001" + std::to_string(text.size());
    return take(*writer, *demo_content(), text_from(user, text, text), noon).replies.at(0);
  };
  EXPECT_EQ(reply("ሰላም").locale, "ti") << "Amharic too, but nobody here answers in it";
  EXPECT_NE(reply("سلام").text.find("1 = Français"), std::string::npos) << "Arabic and Dari: the menu asks";
}

TEST(TakeIn, one_sentence_in_another_language_is_answered_in_it_and_changes_nothing_stored) {
  const auto writer = memory_store();
  const std::string user = "+41790000010";
  take(*writer, *demo_content(), text_from(user, "Bonjour, je cherche des informations", "SM12"), noon);
  const TakenIn english =
      take(*writer, *demo_content(),
           text_from(user, "Please call my lawyer tomorrow morning, thank you very much", "SM13"), noon);
  EXPECT_EQ(english.replies.at(0).locale, "en");
  EXPECT_EQ(english.conversation->locale, "fr");
  EXPECT_EQ(take(*writer, *demo_content(), text_from(user, "1", "SM14"), noon).replies.at(0).locale, "en")
      << "a bare number";
  EXPECT_EQ(take(*writer, *demo_content(), text_from(user, "AIDE", "SM15"), noon).replies.at(0).locale, "fr");
}

TEST(TakeIn, each_answer_names_the_message_that_caused_it) {
  const auto writer = memory_store();
  const TakenIn taken = take(*writer, *demo_content(), text_from("+41790000006", "Hello", "SM6"), noon);
  ASSERT_FALSE(taken.replies.empty());
  EXPECT_EQ(taken.replies[0].cause, "in:" + std::to_string(taken.inbound.value) + ":0");
  std::string parts;
  for (const std::string& part : taken.replies[0].parts) parts += part;
  EXPECT_EQ(parts, taken.replies[0].text);
}

}  // namespace
}  // namespace passerelle::turns
