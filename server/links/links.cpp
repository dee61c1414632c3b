#include "links/links.hpp"

#include <atomic>
#include <boost/core/demangle.hpp>
#include <chrono>
#include <optional>
#include <typeinfo>
#include <utility>

#include "base/log.hpp"
#include "base/timer.hpp"
#include "links/spool.hpp"

namespace passerelle::links {
namespace {

using SteadyClock = std::chrono::steady_clock;

// Between two questions of which the first brought nothing: a gateway that answers at once instead of waiting for
// messages is not asked without end.
constexpr std::chrono::milliseconds pace{1'000};
constexpr std::chrono::milliseconds longest_rest = std::chrono::hours(1);

bool is_news(const link::Event& event) {
  return std::holds_alternative<link::Answered>(event) || std::holds_alternative<link::Found>(event);
}

bool is_trouble(const link::Action& action) {
  const auto* rest = std::get_if<link::Rest>(&action);
  return rest != nullptr && !rest->why.empty();
}

}  // namespace

struct Links::State : std::enable_shared_from_this<State> {
  // One channel's link, while it runs.
  struct Line {
    Line(Source its, const Executor& executor) : source(std::move(its)), alarm(executor) {}

    Source source;
    Alarm alarm;
    std::optional<SteadyClock::time_point> asked;  // the last question, which brought nothing so far
    std::atomic<std::uint64_t> troubles = 0;       // in a row, of the same kind
    std::string why;                               // their kind
  };

  explicit State(Parts given) : parts(std::move(given)) {
    for (const Source& source : parts.sources) {
      if (source.channel->traits().links) lines.push_back(std::make_unique<Line>(source, parts.executor));
    }
  }

  // A link that throws has a mistake in it: it begins anew, since it may be the only way in.
  static Task<void> run(std::shared_ptr<State> self, Line& line) {
    while (!self->stopped) {
      std::string broken;
      try {
        co_await follow(*self, line);
      } catch (const std::exception& error) {
        broken = boost::core::demangle(typeid(error).name());  // what() may quote a message
      }
      if (broken.empty()) continue;
      log::error("link.broken", {{"ch", line.source.name}, {"why", broken}});
      co_await self->act(line, link::Rest{self->parts.after_a_mistake, "broken", "report the line of the log above"});
    }
  }

  static Task<void> follow(State& self, Line& line) {
    const std::unique_ptr<Link> link = line.source.channel->open_link();
    link::Event event = link::Begun{};
    while (!self.stopped) {
      link::Action action = link->next(event, self.parts.clock.now());
      if (is_news(event) && !is_trouble(action)) well(line);
      const auto act = [&](auto one) { return self.act(line, std::move(one)); };
      event = co_await std::visit(act, std::move(action));
    }
  }

  Task<link::Event> act(Line& line, link::Ask ask) {
    if (line.asked) {
      const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - *line.asked);
      if (since < pace) co_await line.alarm.sleep(pace - since);
      if (stopped) co_return link::Unanswered{"stopped"};
    }
    line.asked = SteadyClock::now();
    Exchange exchange = co_await parts.transport.send(std::move(ask.request));
    if (auto* nothing = std::get_if<NoResponse>(&exchange)) co_return link::Unanswered{std::move(nothing->why)};
    co_return link::Answered{std::move(std::get<HttpResponse>(exchange))};
  }

  Task<link::Event> act(Line& line, link::Keep keep) {
    line.asked.reset();
    ++keeping;
    const bool kept = co_await parts.take(line.source.name, std::move(keep));
    --keeping;
    if (kept) co_return link::Kept{};
    co_return link::NotKept{};
  }

  Task<link::Event> act(Line& line, link::Rest rest) {
    if (!rest.why.empty()) tell(line, rest);
    const auto time = std::min<std::chrono::milliseconds>(rest.time, longest_rest);
    if (!stopped) co_await line.alarm.sleep(time);
    co_return link::Rested{};
  }

  Task<link::Event> act(Line&, link::Look look) { co_return links::look(look); }
  Task<link::Event> act(Line&, link::Tidy tidy) { co_return links::tidy(tidy); }

  static void well(Line& line) {
    if (line.troubles > 0) log::info("link.well", {{"ch", line.source.name}});
    line.troubles = 0;
  }

  // A gateway that is away for days does not fill the log: the first trouble is told, then the 2nd, 4th, 8th…
  static void tell(Line& line, const link::Rest& rest) {
    if (line.why != rest.why) line.troubles = 0;
    line.why = rest.why;
    const std::uint64_t count = ++line.troubles;
    if ((count & (count - 1)) != 0) return;
    log::warning("link.trouble", {{"ch", line.source.name},
                                  {"why", rest.why},
                                  {"count", static_cast<std::int64_t>(count)},
                                  {"remedy", rest.remedy}});
  }

  Parts parts;
  std::vector<std::unique_ptr<Line>> lines;
  std::atomic<bool> stopped = false;
  std::atomic<int> keeping = 0;
};

Links::Links(Parts parts) : state_(std::make_shared<State>(std::move(parts))) {}

Links::~Links() { stop(); }

void Links::start() {
  for (const auto& line : state_->lines) spawn(state_->parts.executor, State::run(state_, *line));
}

void Links::stop() {
  state_->stopped = true;
  for (const auto& line : state_->lines) line->alarm.ring();
}

std::map<std::string, std::uint64_t> Links::troubles() const {
  std::map<std::string, std::uint64_t> found;
  for (const auto& line : state_->lines) found[line->source.name] = line->troubles;
  return found;
}

bool Links::idle() const { return state_->keeping == 0; }

}  // namespace passerelle::links
