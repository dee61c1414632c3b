// The certificate and key of a listener, which change under a running server.
#include "net/tls_pair.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

#include "scripted_gateway.hpp"

namespace passerelle::net {
namespace {

class TlsPairFiles : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NE(mkdtemp(folder_.data()), nullptr);
    const Certificate made = Certificate::authority().issue("localhost");
    made.write_to(certificate());
    std::FILE* file = std::fopen(key().c_str(), "w");
    ASSERT_NE(file, nullptr);
    EXPECT_EQ(PEM_write_PrivateKey(file, made.key.get(), nullptr, nullptr, 0, nullptr, nullptr), 1);
    std::fclose(file);
  }
  void TearDown() override {
    for (const std::string& path : {certificate(), key()}) unlink(path.c_str());
    rmdir(folder_.c_str());
  }
  std::string certificate() const { return folder_ + "/certificate"; }
  std::string key() const { return folder_ + "/key"; }

 private:
  std::string folder_ = testing::TempDir() + "passerelle-tls-XXXXXX";
};

TEST_F(TlsPairFiles, tries_again_when_only_the_rights_of_a_file_have_changed) {
  const auto pair = TlsPair::open(certificate(), key());
  ASSERT_TRUE(pair) << to_string(pair.error());
  const auto before = (*pair)->refresh();
  ASSERT_TRUE(before);
  EXPECT_FALSE(*before);
  ASSERT_EQ(chmod(key().c_str(), 0400), 0);
  const auto after = (*pair)->refresh();
  ASSERT_TRUE(after);
  EXPECT_TRUE(*after);
}

}  // namespace
}  // namespace passerelle::net
