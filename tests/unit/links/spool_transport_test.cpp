#include "links/spool_transport.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <filesystem>

namespace passerelle::links {
namespace {

namespace fs = std::filesystem;

class Web final : public Transport {
 public:
  Task<Exchange> send(OutgoingRequest request) override {
    asked = request.url;
    co_return bare(299);
  }
  std::string asked;
};

class SpoolTransportTest : public ::testing::Test {
 protected:
  SpoolTransportTest() {
    std::string pattern = (fs::temp_directory_path() / "passerelle-spool-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    fs::create_directory(folder_ + "/out");
  }
  ~SpoolTransportTest() override { fs::remove_all(folder_); }

  int puts(const std::string& url, std::vector<HttpField> fields = {}, const std::string& method = "PUT") {
    SpoolTransport transport(web_, {"file://" + folder_ + "/out"});
    boost::asio::io_context io;
    auto done =
        boost::asio::co_spawn(io, transport.send({method, url, std::move(fields), "text"}), boost::asio::use_future);
    io.run();
    return std::get<HttpResponse>(done.get()).status;
  }
  std::string url(const std::string& name) const { return "file://" + folder_ + "/" + name; }

  std::string folder_;
  Web web_;
};

TEST_F(SpoolTransportTest, files_are_put_and_everything_else_goes_on) {
  EXPECT_EQ(puts(url("out/OUT_+4179_a.txt")), 201);
  EXPECT_TRUE(fs::exists(folder_ + "/out/OUT_+4179_a.txt"));
  EXPECT_EQ(puts(url("out/OUT_+4179_a.txt")), 409);
  EXPECT_EQ(web_.asked, "");
  EXPECT_EQ(puts("https://example.org/x", {}, "POST"), 299);
  EXPECT_EQ(web_.asked, "https://example.org/x");
}

TEST_F(SpoolTransportTest, nothing_is_put_anywhere_else_or_under_no_name) {
  fs::create_directory(folder_ + "/out/in");
  EXPECT_EQ(puts(url("OUT1")), 403);
  EXPECT_EQ(puts(url("outside/OUT1")), 403);
  EXPECT_EQ(puts(url("out/../OUT1")), 403);
  EXPECT_EQ(puts(url("out/OUT1"), {}, "GET"), 403);
  EXPECT_EQ(puts("file:///etc/OUT1"), 403);
  EXPECT_EQ(puts(url("out/")), 400);
  EXPECT_EQ(puts(url("out/.OUT1")), 400);
  EXPECT_EQ(puts(url("out/..")), 400);
  EXPECT_EQ(puts(url("out/a b")), 400);
  EXPECT_EQ(puts(url("out/none/OUT1")), 404);
  EXPECT_EQ(puts(url("out/OUT1"), {{"Elsewhere", folder_ + "/none"}, {"Elsewhere", folder_ + "/out/in"}}), 409);
  EXPECT_EQ(web_.asked, "");
}

}  // namespace
}  // namespace passerelle::links
