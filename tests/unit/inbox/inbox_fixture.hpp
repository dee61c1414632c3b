// An inbox over a store in memory, and a gateway whose webhooks tests write by hand.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <future>

#include "inbox/inbox.hpp"
#include "store/inbound.hpp"
#include "store/outbound.hpp"
#include "support/demo.hpp"

namespace passerelle::inbox {

using passerelle::testing::demo_content;
using passerelle::testing::memory_store;

// Reads "id text" from the body and answers with the texts, one a line.
class FakeChannel final : public Channel {
 public:
  explicit FakeChannel(bool authenticated = true, std::string user = "+41790000001")
      : authenticated_(authenticated), user_(std::move(user)) {}
  Traits traits() const override {
    Traits traits;
    traits.authenticated = authenticated_;
    traits.inline_replies = true;
    return traits;
  }
  Webhook read(const HttpRequest& request, TimePoint) const override {
    if (request.body == "forged") return Rejected{403, "signature"};
    if (request.method == "GET") return Handshake{{200, {}, "challenge"}};
    Events events;
    const auto space = request.body.find(' ');
    InboundMessage message;
    message.from = {"sms", user_};
    message.provider_id = request.body.substr(0, space);
    message.text = request.body.substr(space + 1);
    events.messages.push_back(message);
    return events;
  }
  HttpResponse answer(const Events&, std::span<const OutboundMessage> replies) const override {
    HttpResponse response;
    for (const OutboundMessage& reply : replies) response.body += reply.ref + " " + reply.text + "\n";
    return response;
  }

 private:
  bool authenticated_;
  std::string user_;
};

class InboxTest : public ::testing::Test {
 protected:
  HttpResponse receive(const Channel& channel, const HttpRequest& request) {
    io_.restart();
    auto answer = boost::asio::co_spawn(io_, inbox_.receive(channel, name_, request), boost::asio::use_future);
    io_.run();
    return answer.get();
  }
  bool take_missed(std::vector<InboundMessage> messages) {
    io_.restart();
    auto kept = boost::asio::co_spawn(io_, inbox_.take_missed(name_, std::move(messages)), boost::asio::use_future);
    io_.run();
    return kept.get();
  }
  static InboundMessage missed(const std::string& id, const std::string& text) {
    InboundMessage message;
    message.from = {"sms", "+41790000001"};
    message.provider_id = id;
    message.text = text;
    return message;
  }
  static HttpRequest post(const std::string& body) {
    HttpRequest request;
    request.method = "POST";
    request.target = "/hooks/sms";
    request.body = body;
    request.peer = "127.0.0.1";
    request.peer_is_loopback = true;
    return request;
  }
  store::OutboundCounts outbound() {
    store::OutboundCounts counts;
    const auto done = store::transact_now(*writer_, [&](store::Transaction& t) { counts = store::count_outbound(t); });
    EXPECT_TRUE(done.has_value());
    return counts;
  }

  // Marks are bulk jobs, done in order: when a later one is finished, so are they.
  void wait_for_marks() {
    struct Last final : store::Job {
      explicit Last(std::promise<void>& p) : done(p) {}
      void run(store::Transaction&) override {}
      void finished(store::Failure, const std::string&) noexcept override { done.set_value(); }
      std::promise<void>& done;
    };
    std::promise<void> done;
    writer_->submit(store::Lane::bulk, std::make_unique<Last>(done));
    done.get_future().wait();
  }

  boost::asio::io_context io_;  // outlives the writer, whose thread posts to it
  const std::string name_ = "sms";
  // What waits is one batch, however slow the machine is.
  static store::WriterLimits patient() {
    store::WriterLimits limits;
    limits.batch_time = limits.bulk_time = limits.bulk_yields_after = std::chrono::minutes(1);
    return limits;
  }
  std::unique_ptr<store::Writer> writer_ = memory_store(patient());
  ManualClock clock_{from_ms(1'806'300'000'000)};
  std::unique_ptr<live::Live> live_ = live::make({live::Embedded{}, 20, {}, {}});
  turns::ChannelBook channels_;
  Inbox inbox_{{*writer_, clock_, *live_, [] { return demo_content(); }, channels_}};
};

}  // namespace passerelle::inbox
