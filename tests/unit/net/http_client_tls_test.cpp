#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "caller.hpp"
#include "scripted_gateway.hpp"

namespace passerelle::net {
namespace {

class HttpClientTls : public testing::Test {
 protected:
  void SetUp() override { authority_.write_to(file_); }
  void TearDown() override { unlink(file_.c_str()); }

  ClientSettings trusting(const std::string& origin) const {
    ClientSettings made = settings(origin);
    made.ca_file = file_;
    return made;
  }
  static void serve(GatewayPeer& peer) {
    while (peer.secure() && !peer.request().empty()) peer.write(ok("secure"));
  }

  const Certificate authority_ = Certificate::authority();
  const std::string file_ = testing::TempDir() + "authority." + std::to_string(getpid()) + ".pem";
};

TEST_F(HttpClientTls, a_certificate_for_the_name_by_a_trusted_authority_is_good) {
  const Certificate certificate = authority_.issue("localhost");
  ScriptedGateway gateway({serve}, &certificate);
  Caller caller(trusting(gateway.secure_origin()));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(body_of(caller.post(gateway.secure_origin(), "x")), "secure");
  EXPECT_EQ(gateway.connections(), 1);
}

TEST_F(HttpClientTls, a_certificate_for_another_name_is_refused) {
  const Certificate certificate = authority_.issue("api.example.org");
  ScriptedGateway gateway({serve, serve}, &certificate);
  Caller caller(trusting(gateway.secure_origin()));
  EXPECT_EQ(failure_of(caller.post(gateway.secure_origin(), "x")), "safe: tls");
}

TEST_F(HttpClientTls, an_unknown_authority_is_refused) {
  const Certificate certificate = Certificate::authority().issue("localhost");
  ScriptedGateway gateway({serve, serve}, &certificate);
  Caller caller(trusting(gateway.secure_origin()));
  EXPECT_EQ(failure_of(caller.post(gateway.secure_origin(), "x")), "safe: tls");
}

TEST_F(HttpClientTls, an_answer_that_ends_without_goodbye_was_cut) {
  const Certificate certificate = authority_.issue("localhost");
  ScriptedGateway gateway({[](GatewayPeer& peer) {
                            peer.request();
                            peer.write("HTTP/1.1 200 OK\r\n\r\nhalf an ans");
                            peer.reset();
                            peer.drop();
                          }},
                          &certificate);
  Caller caller(trusting(gateway.secure_origin()));
  EXPECT_EQ(failure_of(caller.post(gateway.secure_origin(), "x")), "ambiguous: reset");
}

TEST_F(HttpClientTls, a_plain_peer_gets_no_request) {
  ScriptedGateway gateway({[](GatewayPeer& peer) { peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"); }});
  Caller caller(trusting(gateway.secure_origin()));
  EXPECT_EQ(failure_of(caller.post(gateway.secure_origin(), "x")), "safe: tls");
}

// What the process believes, for one test: OpenSSL's own variables.
class Variable {
 public:
  Variable(std::string name, const std::string& value) : name_(std::move(name)) {
    if (const char* before = std::getenv(name_.c_str())) before_ = before;
    if (value.empty())
      unsetenv(name_.c_str());
    else
      setenv(name_.c_str(), value.c_str(), 1);
  }
  ~Variable() {
    if (before_)
      setenv(name_.c_str(), before_->c_str(), 1);
    else
      unsetenv(name_.c_str());
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  std::string name_;
  std::optional<std::string> before_;
};

// As update-ca-certificates lays them out: a link by the hash of the name.
class SystemFolder {
 public:
  SystemFolder() { std::filesystem::create_directory(path_); }
  ~SystemFolder() { std::filesystem::remove_all(path_); }
  SystemFolder(const SystemFolder&) = delete;
  SystemFolder& operator=(const SystemFolder&) = delete;

  void add(const Certificate& certificate) const {
    std::array<char, 16> name{};
    std::snprintf(name.data(), name.size(), "/%08lx.0", X509_subject_name_hash(certificate.certificate.get()));
    certificate.write_to(path_ + name.data());
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_ = testing::TempDir() + "certificates." + std::to_string(getpid());
};

TEST_F(HttpClientTls, an_authority_in_the_systems_folder_is_trusted_without_the_file_of_all) {
  const SystemFolder folder;
  folder.add(authority_);
  const Variable no_file(X509_get_default_cert_file_env(), ""), there(X509_get_default_cert_dir_env(), folder.path());
  const Certificate known = authority_.issue("localhost"), stranger = Certificate::authority().issue("localhost");
  ScriptedGateway gateway({serve}, &known);
  Caller caller(settings(gateway.secure_origin()));
  EXPECT_EQ(body_of(caller.post(gateway.secure_origin(), "x")), "secure");
  ScriptedGateway other({serve, serve}, &stranger);
  Caller doubting(settings(other.secure_origin()));
  EXPECT_EQ(failure_of(doubting.post(other.secure_origin(), "x")), "safe: tls");
}

TEST_F(HttpClientTls, a_file_that_the_environment_names_is_trusted) {
  const SystemFolder empty;
  const Variable file(X509_get_default_cert_file_env(), file_), there(X509_get_default_cert_dir_env(), empty.path());
  const Certificate certificate = authority_.issue("localhost");
  ScriptedGateway gateway({serve}, &certificate);
  Caller caller(settings(gateway.secure_origin()));
  EXPECT_EQ(body_of(caller.post(gateway.secure_origin(), "x")), "secure");
}

TEST_F(HttpClientTls, a_file_without_certificates_is_an_error_at_start) {
  ClientSettings made = settings("https://localhost");
  made.ca_file = "/no/such/file.pem";
  boost::asio::io_context context;
  const auto client = HttpClient::make(context.get_executor(), made);
  ASSERT_FALSE(client.has_value());
  EXPECT_NE(to_string(client.error()).find("/no/such/file.pem"), std::string::npos);
}

}  // namespace
}  // namespace passerelle::net
