#include "inbox/sent_marker.hpp"

#include <mutex>

#include "base/log.hpp"
#include "store/outbound.hpp"

namespace passerelle::inbox {

struct SentMarker::Shared : std::enable_shared_from_this<Shared> {
  class Job;

  Shared(store::Writer& w, const Clock& c) : writer(w), clock(c) {}
  void submit();

  store::Writer& writer;
  const Clock& clock;
  std::mutex mutex;
  std::vector<OutboundId> sent;
  std::vector<OutboundId> uncertain;
  bool under_way = false;
};

class SentMarker::Shared::Job final : public store::Job {
 public:
  explicit Job(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

  bool repeatable() const override { return true; }

  void run(store::Transaction& transaction) override {
    if (sent_.empty() && uncertain_.empty()) {  // else it is run again
      const std::lock_guard lock(shared_->mutex);
      sent_.swap(shared_->sent);
      uncertain_.swap(shared_->uncertain);
    }
    store::mark_inline_sent(transaction, sent_, shared_->clock.now());
    store::mark_inline_uncertain(transaction, uncertain_, shared_->clock.now());
  }

  void finished(store::Failure failure, const std::string& why) noexcept override {
    const bool more = take_stock(failure);
    // What is not marked now goes with the next reply; after a stop, the next start calls it uncertain.
    if (failure != store::Failure::none) log::warning("inline.not_marked", {{"why", why}});
    if (more) shared_->submit();
  }

 private:
  bool take_stock(store::Failure failure) {
    constexpr std::size_t most_kept = 100'000;
    const std::lock_guard lock(shared_->mutex);
    if (failure == store::Failure::none) {
      shared_->under_way = !shared_->sent.empty() || !shared_->uncertain.empty();
      return shared_->under_way;
    }
    if (shared_->sent.size() < most_kept) shared_->sent.insert(shared_->sent.end(), sent_.begin(), sent_.end());
    if (shared_->uncertain.size() < most_kept) {
      shared_->uncertain.insert(shared_->uncertain.end(), uncertain_.begin(), uncertain_.end());
    }
    shared_->under_way = false;
    return false;
  }

  std::shared_ptr<Shared> shared_;
  std::vector<OutboundId> sent_;
  std::vector<OutboundId> uncertain_;
};

void SentMarker::Shared::submit() { writer.submit(store::Lane::bulk, std::make_unique<Job>(shared_from_this())); }

SentMarker::SentMarker(store::Writer& writer, const Clock& clock) : shared_(std::make_shared<Shared>(writer, clock)) {}

void SentMarker::mark(const std::vector<OutboundId>& messages, bool sent) {
  {
    const std::lock_guard lock(shared_->mutex);
    std::vector<OutboundId>& waiting = sent ? shared_->sent : shared_->uncertain;
    waiting.insert(waiting.end(), messages.begin(), messages.end());
    if (shared_->under_way) return;
    shared_->under_way = true;
  }
  shared_->submit();
}

}  // namespace passerelle::inbox
