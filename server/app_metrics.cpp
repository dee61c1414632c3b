#include "app_metrics.hpp"

#include <fmt/format.h>

namespace passerelle {
namespace {

using Type = Exposition::Type;

std::string escaped(std::string_view value) {
  std::string text;
  for (const char c : value) {
    if (c == '\\' || c == '"') text += '\\';
    text += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return text;
}

double seconds(std::chrono::milliseconds duration) { return std::chrono::duration<double>(duration).count(); }

// How long ago; 0 for what is still to come.
double age(TimePoint since, TimePoint now) { return since < now ? seconds(now - since) : 0; }

void write_counts(Exposition& to, const std::vector<store::ByState>& counts) {
  for (const store::ByState& row : counts) {
    to.sample({{"channel", row.channel}, {"state", row.state}}, static_cast<double>(row.count));
  }
}

void write_messages(Exposition& to, const StoreFigures& figures, TimePoint now) {
  to.family("passerelle_inbound_messages", Type::gauge, "Messages that came in and are kept, by state.");
  write_counts(to, figures.inbound);
  to.family("passerelle_outbound_messages", Type::gauge, "Messages that go out and are kept, by state.");
  write_counts(to, figures.outbound);
  to.family("passerelle_attachments", Type::gauge,
            "Photos, voices and documents that came in: waiting to be fetched, kept, lost, erased.");
  write_counts(to, figures.attachments);
  to.family("passerelle_queue_messages", Type::gauge,
            "Messages that have not left, those that wait for their time too.");
  for (const store::WaitingMessages& row : figures.waiting)
    to.sample({{"channel", row.channel}}, static_cast<double>(row.count));
  to.family("passerelle_queue_oldest_seconds", Type::gauge, "For how long the oldest message that may leave has not.");
  for (const store::WaitingMessages& row : figures.waiting) {
    to.sample({{"channel", row.channel}}, row.could_go ? age(*row.could_go, now) : 0);
  }
}

void write_sending(Exposition& to, const SendingFigures& sending) {
  to.family("passerelle_requests_total", Type::counter, "Requests to gateways since the start, by what came of them.");
  for (const auto& [channel, counters] : sending) {
    to.sample({{"channel", channel}, {"outcome", "sent"}}, static_cast<double>(counters.sent));
    to.sample({{"channel", channel}, {"outcome", "retried"}}, static_cast<double>(counters.retried));
    to.sample({{"channel", channel}, {"outcome", "uncertain"}}, static_cast<double>(counters.uncertain));
    to.sample({{"channel", channel}, {"outcome", "failed"}}, static_cast<double>(counters.failed));
  }
  const auto each = [&](std::string_view name, std::string_view help, auto value) {
    to.family(name, Type::gauge, help);
    for (const auto& [channel, counters] : sending) to.sample({{"channel", channel}}, value(counters));
  };
  each("passerelle_requests_in_flight", "Requests that are on their way.",
       [](const outbox::Counters& counters) { return static_cast<double>(counters.in_flight); });
  each("passerelle_channel_paused", "1: nothing leaves until somebody resumes the channel.",
       [](const outbox::Counters& counters) { return counters.paused ? 1.0 : 0.0; });
  each("passerelle_channel_failing", "1: the gateway fails, and one request a minute tries whether it is back.",
       [](const outbox::Counters& counters) { return counters.failing ? 1.0 : 0.0; });
  each("passerelle_channel_signed_out", "1: the gateway gives us no token, and messages wait for one.",
       [](const outbox::Counters& counters) { return counters.signed_out ? 1.0 : 0.0; });
}

void write_work(Exposition& to, const StoreFigures& figures, TimePoint now) {
  to.family("passerelle_tasks_open", Type::gauge, "What waits for a human.");
  for (const store::OpenTasks& row : figures.tasks) to.sample({{"kind", row.kind}}, static_cast<double>(row.count));
  to.family("passerelle_tasks_oldest_seconds", Type::gauge, "For how long the oldest of them has waited.");
  for (const store::OpenTasks& row : figures.tasks) to.sample({{"kind", row.kind}}, age(row.oldest, now));
  to.family("passerelle_due_waiting", Type::gauge, "What is to happen at a time, such as reminders.");
  to.sample({}, static_cast<double>(figures.due.count));
  to.family("passerelle_due_late_seconds", Type::gauge, "How late the first of them is.");
  to.sample({}, figures.due.first ? age(*figures.due.first, now) : 0);
}

void write_sessions(Exposition& to, live::Live& live) {
  to.family("passerelle_session_store", Type::gauge,
            "1: how what several servers share is doing. 'refusing' reads and takes nothing new; without it the "
            "database alone is asked.");
  for (const live::State state : {live::State::up, live::State::refusing, live::State::down}) {
    to.sample({{"backend", live.backend()}, {"state", live::to_string(state)}}, live.state() == state ? 1 : 0);
  }
  const live::Counters& counters = live.counters();
  const auto count = [&to](std::string_view label, std::string_view value, const std::atomic<std::uint64_t>& number) {
    to.sample({{label, value}}, static_cast<double>(number));
  };
  to.family("passerelle_session_looks_total", Type::counter,
            "Messages for which Redis was asked since the start: answered, late, or not asked because it was away.");
  count("outcome", "answered", counters.answered);
  count("outcome", "late", counters.late);
  count("outcome", "without", counters.without);
  to.family("passerelle_session_copies_total", Type::counter,
            "Copies of conversations since the start. Found and not used: the row is newer.");
  count("outcome", "found", counters.found);
  count("outcome", "used", counters.used);
  count("outcome", "unreadable", counters.unreadable);
  count("outcome", "kept", counters.kept);
  count("outcome", "refused", counters.refused);
  count("outcome", "dropped", counters.dropped);
  to.family("passerelle_session_connections_total", Type::counter, "Connections to Redis since the start.");
  to.sample({}, static_cast<double>(counters.connected));
}

void write_fallbacks(Exposition& to, const FallbackFigures& fallbacks) {
  to.family("passerelle_sentence_fallback_total", Type::counter,
            "Sentences and pages since the start that were told in another language than the reader's.");
  for (const auto& [pair, count] : fallbacks)
    to.sample({{"locale", pair.wanted}, {"told", pair.told}}, static_cast<double>(count));
}

void write_house(Exposition& to, const net::Server::Counters& http, const WriterFigures& writer) {
  const auto single = [&to](std::string_view name, Type type, std::string_view help, double value) {
    to.family(name, type, help);
    to.sample({}, value);
  };
  single("passerelle_writer_wait_seconds", Type::gauge, "For how long the oldest job for the store has waited.",
         seconds(writer.oldest_wait));
  single("passerelle_store_undone_total", Type::counter, "Work that the store could not keep: mostly the disk is full.",
         static_cast<double>(writer.undone));
  single("passerelle_http_connections_total", Type::counter, "Connections that were accepted.",
         static_cast<double>(http.accepted));
  single("passerelle_http_connections_open", Type::gauge, "Connections that are open.", static_cast<double>(http.open));
  single("passerelle_http_requests_total", Type::counter, "Requests that reached a handler.",
         static_cast<double>(http.requests));
  single("passerelle_http_refused_total", Type::counter, "Connections and requests that were refused.",
         static_cast<double>(http.refused));
  single("passerelle_http_accept_failures_total", Type::counter, "Failures to accept: mostly no file descriptor.",
         static_cast<double>(http.accept_failures));
}

}  // namespace

void Exposition::family(std::string_view name, Type type, std::string_view help) {
  name_ = name;
  text_ += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type == Type::counter ? "counter" : "gauge");
}

void Exposition::sample(const Labels& labels, double value) {
  text_ += name_;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    text_ += fmt::format("{}{}=\"{}\"", i == 0 ? "{" : ",", labels[i].first, escaped(labels[i].second));
  }
  text_ += fmt::format("{} {}\n", labels.empty() ? "" : "}", value);
}

StoreFigures read_figures(store::Transaction& transaction, TimePoint now) {
  return {store::inbound_by_state(transaction),
          store::outbound_by_state(transaction),
          store::waiting_messages(transaction, now),
          store::open_tasks_by_kind(transaction),
          store::due_rows(transaction),
          store::attachments_by_state(transaction)};
}

std::string write_metrics(const StoreFigures& figures, const net::Server::Counters& http, const SendingFigures& sending,
                          const LinkFigures& links, live::Live& live, const FallbackFigures& fallbacks,
                          const WriterFigures& writer, TimePoint now) {
  Exposition exposition;
  write_messages(exposition, figures, now);
  write_sending(exposition, sending);
  exposition.family("passerelle_link_troubles", Type::gauge,
                    "Failures in a row of asking a gateway for messages; 0: all is well. The log tells the remedy.");
  for (const auto& [channel, count] : links) exposition.sample({{"channel", channel}}, static_cast<double>(count));
  write_work(exposition, figures, now);
  write_fallbacks(exposition, fallbacks);
  write_sessions(exposition, live);
  write_house(exposition, http, writer);
  return exposition.take();
}

// Without a backup there is no age: an alert asks for its absence, too.
std::string write_backup_metrics(const BackupRoutine::Figures& backups, TimePoint now) {
  Exposition exposition;
  exposition.family("passerelle_backup_age_seconds", Type::gauge, "How old the newest backup in the folder is.");
  if (backups.newest) exposition.sample({}, age(*backups.newest, now));
  exposition.family("passerelle_backup_failures_total", Type::counter, "Backups since the start that failed.");
  exposition.sample({}, static_cast<double>(backups.failures));
  return exposition.take();
}

}  // namespace passerelle
