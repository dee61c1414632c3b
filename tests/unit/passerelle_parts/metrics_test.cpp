#include <gtest/gtest.h>

#include "app_metrics.hpp"

namespace passerelle {
namespace {

const TimePoint now = from_ms(1'800'000'000'000);

TEST(Metrics, samples_follow_their_family_and_labels_are_escaped) {
  Exposition exposition;
  exposition.family("a_total", Exposition::Type::counter, "What it counts.");
  exposition.sample({}, 12'345'678'901.0);
  exposition.sample({{"channel", "a\"b\\c\nd"}, {"state", "sent"}}, 0.5);
  EXPECT_EQ(exposition.take(),
            "# HELP a_total What it counts.\n# TYPE a_total counter\na_total 12345678901\n"
            "a_total{channel=\"a\\\"b\\\\c\\nd\",state=\"sent\"} 0.5\n");
}

TEST(Metrics, every_figure_has_its_line) {
  StoreFigures figures;
  figures.attachments = {{"sms", "lost", 2}};
  figures.inbound = {{"sms", "processed", 3}};
  figures.outbound = {{"sms", "uncertain", 1}};
  figures.waiting = {{"sms", 4, now - std::chrono::milliseconds(2500)}, {"other", 1, std::nullopt}};
  figures.tasks = {{"danger", 1, now - std::chrono::seconds(60)}};
  figures.due = {2, now + std::chrono::seconds(5)};
  net::Server::Counters http;
  http.requests = 7;
  outbox::Counters sending;
  sending.uncertain = 5;
  sending.in_flight = 6;
  sending.failing = true;
  sending.signed_out = true;
  const auto live = live::make({live::Embedded{}, 0, {}, {}});
  const std::string text = write_metrics(figures, http, {{"sms", sending}}, {{"bot", 3}}, *live, {{{"sq", "fr"}, 3}},
                                         {std::chrono::milliseconds(8), 2}, now);
  for (const char* line : {
           "\npasserelle_inbound_messages{channel=\"sms\",state=\"processed\"} 3\n",
           "\npasserelle_outbound_messages{channel=\"sms\",state=\"uncertain\"} 1\n",
           "\npasserelle_attachments{channel=\"sms\",state=\"lost\"} 2\n",
           "\npasserelle_queue_messages{channel=\"sms\"} 4\n",
           "\npasserelle_queue_oldest_seconds{channel=\"sms\"} 2.5\n",
           "\npasserelle_queue_oldest_seconds{channel=\"other\"} 0\n",
           "\npasserelle_tasks_open{kind=\"danger\"} 1\n",
           "\npasserelle_tasks_oldest_seconds{kind=\"danger\"} 60\n",
           "\npasserelle_due_waiting 2\n",
           "\npasserelle_sentence_fallback_total{locale=\"sq\",told=\"fr\"} 3\n",
           "\npasserelle_due_late_seconds 0\n",
           "\npasserelle_writer_wait_seconds 0.008\n",
           "\npasserelle_store_undone_total 2\n",
           "\npasserelle_http_requests_total 7\n",
           "\npasserelle_requests_total{channel=\"sms\",outcome=\"uncertain\"} 5\n",
           "\npasserelle_requests_in_flight{channel=\"sms\"} 6\n",
           "\npasserelle_channel_paused{channel=\"sms\"} 0\n",
           "\npasserelle_channel_failing{channel=\"sms\"} 1\n",
           "\npasserelle_channel_signed_out{channel=\"sms\"} 1\n",
           "\npasserelle_link_troubles{channel=\"bot\"} 3\n",
           "\npasserelle_session_store{backend=\"embedded\",state=\"up\"} 1\n",
           "\npasserelle_session_store{backend=\"embedded\",state=\"down\"} 0\n",
           "\npasserelle_session_copies_total{outcome=\"used\"} 0\n",
       }) {
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
  }
}

}  // namespace
}  // namespace passerelle
