// One process shares nothing: the flood limit is counted in memory, and rows are read where they are, which takes a
// microsecond.
#pragma once

#include "live/live.hpp"
#include "live/rate_limit.hpp"

namespace passerelle::live {

class EmbeddedLive final : public Live {
 public:
  // 'flood': answers a minute to one address; 0: no limit.
  explicit EmbeddedLive(std::int64_t flood) : flood_(flood) {}

  Task<std::vector<Looked>> look(std::vector<Asked> asked) override;
  void give_back(const std::string& who) override { flood_.give_back(who); }
  bool shares() const override { return false; }
  void keep(const std::string&, Copy) override {}
  void publish(std::string) override {}
  void start(std::vector<Executor>) override {}
  void close() override {}
  std::string_view backend() const override { return "embedded"; }
  State state() const override { return State::up; }

 private:
  RateLimit flood_;
};

}  // namespace passerelle::live
