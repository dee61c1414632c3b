#include "net/guard.hpp"

#include <gtest/gtest.h>

namespace passerelle::net {
namespace {

const Limits limits;

ListenerSettings settings() {
  ListenerSettings made;
  made.hosts = {"sms.example.org", "::1"};
  return made;
}

struct Draft {
  std::string method = "POST";
  std::string target = "/hooks/sms";
  std::vector<HttpField> fields = {{"Host", "sms.example.org"}, {"Content-Length", "5"}};
  Version version = Version::http_1_1;
  bool loopback = false;
};

Verdict judge(const Draft& draft, const ListenerSettings& listener = settings()) {
  HttpRequest request;
  request.method = draft.method;
  request.target = draft.target;
  request.fields = draft.fields;
  request.peer_is_loopback = draft.loopback;
  return guard(request, draft.version, listener, limits);
}

int with_fields(std::vector<HttpField> fields, Version version = Version::http_1_1) {
  Draft draft;
  draft.fields = std::move(fields);
  draft.fields.push_back({"Host", "sms.example.org"});
  draft.version = version;
  return judge(draft).refuse;
}

int with_host(std::string host, bool loopback = false) {
  Draft draft;
  draft.fields[0].value = std::move(host);
  draft.loopback = loopback;
  return judge(draft).refuse;
}

int with_target(std::string target) {
  Draft draft;
  draft.target = std::move(target);
  return judge(draft).refuse;
}

TEST(Guard, a_good_webhook_passes) {
  const Verdict verdict = judge({});
  EXPECT_EQ(verdict.refuse, 0);
  EXPECT_EQ(verdict.content_length, 5u);
  EXPECT_TRUE(verdict.keep_alive);
  EXPECT_FALSE(verdict.expects_continue);
}

TEST(Guard, exactly_one_host_is_required) {
  EXPECT_EQ(judge({.fields = {{"Content-Length", "5"}}}).refuse, 400);
  EXPECT_EQ(with_fields({{"Content-Length", "5"}, {"host", "sms.example.org"}}), 400);
}

TEST(Guard, a_foreign_host_is_misdirected) {
  EXPECT_EQ(with_host("sms.example.org"), 0);
  EXPECT_EQ(with_host("SMS.Example.ORG:8443"), 0);
  EXPECT_EQ(with_host("evil.example"), 421);
  EXPECT_EQ(with_host("sms.example.org.evil.example"), 421);
  EXPECT_EQ(with_host("sms.example.org, evil.example"), 421);
  EXPECT_EQ(with_host("user@sms.example.org"), 421);
  EXPECT_EQ(with_host("sms.example.org:80x"), 421);
  EXPECT_EQ(with_host("sms.example.org:"), 421);
  EXPECT_EQ(with_host("sms.example.org:123456"), 421);
  EXPECT_EQ(with_host(""), 421);
  EXPECT_EQ(with_host(":80"), 421);
  EXPECT_EQ(with_host("["), 421);
  EXPECT_EQ(with_host("[]"), 421);
}

TEST(Guard, local_names_are_for_loopback_peers) {
  for (const char* host : {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:8080"}) {
    EXPECT_EQ(with_host(host, true), 0) << host;
    EXPECT_EQ(with_host(host, false), 421) << host;
  }
  EXPECT_EQ(with_host("[::1]:8080", false), 0);  // in the list of this listener
  EXPECT_EQ(
      judge({.fields = {{"Host", "[::1]"}, {"Content-Length", "0"}}, .loopback = true}, ListenerSettings{}).refuse, 0);
  EXPECT_EQ(judge({.fields = {{"Host", "[::1]"}, {"Content-Length", "0"}}}, ListenerSettings{}).refuse, 421);
}

TEST(Guard, an_empty_name_in_the_list_allows_nothing) {
  ListenerSettings careless;
  careless.hosts = {""};
  for (const char* host : {"", "[]", ":80"}) {
    EXPECT_EQ(judge({.fields = {{"Host", host}, {"Content-Length", "0"}}}, careless).refuse, 421) << host;
  }
}

TEST(Guard, the_content_length_is_digits_and_there_is_one) {
  EXPECT_EQ(with_fields({{"Content-Length", "5"}}), 0);
  for (const char* length : {"5, 5", "+5", "-5", "", " ", "0x5", "5 ", "5;", "٥"}) {
    EXPECT_EQ(with_fields({{"Content-Length", length}}), 400) << length;
  }
  EXPECT_EQ(with_fields({{"Content-Length", "5"}, {"content-length", "5"}}), 400);
}

TEST(Guard, a_body_over_the_limit_is_too_large) {
  EXPECT_EQ(with_fields({{"Content-Length", std::to_string(limits.body)}}), 0);
  EXPECT_EQ(with_fields({{"Content-Length", std::to_string(limits.body + 1)}}), 413);
  EXPECT_EQ(with_fields({{"Content-Length", "18446744073709551616"}}), 413);
  EXPECT_EQ(with_fields({{"Content-Length", std::string(40, '9')}}), 413);
}

TEST(Guard, a_length_is_required_and_chunks_are_refused) {
  EXPECT_EQ(with_fields({}), 411);
  EXPECT_EQ(with_fields({{"Transfer-Encoding", "chunked"}}), 411);
  EXPECT_EQ(judge({.method = "GET", .fields = {{"Host", "sms.example.org"}}}).refuse, 0);
  EXPECT_EQ(judge({.method = "GET", .fields = {{"Host", "sms.example.org"}, {"Transfer-Encoding", "chunked"}}}).refuse,
            411);
}

TEST(Guard, any_other_transfer_coding_is_refused) {
  for (const char* coding :
       {"chunked, identity", "identity", "xchunked", "gzip, chunked", "chunked, chunked", "", "chunked;q=1"}) {
    EXPECT_EQ(with_fields({{"Transfer-Encoding", coding}}), 400) << coding;
  }
  EXPECT_EQ(with_fields({{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}), 400);
}

TEST(Guard, a_length_and_a_transfer_coding_exclude_each_other) {
  EXPECT_EQ(with_fields({{"Transfer-Encoding", "chunked"}, {"Content-Length", "5"}}), 400);
  EXPECT_EQ(with_fields({{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}), 400);
  EXPECT_EQ(with_fields({{"Content-Length", "5"}, {"Transfer-Encoding", "xchunked"}}), 400);
}

TEST(Guard, http_1_0_has_no_chunks_and_ends_its_connection) {
  EXPECT_EQ(with_fields({{"Transfer-Encoding", "chunked"}}, Version::http_1_0), 400);
  const Verdict verdict = judge({.version = Version::http_1_0});
  EXPECT_EQ(verdict.refuse, 0);
  EXPECT_FALSE(verdict.keep_alive);
}

TEST(Guard, methods_are_get_and_post_in_capitals) {
  for (const char* method : {"get", "Post", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PRI"}) {
    EXPECT_EQ(judge({.method = method}).refuse, 405) << method;
  }
}

TEST(Guard, the_target_is_a_path_in_visible_ascii) {
  EXPECT_EQ(with_target("/hooks/sms?Body=%E2%82%AC&x=[1]"), 0);
  for (const char* target : {"http://sms.example.org/hooks/sms", "sms.example.org:443", "*", "", "hooks/sms",
                             "/caf\xC3\xA9", "/a b", "/a\tb", "/a#b", "/a\x7f"}) {
    EXPECT_EQ(with_target(target), 400) << target;
  }
}

TEST(Guard, hooks_may_have_longer_targets) {
  EXPECT_EQ(with_target("/" + std::string(limits.target - 1, 'a')), 0);
  EXPECT_EQ(with_target("/" + std::string(limits.target, 'a')), 414);
  EXPECT_EQ(with_target("/hooks/sms?t=" + std::string(limits.hook_target - 13, 'a')), 0);
  EXPECT_EQ(with_target("/hooks/sms?t=" + std::string(limits.hook_target - 12, 'a')), 414);
}

TEST(Guard, a_request_has_at_most_a_hundred_fields) {
  EXPECT_EQ(with_fields(std::vector<HttpField>(98, {"X-A", "b"})), 411);
  EXPECT_EQ(with_fields(std::vector<HttpField>(100, {"X-A", "b"})), 431);
}

TEST(Guard, an_expectation_is_known_or_fails) {
  Draft draft;
  draft.fields.push_back({"Expect", "100-Continue"});
  EXPECT_EQ(judge(draft).refuse, 0);
  EXPECT_TRUE(judge(draft).expects_continue);
  draft.version = Version::http_1_0;
  EXPECT_FALSE(judge(draft).expects_continue);
  EXPECT_EQ(with_fields({{"Content-Length", "5"}, {"Expect", "200-ok"}}), 417);
  EXPECT_EQ(with_fields({{"Content-Length", "5"}, {"Expect", "100-continue"}, {"Expect", "x"}}), 417);
}

TEST(Guard, close_in_any_place_of_the_connection_field_ends_it) {
  for (const char* value : {"close", "Close", "keep-alive, close", "upgrade ,close "}) {
    Draft draft;
    draft.fields.push_back({"Connection", value});
    EXPECT_FALSE(judge(draft).keep_alive) << value;
  }
  Draft draft;
  draft.fields.push_back({"Connection", "keep-alive, closed, Upgrade"});
  draft.fields.push_back({"Upgrade", "websocket"});
  EXPECT_TRUE(judge(draft).keep_alive);
}

int with_origin(std::vector<HttpField> fields, bool check = true) {
  ListenerSettings listener = settings();
  listener.check_origin = check;
  Draft draft;
  draft.fields[0].value = "sms.example.org:8081";
  draft.fields.insert(draft.fields.end(), fields.begin(), fields.end());
  return judge(draft, listener).refuse;
}

TEST(Guard, the_admin_listener_refuses_foreign_origins) {
  EXPECT_EQ(with_origin({}), 0);
  EXPECT_EQ(with_origin({{"Origin", "http://sms.example.org:8081"}, {"Sec-Fetch-Site", "same-origin"}}), 0);
  EXPECT_EQ(with_origin({{"Origin", "https://SMS.example.org:8081"}}), 0);
  EXPECT_EQ(with_origin({{"Sec-Fetch-Site", "none"}}), 0);
  for (const char* origin : {"null", "http://evil.example", "http://sms.example.org", "http://sms.example.org:8080",
                             "http://sms.example.org:8081/", "sms.example.org:8081", ""}) {
    EXPECT_EQ(with_origin({{"Origin", origin}}), 403) << origin;
  }
  for (const char* site : {"cross-site", "same-site", ""})
    EXPECT_EQ(with_origin({{"Sec-Fetch-Site", site}}), 403) << site;
  EXPECT_EQ(with_origin({{"Origin", "http://sms.example.org:8081"}, {"Origin", "http://evil.example"}}), 403);
  EXPECT_EQ(with_origin({{"Origin", "http://evil.example"}}, false), 0);
}

}  // namespace
}  // namespace passerelle::net
