#include "config.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "backup/key.hpp"
#include "base/file.hpp"
#include "unit/passerelle_parts/config_folder.hpp"

namespace passerelle {
namespace {

TEST_F(Configuration, without_any_listens_on_this_machine_only) {
  const LoadedConfig loaded = load_config({});
  EXPECT_EQ(told(loaded), "");
  EXPECT_EQ(loaded.config.listen_address, "127.0.0.1");
  EXPECT_EQ(loaded.config.listen_port, 8080);
  EXPECT_EQ(loaded.config.admin_port, 8081);
  EXPECT_TRUE(loaded.config.channels.empty());
}

TEST_F(Configuration, reads_every_section) {
  const LoadedConfig loaded = load(
      "[server]\nlisten = \"[::1]:9000\"\nadmin_listen = \"127.0.0.2:0\"\npublic_url = "
      "\"https://sms.example.org/bot/\"\n"
      "hosts = [\"SMS.example.org\", \"b.example.org\"]\nthreads = 3\ndata_dir = \"d\"\nlog_level = \"debug\"\n"
      "[sessions]\nstore = \"embedded\"\n[association]\ndir = \"a\"\n[content]\ndirs = [\"" +
      folder_ +
      "\"]\n[limits]\nflood = 0\n"
      "[[channel]]\nname = \"demo\"\ngateway = \"simulator\"\n");
  ASSERT_EQ(told(loaded), "");
  const Config& config = loaded.config;
  EXPECT_EQ(config.listen_address, "::1");
  EXPECT_EQ(config.listen_port, 9000);
  EXPECT_EQ(config.admin_address, "127.0.0.2");
  EXPECT_EQ(config.public_url, "https://sms.example.org/bot");
  EXPECT_EQ(config.hosts, (std::vector<std::string>{"sms.example.org", "b.example.org"}));
  EXPECT_EQ(config.threads, 3u);
  EXPECT_EQ(config.data_dir, "d");
  EXPECT_EQ(config.log_level, log::Level::debug);
  EXPECT_EQ(config.association_dir, "a");
  EXPECT_EQ(config.content_dirs, std::vector<std::string>{folder_});
  EXPECT_EQ(config.flood, 0);
  ASSERT_EQ(config.channels.size(), 1u);
  EXPECT_EQ(config.channels[0].gateway, "simulator");
  EXPECT_EQ(config.channels[0].settings.callback_url, "");
  EXPECT_EQ(to_string(config.channels[0].at), folder_ + "/p.toml:17:1");
}

TEST_F(Configuration, reads_where_sessions_live_and_its_secrets_out_of_their_files) {
  write("password", "fiction\n");
  write("key", std::string(32, 'k') + "\n");
  const LoadedConfig loaded = load(
      "[sessions]\nstore = \"redis://server@127.0.0.1:6380/2\"\npassword_file = \"password\"\nkey_file = \"key\"\n");
  ASSERT_EQ(told(loaded), "");
  const live::RedisPlace place{"127.0.0.1", 6380, "", 2, "server"};
  EXPECT_EQ(loaded.config.session_store, live::Place(place));
  EXPECT_EQ(loaded.config.session_password.reveal(), "fiction");
  EXPECT_EQ(loaded.config.session_key.reveal(), std::string(32, 'k'));
}

TEST_F(Configuration, refuses_a_key_for_sessions_that_could_be_guessed) {
  write("key", "short\n");
  EXPECT_EQ(
      told(load("[sessions]\nkey_file = \"key\"\n")),
      folder_ + "/p.toml:2:12: the secret in 'key_file' is shorter than 32 characters; run: openssl rand -hex 32\n");
}

TEST_F(Configuration, the_command_line_goes_over_the_file) {
  const std::string file = write("p.toml",
                                 "[server]\nlisten = \"127.0.0.1:1\"\ndata_dir = \"file\"\n[[channel]]\nname = "
                                 "\"demo\"\ngateway = \"simulator\"\n");
  const LoadedConfig loaded = load_config(
      {file,
       {"server.listen=127.0.0.1:2", "server.threads=2", "server.hosts=a.example,b.example", "server.allow_remote=true",
        "server.data_dir=set", "channel.demo.callback_url=https://x.example/hooks/demo"},
       "option",
       "0.0.0.0:3"});
  ASSERT_EQ(told(loaded), "");
  EXPECT_EQ(loaded.config.listen_address, "0.0.0.0");
  EXPECT_EQ(loaded.config.listen_port, 3);
  EXPECT_EQ(loaded.config.threads, 2u);
  EXPECT_EQ(loaded.config.hosts, (std::vector<std::string>{"a.example", "b.example"}));
  EXPECT_EQ(loaded.config.data_dir, "option");
  ASSERT_EQ(loaded.config.channels.size(), 1u);
  EXPECT_EQ(loaded.config.channels[0].settings.callback_url, "https://x.example/hooks/demo");
}

TEST_F(Configuration, a_secret_is_read_beside_the_file_and_loses_its_last_newline) {
  write("token", "s3cret\n");
  write("old", "older");
  const LoadedConfig loaded = load(twilio + "token_file = \"token\"\nold_token_file = \"" + folder_ + "/old\"\n");
  ASSERT_EQ(told(loaded), "");
  const auto& settings = loaded.config.channels.at(0).settings;
  EXPECT_EQ(settings.secrets.at("token").reveal(), "s3cret");
  EXPECT_EQ(settings.secrets.at("old_token").reveal(), "older");
  EXPECT_EQ(settings.values.at("from"), "+41790000000");
  EXPECT_EQ(settings.values.at("api_url"), "https://api.twilio.com");
}

TEST_F(Configuration, a_secret_that_others_can_read_is_refused_with_the_remedy) {
  const std::string path = write("token", "s3cret\n", 0604);
  const LoadedConfig loaded = load(twilio + "token_file = \"token\"\n");
  EXPECT_EQ(told(loaded), folder_ + "/p.toml:6:14: 'token_file': every user of this machine can read " + path +
                              "; run: chmod 600 " + path + "\n");
  EXPECT_TRUE(loaded.config.channels.empty());
}

TEST_F(Configuration, a_secret_on_the_command_line_is_refused_and_not_repeated) {
  write("token", "s3cret");
  const LoadedConfig loaded = load(twilio, {"channel.sms.token=hunter2"});
  EXPECT_EQ(
      told(loaded),
      "--set channel.sms.token: every user of this machine can read a command line, and so this secret; put it in a "
      "file, and set token_file\n");
}

TEST_F(Configuration, no_finding_tells_a_secret) {
  for (const std::string line :
       {"token = hunter2", "token = \"hunter2", "token = 'hunter2'x", "token = [\"hunter2\"]",
        "token = {a = \"hunter2\"}", "token = \"hunter2\"\ntoken = \"hunter2\"", "token = \"hunter2\\q\"",
        "tokn = \"hunter2\"", "token = \"hunter2\"\ntoken_file = \"x\"", "token = true hunter2", "token = nanhunter2",
        "hunter2"}) {
    const LoadedConfig loaded = load(twilio + line + "\n");
    EXPECT_FALSE(loaded.findings.empty()) << line;
    EXPECT_EQ(told(loaded).find("hunter2"), std::string::npos) << told(loaded);
  }
}

TEST_F(Configuration, a_file_that_is_not_there_is_named) {
  const LoadedConfig loaded = load_config({folder_ + "/none.toml", {}, "", ""});
  ASSERT_EQ(loaded.findings.size(), 1u);
  EXPECT_EQ(loaded.findings[0].at, (Position{folder_ + "/none.toml", 0, 0}));
  EXPECT_NE(loaded.findings[0].what.find("cannot be read"), std::string::npos);
}

TEST(SampleConfiguration, is_the_file_in_the_repository) {
  const result<std::string> kept = read_file(SOURCE_DIR "/config/passerelle.toml");
  ASSERT_TRUE(kept) << to_string(kept.error());
  if (std::getenv("PASSERELLE_WRITE_SAMPLE") != nullptr)
    std::ofstream(SOURCE_DIR "/config/passerelle.toml") << sample_config();
  EXPECT_EQ(*kept, sample_config()) << "run this test with PASSERELLE_WRITE_SAMPLE=1, and look at the difference";
}

TEST_F(Configuration, the_sample_loads_as_it_is) { EXPECT_EQ(told(load(sample_config())), ""); }

TEST_F(Configuration, the_sample_loads_with_every_key_of_its_sections_switched_on) {
  std::string text = sample_config();
  text.resize(text.find("\n# A channel of"));
  std::size_t keys = 0;
  for (std::size_t at = text.find("\n#"); at != std::string::npos; at = text.find("\n#", at + 2)) {
    if (text[at + 2] == ' ') continue;
    text.erase(at + 1, 1);
    ++keys;
  }
  EXPECT_GE(keys, 14u);
  write("redis_password", "fiction\n");
  write("redis_key", std::string(32, 'k'));
  // A key of somebody's cannot stand in a sample: its backups would be nobody's.
  const std::string nobody = "pbr1-…";
  text.replace(text.find(nobody), nobody.size(), backup::make_keys().recipient);
  EXPECT_EQ(told(load(text)), "");
}

TEST_F(Configuration, a_recipient_of_backups_is_checked_and_a_key_in_its_place_is_refused_untold) {
  const backup::KeyPair pair = backup::make_keys();
  const std::string key(pair.key.reveal());
  EXPECT_EQ(told(load("[backup]\nrecipient = \"" + pair.recipient + "\"\n")), "");
  const std::string said = told(load("[backup]\nrecipient = \"" + key + "\"\n"));
  EXPECT_NE(said.find(":2:13: 'recipient' is not a recipient"), std::string::npos) << said;
  EXPECT_EQ(said.find(key), std::string::npos);
}

TEST_F(Configuration, remembers_the_files_of_secrets_even_those_that_everybody_can_read) {
  write("token", "secret\n", 0644);
  const LoadedConfig loaded = load(twilio + "token_file = \"token\"\n");
  EXPECT_NE(told(loaded).find("chmod 600"), std::string::npos);
  EXPECT_EQ(loaded.config.secret_files, std::vector<std::string>{folder_ + "/token"});
}

TEST(SampleConfiguration, shows_every_key_of_every_gateway) {
  const std::string sample = sample_config();
  for (const adapters::Gateway& gateway : adapters::registry()) {
    EXPECT_NE(sample.find("#gateway = \"" + gateway.name + "\"\n"), std::string::npos) << gateway.name;
    for (const adapters::SettingRow& row : gateway.settings) {
      EXPECT_NE(sample.find("#" + row.key + (row.secret ? "_file = " : " = ")), std::string::npos) << row.key;
    }
  }
}

}  // namespace
}  // namespace passerelle
