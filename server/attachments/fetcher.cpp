#include "attachments/fetcher.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

#include "attachments/download.hpp"
#include "attachments/folder.hpp"
#include "attachments/sniff.hpp"
#include "base/crypto.hpp"
#include "base/log.hpp"
#include "base/task_thread.hpp"
#include "base/wake.hpp"
#include "store/attachment.hpp"
#include "store/transact.hpp"

namespace passerelle::attachments {
namespace {

using std::chrono::seconds;

constexpr seconds longest_pause = std::chrono::hours(6);
constexpr seconds store_pause{60};                     // when the store takes nothing
constexpr seconds room_pause = std::chrono::hours(1);  // when there is no room
constexpr std::size_t most_files = 1'000'000;          // that a start looks at
constexpr std::size_t swept_at_once = 256;
constexpr std::int64_t erased_at_once = 64;
constexpr std::int64_t sender_share = 10;  // one sender may fill a tenth of the folder

// What a look into the store brings.
struct Look {
  std::optional<store::WaitingAttachment> due;
  std::optional<TimePoint> next;
  std::vector<store::ErasedFile> erased;
  std::int64_t kept = 0, of_sender = 0;  // bytes
};

Look look(store::Transaction& transaction, const std::string& channel, TimePoint now) {
  Look found;
  found.erased = store::erased_files(transaction, erased_at_once);
  found.due = store::due_attachment(transaction, channel, now);
  found.next = store::next_attachment(transaction, channel);
  if (!found.due) return found;
  found.kept = store::kept_bytes(transaction);
  found.of_sender = store::kept_bytes_of(transaction, found.due->address);
  return found;
}

}  // namespace

seconds back_off(std::int64_t attempt) {
  const auto doublings = std::clamp<std::int64_t>(attempt, 0, 16);
  return std::min(longest_pause, seconds(60) * (std::int64_t{1} << doublings));
}

struct Fetcher::State : std::enable_shared_from_this<State> {
  struct Line {  // of a channel
    Line(Source its, const Parts& parts) : source(std::move(its)), wake(parts.executor, parts.clock) {}
    Source source;
    Wake wake;
    std::optional<TimePoint> until;  // nothing is to be done before then; nothing: before a ring
    std::uint64_t full = 0;          // how often there was no room
  };

  explicit State(Parts given) : parts(std::move(given)), folder(parts.data_folder) {
    for (const Source& source : parts.sources) lines.push_back(std::make_unique<Line>(source, parts));
  }

  static Task<void> begin(std::shared_ptr<State> self) {
    co_await self->sweep();
    for (const auto& line : self->lines) spawn(self->parts.executor, run(self, *line));
  }

  static Task<void> run(std::shared_ptr<State> self, Line& line) {
    while (!self->stopped) {
      line.wake.looking();
      const bool again = co_await self->work(line);
      if (!again && !self->stopped) co_await line.wake.rest(line.until);
    }
    line.wake.ended();
  }

  // Files of which no row knows: a crash came between the disk and the store.
  Task<void> sweep() {
    std::vector<std::string> names;
    co_await disk->run([this, &names] { names = folder.names(most_files); });
    for (std::size_t at = 0; at < names.size() && !stopped; at += swept_at_once) {
      const auto first = names.begin() + static_cast<std::ptrdiff_t>(at);
      const auto last = names.begin() + static_cast<std::ptrdiff_t>(std::min(at + swept_at_once, names.size()));
      std::vector<std::string> some(first, last);
      auto work = [some](store::Transaction& transaction) { return store::refs_kept(transaction, some); };
      const auto kept = co_await store::transact(parts.writer, store::Lane::bulk, std::move(work));
      if (!kept) co_return;
      std::erase_if(some, [&](const std::string& name) { return std::ranges::find(*kept, name) != kept->end(); });
      co_await disk->run([this, &some] { std::ranges::for_each(some, [this](auto& name) { folder.remove(name); }); });
    }
  }

  // True: there may be more to do at once. Else line.until is when there is.
  Task<bool> work(Line& line) {
    line.until = parts.clock.now() + store_pause;  // unless the store does its part
    auto found = co_await look_for(line);
    if (!found) co_return false;
    if (!found->erased.empty()) co_return co_await remove(line, std::move(found->erased));
    if (!found->due) {
      line.until = found->next;
      co_return false;
    }
    media::Answer answer = media::Later{room_pause, room_for(line, *found)};
    if (std::get<media::Later>(answer).why.empty()) answer = co_await fetch(line, found->due->attachment);
    co_return co_await settle(line, std::move(*found->due), std::move(answer));
  }

  Task<std::optional<Look>> look_for(const Line& line) {
    auto work = [name = line.source.name, now = parts.clock.now()](store::Transaction& transaction) {
      return look(transaction, name, now);
    };
    auto found = co_await store::transact(parts.writer, store::Lane::bulk, std::move(work));
    if (found) co_return std::move(*found);
    if (!stopped) log::error("attachments.no_store", {{"ch", line.source.name}, {"why", found.error().why}});
    co_return std::nullopt;
  }

  // Why there is no room for one more; empty: there is.
  std::string room_for(Line& line, const Look& found) const {
    if (parts.limits.largest == 0) return {};
    const bool full = found.kept + parts.limits.largest > parts.limits.folder;
    const std::int64_t share = std::max(parts.limits.folder / sender_share, parts.limits.largest);
    const bool greedy = found.of_sender + parts.limits.largest > share;
    if (!full) return greedy ? "sender_share" : "";
    // The first time, then the 2nd, 4th, 8th…
    const std::uint64_t count = ++line.full;
    if ((count & (count - 1)) == 0)
      log::warning("attachments.full", {{"bytes", found.kept}, {"remedy", "erase some, or raise folder_mb"}});
    return "folder_full";
  }

  // An adapter that throws has a mistake in it; what the others fetch does not depend on it.
  Task<media::Answer> fetch(const Line& line, Attachment attachment) {
    if (parts.limits.largest == 0) co_return media::Lost{"switched_off"};
    try {
      co_return co_await download(parts.transport, *line.source.channel, std::move(attachment));
    } catch (const std::exception&) {
      log::error("attachment.broken", {{"ch", line.source.name}});
    }
    co_return media::Later{seconds(0), "broken"};
  }

  // False, here and below: the store did not take it, and it is as it was.
  Task<bool> settle(const Line& line, store::WaitingAttachment one, media::Answer answer) {
    if (auto* fetched = std::get_if<media::Fetched>(&answer)) {
      const auto size = static_cast<std::int64_t>(fetched->bytes.size());
      if (size > 0 && size <= parts.limits.largest) co_return co_await keep(line, one, std::move(fetched->bytes));
      if (size == 0)
        answer = media::Later{seconds(0), "empty"};
      else
        answer = media::Lost{"too_large"};
    }
    if (const auto* later = std::get_if<media::Later>(&answer)) co_return co_await postpone(line, one, *later);
    co_return co_await lose(line, one, std::get<media::Lost>(answer).why);
  }

  // First the disk, then the store: a row that says "kept" has its file.
  Task<bool> keep(const Line& line, const store::WaitingAttachment& one, std::string bytes) {
    const store::FileFacts facts{std::string(sniff(bytes)), static_cast<std::int64_t>(bytes.size()),
                                 crypto::hex(crypto::sha256(bytes))};
    std::optional<Error> failure;
    co_await disk->run([this, &one, &bytes, &failure] {
      if (const auto put = folder.put(one.ref, bytes); !put) failure = put.error();
    });
    if (failure) {
      log::error("attachment.disk", {{"ch", line.source.name}, {"id", one.id.value}, {"why", failure->what}});
      co_return co_await postpone(line, one, {room_pause, "disk"});
    }
    auto work = [id = one.id, facts, now = parts.clock.now()](store::Transaction& transaction) {
      return store::keep_attachment(transaction, id, facts, now);
    };
    const auto kept = co_await store::transact(parts.writer, store::Lane::bulk, std::move(work));
    if (!kept) co_return false;  // its file is replaced by that of the next try
    if (!*kept) {                // erased while it was on its way
      co_await disk->run([this, &one] { folder.remove(one.ref); });
      co_return true;
    }
    log::info("attachment.kept", {{"ch", line.source.name}, {"id", one.id.value}, {"bytes", facts.bytes}});
    co_return true;
  }

  Task<bool> postpone(const Line& line, const store::WaitingAttachment& one, const media::Later& later) {
    const TimePoint at = parts.clock.now() + std::max(later.after, back_off(one.attempt));
    if (at >= one.not_after) co_return co_await lose(line, one, later.why);
    auto work = [id = one.id, at, why = later.why](store::Transaction& transaction) {
      store::postpone_attachment(transaction, id, at, why);
    };
    const auto done = co_await store::transact(parts.writer, store::Lane::bulk, std::move(work));
    co_return done.has_value();
  }

  Task<bool> lose(const Line& line, const store::WaitingAttachment& one, const std::string& why) {
    auto work = [id = one.id, why, now = parts.clock.now()](store::Transaction& transaction) {
      store::lose_attachment(transaction, id, why, now);
    };
    const auto lost = co_await store::transact(parts.writer, store::Lane::bulk, std::move(work));
    if (lost) log::warning("attachment.lost", {{"ch", line.source.name}, {"id", one.id.value}, {"why", why}});
    co_return lost.has_value();
  }

  // The store forgets what is gone from the disk, and nothing else.
  Task<bool> remove(Line& line, std::vector<store::ErasedFile> erased) {
    std::vector<store::ErasedFile> left;
    co_await disk->run([this, &erased, &left] {
      for (const store::ErasedFile& file : erased) {
        if (!folder.remove(file.ref)) left.push_back(file);
      }
    });
    std::erase_if(erased, [&left](const store::ErasedFile& file) {
      return std::ranges::find(left, file.id, &store::ErasedFile::id) != left.end();
    });
    if (!left.empty()) log::error("attachment.not_erased", {{"count", static_cast<std::int64_t>(left.size())}});
    if (erased.empty()) {
      line.until = parts.clock.now() + room_pause;
      co_return false;
    }
    auto work = [erased](store::Transaction& transaction) {
      for (const store::ErasedFile& file : erased) store::forget_file(transaction, file.id);
    };
    const auto done = co_await store::transact(parts.writer, store::Lane::bulk, std::move(work));
    co_return done.has_value();
  }

  Parts parts;
  Folder folder;
  std::vector<std::unique_ptr<Line>> lines;
  std::atomic<bool> stopped = false;
  std::optional<TaskThread> disk{std::in_place};
};

Fetcher::Fetcher(Parts parts) : state_(std::make_shared<State>(std::move(parts))) {}

Fetcher::~Fetcher() {
  stop();
  state_->disk.reset();
}

void Fetcher::start() { spawn(state_->parts.executor, State::begin(state_)); }

void Fetcher::committed(const store::Notes& notes) {
  const auto has_line = [this](const std::string& name) {
    return std::ranges::any_of(state_->lines, [&](const auto& line) { return line->source.name == name; });
  };
  // What came by a channel that is gone is erased by whichever worker there is.
  const bool all = !std::ranges::all_of(notes.media, has_line);
  for (const auto& line : state_->lines) {
    if (all || notes.media.contains(line->source.name)) line->wake.ring();
  }
}

void Fetcher::ring() {
  for (const auto& line : state_->lines) line->wake.ring();
}

void Fetcher::stop() {
  state_->stopped = true;
  ring();
}

bool Fetcher::idle() const {
  return state_->stopped || std::ranges::all_of(state_->lines, [](const auto& line) { return line->wake.idle(); });
}

std::optional<TimePoint> Fetcher::next_wake() const {
  std::optional<TimePoint> first;
  for (const auto& line : state_->lines) {
    const auto next = line->wake.next();
    if (next && (!first || *next < *first)) first = next;
  }
  return first;
}

}  // namespace passerelle::attachments
