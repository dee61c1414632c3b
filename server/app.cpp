#include "app.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <map>
#include <thread>

#include "app_backup.hpp"
#include "app_channels.hpp"
#include "app_departures.hpp"
#include "app_memory.hpp"
#include "app_process.hpp"
#include "app_reload.hpp"
#include "app_routes.hpp"
#include "app_simulator.hpp"
#include "base/log.hpp"
#include "base/url.hpp"
#include "casework/directory.hpp"
#include "cli/exit_code.hpp"
#include "clock_driver.hpp"
#include "inbox/inbox.hpp"
#include "live/live.hpp"
#include "net/server.hpp"
#include "net/tls_pair.hpp"
#include "store/outbound.hpp"
#include "store/read_thread.hpp"
#include "store/restored.hpp"
#include "store/transact.hpp"
#include "store/writer.hpp"
#include "turns/content.hpp"
#include "turns/fact_due.hpp"
#include "turns/live_content.hpp"

namespace passerelle {
namespace {

constexpr std::chrono::seconds drain_time{10};
constexpr std::chrono::seconds clock_patience{25};  // less than a handler may take
constexpr std::chrono::seconds between_looks{5};    // at the files of the certificate
constexpr std::size_t large_bodies = 16;            // at a time, of webhooks that are longer than usual

int fail(int code, const std::string& what) {
  std::fprintf(stderr, "passerelle: %s\n", what.c_str());
  return code;
}

net::Limits door_limits() {
  net::Limits limits;
  limits.connections = connections_to_spare(limits.connections);
  return limits;
}

class App {
 public:
  explicit App(const Config& config)
      : config_(config),
        clock_(clock_of(config)),
        live_(live::make({config.session_store, config.flood, config.session_password, config.session_key})),
        server_(threads(config), door_limits()) {}

  int run() {
    if (const int code = load(); code != exit_ok) return code;
    if (const int code = make_channels(config_.listen_port); code != exit_ok) return code;
    if (const int code = open_store(); code != exit_ok) return code;
    if (const int code = listen(); code != exit_ok) return code;
    if (const int code = make_channels(port_); code != exit_ok) return code;
    if (channels_.empty()) log::warning("no_channel");
    live_->start(server_.executors());
    if (const int code = start_departures(); code != exit_ok) return code;
    give_back_memory();
    server_.start();
    announce();
    wait_for_end();
    reloader_->stop();
    end_orderly();
    departures_->release();
    backups_.reset();
    reads_->stop();
    writer_->stop();
    live_->close();
    log::info("stopped");
    return exit_ok;
  }

 private:
  static std::unique_ptr<Clock> clock_of(const Config& config) {
    if (config.clock) return std::make_unique<ManualClock>(*config.clock);
    return std::make_unique<SystemClock>();
  }

  static std::size_t threads(const Config& config) {
    if (config.threads > 0) return config.threads;
    const unsigned cores = std::thread::hardware_concurrency();
    return cores > 1 ? cores - 1 : 1;
  }

  int load() {
    turns::LoadedContent loaded = turns::load_content(sources());
    for (const Finding& finding : loaded.findings) std::fprintf(stderr, "%s\n", to_string(finding).c_str());
    if (!loaded.content) return fail(exit_configuration, "the content has mistakes; nothing was started");
    content_.replace(std::move(loaded.content));
    return exit_ok;
  }

  turns::ContentSources sources() const { return {config_.association_dir, config_.content_dirs, {}, "", true}; }

  int open_store() {
    auto opened = store::Writer::open(config_.data_dir);
    if (!opened)
      return fail(store::Writer::is_locked(opened.error()) ? exit_locked : exit_failed, to_string(opened.error()));
    writer_ = std::move(*opened);
    struct stat folder{};
    if (stat(config_.data_dir.c_str(), &folder) == 0 && (folder.st_mode & (S_IRWXG | S_IRWXO)) != 0)
      log::warning("data_folder.open_to_others", {{"remedy", "chmod 700"}});
    const auto started = store::transact_now(*writer_, [this](store::Transaction& transaction) {
      const TimePoint now = clock_->now();
      keep_dialogs(transaction, *content_.current(), now);
      casework::seed_directory(transaction, content_.current()->services, now);
      turns::plan_fact_check(transaction, now);
      const std::int64_t uncertain = store::void_inline_leases(transaction, now);
      if (uncertain > 0) log::warning("inline.uncertain", {{"count", uncertain}});
      for (const std::string& channel : store::channels_of_restore(transaction))
        log::warning("channel.paused", {{"ch", channel}, {"why", store::by_restore}, {"remedy", "channel resume"}});
    });
    if (!started) return fail(exit_failed, to_string(started.error()));
    inbox_.emplace(inbox::Parts{*writer_, *clock_, *live_, [this] { return content_.current(); }, book_});
    auto reads = store::ReadThread::open(config_.data_dir);
    if (!reads) return fail(exit_failed, to_string(reads.error()));
    reads_ = std::move(*reads);
    reloader_.emplace(Reloader::Parts{sources(), content_, *writer_, *clock_,
                                      [this](const Association& association) { return check_channels(association); },
                                      [] { kill(getpid(), SIGHUP); }});
    admin_.emplace(AdminRoutes::Parts{*writer_, *reads_, *clock_, [this] { return content_.current(); }, book_,
                                      [this] { return server_.counters(); }, [this] { return departures_->counters(); },
                                      [this] { return departures_->links(); }, *live_, clock_mover(),
                                      [this] { return reloader_->ask(); },
                                      [this](std::string channel) { return departures_->test(std::move(channel)); },
                                      [this](std::string channel) { return departures_->catch_up(std::move(channel)); },
                                      [this]() -> BackupRoutine& { return *backups_; }});
    return exit_ok;
  }

  std::function<Task<result<void>>(TimePoint)> clock_mover() {
    if (!config_.clock) return {};
    return [this](TimePoint to) { return driver_->advance(to, clock_patience); };
  }

  int listen() {
    net::ListenerSettings open{config_.listen_address, config_.listen_port, config_.hosts, false, false};
    if (const int code = open_tls(); code != exit_ok) return code;
    open.tls = tls_;
    if (const auto url = read_url(config_.public_url)) open.hosts.push_back(url->host);
    open.hosts.push_back(config_.listen_address);
    for (const auto& [name, channel] : channels_) open.body = std::max(open.body, channel->traits().longest_body);
    open.large_bodies = large_bodies;
    auto bound = server_.listen(open, public_routes());
    if (!bound) return fail(exit_failed, to_string(bound.error()));
    port_ = *bound;
    std::vector<net::Route> routes = admin_->reading();
    for (net::Route& route : simulator_.routes()) routes.push_back(std::move(route));
    auto admin =
        server_.listen({config_.admin_address, config_.admin_port, {}, true, true}, make_router(std::move(routes)));
    if (!admin) return fail(exit_failed, to_string(admin.error()));
    admin_port_ = *admin;
    const auto office = server_.listen_local(admin_socket(config_), make_router(admin_->office()));
    return office ? static_cast<int>(exit_ok) : fail(exit_failed, to_string(office.error()));
  }

  int open_tls() {
    if (config_.tls_cert.empty()) return exit_ok;
    auto pair = net::TlsPair::open(config_.tls_cert, config_.tls_key);
    if (!pair) return fail(exit_configuration, to_string(pair.error()));
    tls_ = std::move(*pair);
    return exit_ok;
  }

  void look_at_tls() {
    const auto changed = tls_ ? tls_->refresh() : result<bool>(false);
    if (!changed)
      log::error("tls.refused",
                 {{"why", to_string(changed.error())}, {"remedy", "the former certificate stays in use"}});
    else if (*changed)
      log::info("tls.changed");
  }

  // First what leaves, then whoever waits for an answer: both within one time.
  void end_orderly() {
    using std::chrono::milliseconds;
    using std::chrono::steady_clock;
    const auto end = steady_clock::now() + drain_time;
    departures_->stop(drain_time / 2);
    backups_->stop(drain_time / 4);
    const auto left = std::chrono::duration_cast<milliseconds>(end - steady_clock::now());
    server_.drain(std::max(left, milliseconds(0)));
  }

  int start_departures() {
    auto made = Departures::make({config_, channels_, book_, *writer_, *inbox_, *live_, *clock_, server_.executor(),
                                  [this] { return content_.current(); }, hook_urls(config_, base_url(config_, port_))});
    if (!made) return fail(exit_failed, to_string(made.error()));
    departures_ = std::move(*made);
    const auto started = departures_->start();
    if (!started) return fail(exit_failed, to_string(started.error()));
    backups_.emplace(config_, *clock_, server_.executor());
    std::vector<Worker> workers = departures_->workers();
    workers.push_back(backups_->worker());
    if (auto* manual = dynamic_cast<ManualClock*>(clock_.get())) driver_.emplace(*manual, *writer_, std::move(workers));
    backups_->start();
    return exit_ok;
  }

  // What would be told at the start if it began with this association.
  Findings check_channels(const Association& association) const {
    Findings findings;
    passerelle::make_channels(config_, association, base_url(config_, port_), findings);
    return findings;
  }

  // Once before anything is touched, to tell mistakes, and once more when the port is known.
  int make_channels(std::uint16_t port) {
    Findings findings;
    channels_ = passerelle::make_channels(config_, content_.current()->association, base_url(config_, port), findings);
    for (const Finding& finding : findings) std::fprintf(stderr, "%s\n", to_string(finding).c_str());
    if (!findings.empty()) return fail(exit_configuration, "the channels have mistakes; nothing was started");
    book_ = channel_book(config_, channels_);
    return exit_ok;
  }

  Task<HttpResponse> hook(const HttpRequest& request, const net::PathParameters& parameters) {
    const auto found = channels_.find(parameters.at("channel"));
    if (found == channels_.end()) co_return bare(404);
    co_return co_await inbox_->receive(*found->second, found->first, request);
  }

  net::Router public_routes() {
    const net::Handler hook_handler = [this](const HttpRequest& request, const net::PathParameters& parameters) {
      return hook(request, parameters);
    };
    return make_router({{"POST", "/hooks/{channel}", hook_handler},
                        {"GET", "/hooks/{channel}", hook_handler},
                        {"POST", "/hooks/{channel}/status", hook_handler},
                        {"POST", "/hooks/{channel}/{secret}", hook_handler},
                        {"GET", "/hooks/{channel}/{secret}", hook_handler},
                        {"POST", "/hooks/{channel}/{secret}/status", hook_handler},
                        {"GET", "/hooks/{channel}/{secret}/status", hook_handler}});
  }

  void announce() const {
    log::info(
        "started",
        {{"port", port_}, {"admin_port", admin_port_}, {"channels", static_cast<std::int64_t>(channels_.size())}});
    std::printf("listening on %s (admin %s)\n", origin(config_.listen_address, port_, tls_ != nullptr).c_str(),
                origin(config_.admin_address, admin_port_).c_str());
    std::fflush(stdout);
  }

  void wait_for_end() {
    for (;;) {
      const std::optional<int> signal = next_signal(between_looks);
      if (!signal || *signal == SIGHUP) look_at_tls();
      if (!signal) continue;
      if (*signal != SIGHUP) return log::info("stopping", {{"signal", *signal}});
      reloader_->work();
    }
  }

  const Config& config_;
  std::unique_ptr<Clock> clock_;
  std::unique_ptr<live::Live> live_;
  turns::LiveContent content_;
  std::unique_ptr<store::Writer> writer_;
  std::unique_ptr<store::ReadThread> reads_;
  std::optional<Reloader> reloader_;
  std::optional<inbox::Inbox> inbox_;
  std::optional<AdminRoutes> admin_;
  SimulatorRoutes simulator_{{[this] { return content_.current(); }, *clock_}};
  Channels channels_;
  turns::ChannelBook book_;
  std::unique_ptr<Departures> departures_;
  std::optional<BackupRoutine> backups_;
  std::optional<ClockDriver> driver_;
  std::shared_ptr<net::TlsPair> tls_;  // null: plain
  net::Server server_;                 // last: its handlers use all of the above, and it goes first
  std::uint16_t port_ = 0;
  std::uint16_t admin_port_ = 0;
};

}  // namespace

int serve(const Config& config) {
  harden_process();
  log::set_level(config.log_level);
  keep_signals_for_main();
  return App(config).run();
}

}  // namespace passerelle
