#include "links/carrier.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <vector>

#include "support/io_room.hpp"

namespace passerelle::links {
namespace {

// What a gateway does with a connection, and what was done with it.
struct Script {
  std::string refuse;              // why it cannot be connected to
  bool secures = true;             // TLS works
  std::deque<std::string> says;    // one at a time; "" is the end, and so is the end of the list
  std::vector<std::string> heard;  // "open host:1", "secure", "hi", "closed"
};

class ScriptedStream final : public Stream {
 public:
  explicit ScriptedStream(Script& script) : script_(script) {}
  ~ScriptedStream() override { script_.heard.push_back("closed"); }

  void set_deadline(std::chrono::milliseconds from_now) override { EXPECT_GT(from_now.count(), 0); }
  Task<bool> secure() override {
    script_.heard.push_back("secure");
    co_return script_.secures;
  }
  Task<bool> write(std::string bytes) override {
    script_.heard.push_back(bytes);
    co_return bytes != "unwritable";
  }
  Task<std::string> read() override {
    if (script_.says.empty()) co_return "";
    std::string said = std::move(script_.says.front());
    script_.says.pop_front();
    co_return said;
  }
  bool is_overdue() const override { return false; }

 private:
  Script& script_;
};

class ScriptedStreams final : public Streams {
 public:
  Task<OpenedStream> open(std::string host, std::uint16_t port, bool tls) override {
    script.heard.push_back("open " + host + ":" + std::to_string(port) + (tls ? " tls" : ""));
    if (!script.refuse.empty()) co_return OpenedStream{nullptr, script.refuse};
    co_return OpenedStream{std::make_unique<ScriptedStream>(script), {}};
  }
  Script script;
};

// Connects, secures, says "hi", and ends with what it hears. "more" makes it listen on.
class Greeting final : public Handover {
 public:
  explicit Greeting(std::string words = "hi") : words_(std::move(words)) {}

  handover::Action next(const handover::Event& event) override {
    if (const auto* broken = std::get_if<handover::Broken>(&event))
      return handover::Over{RetryLater{{}, broken->why}, false};
    if (std::holds_alternative<handover::Begun>(event)) return handover::Connect{"127.0.0.1", 25, false};
    if (std::holds_alternative<handover::Connected>(event)) return handover::Secure{};
    if (std::holds_alternative<handover::Secured>(event)) return handover::Talk{words_};
    const std::string& heard = std::get<handover::Arrived>(event).bytes;
    if (heard == "more") return handover::Talk{};
    return handover::Over{Accepted{heard}, true, "bye"};
  }

 private:
  std::string words_;
};

class CarrierTest : public ::testing::Test {
 protected:
  // "accepted …", or why it is to be tried again.
  std::string carried(std::unique_ptr<Handover> message = std::make_unique<Greeting>()) {
    const handover::Over over = room_.run(carry(streams_, std::move(message)));
    if (const auto* accepted = std::get_if<Accepted>(&over.outcome)) return "accepted " + accepted->provider_id;
    const auto* later = std::get_if<RetryLater>(&over.outcome);
    return (over.reached ? "later " : "lost ") + (later == nullptr ? "" : later->why);
  }

  passerelle::testing::IoRoom room_;
  ScriptedStreams streams_;
};

using Words = std::vector<std::string>;

TEST_F(CarrierTest, a_message_is_carried_as_its_handover_says_and_the_connection_is_closed) {
  streams_.script.says = {"more", "more", "done"};
  EXPECT_EQ(carried(), "accepted done");
  EXPECT_EQ(streams_.script.heard, (Words{"open 127.0.0.1:25", "secure", "hi", "bye", "closed"}));
}

TEST_F(CarrierTest, whatever_breaks_is_told_to_the_handover) {
  streams_.script.refuse = "connect";
  EXPECT_EQ(carried(), "lost connect");
  streams_.script = {};
  streams_.script.secures = false;
  EXPECT_EQ(carried(), "lost tls");
  streams_.script = {};
  EXPECT_EQ(carried(), "lost reset");
  EXPECT_EQ(streams_.script.heard.back(), "closed");
  streams_.script = {};
  EXPECT_EQ(carried(std::make_unique<Greeting>("unwritable")), "lost reset");
}

TEST_F(CarrierTest, a_gateway_that_never_ends_is_left) {
  streams_.script.says = std::deque<std::string>(10'000, "more");
  EXPECT_EQ(carried(), "lost no end");
}

}  // namespace
}  // namespace passerelle::links
