// The demo association's content, compiled once for a test program, and one message of a phone.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "language/read.hpp"
#include "store/writer.hpp"
#include "turns/content.hpp"
#include "turns/take_in.hpp"

namespace passerelle::testing {

inline std::shared_ptr<const turns::Content> demo_content() {
  static const auto content = [] {
    turns::LoadedContent loaded = turns::load_content({"config/associations/demo", {}, {}, SOURCE_DIR});
    for (const Finding& finding : loaded.findings) ADD_FAILURE() << to_string(finding);
    return loaded.content;
  }();
  return content;
}

inline std::unique_ptr<store::Writer> memory_store(store::WriterLimits limits = {}) {
  auto writer = store::Writer::open_in_memory(limits);
  if (!writer) throw std::runtime_error(to_string(writer.error()));
  return std::move(*writer);
}

inline InboundMessage text_from(const std::string& user, const std::string& text, const std::string& id) {
  InboundMessage message;
  message.from = {"sms", user};
  message.provider_id = id;
  message.text = text;
  return message;
}

inline turns::TakenIn take(store::Writer& writer, const turns::Content& content, const InboundMessage& message,
                           TimePoint now, bool muted = false, const turns::ChannelFacts& channel = {}) {
  const Reading reading = language::read(message.text, content.keywords);
  turns::TakenIn taken;
  const auto done = store::transact_now(writer, [&](store::Transaction& transaction) {
    taken = turns::take_in(transaction, content, {message, reading, std::nullopt, muted, channel}, now);
  });
  if (!done) ADD_FAILURE() << to_string(done.error());
  return taken;
}

}  // namespace passerelle::testing
