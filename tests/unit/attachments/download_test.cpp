#include "attachments/download.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <functional>

#include "attachments/fetcher.hpp"
#include "support/io_room.hpp"

namespace passerelle::attachments {
namespace {

// Files are at https://media.example; every answer's body is where to ask next, until it is "here".
class Relay final : public Channel {
 public:
  Traits traits() const override {
    Traits traits;
    traits.host = "api.example";
    traits.media = {{}, {"media.example"}};
    return traits;
  }
  Webhook read(const HttpRequest&, TimePoint) const override { return Rejected{404, ""}; }
  HttpResponse answer(const Events&, std::span<const OutboundMessage>) const override { return {}; }
  media::Answer read_media(const Attachment&, std::size_t, HttpResponse response) const override {
    if (response.body == "here") return media::Fetched{response.body};
    return media::Ask{{"GET", response.body, {}, ""}};
  }
};

class Script final : public Transport {
 public:
  Task<Exchange> send(OutgoingRequest request) override {
    asked.push_back(request.url);
    Exchange answer = std::move(answers.front());
    answers.pop_front();
    co_return answer;
  }
  std::deque<Exchange> answers;
  std::vector<std::string> asked;
};

class Download : public ::testing::Test {
 protected:
  static Exchange says(const std::string& body) { return HttpResponse{200, {}, body}; }
  media::Answer of(const std::string& url) { return room_.run(download(script_, relay_, {url, ""})); }
  static std::string lost(const media::Answer& answer) {
    const auto* why = std::get_if<media::Lost>(&answer);
    return why == nullptr ? std::string() : why->why;
  }

  passerelle::testing::IoRoom room_;
  Relay relay_;
  Script script_;
};

const std::string first = "https://a.media.example/1";

TEST_F(Download, follows_an_adapter_from_host_to_host_of_its_gateway) {
  script_.answers = {says("https://b.media.example/2"), says("https://media.example/3"), says("here")};
  EXPECT_TRUE(std::holds_alternative<media::Fetched>(of(first)));
  EXPECT_EQ(script_.asked.size(), 3U);
}

TEST_F(Download, asks_three_times_and_no_more) {
  script_.answers = {says(first), says(first), says(first), says("here")};
  EXPECT_EQ(lost(of(first)), "too_many_steps");
  EXPECT_EQ(script_.asked.size(), 3U);
}

TEST_F(Download, an_adapter_that_is_led_elsewhere_is_not_followed) {
  for (const char* elsewhere :
       {"https://media.example.org/2", "http://a.media.example/2", "https://a.media.example:444/2",
        "https://127.0.0.1/", "https://[::1]/", "file:///etc/passwd", "", "https://a.media.example@example.org/2"}) {
    script_.answers = {says(elsewhere)};
    EXPECT_EQ(lost(of(first)), "other_host") << elsewhere;
    EXPECT_EQ(lost(of(elsewhere)), "other_host") << elsewhere;
  }
}

TEST_F(Download, what_is_too_long_is_lost_and_what_did_not_come_may_come_later) {
  script_.answers = {NoResponse{true, std::string(too_long_answer)}};
  EXPECT_EQ(lost(of(first)), "too_large");
  script_.answers = {NoResponse{false, "connect"}};
  const media::Answer answer = of(first);
  ASSERT_TRUE(std::holds_alternative<media::Later>(answer));
  EXPECT_EQ(std::get<media::Later>(answer).why, "connect");
}

TEST(BackOff, begins_with_a_minute_doubles_and_ends_at_six_hours) {
  EXPECT_EQ(back_off(0), std::chrono::minutes(1));
  EXPECT_EQ(back_off(3), std::chrono::minutes(8));
  EXPECT_EQ(back_off(9), std::chrono::hours(6));
  EXPECT_EQ(back_off(1'000'000), std::chrono::hours(6));
  EXPECT_EQ(back_off(-1), std::chrono::minutes(1));
}

}  // namespace
}  // namespace passerelle::attachments
