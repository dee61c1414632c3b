// The link that looks into the daemon's folders, event by event.
#include <gtest/gtest.h>

#include "unit/adapters/gammu_fixture.hpp"

namespace passerelle::adapters::gammu_test {
namespace {

link::File sent(const std::string& folder, const std::string& of = ref) {
  return {spool + "/" + folder, "OUTB00000000_000001_00_+41791234567_" + of + ".txt", "", earlier, true};
}
const std::string name = "010000_00_+41791234567_0";

class GammuLink : public ::testing::Test {
 protected:
  // What it does next, in a word or two: "look", "keep un|deux +1", "tidy 2 1", "rest stuck".
  std::string does(const link::Event& event, TimePoint at = now) {
    const link::Action action = link_->next(event, at);
    if (std::holds_alternative<link::Look>(action)) return "look";
    if (const auto* keep = std::get_if<link::Keep>(&action)) {
      receipts_ = keep->receipts;
      std::string words = "keep ";
      for (const InboundMessage& one : keep->messages) words += one.text + "|";
      return words + " +" + std::to_string(keep->receipts.size());
    }
    if (const auto* tidy = std::get_if<link::Tidy>(&action)) {
      removed_ = tidy->remove;
      return "tidy " + std::to_string(tidy->remove.size()) + " " + std::to_string(tidy->aside.size());
    }
    const auto& rest = std::get<link::Rest>(action);
    EXPECT_GE(rest.time, std::chrono::seconds(1)) << "two looks are never one";
    return rest.why.empty() ? "rest" : "rest " + std::to_string(rest.time.count()) + " " + rest.why;
  }
  std::string finds(std::vector<link::File> files, TimePoint at = now) {
    return does(link::Found{std::move(files)}, at);
  }

  std::unique_ptr<Channel> channel_ = channel();
  std::unique_ptr<Link> link_ = channel_->open_link();
  std::vector<Receipt> receipts_;
  std::vector<std::string> removed_;
};

TEST_F(GammuLink, a_file_is_read_when_two_looks_found_it_the_same_and_removed_when_it_is_kept) {
  EXPECT_EQ(does(link::Begun{}), "look");
  EXPECT_EQ(finds({arrived(name + "0", "u")}), "rest");
  EXPECT_EQ(does(link::Rested{}), "look");
  EXPECT_EQ(finds({arrived(name + "0", "un", earlier + 1)}), "rest") << "it was being written";
  EXPECT_EQ(finds({arrived(name + "0", "un", earlier + 1)}), "keep un| +0");
  EXPECT_EQ(does(link::Kept{}), "tidy 1 0");
  EXPECT_EQ(removed_.at(0), spool + "/inbox/IN20261122_" + name + "0.txt");
  EXPECT_EQ(does(link::Tidied{}), "rest");
}

TEST_F(GammuLink, a_text_waits_for_its_last_part_and_its_first_part_goes_last) {
  finds({arrived(name + "0", "un ", 100)});
  EXPECT_EQ(finds({arrived(name + "0", "un ", 100), arrived(name + "1", "deux", 101)}), "rest");
  EXPECT_EQ(finds({arrived(name + "0", "un ", 100), arrived(name + "1", "deux", 101)}), "keep un deux| +0");
  EXPECT_EQ(does(link::Kept{}), "tidy 2 0");
  EXPECT_TRUE(removed_.at(1).ends_with("_00.txt"));
}

TEST_F(GammuLink, a_text_waits_until_nothing_of_its_sender_came_for_three_seconds) {
  const std::int64_t at = to_ms(now) * 1'000'000;
  const std::vector<link::File> one = {arrived(name + "0", "un ", at)};
  const std::vector<link::File> both = {one[0], arrived(name + "1", "deux", at + 2 * second)};
  finds(one);
  EXPECT_EQ(finds(one, now + std::chrono::seconds(2)), "rest");
  finds(both, now + std::chrono::seconds(3));
  EXPECT_EQ(finds(both, now + std::chrono::seconds(4)), "rest");
  EXPECT_EQ(finds(both, now + std::chrono::seconds(5)), "keep un deux| +0");
  EXPECT_EQ(finds(both, now - std::chrono::hours(1)), "keep un deux| +0") << "the clock was put back";
}

TEST_F(GammuLink, at_the_end_of_a_full_listing_a_text_may_lack_its_end) {
  std::vector<link::File> files;
  for (int i = 0; i < 499; ++i) files.push_back(arrived("010000_00_+4178" + std::to_string(1000 + i) + "_00", "x", 5));
  files.push_back(arrived("010001_00_+4179_00", "half", 1));
  finds(files);
  EXPECT_EQ(finds(files).find("half"), std::string::npos);
  files.erase(files.begin());
  finds(files);
  EXPECT_NE(finds(files).find("keep half|"), std::string::npos);
}

TEST_F(GammuLink, what_is_not_kept_stays_where_it_is) {
  finds({arrived(name + "0", "un")});
  EXPECT_EQ(finds({arrived(name + "0", "un")}), "keep un| +0");
  EXPECT_EQ(does(link::NotKept{}), "rest 1 not_stored");
  EXPECT_EQ(does(link::Rested{}), "look");
  EXPECT_EQ(finds({arrived(name + "0", "un")}), "keep un| +0");
  EXPECT_EQ(does(link::NotKept{}), "rest 2 not_stored");
}

TEST_F(GammuLink, an_empty_file_is_being_written_for_a_minute) {
  finds({arrived(name + "0", "")});
  EXPECT_EQ(finds({arrived(name + "0", "")}), "rest");
  EXPECT_EQ(finds({arrived(name + "0", "")}, now + std::chrono::seconds(51)), "keep | +0");
  finds({arrived(name + "0", "\xFE\xFF")});
  EXPECT_EQ(finds({arrived(name + "0", "\xFE\xFF")}), "keep | +0") << "with its mark it is a text without words";
}

TEST_F(GammuLink, what_cannot_be_read_is_set_aside_and_told) {
  const std::vector<link::File> files = {arrived(name + "0", "caf\xE9"),
                                         arrived("010000_00_+4178_03", "stray"),
                                         {spool + "/inbox", "IN20261122_003000_00_+4179_00.smsbackup", "x", 1, true}};
  EXPECT_EQ(finds(files), "rest");
  EXPECT_EQ(finds(files), "tidy 0 3");
  EXPECT_EQ(does(link::Tidied{}), "rest 1 set_aside");
  EXPECT_EQ(does(link::Rested{}), "look");
  EXPECT_EQ(finds({}), "rest");
  // …beside what can be.
  const std::vector<link::File> both = {arrived(name + "0", "caf\xE9"), arrived("010000_00_+4178_00", "un")};
  finds(both);
  EXPECT_EQ(finds(both), "keep un| +0");
  EXPECT_EQ(does(link::Kept{}), "tidy 1 1");
  EXPECT_EQ(does(link::Tidied{}), "rest 1 set_aside");
}

TEST_F(GammuLink, a_file_that_is_closed_to_us_waits_and_hides_no_other) {
  link::File closed = arrived(name + "1", "");
  closed.is_closed = true;
  closed.is_whole = false;
  const std::vector<link::File> files = {arrived(name + "0", "un"), closed, arrived(name + "2", "trois"),
                                         arrived("010000_00_+4178_00", "autre"),
                                         arrived("005000_00_+41791234567_00", "avant", earlier - 61 * second)};
  EXPECT_EQ(finds(files), "rest 1 closed");
  EXPECT_EQ(finds(files), "keep avant|autre| +0");
  EXPECT_EQ(does(link::Kept{}), "tidy 2 0");
  EXPECT_EQ(finds({files[0], closed, files[2]}), "rest 1 closed");
  closed.is_closed = false;
  closed.is_whole = true;
  closed.bytes = "deux";
  finds({files[0], closed, files[2]});
  EXPECT_EQ(finds({files[0], closed, files[2]}), "keep undeuxtrois| +0");
}

TEST_F(GammuLink, our_files_in_sent_and_error_are_receipts) {
  const std::string other(32, 'b');
  EXPECT_EQ(finds({sent("sent"), sent("error", other)}), "keep  +2");
  EXPECT_EQ(receipts_.at(0).ref, ref);
  EXPECT_EQ(receipts_.at(0).state, Delivery::sent);
  EXPECT_EQ(receipts_.at(1).ref, other);
  EXPECT_EQ(receipts_.at(1).state, Delivery::failed);
  EXPECT_EQ(receipts_.at(1).code, "not_sent");
  EXPECT_EQ(does(link::Kept{}), "tidy 2 0");
  EXPECT_EQ(removed_.at(0), sent("sent").folder + "/" + sent("sent").name);
  EXPECT_EQ(finds({sent("sent", "0123456789ABCDEF0123456789abcdef")}), "rest") << "a name that only looks like ours";
}

TEST_F(GammuLink, what_waits_past_its_end_is_removed_and_told) {
  link::File waits = sent("outbox");
  waits.name = "OUTB00000000_000001_00_+41791234567_T1800000060_" + ref + ".txt";
  const link::File endless = sent("outbox", std::string(32, 'b'));
  EXPECT_EQ(finds({waits, endless}), "rest");
  EXPECT_EQ(finds({waits, endless}, now + std::chrono::seconds(60)), "keep  +1");
  EXPECT_EQ(receipts_.at(0).ref, ref);
  EXPECT_EQ(receipts_.at(0).state, Delivery::failed);
  EXPECT_EQ(receipts_.at(0).code, "expired");
  EXPECT_EQ(does(link::Kept{}), "tidy 1 0");
  EXPECT_EQ(removed_.at(0), spool + "/outbox/" + waits.name);
}

TEST_F(GammuLink, an_outbox_that_nobody_empties_is_told) {
  EXPECT_EQ(finds({sent("outbox")}), "rest");
  EXPECT_EQ(finds({sent("outbox")}, now + std::chrono::minutes(16)), "rest 1 stuck");
}

TEST_F(GammuLink, folders_that_are_missing_or_closed_are_explained) {
  EXPECT_EQ(does(link::Unanswered{"no_folder"}), "rest 1 no_folder");
  EXPECT_EQ(does(link::Unanswered{"denied"}), "rest 2 denied");
  EXPECT_EQ(does(link::Unanswered{"disk"}), "rest 4 disk");
  EXPECT_EQ(does(link::Rested{}), "look");
  EXPECT_EQ(finds({}), "rest");
  EXPECT_EQ(does(link::Unanswered{"disk"}), "rest 1 disk");
}

TEST_F(GammuLink, a_heap_is_taken_in_portions) {
  std::vector<link::File> files;
  for (int i = 0; i < 120; ++i) {
    const std::string number = std::to_string(1000 + i);
    files.push_back(arrived("010000_00_+4179" + number + "_00", number, earlier + i));
  }
  finds(files);
  const std::string first = finds(files);
  EXPECT_EQ(first.substr(0, 15), "keep 1000|1001|");
  EXPECT_EQ(does(link::Kept{}), "tidy 50 0");
  files.erase(files.begin(), files.begin() + 50);
  does(link::Tidied{});
  EXPECT_EQ(finds(files).substr(0, 15), "keep 1050|1051|");
}

}  // namespace
}  // namespace passerelle::adapters::gammu_test
