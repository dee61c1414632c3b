#include "net/streams.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "scripted_gateway.hpp"
#include "support/io_room.hpp"

namespace passerelle::net {
namespace {

class StreamsTest : public ::testing::Test {
 protected:
  void SetUp() override { authority_.write_to(file_); }
  void TearDown() override { unlink(file_.c_str()); }

  // Opens one, says "hi\r\n\r\n", and tells what it heard, or why not.
  std::string heard(const std::string& host, std::uint16_t port, bool tls, const std::string& place = "") {
    StreamSettings settings;
    settings.places = {place.empty() ? host + ":" + std::to_string(port) : place};
    settings.ca_file = file_;
    const auto streams = TcpStreams::make(room_.executor(), settings).value();
    return room_.run(talk(*streams, host, port, tls));
  }

  static Task<std::string> talk(TcpStreams& streams, std::string host, std::uint16_t port, bool tls) {
    const OpenedStream opened = co_await streams.open(host, port, tls);
    if (opened.stream == nullptr) co_return opened.why;
    opened.stream->set_deadline(std::chrono::seconds(10));
    const bool written = co_await opened.stream->write("GET / HTTP/1.1\r\n\r\n");
    std::string said = co_await opened.stream->read();
    co_return (written ? "" : "unwritten ") + said;
  }

  static void greet(GatewayPeer& peer) {
    if (!peer.request().empty()) peer.write("hello");
  }

  passerelle::testing::IoRoom room_;
  const Certificate authority_ = Certificate::authority();
  const std::string file_ = ::testing::TempDir() + "streams." + std::to_string(getpid()) + ".pem";
};

TEST_F(StreamsTest, bytes_go_and_come_in_clear_and_under_tls) {
  ScriptedGateway plain({greet});
  EXPECT_EQ(heard("127.0.0.1", plain.port(), false), "hello");
  const Certificate certificate = authority_.issue("localhost");
  ScriptedGateway secure({greet}, &certificate);
  EXPECT_EQ(heard("localhost", secure.port(), true), "hello");
}

TEST_F(StreamsTest, a_certificate_for_another_name_is_refused) {
  const Certificate certificate = authority_.issue("mail.example.org");
  ScriptedGateway gateway({greet, greet}, &certificate);
  EXPECT_EQ(heard("localhost", gateway.port(), true), "tls");
}

TEST_F(StreamsTest, nothing_is_connected_to_that_is_not_configured) {
  ScriptedGateway gateway({greet});
  EXPECT_EQ(heard("127.0.0.1", gateway.port(), false, "127.0.0.1:1"), "place not configured");
  EXPECT_EQ(gateway.connections(), 0);
}

TEST_F(StreamsTest, an_end_is_an_empty_read) {
  ScriptedGateway gateway({[](GatewayPeer& peer) { peer.request(); }});
  EXPECT_EQ(heard("127.0.0.1", gateway.port(), false), "");
}

}  // namespace
}  // namespace passerelle::net
