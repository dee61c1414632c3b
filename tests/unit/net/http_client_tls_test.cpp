#include <unistd.h>

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
