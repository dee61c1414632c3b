#include "store/alias.hpp"

#include <algorithm>

#include "noun.hpp"
#include "store/conversation.hpp"
#include "store/task.hpp"

namespace passerelle::store {
namespace {

using std::chrono::hours;

constexpr const char* ada = "0a0a0a0a-0000-4000-8000-000000000001";
constexpr const char* bea = "0b0b0b0b-0000-4000-8000-000000000002";
constexpr const char* old_number = "+41790000001";
constexpr const char* new_number = "+41790000002";

int count = 0;

InboundMessage from(const std::string& user, const std::string& also = "", TimePoint at = morning) {
  InboundMessage message = text_from(user, "M" + std::to_string(++count));
  message.also = also;
  message.sent_at = at;
  return message;
}

class Alias : public Noun {
 protected:
  static AddressId heard(Transaction& transaction, const InboundMessage& message, TimePoint now = later) {
    return remember(transaction, message, std::max(now, message.sent_at)).address;
  }
  static std::string name_of(Transaction& transaction, AddressId address) {
    return find_address_of(transaction, address)->user;
  }
  static std::vector<std::string> tasks_of(Transaction& transaction, AddressId address) {
    std::vector<std::string> kinds;
    for (const Task& task : open_tasks(transaction, address)) kinds.push_back(task.kind);
    return kinds;
  }
  static void say(Transaction& transaction, AddressId address, Consent consent) {
    Conversation conversation = load_conversation(transaction, address);
    conversation.consent = consent;
    ++conversation.version;
    save_conversation(transaction, address, conversation, later);
  }
};

using Kinds = std::vector<std::string>;

TEST_F(Alias, whoever_hides_the_number_later_is_who_they_were) {
  in_transaction([](Transaction& transaction) {
    const AddressId first = heard(transaction, from(old_number, ada));
    EXPECT_EQ(heard(transaction, from(ada)), first);
    EXPECT_EQ(heard(transaction, from(old_number)), first);
    EXPECT_EQ(name_of(transaction, first), old_number) << "staff know people by their number";
    EXPECT_EQ(find_address(transaction, {"sms", ada}), first);
    EXPECT_TRUE(tasks_of(transaction, first).empty());
  });
}

TEST_F(Alias, whom_we_wrote_to_by_number_is_who_answers_under_an_id) {
  in_transaction([](Transaction& transaction) {
    const AddressId written = find_or_add_address(transaction, {"sms", old_number}, morning);
    EXPECT_EQ(heard(transaction, from(ada, old_number)), written);
    EXPECT_EQ(heard(transaction, from(ada)), written);
  });
}

TEST_F(Alias, a_name_on_another_channel_is_another_ones) {
  in_transaction([](Transaction& transaction) {
    const AddressId here = heard(transaction, from(old_number, ada));
    InboundMessage there = from(ada);
    there.from.channel = "chat";
    EXPECT_NE(heard(transaction, there), here);
  });
}

TEST_F(Alias, two_numbers_or_two_ids_are_no_account) {
  in_transaction([](Transaction& transaction) {
    heard(transaction, from(old_number, new_number));
    EXPECT_FALSE(find_address(transaction, {"sms", new_number}));
    heard(transaction, from(ada, bea));
    EXPECT_FALSE(find_address(transaction, {"sms", bea}));
  });
}

TEST_F(Alias, an_account_with_a_new_number_keeps_its_conversation_and_frees_the_old_number) {
  in_transaction([](Transaction& transaction) {
    const AddressId person = heard(transaction, from(old_number, ada));
    EXPECT_EQ(heard(transaction, from(new_number, ada, morning + hours(1))), person);
    EXPECT_EQ(name_of(transaction, person), new_number) << "what we write goes to the number that they have now";
    EXPECT_EQ(tasks_of(transaction, person), Kinds{"number_moved"});
    const AddressId stranger = heard(transaction, from(old_number, "", morning + hours(2)));
    EXPECT_NE(stranger, person) << "the old number may be anybody's";
    EXPECT_EQ(name_of(transaction, stranger), old_number);
  });
}

TEST_F(Alias, a_number_that_another_account_has_now_takes_no_conversation_with_it) {
  in_transaction([](Transaction& transaction) {
    const AddressId first = heard(transaction, from(old_number, ada));
    const AddressId second = heard(transaction, from(old_number, bea, morning + hours(1)));
    EXPECT_NE(second, first);
    EXPECT_EQ(name_of(transaction, first), ada) << "nothing that is theirs goes to the number any more";
    EXPECT_EQ(name_of(transaction, second), old_number);
    EXPECT_EQ(tasks_of(transaction, first), Kinds{"number_moved"});
    EXPECT_TRUE(tasks_of(transaction, second).empty());
    EXPECT_EQ(heard(transaction, from(ada)), first);
    EXPECT_EQ(heard(transaction, from(bea)), second);
    EXPECT_EQ(find_address(transaction, {"sms", old_number}), second);
  });
}

TEST_F(Alias, of_a_gateway_that_names_people_by_their_id_it_is_the_same) {
  in_transaction([](Transaction& transaction) {
    const AddressId first = heard(transaction, from(ada, old_number));
    const AddressId second = heard(transaction, from(bea, old_number, morning + hours(1)));
    EXPECT_NE(second, first);
    EXPECT_EQ(name_of(transaction, first), ada);
    EXPECT_EQ(name_of(transaction, second), bea);
    EXPECT_EQ(find_address(transaction, {"sms", old_number}), second);
  });
}

TEST_F(Alias, what_was_told_earlier_and_comes_later_moves_nothing_back) {
  in_transaction([](Transaction& transaction) {
    const AddressId first = heard(transaction, from(old_number, ada));
    const AddressId second = heard(transaction, from(old_number, bea, morning + hours(2)));
    EXPECT_EQ(heard(transaction, from(old_number, ada, morning + hours(1))), first) << "it is from the former holder";
    EXPECT_EQ(find_address(transaction, {"sms", old_number}), second);
    EXPECT_EQ(name_of(transaction, second), old_number);
  });
}

TEST_F(Alias, a_repeat_teaches_nothing) {
  in_transaction([](Transaction& transaction) {
    const InboundMessage message = from(old_number, ada);
    const AddressId first = heard(transaction, message);
    const AddressId second = heard(transaction, from(old_number, bea, morning));
    const Remembered again = remember(transaction, message, later);
    EXPECT_TRUE(again.repeated);
    EXPECT_EQ(again.address, first);
    EXPECT_EQ(find_address(transaction, {"sms", old_number}), second);
  });
}

TEST_F(Alias, two_conversations_are_not_merged_but_a_stop_is_of_both) {
  in_transaction([](Transaction& transaction) {
    const AddressId by_number = heard(transaction, from(old_number));
    const AddressId by_id = heard(transaction, from(ada));
    ASSERT_NE(by_number, by_id);
    EXPECT_EQ(heard(transaction, from(old_number, ada)), by_number);
    EXPECT_EQ(heard(transaction, from(ada, old_number)), by_id);
    EXPECT_EQ(tasks_of(transaction, by_number), Kinds{"two_threads"});
    EXPECT_TRUE(tasks_of(transaction, by_id).empty()) << "told once";
    say(transaction, by_number, Consent::open);
    say(transaction, by_id, Consent::stopped);
    stop_twins(transaction, by_id, Consent::stopped, later);
    EXPECT_EQ(consent_of(transaction, by_number), Consent::stopped);
  });
}

TEST_F(Alias, a_twin_gets_no_wider_consent) {
  in_transaction([](Transaction& transaction) {
    const AddressId by_number = heard(transaction, from(old_number));
    const AddressId by_id = heard(transaction, from(ada));
    heard(transaction, from(old_number, ada));
    say(transaction, by_number, Consent::stopped);
    stop_twins(transaction, by_id, Consent::reminders_only, later);
    EXPECT_EQ(consent_of(transaction, by_number), Consent::stopped);
    say(transaction, by_id, Consent::open);
    record_opt_out(transaction, by_number, later);
    EXPECT_EQ(consent_of(transaction, by_id), Consent::stopped) << "the gateway's word reaches both, too";
  });
}

class AliasOfTwins : public Alias {
 protected:
  // Ada wrote by her number, then by her id, and was told to be both only then.
  void two_threads(Transaction& transaction) {
    by_number_ = heard(transaction, from(old_number));
    by_id_ = heard(transaction, from(ada));
    heard(transaction, from(old_number, ada));
    say(transaction, by_number_, Consent::open);
    say(transaction, by_id_, Consent::open);
  }
  // Nothing that is written there reaches anybody, and nobody who writes comes to it.
  void expect_closed(Transaction& transaction, AddressId address) {
    EXPECT_EQ(name_of(transaction, address), "former:" + std::to_string(address.value));
    EXPECT_EQ(consent_of(transaction, address), Consent::stopped);
    EXPECT_TRUE(twins_of(transaction, address).empty());
    const Kinds kinds = tasks_of(transaction, address);
    EXPECT_EQ(std::ranges::count(kinds, "number_moved"), 1);
    for (const char* name : {old_number, new_number, ada, bea})
      EXPECT_NE(find_address(transaction, {"sms", name}), address) << name;
  }

  AddressId by_number_, by_id_;
};

TEST_F(AliasOfTwins, the_next_holder_of_the_number_gets_neither_conversation_and_stops_nobody) {
  in_transaction([this](Transaction& transaction) {
    two_threads(transaction);
    const AddressId next = heard(transaction, from(old_number, bea, morning + hours(1)));
    EXPECT_NE(next, by_number_);
    EXPECT_NE(next, by_id_);
    EXPECT_EQ(name_of(transaction, next), old_number);
    expect_closed(transaction, by_number_);
    stop_twins(transaction, next, Consent::stopped, later);
    EXPECT_EQ(consent_of(transaction, by_id_), Consent::open);
    EXPECT_EQ(heard(transaction, from(ada)), by_id_);
    EXPECT_EQ(heard(transaction, from(old_number, "", morning + hours(2))), next);
  });
}

TEST_F(AliasOfTwins, so_it_is_when_the_next_holder_is_known_already) {
  in_transaction([this](Transaction& transaction) {
    two_threads(transaction);
    const AddressId known = heard(transaction, from(bea));
    EXPECT_EQ(heard(transaction, from(old_number, bea, morning + hours(1))), known);
    expect_closed(transaction, by_number_);
    EXPECT_TRUE(twins_of(transaction, known).empty());
    EXPECT_TRUE(twins_of(transaction, by_id_).empty());
    EXPECT_EQ(consent_of(transaction, by_id_), Consent::open);
  });
}

TEST_F(AliasOfTwins, an_account_with_a_new_number_leaves_the_conversation_of_the_old_one) {
  in_transaction([this](Transaction& transaction) {
    two_threads(transaction);
    EXPECT_EQ(heard(transaction, from(new_number, ada, morning + hours(1))), by_id_);
    expect_closed(transaction, by_number_);
    const AddressId stranger = heard(transaction, from(old_number, "", morning + hours(2)));
    EXPECT_EQ(name_of(transaction, stranger), old_number);
    EXPECT_EQ(heard(transaction, from(old_number, bea, morning + hours(3))), stranger);
  });
}

TEST_F(AliasOfTwins, a_new_number_with_a_conversation_of_its_own_is_the_twin_in_place_of_the_old_one) {
  in_transaction([this](Transaction& transaction) {
    two_threads(transaction);
    const AddressId of_new = heard(transaction, from(new_number));
    EXPECT_EQ(heard(transaction, from(new_number, ada, morning + hours(1))), of_new);
    expect_closed(transaction, by_number_);
    EXPECT_EQ(twins_of(transaction, by_id_), std::vector{of_new});
  });
}

TEST_F(AliasOfTwins, what_was_told_before_they_were_twins_closes_nothing) {
  in_transaction([this](Transaction& transaction) {
    two_threads(transaction);
    const AddressId former = heard(transaction, from(old_number, bea, morning - hours(1)));
    EXPECT_NE(former, by_number_);
    EXPECT_EQ(find_address(transaction, {"sms", old_number}), by_number_);
    EXPECT_EQ(consent_of(transaction, by_number_), Consent::open);
  });
}

TEST_F(Alias, an_old_number_that_comes_late_is_not_the_accounts_again) {
  in_transaction([](Transaction& transaction) {
    const AddressId person = heard(transaction, from(old_number, ada));
    heard(transaction, from(new_number, ada, morning + hours(2)));
    EXPECT_EQ(heard(transaction, from(old_number, ada, morning + hours(1))), person);
    EXPECT_EQ(name_of(transaction, person), new_number);
    EXPECT_FALSE(find_address(transaction, {"sms", old_number}));
  });
}

}  // namespace
}  // namespace passerelle::store
