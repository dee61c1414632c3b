// R2: the power goes at every write and every sync of a script of 200 messages. Whatever was acknowledged is there
// after the restart, whole, and nothing that a gateway was asked for is asked for again.
#include <cstdio>

#include "disk_rig.hpp"

namespace passerelle {
namespace {

using store::DiskChange;
using store::PowerCut;

constexpr std::size_t messages = 200;
constexpr std::size_t people = 20;
const char* const texts[] = {"Bonjour", "1",    "Hello, where is the office?", "RAPPEL", "2", "Добрий день",
                             "STOP",    "START"};

class PowerCuts : public DiskRig {
 protected:
  // The script, as it went with the power on: when each message was acknowledged and each request was made, counted in
  // changes of the disk, and what there was in the end.
  void run_script() {
    disk_.remember(true);
    ASSERT_TRUE(open(folder_.data())) << why_;
    transport_.script = [this](const outbox::ScriptedTransport::Request& request, std::size_t) -> Exchange {
      asked_.emplace_back(disk_.changes(), request.ref);
      if (asked_.size() % 9 == 0) return NoResponse{true, "reset"};
      return HttpResponse{200, {}, "SM" + request.ref};
    };
    start();
    for (std::size_t i = 0; i < messages && !HasFatalFailure(); ++i) write_in(i);
    inbound_ = inbound();
    outbound_ = outbound();
    end_ = clock_.now();
    close();
    history_ = disk_.history();
    disk_.remember(false);
  }

  void write_in(std::size_t i) {
    if (i == messages / 2) {  // an orderly restart in between: the log is copied and removed
      close();
      ASSERT_TRUE(open(folder_.data())) << why_;
      start();
    }
    const std::string user = "+4179000" + std::to_string(1000 + i % people);
    ASSERT_EQ(receive("SM" + std::to_string(i), user, texts[(i / people + i) % std::size(texts)]), 200);
    acknowledged_.push_back(disk_.changes());
    clock_.set(clock_.now() + std::chrono::seconds(20));
    if (i % 3 == 0) at(clock_.now());  // else the gateway is asked while the next message comes in
  }

  void restart_from(const store::DiskImage& image) {
    const std::filesystem::path data = folder_.data() + "-cut";
    close();
    std::filesystem::remove_all(data);
    std::filesystem::create_directories(data);
    for (const auto& [file, content] : image) std::ofstream(data / file, std::ios::binary) << content;
    ASSERT_TRUE(open(data)) << why_;
  }

  void check_store(std::size_t cut) {
    EXPECT_EQ(integrity(), "ok");
    const auto rows = inbound();
    const auto acknowledged =
        static_cast<std::size_t>(std::ranges::count_if(acknowledged_, [&](std::size_t at) { return at <= cut; }));
    ASSERT_GE(rows.size(), acknowledged) << "acknowledged and lost";
    ASSERT_LE(rows.size(), acknowledged + 1) << "only one was on its way";
    for (std::size_t i = 0; i < rows.size(); ++i) {
      EXPECT_EQ(rows[i].id, inbound_[i].id);
      EXPECT_EQ(rows[i].state, "processed");
    }
    const auto replies = outbound();
    const auto whole = static_cast<std::size_t>(std::ranges::count_if(
        outbound_, [&](const Reply& reply) { return std::stoul(reply.cause.substr(3)) <= rows.size(); }));
    ASSERT_EQ(replies.size(), whole) << "a message and its replies are one transaction";
    for (std::size_t i = 0; i < replies.size(); ++i) EXPECT_EQ(replies[i].ref, outbound_[i].ref);
  }

  // The next start of the outbox: what a gateway has been asked for is uncertain or settled.
  void check_outbox(std::size_t cut) {
    std::set<std::string> before;
    for (const auto& [at, ref] : asked_) {
      if (at <= cut) before.insert(ref);
    }
    transport_.requests.clear();
    clock_.set(end_);
    transport_.script = [](const outbox::ScriptedTransport::Request& request, std::size_t) {
      return HttpResponse{200, {}, "SM" + request.ref};
    };
    start();
    at(clock_.now() + std::chrono::minutes(1));
    for (const auto& request : transport_.requests) EXPECT_FALSE(before.contains(request.ref)) << "asked twice";
    for (const Reply& reply : outbound())
      EXPECT_TRUE(reply.state == "sent" || reply.state == "uncertain") << reply.state;
  }

  void cut_at(std::size_t cut, PowerCut& power, PowerCut::Left left) {
    SCOPED_TRACE("power cut after change " + std::to_string(cut) + ", way " + std::to_string(static_cast<int>(left)));
    restart_from(power.image(left, chance_));
    if (HasFatalFailure()) return;
    check_store(cut);
    if (HasFatalFailure() || ++cuts_ % 5 != 0) return;
    check_outbox(cut);
    ++restarts_;
  }

  std::vector<std::size_t> acknowledged_;
  std::vector<std::pair<std::size_t, std::string>> asked_;
  std::vector<Row> inbound_;
  std::vector<Reply> outbound_;
  TimePoint end_{};
  std::vector<DiskChange> history_;
  std::mt19937_64 chance_{20270328};  // the same in every run
  std::size_t cuts_ = 0, restarts_ = 0;
};

TEST_F(PowerCuts, lose_nothing_acknowledged_at_any_write_or_sync_of_200_messages) {
  run_script();
  ASSERT_FALSE(HasFatalFailure());
  const std::size_t wanted = figure("POWER_CUTS", 500);  // 0: every one, three ways each
  const std::size_t step = wanted == 0 ? 1 : std::max<std::size_t>(1, history_.size() / wanted);
  PowerCut power({{"passerelle.db", ""}});
  for (std::size_t cut = 0; cut <= history_.size() && !HasFailure(); ++cut) {
    if (cut > 0) power.pass(history_[cut - 1]);
    if (cut % step != 0) continue;
    const auto way = static_cast<PowerCut::Left>(cut / step % 3);
    cut_at(cut, power, way);
    for (int other = 1; wanted == 0 && other < 3; ++other) {
      cut_at(cut, power, static_cast<PowerCut::Left>((static_cast<int>(way) + other) % 3));
    }
  }
  std::printf(
      "power cuts: %zu of %zu changes of the disk, %zu with a restart of the outbox; %zu messages, %zu requests\n",
      cuts_, history_.size(), restarts_, acknowledged_.size(), asked_.size());
  EXPECT_GE(cuts_, wanted);
  EXPECT_GT(asked_.size(), messages / 2);
}

// Would the test above notice? A disk that forgets what was synced is one that it must not find good.
TEST_F(PowerCuts, are_noticed_where_a_disk_forgets_what_it_has_synced) {
  run_script();
  ASSERT_FALSE(HasFatalFailure());
  PowerCut power({{"passerelle.db", ""}});
  const std::size_t cut = acknowledged_[messages / 2 - 2];
  for (std::size_t i = 0; i < cut; ++i) {
    const bool forgotten = i > acknowledged_[10] && history_[i].kind == DiskChange::Kind::sync;
    if (!forgotten) power.pass(history_[i]);
  }
  restart_from(power.image(PowerCut::Left::nothing, chance_));
  ASSERT_FALSE(HasFatalFailure());
  EXPECT_LT(inbound().size(), messages / 2 - 2);
}

}  // namespace
}  // namespace passerelle
