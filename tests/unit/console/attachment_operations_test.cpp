// attachments.list, attachments.get and attachments.erase, and what tasks show of attachments.
#include <boost/json/array.hpp>
#include <tuple>

#include "asking.hpp"
#include "store/attachment.hpp"
#include "store/event.hpp"
#include "store/statement.hpp"

namespace passerelle::console {
namespace {

using passerelle::testing::take;
using passerelle::testing::text_from;

class Attachments : public Asking {
 protected:
  void receive(const std::string& user, std::size_t count, const std::string& text = "") {
    InboundMessage message = text_from(user, text, "SM" + std::to_string(++count_));
    for (std::size_t i = 0; i < count; ++i) message.attachments.push_back({"https://gateway.example/x", "text/html"});
    if (text.empty()) message.kind = InboundMessage::Kind::media;
    take(*writer_, *content_, message, noon);
  }
  void in_transaction(const std::function<void(store::Transaction&)>& work) {
    EXPECT_TRUE(store::transact_now(*writer_, work));
  }
  void next(const std::function<void(store::Transaction&, AttachmentId)>& work) {
    in_transaction([&](store::Transaction& t) { work(t, store::due_attachment(t, "sms", noon)->id); });
  }
  void keep(const std::string& type, std::int64_t bytes) {
    next([&](store::Transaction& t, AttachmentId id) { store::keep_attachment(t, id, {type, bytes, "d1"}, noon); });
  }
  boost::json::array rows(const std::string& arguments = "{}") {
    const auto answer = ask("attachments.list", arguments);
    EXPECT_TRUE(answer) << answer.error().what;
    return answer ? answer->at("attachments").as_array() : boost::json::array();
  }
  static std::string text(const boost::json::value& row, std::string_view name) {
    const auto* value = row.as_object().if_contains(name);
    return value == nullptr ? "" : std::string(value->as_string());
  }
  std::string shown() { return text(rows().front(), "shown"); }
  static std::string named(const boost::json::value& row) { return R"({"ref": ")" + text(row, "ref") + R"("})"; }

 private:
  int count_ = 0;
};

TEST_F(Attachments, are_shown_in_words_by_what_their_bytes_are) {
  const std::vector<std::tuple<std::string, std::int64_t, std::string>> kinds{
      {"image/jpeg", 231'000, "[photo, 231 KB]"},
      {"image/webp", 1, "[photo, 1 KB]"},
      {"audio/ogg", 12'001, "[voice, 13 KB]"},
      {"video/mp4", 4'250'000, "[video, 4.2 MB]"},
      {"application/pdf", 999'999, "[document, 1000 KB]"},
      {"application/octet-stream", 5, "[file, 1 KB]"}};
  for (const auto& [type, bytes, words] : kinds) {
    receive("+41790000001", 1);
    EXPECT_EQ(shown(), "[not fetched yet]");
    keep(type, bytes);
    EXPECT_EQ(shown(), words);
  }
}

TEST_F(Attachments, what_is_lost_says_why_in_plain_words) {
  receive("+41790000001", 1);
  next([](store::Transaction& t, AttachmentId id) { store::lose_attachment(t, id, "too_large", noon); });
  EXPECT_EQ(shown(), "[not fetched: too_large]");
  EXPECT_EQ(text(rows().front(), "why_meaning"), "it is larger than [attachments] largest_mb");
  EXPECT_TRUE(error_of("attachments.get", named(rows().front())).starts_with("there is no file"));
}

TEST_F(Attachments, are_listed_by_sender_and_that_one_was_saved_is_recorded) {
  receive("+41790000001", 2, "voilà");
  receive("+41790000002", 1);
  EXPECT_EQ(rows().size(), 3U);
  EXPECT_EQ(rows(R"({"from": "sms:+41790000001"})").size(), 2U);
  EXPECT_EQ(rows(R"({"limit": 1})").size(), 1U);
  EXPECT_EQ(error_of("attachments.list", R"({"from": "sms:+41790000009"})"), "nothing has come from sms:+41790000009");
  keep("image/png", 10);
  const auto kept = rows(R"({"from": "sms:+41790000001"})").back();
  const auto answer = ask("attachments.get", named(kept));
  ASSERT_TRUE(answer);
  EXPECT_EQ(text(*answer, "digest"), "d1");
  EXPECT_EQ(text(*answer, "text"), "voilà");
  in_transaction([](store::Transaction& t) { EXPECT_EQ(store::events_of(t, "attachment.saved", 1).size(), 1U); });
}

TEST_F(Attachments, one_that_is_erased_waits_for_nothing_and_its_file_goes) {
  receive("+41790000001", 2);
  keep("image/png", 10);
  for (const auto& row : rows()) EXPECT_TRUE(ask("attachments.erase", named(row)));
  EXPECT_EQ(shown(), "[erased]");
  in_transaction([](store::Transaction& t) {
    EXPECT_FALSE(store::due_attachment(t, "sms", noon));
    const auto files = store::erased_files(t, 10);
    ASSERT_EQ(files.size(), 1U) << "of the one that was fetched";
    EXPECT_TRUE(store::refs_kept(t, {files.front().ref}).empty());
    store::forget_file(t, files.front().id);
    EXPECT_TRUE(store::erased_files(t, 10).empty());
    EXPECT_EQ(store::kept_bytes(t), 0);
  });
}

TEST_F(Attachments, a_ref_that_is_short_unknown_or_of_several_names_none) {
  EXPECT_EQ(error_of("attachments.get", R"({"ref": "abc"})"),
            "'abc' is too short to name an attachment: write at least 4 characters");
  EXPECT_EQ(error_of("attachments.erase", R"({"ref": "abcd"})"), "no attachment has the ref 'abcd'");
}

TEST_F(Attachments, a_task_shows_those_of_all_its_messages) {
  receive("+41790000001", 1, "RAPPEL");
  receive("+41790000002", 1);
  receive("+41790000001", 1, "RAPPEL");
  keep("image/png", 10);
  const auto answer = ask("inbox.tasks", R"({"kind": "call_back"})");
  ASSERT_TRUE(answer);
  const auto& task = answer->at("tasks").as_array().front();
  EXPECT_EQ(task.at("attachments").as_array().size(), 2U);
  EXPECT_TRUE(text(task, "shows").starts_with("[photo, 1 KB] ")) << text(task, "shows");
  EXPECT_NE(text(task, "shows").find("[not fetched yet] "), std::string::npos);
}

}  // namespace
}  // namespace passerelle::console
