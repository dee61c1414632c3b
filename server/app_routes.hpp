// What the admin listener and the admin socket answer: health for machines, and the operations of the office.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <memory>
#include <vector>

#include "app_backup.hpp"
#include "app_reload.hpp"
#include "base/clock.hpp"
#include "console/operations.hpp"
#include "inbox/catch_up.hpp"
#include "live/live.hpp"
#include "net/router.hpp"
#include "net/server.hpp"
#include "outbox/dispatcher.hpp"
#include "store/read_thread.hpp"
#include "store/writer.hpp"
#include "turns/channel_book.hpp"
#include "turns/content.hpp"

namespace passerelle {

// Throws std::logic_error for a row that clashes with another: a bug.
net::Router make_router(std::vector<net::Route> routes);

class AdminRoutes {
 public:
  struct Parts {
    store::Writer& writer;
    store::ReadThread& reads;
    const Clock& clock;
    std::function<std::shared_ptr<const turns::Content>()> content;  // what is current, at each request
    const turns::ChannelBook& channels;
    std::function<net::Server::Counters()> http;
    std::function<std::map<std::string, outbox::Counters>()> sending;
    std::function<std::map<std::string, std::uint64_t>()> links;
    live::Live& live;
    // Moves the clock of a server that was started with --clock; empty for all others.
    std::function<Task<result<void>>(TimePoint)> move_clock = {};
    std::function<Task<result<Reloaded>>()> reload = {};
    std::function<Task<boost::json::object>(std::string channel)> test_channel = {};
    std::function<Task<result<inbox::CatchUp::Caught>>(std::string channel)> catch_up = {};
    std::function<BackupRoutine&()> backups = {};
  };
  // The handlers refer to this.
  explicit AdminRoutes(Parts parts) : parts_(std::move(parts)) {}

  std::vector<net::Route> reading();  // GET /livez, /readyz, /metrics
  // …POST /clock {"time": "2027-03-26T08:00:00Z"}; POST /office/reload: 200 with what has changed, 400 with
  // {"error", "where", "findings"}; POST /office/channel.test {"name"}: app_probe.hpp's answer;
  // POST /office/channel.catchup {"name"}: what was listed, and what of it was new; POST /office/channel.drain
  // {"name"}, which waits a while for the queue to be empty; POST /office/backup {} begins a backup and waits a while:
  // {"number", "done": false}, or what came of it; whoever wants to wait longer asks again with {"number"}; and POST
  // /office/{operation}: 200 with the answer, 400
  // with
  // {"error", "where"}, 404 for an unknown operation, 500 when it broke, 503 when the store takes nothing now. Nothing
  // is kept unless it is 200.
  std::vector<net::Route> office();

 private:
  Task<HttpResponse> ready(const HttpRequest& request, const net::PathParameters& parameters);
  Task<HttpResponse> metrics(const HttpRequest& request, const net::PathParameters& parameters);
  Task<HttpResponse> move_clock(const HttpRequest& request, const net::PathParameters& parameters);
  Task<HttpResponse> reload(const HttpRequest& request, const net::PathParameters& parameters);
  Task<HttpResponse> catch_up(const HttpRequest& request, const net::PathParameters& parameters);
  Task<HttpResponse> make_backup(const HttpRequest& request, const net::PathParameters& parameters);
  Task<HttpResponse> drain(const HttpRequest& request, const net::PathParameters& parameters);
  Task<HttpResponse> run(const console::Operation& operation, boost::json::object arguments);
  Task<HttpResponse> test_channel(const HttpRequest& request, const net::PathParameters& parameters);
  result<std::string> channel_of(const HttpRequest& request) const;
  Task<HttpResponse> ask(const HttpRequest& request, const net::PathParameters& parameters);

  Parts parts_;
};

}  // namespace passerelle
