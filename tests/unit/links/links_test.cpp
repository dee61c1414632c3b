#include "links/links.hpp"

#include <gtest/gtest.h>

#include <deque>

#include "base/wake.hpp"
#include "support/io_room.hpp"

namespace passerelle::links {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

// Asks for "/<offset>"; an answer is "<number> text", one message, or empty. "trouble" makes it rest.
class NumberedLink final : public Link {
 public:
  link::Action next(const link::Event& event, TimePoint) override {
    if (const auto* nothing = std::get_if<link::Unanswered>(&event))
      return link::Rest{seconds(0), nothing->why, "mend it"};
    if (const auto* answered = std::get_if<link::Answered>(&event)) return read(answered->response.body);
    if (std::holds_alternative<link::Kept>(event)) offset_ = seen_ + 1;
    return link::Ask{{"GET", "http://127.0.0.1:1/" + std::to_string(offset_), {}, ""}};
  }

 private:
  link::Action read(const std::string& body) {
    if (body.empty()) return next(link::Rested{}, TimePoint());
    if (body == "trouble") return link::Rest{seconds(0), "trouble"};
    seen_ = std::stoi(body);
    InboundMessage message;
    message.provider_id = std::to_string(seen_);
    return link::Keep{{message}};
  }

  int offset_ = 1;
  int seen_ = 0;
};

class LinkedChannel final : public Channel {
 public:
  explicit LinkedChannel(bool links = true) : links_(links) {}
  Traits traits() const override {
    Traits traits;
    traits.links = links_;
    return traits;
  }
  Webhook read(const HttpRequest&, TimePoint) const override { return Rejected{404, ""}; }
  HttpResponse answer(const Events&, std::span<const OutboundMessage>) const override { return {}; }
  std::unique_ptr<Link> open_link() const override { return std::make_unique<NumberedLink>(); }

 private:
  bool links_;
};

// Answers from a list; afterwards it never answers again, as a gateway that has nothing to tell.
class ListTransport final : public Transport {
 public:
  Task<Exchange> send(OutgoingRequest request) override {
    asked.push_back(request.url.substr(request.url.rfind('/') + 1));
    at.push_back(steady_clock::now());
    if (answers.empty()) co_await silence.rest(std::nullopt);
    if (answers.empty()) co_return NoResponse{true, "deadline"};
    Exchange answer = std::move(answers.front());
    answers.pop_front();
    co_return answer;
  }
  ListTransport(const Executor& executor, const Clock& clock) : silence(executor, clock) {}

  std::deque<Exchange> answers;
  std::vector<std::string> asked;
  std::vector<steady_clock::time_point> at;
  Wake silence;
};

class LinksTest : public ::testing::Test {
 protected:
  Links make(const Channel& channel) {
    auto take = [this](std::string name, link::Keep arrived) { return keep(std::move(name), std::move(arrived)); };
    return Links({transport_, clock_, room_.executor(), std::move(take), {{"bot", &channel}}, seconds(0)});
  }
  Task<bool> keep(std::string name, link::Keep arrived) {
    busy_ = links_ != nullptr && !links_->idle();
    for (const InboundMessage& message : arrived.messages) kept_.push_back(name + " " + message.provider_id);
    if (refusals_ == 0) co_return true;
    --refusals_;
    co_return false;
  }
  static Exchange ok(const std::string& body) { return HttpResponse{200, {}, body}; }
  auto asked(std::size_t count) {
    return room_.until([this, count] { return transport_.asked.size() >= count; });
  }

  passerelle::testing::IoRoom room_;
  ManualClock clock_{from_ms(1'800'000'000'000)};
  ListTransport transport_{room_.executor(), clock_};
  std::vector<std::string> kept_;
  const Links* links_ = nullptr;
  int refusals_ = 0;
  bool busy_ = false;
};

using Words = std::vector<std::string>;

TEST_F(LinksTest, what_was_kept_is_acknowledged_by_the_next_question) {
  transport_.answers = {ok("1"), ok("2")};
  const LinkedChannel channel;
  Links links = make(channel);
  links_ = &links;
  links.start();
  ASSERT_TRUE(asked(3));
  EXPECT_EQ(transport_.asked, (Words{"1", "2", "3"}));
  EXPECT_EQ(kept_, (Words{"bot 1", "bot 2"}));
  EXPECT_TRUE(busy_) << "a clock that is moved by hand waits for what is being committed";
  EXPECT_TRUE(links.idle()) << "…and not for a question that nobody answers";
}

TEST_F(LinksTest, what_was_not_kept_comes_again) {
  transport_.answers = {ok("1"), ok("1")};
  refusals_ = 1;
  const LinkedChannel channel;
  Links links = make(channel);
  links.start();
  ASSERT_TRUE(asked(3));
  EXPECT_EQ(transport_.asked, (Words{"1", "1", "2"}));
  EXPECT_EQ(kept_, (Words{"bot 1", "bot 1"}));
}

TEST_F(LinksTest, a_gateway_that_answers_at_once_with_nothing_is_asked_once_a_second) {
  transport_.answers = {ok(""), ok("")};
  const LinkedChannel channel;
  Links links = make(channel);
  links.start();
  ASSERT_TRUE(asked(3));
  EXPECT_GE(transport_.at[1] - transport_.at[0], milliseconds(990));
  EXPECT_GE(transport_.at[2] - transport_.at[1], milliseconds(990));
}

TEST_F(LinksTest, after_a_message_the_next_question_waits_for_nothing) {
  for (int i = 1; i <= 200; ++i) transport_.answers.push_back(ok(std::to_string(i)));
  const LinkedChannel channel;
  Links links = make(channel);
  const auto begun = steady_clock::now();
  links.start();
  ASSERT_TRUE(asked(201));
  EXPECT_LT(steady_clock::now() - begun, seconds(10));
  EXPECT_EQ(kept_.size(), 200U);
}

TEST_F(LinksTest, a_failure_is_no_end) {
  transport_.answers = {NoResponse{false, "connect"}, ok("trouble"), ok("1")};
  const LinkedChannel channel;
  Links links = make(channel);
  links.start();
  ASSERT_TRUE(asked(1));
  ASSERT_TRUE(room_.until([&] { return links.troubles().at("bot") == 1; }));
  ASSERT_TRUE(asked(4));
  EXPECT_EQ(kept_, (Words{"bot 1"}));
  EXPECT_EQ(links.troubles().at("bot"), 0U);
}

TEST_F(LinksTest, a_link_that_throws_begins_anew) {
  transport_.answers = {ok("1"), ok("no number"), ok("1"), ok("2")};
  const LinkedChannel channel;
  Links links = make(channel);
  links.start();
  ASSERT_TRUE(asked(5));
  EXPECT_EQ(transport_.asked, (Words{"1", "2", "1", "2", "3"})) << "what it had not acknowledged comes again";
  EXPECT_EQ(kept_, (Words{"bot 1", "bot 1", "bot 2"}));
}

TEST_F(LinksTest, a_stop_ends_a_rest_at_once_and_nothing_more_is_asked) {
  transport_.answers = {ok("")};
  const LinkedChannel channel;
  Links links = make(channel);
  links.start();
  ASSERT_TRUE(asked(1));
  links.stop();
  room_.context().restart();
  room_.context().run_for(milliseconds(50));
  EXPECT_EQ(transport_.asked.size(), 1U);
}

TEST_F(LinksTest, a_channel_without_a_link_is_left_alone) {
  const LinkedChannel channel(false);
  Links links = make(channel);
  links.start();
  room_.context().restart();
  room_.context().run_for(milliseconds(20));
  EXPECT_TRUE(transport_.asked.empty());
}

}  // namespace
}  // namespace passerelle::links
