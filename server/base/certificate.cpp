#include "base/certificate.hpp"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>
#include <memory>

namespace passerelle {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using X = std::unique_ptr<X509, decltype(&X509_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

Bio over(std::string_view text) { return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free}; }

// A key with a password would have OpenSSL ask for it at the terminal.
int no_password(char*, int, int, void*) { return -1; }

X first_of(std::string_view pem) {
  return {PEM_read_bio_X509(over(pem).get(), nullptr, no_password, nullptr), X509_free};
}

TimePoint instant_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  return TimePoint(std::chrono::seconds(timegm(&parts)));
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

std::vector<std::string> names_of(X509* certificate) {
  std::vector<std::string> names;
  auto* found = static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
  for (int i = 0; i < sk_GENERAL_NAME_num(found); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(found, i);
    if (name->type != GEN_DNS) continue;
    const auto* bytes = reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName));
    names.push_back(lower(std::string(bytes, static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)))));
  }
  GENERAL_NAMES_free(found);
  return names;
}

}  // namespace

result<Certificate> read_certificate(std::string_view pem) {
  const X certificate = first_of(pem);
  if (!certificate) return Error{"holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)", ""};
  return Certificate{instant_of(X509_get0_notBefore(certificate.get())),
                     instant_of(X509_get0_notAfter(certificate.get())), names_of(certificate.get())};
}

result<bool> fits_key(std::string_view certificate, std::string_view key) {
  const X first = first_of(certificate);
  if (!first) return Error{"holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)", ""};
  const Key secret(PEM_read_bio_PrivateKey(over(key).get(), nullptr, no_password, nullptr), EVP_PKEY_free);
  if (!secret) return Error{"holds no private key in PEM form, or one with a password", ""};
  return X509_check_private_key(first.get(), secret.get()) == 1;
}

bool covers(const Certificate& certificate, std::string_view host) {
  const std::string wanted = lower(std::string(host));
  return std::ranges::any_of(certificate.names, [&](const std::string& name) {
    if (name == wanted) return true;
    const auto dot = wanted.find('.');
    return name.starts_with("*.") && dot != std::string::npos && dot > 0 && wanted.substr(dot) == name.substr(1);
  });
}

}  // namespace passerelle
