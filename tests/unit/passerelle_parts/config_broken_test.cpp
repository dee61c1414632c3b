// Broken configurations: each is told with its exact place and a remedy.
#include <gtest/gtest.h>

#include "adapters/registry.hpp"
#include "unit/passerelle_parts/config_folder.hpp"

namespace passerelle {
namespace {

struct Broken {
  const char* name;
  std::string toml;
  std::string told;  // without the file's path, one line a finding
};

void PrintTo(const Broken& broken, std::ostream* out) { *out << broken.name; }

class BrokenConfiguration : public Configuration, public testing::WithParamInterface<Broken> {};

TEST_P(BrokenConfiguration, is_told_with_its_place_and_a_remedy) {
  std::string all = told(load(GetParam().toml));
  for (std::size_t at = all.find(folder_); at != std::string::npos; at = all.find(folder_))
    all.erase(at, folder_.size() + 1);
  EXPECT_EQ(all, GetParam().told);
}

// "simulator, kannel, …": a further gateway changes no test.
std::string all_gateways() {
  std::string all;
  for (const adapters::Gateway& gateway : adapters::registry()) all += (all.empty() ? "" : ", ") + gateway.name;
  return all;
}

std::string name_of(const testing::TestParamInfo<Broken>& info) { return info.param.name; }

const std::string shape = "; write it as 127.0.0.1:8080\n";
const std::string url_shape = "; write it as https://sms.example.org\n";
const std::string store_shape =
    "; write it as \"embedded\", \"redis://127.0.0.1:6379/0\" or \"unix:/run/redis/redis.sock?db=0\"\n";
const std::string toml_remedy = "; texts stand in double quotes, each key once, one to a line\n";

INSTANTIATE_TEST_SUITE_P(
    Toml, BrokenConfiguration,
    testing::Values(
        Broken{"no_quotes", "[server]\nlisten = here\n",
               "p.toml:2:10: is not TOML: Error while parsing value: could not determine value type" + toml_remedy},
        Broken{"open_quote", "[server]\nlisten = \"127.0.0.1:8080\n",
               "p.toml:2:25: is not TOML: Error while parsing string: unescaped control characters other than TAB "
               "(U+0009) are explicitly prohibited" +
                   toml_remedy},
        Broken{"open_section", "[server\nlisten = \"127.0.0.1:8080\"\n",
               "p.toml:1:8: is not TOML: Error while parsing table header: expected ']'" + toml_remedy},
        Broken{"no_section_name", "[ = 1\n",
               "p.toml:1:3: is not TOML: Error while parsing key: expected bare key starting character or string "
               "delimiter" +
                   toml_remedy},
        Broken{"key_twice", "[limits]\nflood = 1\nflood = 2\n",
               "p.toml:3:9: is not TOML: Error while parsing key-value pair: cannot redefine existing integer 'flood'" +
                   toml_remedy},
        Broken{"section_twice", "[limits]\nflood = 1\n[limits]\n",
               "p.toml:3:1: is not TOML: Error while parsing table header: cannot redefine existing table 'limits'" +
                   toml_remedy},
        Broken{"no_value", "[server]\nlisten =\n",
               "p.toml:2:9: is not TOML: Error while parsing key-value pair: expected value" + toml_remedy},
        Broken{"not_utf_8", "[server]\nlisten = \"\xff\"\n",
               "p.toml:2:10: is not TOML: Encountered invalid utf-8 sequence" + toml_remedy}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Names, BrokenConfiguration,
    testing::Values(
        Broken{"section", "[sever]\n", "p.toml:1:2: there is no section [sever]; did you mean 'server'?\n"},
        Broken{"far_section", "[console]\n",
               "p.toml:1:2: there is no section [console]; one of: server, sessions, association, content, limits, "
               "attachments, backup, channel\n"},
        Broken{"key", "[server]\n  lissten = \"127.0.0.1:8080\"\n",
               "p.toml:2:3: [server] has no key 'lissten'; did you mean 'listen'?\n"},
        Broken{"key_of_another_section", "[limits]\nstore = \"embedded\"\n",
               "p.toml:2:1: [limits] has no key 'store'; one of: flood\n"},
        Broken{"outside", "listen = \"127.0.0.1:8080\"\n",
               "p.toml:1:1: 'listen' stands outside a section; put it under [server]\n"},
        Broken{"unknown_outside", "port = 1\n",
               "p.toml:1:1: 'port' is neither a section nor in one; one of: server, sessions, association, content, "
               "limits, attachments, backup, channel\n"},
        Broken{"one_bracket", "[channel]\nname = \"sms\"\n",
               "p.toml:1:1: [channel] stands in single brackets, and there may be several; write [[channel]]\n"},
        Broken{"two_brackets", "[[server]]\nthreads = 1\n",
               "p.toml:1:3: [[server]] stands in double brackets, but there is only one; write [server]\n"},
        Broken{"table_in_a_section", "[server.tls]\nfile = \"x\"\n",
               "p.toml:1:9: [server] has no key 'tls'; one of: listen, admin_listen, allow_remote, tls_cert, tls_key, "
               "public_url, hosts, "
               "threads, "
               "data_dir, log_level\n"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Types, BrokenConfiguration,
    testing::Values(
        Broken{"number_for_text", "[server]\nlisten = 8080\n",
               "p.toml:2:10: 'listen' is not a text in double quotes; write it as listen = \"127.0.0.1:8080\"\n"},
        Broken{"text_for_number", "[limits]\nflood = \"20\"\n",
               "p.toml:2:9: 'flood' is not a whole number; write it as flood = 20\n"},
        Broken{"fraction", "[server]\nthreads = 2.5\n",
               "p.toml:2:11: 'threads' is not a whole number; write it as threads = 0\n"},
        Broken{"text_for_flag", "[server]\nallow_remote = \"yes\"\n",
               "p.toml:2:16: 'allow_remote' is not true or false; write it as allow_remote = false\n"},
        Broken{"text_for_list", "[server]\nhosts = \"a.example\"\n",
               "p.toml:2:9: 'hosts' is not a list of texts in double quotes; write it as hosts = []\n"},
        Broken{"number_in_list", "[server]\nhosts = [\"a.example\", 7]\n",
               "p.toml:2:23: 'hosts' is not a list of texts in double quotes; write it as hosts = []\n"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Server, BrokenConfiguration,
    testing::Values(
        Broken{"no_port", "[server]\nlisten = \"127.0.0.1\"\n", "p.toml:2:10: 'listen' has no port" + shape},
        Broken{"big_port", "[server]\nlisten = \"127.0.0.1:65536\"\n",
               "p.toml:2:10: 'listen' has a port that is not between 0 and 65535" + shape},
        Broken{"signed_port", "[server]\nlisten = \"127.0.0.1:+80\"\n",
               "p.toml:2:10: 'listen' has a port that is not between 0 and 65535" + shape},
        Broken{"name_for_address", "[server]\nlisten = \"localhost:8080\"\n",
               "p.toml:2:10: 'listen' does not begin with an IP address of this machine; write it as 127.0.0.1:8080 or "
               "[::1]:8080\n"},
        Broken{"bare_ipv6", "[server]\nlisten = \"::1:8080\"\n",
               "p.toml:2:10: 'listen' does not begin with an IP address of this machine; write it as 127.0.0.1:8080 or "
               "[::1]:8080\n"},
        Broken{"open_to_all", "[server]\npublic_url = \"https://sms.example.org\"\nlisten = \"0.0.0.0:8080\"\n",
               "p.toml:3:10: 'listen' would be heard by other machines, without TLS; set tls_cert and tls_key, listen "
               "on 127.0.0.1 behind a "
               "proxy that has "
               "TLS, or set allow_remote = true on a private network\n"},
        Broken{"open_admin", "[server]\nallow_remote = true\nadmin_listen = \"[::]:8081\"\n",
               "p.toml:3:16: 'admin_listen' has no login, and is not a loopback address; write it as 127.0.0.1:8081\n"},
        Broken{
            "same_port", "[server]\nadmin_listen = \"127.0.0.1:8080\"\n",
            "p.toml:2:16: 'admin_listen' is the same as 'listen'; give it another port, for example 127.0.0.1:8081\n"},
        Broken{"url_without_scheme", "[server]\npublic_url = \"sms.example.org\"\n",
               "p.toml:2:14: 'public_url' is not a URL" + url_shape},
        Broken{"url_of_another_kind", "[server]\npublic_url = \"ftp://sms.example.org\"\n",
               "p.toml:2:14: 'public_url' begins with neither https:// nor http://" + url_shape},
        Broken{"url_without_host", "[server]\npublic_url = \"https://\"\n",
               "p.toml:2:14: 'public_url' names no host" + url_shape},
        Broken{"url_with_query", "[server]\npublic_url = \"https://sms.example.org/?a=1\"\n",
               "p.toml:2:14: 'public_url' goes on after its path; leave out what stands from '?' or '#' on\n"},
        Broken{"url_with_password", "[server]\npublic_url = \"https://a:b@sms.example.org\"\n",
               "p.toml:2:14: 'public_url' holds a user name or a password; leave out what stands before '@'\n"},
        Broken{"url_with_bad_port", "[server]\npublic_url = \"https://sms.example.org:99999\"\n",
               "p.toml:2:14: 'public_url' has a port that is not between 1 and 65535" + url_shape},
        Broken{"host_with_scheme", "[server]\nhosts = [\n  \"a.example\",\n  \"https://b.example\",\n]\n",
               "p.toml:4:3: 'hosts' is not a host name; write it without scheme, port and path: sms.example.org\n"},
        Broken{"threads", "[server]\nthreads = -1\n",
               "p.toml:2:11: 'threads' is not between 0 and 256; 0 is one fewer than there are cores\n"},
        Broken{"log_level", "[server]\nlog_level = \"waring\"\n",
               "p.toml:2:13: 'log_level' is not a level; did you mean 'warning'?\n"},
        Broken{"data_dir", "[server]\ndata_dir = \"\"\n",
               "p.toml:2:12: 'data_dir' is empty; give the path of a folder, or leave the key out\n"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    OtherSections, BrokenConfiguration,
    testing::Values(
        Broken{
            "redis_by_name", "[sessions]\nstore = \"redis://redis.example.org:6379/0\"\n",
            "p.toml:2:9: 'store' does not name an IP address: looking names up would hold the server up" + store_shape},
        Broken{
            "redis_password", "[sessions]\nstore = \"redis://:fiction@127.0.0.1\"\n",
            "p.toml:2:9: 'store' holds a password: it belongs into the file that 'password_file' names" + store_shape},
        Broken{"redis_tls", "[sessions]\nstore = \"rediss://127.0.0.1\"\n",
               "p.toml:2:9: 'store' asks for TLS, which hiredis 0.14 does not have" + store_shape},
        Broken{"no_password_file", "[sessions]\npassword_file = \"no_such_file\"\n",
               "p.toml:2:17: 'password_file': the file no_such_file cannot be read: No such file or directory; put the "
               "secret there, and nothing else\n"},
        Broken{"store", "[sessions]\nstore = \"memory\"\n",
               "p.toml:2:9: 'store' is not a place for sessions" + store_shape},
        Broken{"content", "[content]\ndirs = [\"no/such\"]\n",
               "p.toml:2:9: 'dirs' names a folder that is not there: no/such; relative paths start at the working "
               "directory\n"},
        Broken{"association", "[association]\ndir = \"\"\n",
               "p.toml:2:7: 'dir' is empty; give the path of a folder, or leave the key out\n"},
        Broken{"flood", "[limits]\nflood = -5\n", "p.toml:2:9: 'flood' is not between 0 and 1000000; 0 is no limit\n"}),
    name_of);

const std::string simulator = "gateway = \"simulator\"\n";

INSTANTIATE_TEST_SUITE_P(
    Channels, BrokenConfiguration,
    testing::Values(
        Broken{"no_name", "[[channel]]\n" + simulator, "p.toml:1:1: the channel has no 'name'; add name = \"…\"\n"},
        Broken{"no_gateway", "[[channel]]\nname = \"sms\"\n",
               "p.toml:1:1: the channel has no 'gateway'; add one of: " + all_gateways() + "\n"},
        Broken{"gateway", "[[channel]]\nname = \"sms\"\ngateway = \"twillio\"\n",
               "p.toml:3:11: there is no gateway 'twillio'; did you mean 'twilio'?\n"},
        Broken{"name", "[[channel]]\nname = \"My SMS\"\n" + simulator,
               "p.toml:2:8: the name of a channel is 1 to 32 of a-z, 0-9, _ and -; for example \"sms\"\n"},
        Broken{"same_name", "[[channel]]\nname = \"a\"\n" + simulator + "[[channel]]\nname = \"a\"\n" + simulator,
               "p.toml:5:8: there is a channel 'a' already; rename it; the first is at p.toml:2:8\n"},
        Broken{"unknown_key", "[[channel]]\nname = \"a\"\n" + simulator + "replay = \"inline\"\n",
               "p.toml:4:1: the gateway 'simulator' has no key 'replay'; did you mean 'reply'?\n"},
        Broken{"callback", "[[channel]]\nname = \"a\"\n" + simulator + "callback_url = \"/hooks/a\"\n",
               "p.toml:4:16: 'callback_url' is not a URL; write it as https://sms.example.org\n"},
        Broken{"number_for_text", "[[channel]]\nname = 1\n" + simulator,
               "p.toml:2:8: 'name' is not a text in double quotes; write it as name = \"…\"\n"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Gateways, BrokenConfiguration,
    testing::Values(
        Broken{
            "number",
            "[[channel]]\nname = \"a\"\ngateway = \"twilio\"\naccount = \"AC1\"\nfrom = 41790000000\ntoken = \"t\"\n",
            "p.toml:5:8: 'from' is not a text in double quotes; write it as from = \"…\"\n"},
        Broken{"unknown_key", twilio + "token = \"t\"\nold_tokenfile = \"t\"\n",
               "p.toml:7:1: the gateway 'twilio' has no key 'old_tokenfile'; did you mean 'old_token_file'?\n"},
        Broken{"no_secret_file", twilio + "token_file = \"none\"\n",
               "p.toml:6:14: 'token_file': the file none cannot be read: No such file or directory; put the secret "
               "there, and nothing else\n"},
        Broken{"empty_secret", twilio + "token = \"\"\n",
               "p.toml:6:9: 'token' is empty; write it, or give token_file\n"},
        Broken{"secret_twice", twilio + "token = \"t\"\ntoken_file = \"t\"\n",
               "p.toml:7:1: 'token' and 'token_file' are both given; keep the file, and take the other out\n"}),
    name_of);

TEST_F(Configuration, a_missing_key_of_a_gateway_is_told_with_what_it_is) {
  const LoadedConfig loaded =
      load("\n[[channel]]\nname = \"a\"\ngateway = \"twilio\"\nfrom = \"+41790000000\"\naccount = \"AC1\"\n");
  ASSERT_EQ(loaded.findings.size(), 1u) << told(loaded);
  EXPECT_EQ(loaded.findings[0].at.line, 2);
  EXPECT_EQ(loaded.findings[0].what, "a 'twilio' channel needs 'token'");
  EXPECT_TRUE(loaded.findings[0].remedy.starts_with("add token_file = \"…\": ")) << loaded.findings[0].remedy;
}

TEST_F(Configuration, what_a_gateway_refuses_is_told_at_its_key) {
  const LoadedConfig loaded = load(twilio + "token = \"t\"\napi_url = \"http://api.example.org\"\n");
  ASSERT_EQ(loaded.findings.size(), 1u) << told(loaded);
  EXPECT_EQ(loaded.findings[0].at, (Position{folder_ + "/p.toml", 7, 11}));
}

TEST_F(Configuration, an_empty_secret_file_is_told) {
  write("token", "\n");
  const LoadedConfig loaded = load(twilio + "token_file = \"token\"\n");
  ASSERT_EQ(loaded.findings.size(), 1u) << told(loaded);
  EXPECT_EQ(loaded.findings[0].at, (Position{folder_ + "/p.toml", 6, 14}));
  EXPECT_NE(loaded.findings[0].what.find("is empty"), std::string::npos);
}

TEST_F(Configuration, all_mistakes_are_told_at_once_in_reading_order) {
  EXPECT_EQ(load("[server]\nthreads = -1\n[limits]\nflod = 1\n[[channel]]\nname = \"A\"\n" + simulator).findings.size(),
            3u);
}

struct BrokenSetting {
  const char* name;
  const char* setting;
  const char* told;
};

void PrintTo(const BrokenSetting& broken, std::ostream* out) { *out << broken.name; }

class BrokenCommandLine : public Configuration, public testing::WithParamInterface<BrokenSetting> {};

TEST_P(BrokenCommandLine, is_told_with_the_option_and_a_remedy) {
  EXPECT_EQ(told(load("[[channel]]\nname = \"demo\"\ngateway = \"simulator\"\n", {GetParam().setting})),
            GetParam().told);
}

INSTANTIATE_TEST_SUITE_P(
    Set, BrokenCommandLine,
    testing::Values(
        BrokenSetting{"no_value", "server.listen",
                      "--set: needs a section, a key and a value; write --set section.key=value\n"},
        BrokenSetting{"no_section", "listen=1",
                      "--set: needs a section, a key and a value; write --set section.key=value\n"},
        BrokenSetting{"unknown_section", "sever.listen=1",
                      "--set sever.listen: there is no section [sever]; did you mean 'server'?\n"},
        BrokenSetting{"unknown_key", "server.lisen=1",
                      "--set server.lisen: [server] has no key 'lisen'; did you mean 'listen'?\n"},
        BrokenSetting{"number", "server.threads=many",
                      "--set server.threads: 'threads' is not a whole number; write it as --set server.threads=0\n"},
        BrokenSetting{"flag", "server.allow_remote=yes",
                      "--set server.allow_remote: 'allow_remote' is not true or false; write it as --set "
                      "server.allow_remote=false\n"},
        BrokenSetting{
            "port", "server.listen=127.0.0.1:99999",
            "--set server.listen: 'listen' has a port that is not between 0 and 65535; write it as 127.0.0.1:8080\n"},
        BrokenSetting{"unknown_channel", "channel.dmo.reply=inline",
                      "--set channel.dmo.reply: there is no channel 'dmo'; did you mean 'demo'?\n"},
        BrokenSetting{"no_channel_key", "channel.demo=inline",
                      "--set channel.demo: does not say which key of the channel; write channel.NAME.key=value\n"}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace passerelle
