#include "net/outgoing_tls.hpp"

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace passerelle::net {
namespace {

namespace fs = std::filesystem;
using Context = boost::asio::ssl::context;

// "5ed36f99.0": what update-ca-certificates calls a certificate, after the hash of its subject.
bool is_named_by_hash(const fs::path& file) {
  constexpr std::size_t digits = 8;
  const std::string name = file.stem().string();
  return file.extension() == ".0" && name.size() == digits &&
         std::ranges::all_of(name, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// From a folder whose files are named by hash OpenSSL takes the one certificate that a peer's chain ends in; from the
// file that holds all of them it parses all.
bool folder_will_do() {
  if (std::getenv(X509_get_default_cert_file_env()) != nullptr) return false;
  const char* chosen = std::getenv(X509_get_default_cert_dir_env());
  std::error_code error;
  const fs::directory_iterator files(chosen != nullptr ? chosen : X509_get_default_cert_dir(), error);
  return !error && std::any_of(begin(files), end(files), [](const auto& entry) { return is_named_by_hash(entry); });
}

// A system without any certificate is no error here: every handshake will fail, and say so.
void trust_the_system(Context& context) {
  if (folder_will_do() && SSL_CTX_set_default_verify_dir(context.native_handle()) == 1) return;
  boost::system::error_code ignored;
  context.set_default_verify_paths(ignored);
}

void make(std::optional<Context>& context) {
  context.emplace(Context::tls_client);
  context->set_options(Context::no_tlsv1 | Context::no_tlsv1_1);
}

}  // namespace

result<void> OutgoingTls::trust(const std::string& ca_file) {
  if (ca_file.empty()) return {};
  make(context_);
  boost::system::error_code error;
  context_->load_verify_file(ca_file, error);
  if (!error) return {};
  return Error{"no certificates can be read from it: " + error.message(), ca_file};
}

Context& OutgoingTls::context() {
  if (!context_) {
    make(context_);
    trust_the_system(*context_);
  }
  return *context_;
}

}  // namespace passerelle::net
