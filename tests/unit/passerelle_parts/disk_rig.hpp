// The road of a message on a disk that fails when it is told to: a store in a folder, the inbox before it and the
// outbox behind it, all as in the server; only the gateway, the network and the clock are a test's.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "inbox/inbox.hpp"
#include "support/demo.hpp"
#include "support/power_cut.hpp"
#include "unit/outbox/rig.hpp"
#include "unit/store/folder.hpp"

namespace passerelle {

// Reads "id user text" from the body; replies leave through the API of the outbox's gateway.
class PlainWebhook final : public Channel {
 public:
  Traits traits() const override {
    Traits traits;
    traits.authenticated = true;
    traits.gateway_retries = false;  // a machine that is busy with other tests is waited for
    return traits;
  }
  Webhook read(const HttpRequest& request, TimePoint) const override {
    const auto first = request.body.find(' ');
    const auto second = request.body.find(' ', first + 1);
    InboundMessage message;
    message.provider_id = request.body.substr(0, first);
    message.from = {"sms", request.body.substr(first + 1, second - first - 1)};
    message.text = request.body.substr(second + 1);
    return Events{{message}, {}, {}, {}};
  }
  HttpResponse answer(const Events&, std::span<const OutboundMessage>) const override { return bare(200); }
};

class DiskRig : public outbox::Rig {
 protected:
  struct Row {
    std::string id, state;  // the gateway's id; ours of the row is its place in the list, from 1 on
  };
  struct Reply {
    std::string cause, ref, state;
  };

  DiskRig() { disk_.spare_device(true); }
  ~DiskRig() override { close(); }

  // False: the store could not be opened, and 'why_' says why.
  bool open(const std::string& folder) {
    close();
    auto opened = store::Writer::open(folder);
    if (!opened) {
      why_ = to_string(opened.error());
      return false;
    }
    writer_ = std::move(*opened);
    writer_->on_broken([this](const std::string&) { broken_ = true; });
    broken_ = false;
    inbox_.emplace(inbox::Parts{*writer_, clock_, *live_, [] { return testing::demo_content(); }, channels_});
    return true;
  }

  // As at the end of the process: what is in memory is gone.
  void close() {
    if (outbox_) outbox_->stop();
    if (writer_) {
      writer_->on_committed({});
      writer_->stop();
    }
    inbox_.reset();
    crash();
  }
  void crash() {
    if (writer_) writer_->on_committed({});
    outbox_.reset();
    room_ = std::make_unique<testing::IoRoom>();
  }

  int receive(const std::string& id, const std::string& user, const std::string& text) {
    HttpRequest request;
    request.method = "POST";
    request.target = "/hooks/sms";
    request.body = id + " " + user + " " + text;
    request.peer = "127.0.0.1";
    request.peer_is_loopback = true;
    return room_->run(inbox_->receive(webhook_, name_, request)).status;
  }

  std::vector<Row> inbound() {
    std::vector<Row> rows;
    write([&](store::Transaction& transaction) {
      store::Statement row(transaction.database(), "SELECT provider_id, state FROM inbound ORDER BY id");
      while (row.next()) rows.push_back({row.get<std::string>(0), row.get<std::string>(1)});
    });
    return rows;
  }
  std::vector<Reply> outbound() {
    std::vector<Reply> rows;
    write([&](store::Transaction& transaction) {
      store::Statement row(transaction.database(), "SELECT cause, ref, state FROM outbound ORDER BY id");
      while (row.next()) rows.push_back({row.get<std::string>(0), row.get<std::string>(1), row.get<std::string>(2)});
    });
    return rows;
  }
  std::string integrity() {
    std::string told;
    write([&](store::Transaction& transaction) {
      store::Statement check(transaction.database(), "PRAGMA integrity_check");
      while (check.next()) told += check.get<std::string>(0);
      store::Statement keys(transaction.database(), "PRAGMA foreign_key_check");
      if (keys.next()) told += ", a foreign key that leads nowhere";
    });
    return told;
  }

  // How many of something CI takes, unless the environment asks for another figure.
  static std::size_t figure(const char* name, std::size_t usual) {
    const char* asked = std::getenv(name);
    return asked != nullptr ? std::stoul(asked) : usual;
  }

  store::Folder folder_;
  store::FaultyDisk disk_;
  const std::string name_ = "sms";
  PlainWebhook webhook_;
  std::unique_ptr<live::Live> live_ = live::make({live::Embedded{}, 20, {}, {}});
  turns::ChannelBook channels_{{"sms", {{}, true, false}}};
  std::optional<inbox::Inbox> inbox_;
  std::string why_;
  std::atomic<bool> broken_ = false;  // a sync or a commit failed: the server would end with 1 here
};

}  // namespace passerelle
