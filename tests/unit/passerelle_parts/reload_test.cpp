// The swap of the content: whole and sound or not at all, and safe while others read it.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "app_reload.hpp"
#include "store/content_version.hpp"
#include "store/due.hpp"
#include "support/demo.hpp"
#include "support/io_room.hpp"
#include "turns/fact_due.hpp"

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

// Of a copy of the demo's association, which each test changes.
class ReloadAssociation : public ReloadTest {
 protected:
  ReloadAssociation() {
    fs::copy(fs::path(SOURCE_DIR) / "config/associations/demo", own_, fs::copy_options::recursive);
    content_.replace(turns::load_content(sources_).content);
  }
  ~ReloadAssociation() override { fs::remove_all(own_); }

  void replace_in(const std::string& name, const std::string& what, const std::string& by) {
    std::ifstream in(own_ / name);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::size_t at = text.find(what);
    ASSERT_NE(at, std::string::npos) << name;
    std::ofstream(own_ / name) << text.replace(at, what.size(), by);
  }
  ContentChanges changes() {
    const auto done = room_.run(own_reloader_.ask());
    EXPECT_TRUE(done) << to_string(done.error());
    EXPECT_EQ(done->findings.size(), 0U);
    return done->changes;
  }
  std::size_t looks_planned() {
    std::size_t count = 0;
    EXPECT_TRUE(store::transact_now(*writer_, [&](store::Transaction& transaction) {
      for (const store::Due& due : store::due_of(transaction, 0)) count += due.kind == turns::facts_due ? 1 : 0;
    }));
    return count;
  }

  const fs::path own_ = fs::path(::testing::TempDir()) / ("reload_own_" + std::to_string(getpid()));
  const turns::ContentSources sources_{own_.string(), {}, {}, SOURCE_DIR};
  Reloader own_reloader_{{sources_, content_, *writer_, clock_, [](const Association&) { return Findings(); },
                          [this] { own_reloader_.work(); }}};
};

TEST_F(ReloadAssociation, what_is_the_same_is_told_as_unchanged) {
  const ContentChanges none = changes();
  EXPECT_EQ(none.pages, 0U);
  EXPECT_FALSE(none.association);
  EXPECT_FALSE(none.directory);
}

TEST_F(ReloadAssociation, pages_that_are_new_gone_or_other_are_counted) {
  replace_in("pages/laundry.yaml", "au sous-sol. Écrivez", "en bas. Écrivez");
  fs::copy(own_ / "pages/laundry.yaml", own_ / "pages/linen.yaml");
  fs::remove(own_ / "pages/old_bus.yaml");
  const ContentChanges told = changes();
  EXPECT_EQ(told.pages, 3U);
  EXPECT_FALSE(told.association);
  EXPECT_FALSE(told.directory);
}

TEST_F(ReloadAssociation, a_changed_association_and_a_changed_directory_are_told) {
  replace_in("association.yaml", "Maison du Pont", "Maison du Lac");
  EXPECT_TRUE(changes().association);
  replace_in("directory.csv", "Valmoret", "Valmont");
  const ContentChanges told = changes();
  EXPECT_TRUE(told.directory);
  EXPECT_FALSE(told.association);
}

TEST_F(ReloadAssociation, the_facts_are_looked_at_anew_after_a_reload_and_not_after_a_refused_one) {
  std::ofstream(own_ / "pages" / "broken.yaml") << "text: [";
  EXPECT_EQ(looks_planned(), 0U);
  EXPECT_NE(room_.run(own_reloader_.ask())->findings.size(), 0U);
  EXPECT_EQ(looks_planned(), 0U);
  fs::remove(own_ / "pages" / "broken.yaml");
  changes();
  EXPECT_EQ(looks_planned(), 1U);
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
