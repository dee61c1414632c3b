// The link by which Signal's messages are asked for. What it was given, the gateway has forgotten.
#include <gtest/gtest.h>

#include "unit/adapters/signal_fixture.hpp"

namespace passerelle::adapters::signal_test {
namespace {

namespace json = boost::json;

json::value text(int stamp, const std::string& words) {
  return {{"envelope",
           {{"sourceUuid", person}, {"timestamp", stamp}, {"dataMessage", {{"timestamp", stamp}, {"message", words}}}}},
          {"account", "+41790000001"}};
}
json::value delivered(int stamp) {
  return {{"envelope",
           {{"sourceUuid", person}, {"receiptMessage", {{"isDelivery", true}, {"timestamps", json::array{stamp}}}}}}};
}
json::value typing() { return {{"envelope", {{"sourceUuid", person}, {"typingMessage", {{"action", "STARTED"}}}}}}; }

link::Event answered(const json::value& body, int status = 200) {
  return link::Answered{{status, {}, body.is_string() ? std::string(body.as_string()) : json::serialize(body)}};
}
link::Event received(json::array list) { return answered(std::move(list)); }

class SignalReceiving : public ::testing::Test {
 protected:
  // What it does next, in a word or two: "ask", "keep un deux +1", "rest 1 connect".
  std::string does(const link::Event& event) {
    const link::Action action = link_->next(event, now);
    if (const auto* keep = std::get_if<link::Keep>(&action)) {
      std::string words = "keep";
      for (const InboundMessage& one : keep->messages) words += " " + one.text;
      return words + " +" + std::to_string(keep->receipts.size());
    }
    if (const auto* rest = std::get_if<link::Rest>(&action)) {
      remedy_ = rest->remedy;
      return "rest " + std::to_string(rest->time.count()) + " " + rest->why;
    }
    request_ = std::get<link::Ask>(action).request;
    return "ask";
  }

  std::unique_ptr<Channel> channel_ = channel();
  std::unique_ptr<Link> link_ = channel_->open_link();
  OutgoingRequest request_;
  std::string remedy_;
};

TEST_F(SignalReceiving, it_asks_for_one_and_does_not_keep_signal_cli_busy) {
  EXPECT_EQ(does(link::Begun{}), "ask");
  EXPECT_EQ(request_.method, "GET");
  EXPECT_EQ(request_.url, "http://127.0.0.1:9/v1/receive/%2B41790000001?timeout=1&max_messages=1&ignore_stories=true");
  EXPECT_TRUE(request_.body.empty());
  ChannelSettings many = settings();
  many.values["at_once"] = "50";
  const auto other = channel(many);
  const link::Action asks = other->open_link()->next(link::Begun{}, now);
  EXPECT_NE(std::get<link::Ask>(asks).request.url.find("&max_messages=50&"), std::string::npos);
}

TEST_F(SignalReceiving, nothing_more_is_asked_for_before_it_is_kept) {
  does(link::Begun{});
  EXPECT_EQ(does(received({text(1, "un"), typing(), delivered(5), text(2, "deux")})), "keep un deux +1");
  EXPECT_EQ(does(link::Kept{}), "ask");
  EXPECT_EQ(does(received({typing()})), "ask");
  EXPECT_EQ(does(received({delivered(5)})), "keep +1");
  EXPECT_EQ(does(link::Kept{}), "ask");
  EXPECT_EQ(does(received({})), "ask");
}

TEST_F(SignalReceiving, what_the_store_does_not_take_is_held_and_offered_again) {
  does(link::Begun{});
  EXPECT_EQ(does(received({text(1, "un")})), "keep un +0");
  EXPECT_EQ(does(link::NotKept{}), "rest 1 not_stored");
  EXPECT_EQ(does(link::Rested{}), "keep un +0");
  EXPECT_EQ(does(link::NotKept{}), "rest 2 not_stored");
  EXPECT_EQ(does(link::Rested{}), "keep un +0");
  EXPECT_EQ(does(link::Kept{}), "ask");
}

TEST_F(SignalReceiving, more_than_was_asked_for_is_taken_in_portions_and_in_order) {
  does(link::Begun{});
  json::array many;
  std::string first = "keep", second = "keep";
  for (int i = 0; i < 70; ++i) {
    many.push_back(text(i + 1, std::to_string(i)));
    (i < 50 ? first : second) += " " + std::to_string(i);
  }
  EXPECT_EQ(does(received(many)), first + " +0");
  EXPECT_EQ(does(link::NotKept{}), "rest 1 not_stored");
  EXPECT_EQ(does(link::Rested{}), first + " +0");
  EXPECT_EQ(does(link::Kept{}), second + " +0");
  EXPECT_EQ(does(link::Kept{}), "ask");
}

TEST_F(SignalReceiving, the_wrong_mode_and_a_lost_number_are_explained_in_plain_words) {
  does(link::Begun{});
  EXPECT_EQ(does(answered("Bad Request\n", 400)), "rest 300 wrong_mode");
  EXPECT_NE(remedy_.find("MODE=native"), std::string::npos);
  EXPECT_EQ(does(link::Rested{}), "ask");
  EXPECT_EQ(does(answered({{"error", "User +41790000001 is not registered."}}, 400)), "rest 300 not_registered");
  EXPECT_EQ(does(answered({{"error", "Authorization failed!"}}, 400)), "rest 300 not_registered");
  EXPECT_NE(remedy_.find("register"), std::string::npos);
  EXPECT_EQ(does(answered("", 401)), "rest 300 401");
  EXPECT_EQ(does(answered("404 page not found", 404)), "rest 300 404");
}

TEST_F(SignalReceiving, troubles_are_met_with_longer_and_longer_rests) {
  does(link::Begun{});
  std::string rests;
  for (int i = 0; i < 8; ++i) rests += does(link::Unanswered{"connect"}).substr(5, 2) + " ";
  EXPECT_EQ(rests, "1  2  4  8  16 32 60 60 ");
  EXPECT_EQ(does(answered({{"error", "Closed unexpectedly"}}, 400)), "rest 60 400");
  EXPECT_EQ(does(received({})), "ask");
  EXPECT_EQ(does(answered("{}")), "rest 1 no_list");
  EXPECT_EQ(does(answered("[1, null, \"x\"]")), "ask");
}

}  // namespace
}  // namespace passerelle::adapters::signal_test
