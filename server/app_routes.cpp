#include "app_routes.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <stdexcept>

#include "app_metrics.hpp"
#include "base/log.hpp"
#include "base/nearest.hpp"
#include "base/timer.hpp"
#include "base/zone.hpp"
#include "console/arguments.hpp"
#include "console/moment.hpp"
#include "console/operations.hpp"
#include "store/due.hpp"
#include "store/transact.hpp"

namespace passerelle {
namespace {

HttpResponse json(int status, const boost::json::object& body) {
  return {status, {{"Content-Type", "application/json"}}, boost::json::serialize(body) + "\n"};
}

HttpResponse told(int status, const Error& error) { return json(status, console::to_json(error)); }

Error unknown_operation(const std::string& name) {
  std::vector<std::string> names;
  for (const console::Operation& operation : console::all_operations()) names.emplace_back(operation.name);
  return {"there is no operation '" + name + "'; " + suggest(name, names), ""};
}

HttpResponse not_committed(const store::Uncommitted& failed) {
  const bool broke = failed.failure == store::Failure::rolled_back;
  return told(broke ? 500 : 503, {"nothing was done: " + failed.why, ""});
}

boost::json::object to_json(const ContentChanges& changes) {
  return {{"added", boost::json::value_from(changes.added)},
          {"changed", boost::json::value_from(changes.changed)},
          {"removed", boost::json::value_from(changes.removed)},
          {"sentences", changes.sentences},
          {"pages", changes.pages},
          {"association", changes.association},
          {"directory", changes.directory}};
}

boost::json::array to_json(const Findings& findings) {
  boost::json::array list;
  for (const Finding& finding : findings) {
    list.push_back({{"at", to_string(finding.at)}, {"what", finding.what}, {"remedy", finding.remedy}});
  }
  return list;
}

Task<HttpResponse> alive(const HttpRequest&, const net::PathParameters&) {
  co_return HttpResponse{200, {{"Content-Type", "text/plain; charset=utf-8"}}, "ok\n"};
}

}  // namespace

net::Router make_router(std::vector<net::Route> routes) {
  net::Router router;
  for (net::Route& route : routes) {
    if (auto added = router.add(std::move(route)); !added) throw std::logic_error(to_string(added.error()));
  }
  return router;
}

// Ready means that a transaction commits which writes: an empty one would pass on a full disk.
Task<HttpResponse> AdminRoutes::ready(const HttpRequest&, const net::PathParameters&) {
  auto write = [now = parts_.clock.now()](store::Transaction& transaction) {
    const store::Due nothing{now, "ready", 0};
    store::add_due(transaction, nothing);
    store::remove_due(transaction, nothing);
  };
  const auto done = co_await store::transact(parts_.writer, store::Lane::interactive, std::move(write));
  co_return json(done ? 200 : 503, {{"store", done ? "ok" : "failed"}});
}

Task<HttpResponse> AdminRoutes::metrics(const HttpRequest&, const net::PathParameters&) {
  const TimePoint now = parts_.clock.now();
  const auto figures = co_await store::read(
      parts_.reads, [now](store::Transaction& transaction) { return read_figures(transaction, now); });
  if (!figures) co_return bare(503);
  co_return HttpResponse{200,
                         {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}},
                         write_metrics(*figures, parts_.http(), parts_.sending(), parts_.links(), parts_.live,
                                       turns::fallbacks(), {parts_.writer.oldest_wait(), parts_.writer.undone()}, now) +
                             write_backup_metrics(parts_.backups().figures(), now)};
}

Task<HttpResponse> AdminRoutes::run(const console::Operation& operation, boost::json::object arguments) {
  auto work = [&operation, given = std::move(arguments), content = parts_.content(), &channels = parts_.channels,
               now = parts_.clock.now()](store::Transaction& transaction) {
    console::Desk desk{transaction, *content, channels, now};
    return console::run(operation, desk, given);
  };
  const auto done = co_await store::transact(parts_.writer, store::Lane::interactive, std::move(work));
  co_return !done ? not_committed(done.error()) : *done ? json(200, **done) : told(400, done->error());
}

Task<HttpResponse> AdminRoutes::ask(const HttpRequest& request, const net::PathParameters& parameters) {
  const std::string& name = parameters.at("operation");
  const console::Operation* operation = console::find_operation(name);
  if (operation == nullptr) co_return told(404, unknown_operation(name));
  auto arguments = console::parse_arguments(request.body);
  if (!arguments) co_return told(400, arguments.error());
  HttpResponse response = co_await run(*operation, std::move(*arguments));
  log::info("office", {{"operation", operation->name}, {"by", request.peer}, {"status", response.status}});
  co_return response;
}

Task<HttpResponse> AdminRoutes::move_clock(const HttpRequest& request, const net::PathParameters&) {
  if (!parts_.move_clock)
    co_return told(400,
                   {"this server goes by the time of day; only one that was started with --clock can be moved", ""});
  const auto arguments = console::parse_arguments(request.body);
  if (!arguments) co_return told(400, arguments.error());
  console::Arguments given(*arguments);
  const std::string text = given.text("time", "2027-03-26T08:00:00Z");
  if (const auto sound = given.sound(); !sound) co_return told(400, sound.error());
  const auto to = parse_instant(text);
  if (!to) co_return told(400, {to.error().what, "time"});
  const auto moved = co_await parts_.move_clock(*to);
  if (!moved) co_return told(400, {moved.error().what + "; it is " + format_instant(parts_.clock.now()), "time"});
  co_return json(200, {{"time", format_instant(*to)}});
}

Task<HttpResponse> AdminRoutes::reload(const HttpRequest&, const net::PathParameters&) {
  const auto done = co_await parts_.reload();
  if (!done) co_return told(503, done.error());
  if (done->findings.empty()) co_return json(200, to_json(done->changes));
  boost::json::object refused = console::to_json(Error{"the content has mistakes; the old one stays", ""});
  refused["findings"] = to_json(done->findings);
  co_return json(400, refused);
}

// {"name": …} of a channel that there is.
result<std::string> AdminRoutes::channel_of(const HttpRequest& request) const {
  const auto arguments = console::parse_arguments(request.body);
  if (!arguments) return arguments.error();
  console::Arguments given(*arguments);
  std::string name = given.text("name", "the channel's name, as 'channel list' shows it");
  if (const auto sound = given.sound(); !sound) return sound.error();
  if (parts_.channels.contains(name)) return name;
  std::vector<std::string> names;
  for (const auto& [each, facts] : parts_.channels) names.push_back(each);
  return Error{"there is no channel '" + name + "'; " + suggest(name, names), "name"};
}

Task<HttpResponse> AdminRoutes::test_channel(const HttpRequest& request, const net::PathParameters&) {
  const auto name = channel_of(request);
  if (!name) co_return told(400, name.error());
  co_return json(200, co_await parts_.test_channel(*name));
}

Task<HttpResponse> AdminRoutes::catch_up(const HttpRequest& request, const net::PathParameters&) {
  const auto name = channel_of(request);
  if (!name) co_return told(400, name.error());
  const auto caught = co_await parts_.catch_up(*name);
  if (!caught && !caught.error().where.empty()) co_return told(400, caught.error());
  if (!caught) {
    co_return told(
        400,
        {"the list could not be fetched: " + caught.error().what + "; 'channel test " + *name + "' may tell more", ""});
  }
  log::info("office", {{"operation", "channel.catchup"}, {"by", request.peer}, {"status", 200}});
  boost::json::object answer{{"channel", *name}, {"listed", caught->listed}, {"new", caught->fresh}};
  console::put_moment(answer, "since", caught->since, *parts_.content());
  co_return json(200, answer);
}

Task<HttpResponse> AdminRoutes::make_backup(const HttpRequest& request, const net::PathParameters&) {
  constexpr std::chrono::milliseconds patience{20'000};  // less than a handler may take
  const auto arguments = console::parse_arguments(request.body);
  if (!arguments) co_return told(400, arguments.error());
  const auto* given = arguments->if_contains("number");
  const bool begins = given == nullptr || !given->is_int64();
  const auto number =
      begins ? parts_.backups().ask() : result<std::uint64_t>(static_cast<std::uint64_t>(given->get_int64()));
  if (!number) co_return told(400, number.error());
  if (begins) log::info("office", {{"operation", "backup"}, {"by", request.peer}});
  const auto done = co_await parts_.backups().wait(*number, patience);
  if (!done) co_return json(200, {{"number", *number}, {"done", false}});
  if (!*done) co_return told(400, done->error());
  const backup::Made& made = **done;
  co_return json(
      200, {{"done", true}, {"file", made.path}, {"bytes", made.bytes}, {"rows", made.rows}, {"files", made.files}});
}

// Asks again and again whether anything still waits. Whoever wants to wait longer asks again.
Task<HttpResponse> AdminRoutes::drain(const HttpRequest& request, const net::PathParameters&) {
  constexpr std::chrono::milliseconds step{250};
  constexpr std::chrono::milliseconds patience{20'000};
  const auto arguments = console::parse_arguments(request.body);
  if (!arguments) co_return told(400, arguments.error());
  const console::Operation& operation = *console::find_operation("channel.drain");
  HttpResponse response;
  for (std::chrono::milliseconds waited{0};; waited += step) {
    response = co_await run(operation, *arguments);
    if (response.status != 200 || waited >= patience) break;
    const auto row = console::parse_arguments(response.body);
    if (row->at("ok") == true || row->at("paused") == true) break;  // paused, it would never be empty
    co_await wait_for(step);
  }
  log::info("office", {{"operation", operation.name}, {"by", request.peer}, {"status", response.status}});
  co_return response;
}

std::vector<net::Route> AdminRoutes::reading() {
  return {{"GET", "/livez", alive},
          {"GET", "/readyz",
           [this](const HttpRequest& request, const net::PathParameters& parameters) {
             return ready(request, parameters);
           }},
          {"GET", "/metrics", [this](const HttpRequest& request, const net::PathParameters& parameters) {
             return metrics(request, parameters);
           }}};
}

std::vector<net::Route> AdminRoutes::office() {
  using Handling = Task<HttpResponse> (AdminRoutes::*)(const HttpRequest&, const net::PathParameters&);
  constexpr std::array<std::pair<const char*, Handling>, 8> rows{{{"/clock", &AdminRoutes::move_clock},
                                                                  {"/office/clock", &AdminRoutes::move_clock},
                                                                  {"/office/reload", &AdminRoutes::reload},
                                                                  {"/office/backup", &AdminRoutes::make_backup},
                                                                  {"/office/channel.catchup", &AdminRoutes::catch_up},
                                                                  {"/office/channel.drain", &AdminRoutes::drain},
                                                                  {"/office/channel.test", &AdminRoutes::test_channel},
                                                                  {"/office/{operation}", &AdminRoutes::ask}}};
  std::vector<net::Route> routes = reading();
  for (const auto& [pattern, handling] : rows) {
    routes.push_back(
        {"POST", pattern, [this, handling](const HttpRequest& request, const net::PathParameters& parameters) {
           return (this->*handling)(request, parameters);
         }});
  }
  return routes;
}

}  // namespace passerelle
