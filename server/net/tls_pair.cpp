#include "net/tls_pair.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/stat.h>

namespace passerelle::net {
namespace {

namespace ssl = boost::asio::ssl;

// A key with a password would have OpenSSL ask for it at the terminal.
int no_password(char*, int, int, void*) { return -1; }

Error refused(const std::string& what, const std::string& file) {
  ERR_clear_error();
  return {what, file};
}

// The only protocol that is spoken here.
int choose_http(SSL*, const unsigned char** out, unsigned char* size, const unsigned char* in, unsigned int length,
                void*) {
  static constexpr unsigned char ours[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* chosen = nullptr;
  const int found = SSL_select_next_proto(&chosen, size, ours, sizeof ours, in, length);
  *out = chosen;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

}  // namespace

result<std::shared_ptr<TlsPair>> TlsPair::open(std::string certificate, std::string key) {
  std::shared_ptr<TlsPair> pair(new TlsPair(std::move(certificate), std::move(key)));
  pair->tried_ = pair->state();
  auto loaded = pair->load();
  if (!loaded) return loaded.error();
  pair->current_ = std::move(*loaded);
  return pair;
}

result<bool> TlsPair::refresh() {
  std::string now = state();
  if (now == tried_) return false;
  tried_ = std::move(now);
  auto loaded = load();
  if (!loaded) return loaded.error();
  const std::lock_guard lock(mutex_);
  current_ = std::move(*loaded);
  return true;
}

std::shared_ptr<ssl::context> TlsPair::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

result<std::shared_ptr<ssl::context>> TlsPair::load() const {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  SSL_CTX* const handle = context->native_handle();
  SSL_CTX_set_min_proto_version(handle, TLS1_2_VERSION);
  SSL_CTX_set_options(handle, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_mode(handle, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(handle, choose_http, nullptr);
  SSL_CTX_set_default_passwd_cb(handle, no_password);
  ERR_clear_error();
  if (SSL_CTX_use_certificate_chain_file(handle, certificate_.c_str()) != 1)
    return refused("no certificate can be read from it; it must be PEM, the server's own first", certificate_);
  if (SSL_CTX_use_PrivateKey_file(handle, key_.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(handle) != 1) {
    return refused("is not the private key of the certificate in " + certificate_ +
                       ", or has a password; write both files of one pair",
                   key_);
  }
  return context;
}

std::string TlsPair::state() const {
  std::string all;
  for (const std::string& path : {certificate_, key_}) {
    struct stat file{};
    if (stat(path.c_str(), &file) != 0) continue;
    // The time of change and the rights, too: a file that could not be read may be readable after a chmod or chown.
    all += fmt::format("{} {} {}.{} {}.{} {:o} {}:{} ", file.st_ino, file.st_size, file.st_mtim.tv_sec,
                       file.st_mtim.tv_nsec, file.st_ctim.tv_sec, file.st_ctim.tv_nsec, file.st_mode, file.st_uid,
                       file.st_gid);
  }
  return all;
}

}  // namespace passerelle::net
