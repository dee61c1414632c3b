// The names of a certificate; its times and its key are read from real files in tests/system/doctor.test.mjs.
#include "base/certificate.hpp"

#include <gtest/gtest.h>

namespace passerelle {
namespace {

TEST(CertificateNames, are_compared_without_case_and_a_wildcard_stands_for_one_label) {
  const Certificate certificate{{}, {}, {"sms.example.org", "*.asso.example"}};
  for (const char* host : {"sms.example.org", "SMS.Example.ORG", "a.asso.example"})
    EXPECT_TRUE(covers(certificate, host)) << host;
  for (const char* host : {"example.org", "x.sms.example.org", "asso.example", ".asso.example", "a.b.asso.example", ""})
    EXPECT_FALSE(covers(certificate, host)) << host;
}

TEST(CertificateText, that_is_none_is_an_error_and_never_asks_for_a_password) {
  EXPECT_FALSE(read_certificate("nothing of the kind"));
  EXPECT_FALSE(read_certificate("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
  EXPECT_FALSE(fits_key("", ""));
}

}  // namespace
}  // namespace passerelle
