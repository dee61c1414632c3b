#include "app_reload.hpp"

#include <algorithm>
#include <chrono>
#include <set>

#include "app_memory.hpp"
#include "base/log.hpp"
#include "base/timer.hpp"
#include "store/content_version.hpp"
#include "turns/fact_due.hpp"

namespace passerelle {
namespace {

constexpr std::chrono::milliseconds between_looks{5};
constexpr std::chrono::seconds patience{25};  // less than a handler may take

using Hashes = std::map<std::string, std::string>;
using Texts = std::map<std::pair<Locale, std::string>, std::string>;

Hashes dialogs_of(const turns::Content& content) {
  Hashes hashes;
  for (const turns::DialogText& dialog : content.dialogs) hashes[dialog.name] = dialog.hash;
  return hashes;
}

Texts texts_of(const turns::Content& content) {
  Texts texts;
  for (const Locale& locale : content.catalog.locales()) {
    for (const auto& [key, sentence] : content.catalog.find(locale)->sentences) texts[{locale, key}] = sentence.pattern;
  }
  return texts;
}

using Pages = std::map<std::string, Page>;

Pages pages_of(const turns::Content& content) {
  Pages pages;
  for (const Page& page : content.pages) pages[page.id] = page;
  return pages;
}

// How many are new, gone or other.
template <class Named>
std::size_t count_changes(const Named& before, const Named& after) {
  std::size_t count = 0;
  for (const auto& [name, item] : after) {
    const auto found = before.find(name);
    if (found == before.end() || !(found->second == item)) ++count;
  }
  for (const auto& [name, item] : before) count += after.contains(name) ? 0 : 1;
  return count;
}

// Whatever a folder holds or is: the server that runs goes on.
turns::LoadedContent load(const turns::ContentSources& sources) {
  try {
    return turns::load_content(sources);
  } catch (const std::exception& error) {
    return {nullptr, {{{"content", 0, 0}, std::string("cannot be read: ") + error.what(), ""}}};
  }
}

}  // namespace

ContentChanges compare(const turns::Content& before, const turns::Content& after) {
  ContentChanges changes;
  const Hashes old_dialogs = dialogs_of(before);
  const Hashes new_dialogs = dialogs_of(after);
  for (const auto& [name, hash] : new_dialogs) {
    const auto found = old_dialogs.find(name);
    if (found == old_dialogs.end())
      changes.added.push_back(name);
    else if (found->second != hash)
      changes.changed.push_back(name);
  }
  for (const auto& [name, hash] : old_dialogs) {
    if (!new_dialogs.contains(name)) changes.removed.push_back(name);
  }
  changes.sentences = count_changes(texts_of(before), texts_of(after));
  changes.pages = count_changes(pages_of(before), pages_of(after));
  changes.association = !(before.association == after.association);
  changes.directory = before.services != after.services;
  return changes;
}

void keep_dialogs(store::Transaction& transaction, const turns::Content& content, TimePoint now) {
  for (const turns::DialogText& dialog : content.dialogs)
    store::keep_content(transaction, "dialog", dialog.name, dialog.hash, dialog.text, now);
}

Task<result<Reloaded>> Reloader::ask() {
  std::uint64_t mine = 0;
  {
    const std::lock_guard lock(mutex_);
    mine = ++asked_;
  }
  parts_.wake();
  const auto end = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < end) {
    {
      const std::lock_guard lock(mutex_);
      if (answered_ >= mine) co_return last_;
      if (stopped_) co_return Error{"the server is stopping", ""};
    }
    co_await wait_for(between_looks);
  }
  co_return Error{"the content is still being read: ask again later", ""};
}

void Reloader::work() {
  std::uint64_t until = 0;
  {
    const std::lock_guard lock(mutex_);
    until = asked_;
  }
  Reloaded done = reload();
  give_back_memory();
  if (done.findings.empty()) {
    log::info("reloaded", {{"added", static_cast<std::int64_t>(done.changes.added.size())},
                           {"changed", static_cast<std::int64_t>(done.changes.changed.size())},
                           {"removed", static_cast<std::int64_t>(done.changes.removed.size())},
                           {"sentences", static_cast<std::int64_t>(done.changes.sentences)},
                           {"pages", static_cast<std::int64_t>(done.changes.pages)}});
  } else {
    log::error("reload.refused", {{"findings", static_cast<std::int64_t>(done.findings.size())},
                                  {"remedy", "'passerelle reload' tells them"}});
  }
  const std::lock_guard lock(mutex_);
  last_ = std::move(done);
  answered_ = until;
}

void Reloader::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
}

Reloaded Reloader::reload() {
  turns::LoadedContent loaded = load(parts_.sources);
  if (!loaded.content) return {std::move(loaded.findings), {}};
  Findings refused = parts_.check_channels(loaded.content->association);
  if (!refused.empty()) return {std::move(refused), {}};
  const std::shared_ptr<const turns::Content> before = parts_.content.current();
  // Transactions come one after the other: whoever begins a new dialog comes after it is kept, and the look at the
  // facts, which may be next, is at the new ones.
  const auto kept = store::transact_now(parts_.writer, [&](store::Transaction& transaction) {
    const TimePoint now = parts_.clock.now();
    keep_dialogs(transaction, *loaded.content, now);
    turns::plan_fact_check(transaction, now);
    parts_.content.replace(loaded.content);
  });
  if (!kept) {
    parts_.content.replace(before);
    return {{{{"content", 0, 0}, "cannot be kept: " + kept.error().what, "try again"}}, {}};
  }
  return {{}, compare(*before, *loaded.content)};
}

}  // namespace passerelle
