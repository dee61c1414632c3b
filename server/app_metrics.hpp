// GET /metrics: the house's figures in Prometheus' text format (version 0.0.4).
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app_backup.hpp"
#include "live/live.hpp"
#include "net/server.hpp"
#include "outbox/dispatcher.hpp"
#include "store/gauges.hpp"
#include "turns/fallbacks.hpp"

namespace passerelle {

// Writes families of samples. Names are ours and sound; the values of labels may be anything.
class Exposition {
 public:
  enum class Type { counter, gauge };
  using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

  // Samples of a family follow it. One without samples stays, so that its name is known from the first day.
  void family(std::string_view name, Type type, std::string_view help);
  void sample(const Labels& labels, double value);
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  std::string name_;
};

struct StoreFigures {
  std::vector<store::ByState> inbound, outbound;
  std::vector<store::WaitingMessages> waiting;
  std::vector<store::OpenTasks> tasks;
  store::DueRows due;
  std::vector<store::ByState> attachments;
};
StoreFigures read_figures(store::Transaction& transaction, TimePoint now);

using SendingFigures = std::map<std::string, outbox::Counters>;  // by channel
using LinkFigures = std::map<std::string, std::uint64_t>;        // by channel: failures in a row
using FallbackFigures = std::map<turns::Fallback, std::uint64_t>;

struct WriterFigures {
  std::chrono::milliseconds oldest_wait{0};
  std::int64_t undone = 0;  // store/writer.hpp
};

std::string write_metrics(const StoreFigures& figures, const net::Server::Counters& http, const SendingFigures& sending,
                          const LinkFigures& links, live::Live& live, const FallbackFigures& fallbacks,
                          const WriterFigures& writer, TimePoint now);

std::string write_backup_metrics(const BackupRoutine::Figures& backups, TimePoint now);

}  // namespace passerelle
