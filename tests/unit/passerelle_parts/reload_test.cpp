// The swap of the content: whole and sound or not at all, and safe while others read it.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "app_reload.hpp"
#include "store/content_version.hpp"
#include "support/demo.hpp"
#include "support/io_room.hpp"

namespace passerelle {
namespace {

namespace fs = std::filesystem;

class ReloadTest : public ::testing::Test {
 protected:
  ReloadTest() {
    fs::create_directories(overlay_ / "dialogs");
    content_.replace(testing::demo_content());
  }
  ~ReloadTest() override {
    if (main_.joinable()) main_.join();
    fs::remove_all(overlay_);
  }

  void put(const std::string& name, const std::string& text) {
    std::ofstream(overlay_ / "dialogs" / (name + ".yaml")) << text;
  }
  static std::string dialog(const std::string& name, const std::string& key) {
    return "dialog: " + name + "\nabout: Of a test.\nsteps:\n  only:\n    say: " + key + "\n";
  }
  Reloaded reload() {
    auto done = room_.run(reloader_.ask());
    if (!done) ADD_FAILURE() << to_string(done.error());
    return done ? *done : Reloaded{};
  }
  // Another thread stands for the main one.
  void work_aside() {
    if (main_.joinable()) main_.join();
    main_ = std::thread([this] { reloader_.work(); });
  }

  const fs::path overlay_ = fs::path(::testing::TempDir()) / ("reload_" + std::to_string(getpid()));
  testing::IoRoom room_;
  std::unique_ptr<store::Writer> writer_ = testing::memory_store();
  SystemClock clock_;
  turns::LiveContent content_;
  Findings refused_;
  std::thread main_;
  Reloader reloader_{{{"config/associations/demo", {overlay_.string()}, {}, SOURCE_DIR},
                      content_,
                      *writer_,
                      clock_,
                      [this](const Association&) { return refused_; },
                      [this] { work_aside(); }}};
};

TEST_F(ReloadTest, tells_the_dialogs_and_sentences_that_changed) {
  put("one", dialog("one", "first_contact.hello"));
  put("two", dialog("two", "first_contact.hello"));
  EXPECT_EQ(reload().changes.added, (std::vector<std::string>{"one", "two"}));
  put("one", dialog("one", "first_contact.menu"));
  fs::remove(overlay_ / "dialogs" / "two.yaml");
  const Reloaded done = reload();
  EXPECT_EQ(done.changes.changed, std::vector<std::string>{"one"});
  EXPECT_EQ(done.changes.removed, std::vector<std::string>{"two"});
  EXPECT_EQ(done.changes.sentences, 0U);
}

TEST_F(ReloadTest, a_mistake_keeps_the_old_content_and_is_told_with_its_place) {
  const auto before = content_.current();
  put("one", dialog("one", "no.such_key"));
  put("two", dialog("two", "first_contact.hello"));
  const Reloaded done = reload();
  ASSERT_EQ(done.findings.size(), 1U);
  EXPECT_EQ(to_string(done.findings[0].at), (overlay_ / "dialogs" / "one.yaml").string() + ":5:10");
  EXPECT_EQ(content_.current(), before);
}

TEST_F(ReloadTest, an_association_that_may_not_use_the_channels_keeps_the_old_content) {
  const auto before = content_.current();
  refused_ = {{{"passerelle.toml", 7, 1}, "can never send for real", ""}};
  EXPECT_EQ(reload().findings.size(), 1U);
  EXPECT_EQ(content_.current(), before);
}

TEST_F(ReloadTest, every_dialog_that_can_begin_is_kept_for_those_who_go_on_with_it) {
  put("one", dialog("one", "first_contact.hello"));
  reload();
  const auto content = content_.current();
  const auto done = store::transact_now(*writer_, [&](store::Transaction& transaction) {
    for (const turns::DialogText& each : content->dialogs)
      EXPECT_EQ(store::find_content(transaction, "dialog", each.hash), each.text) << each.name;
  });
  ASSERT_TRUE(done);
}

TEST_F(ReloadTest, who_holds_the_old_content_goes_on_with_it_while_it_is_swapped) {
  std::atomic<bool> over = false;
  std::atomic<int> looks = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&] {
      while (!over) {
        const auto content = content_.current();
        EXPECT_NE(content->library.all().size(), 0U);
        EXPECT_TRUE(content->catalog.sentence("first_contact.hello", "ti", "fr"));
        ++looks;
      }
    });
  }
  for (int i = 0; i < 6; ++i) {
    put("one", dialog("one", i % 2 == 0 ? "first_contact.hello" : "first_contact.menu"));
    EXPECT_TRUE(reload().findings.empty());
  }
  over = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_GT(looks, 0);
}

TEST_F(ReloadTest, who_asks_while_the_server_stops_is_told) {
  Reloader silent({{"config/associations/demo", {}, {}, SOURCE_DIR}, content_, *writer_, clock_, {}, [] {}});
  silent.stop();
  const auto done = room_.run(silent.ask());
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().what, "the server is stopping");
}

}  // namespace
}  // namespace passerelle
