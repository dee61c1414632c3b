#include "inbox/sent_marker.hpp"

#include "base/log.hpp"
#include "store/outbound.hpp"

namespace passerelle::inbox {

struct SentMarker::Shared {
  Shared(store::Writer& w, const Clock& c) : writer(w), clock(c) {}
  store::Writer& writer;
  const Clock& clock;
  std::mutex mutex;
  std::vector<OutboundId> waiting;
  bool under_way = false;
};

namespace {

template <class Shared>
class MarkJob final : public store::Job {
 public:
  explicit MarkJob(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

  void run(store::Transaction& transaction) override {
    {
      const std::lock_guard lock(shared_->mutex);
      taken_.swap(shared_->waiting);
    }
    store::mark_inline_sent(transaction, taken_, shared_->clock.now());
  }

  void finished(store::Failure failure, const std::string& why) noexcept override {
    // Not marked is not lost: the next start calls them uncertain, which is what we then know.
    if (failure != store::Failure::none) log::warning("inline.not_marked", {{"why", why}});
    bool more = false;
    {
      const std::lock_guard lock(shared_->mutex);
      more = !shared_->waiting.empty() && failure == store::Failure::none;
      shared_->under_way = more;
    }
    if (more) shared_->writer.submit(store::Lane::bulk, std::make_unique<MarkJob>(shared_));
  }

 private:
  std::shared_ptr<Shared> shared_;
  std::vector<OutboundId> taken_;
};

}  // namespace

SentMarker::SentMarker(store::Writer& writer, const Clock& clock) : shared_(std::make_shared<Shared>(writer, clock)) {}

void SentMarker::written(std::vector<OutboundId> messages) {
  {
    const std::lock_guard lock(shared_->mutex);
    shared_->waiting.insert(shared_->waiting.end(), messages.begin(), messages.end());
    if (shared_->under_way) return;
    shared_->under_way = true;
  }
  shared_->writer.submit(store::Lane::bulk, std::make_unique<MarkJob<Shared>>(shared_));
}

}  // namespace passerelle::inbox
