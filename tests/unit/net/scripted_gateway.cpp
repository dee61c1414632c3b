#include "scripted_gateway.hpp"

#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace passerelle::net {

GatewayPeer::GatewayPeer(int socket, SSL_CTX* tls) : socket_(socket) {
  const timeval patience{10, 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (tls == nullptr) return;
  tls_ = SSL_new(tls);
  SSL_set_fd(tls_, socket_);
  shaken_ = SSL_accept(tls_) == 1;
}

GatewayPeer::~GatewayPeer() {
  if (tls_ != nullptr) {
    if (shaken_) SSL_shutdown(tls_);
    SSL_free(tls_);
  }
  close(socket_);
}

int GatewayPeer::read(char* to, int size) {
  return tls_ != nullptr ? SSL_read(tls_, to, size)
                         : static_cast<int>(recv(socket_, to, static_cast<std::size_t>(size), 0));
}

std::string GatewayPeer::request() {
  char chunk[4096];
  for (;;) {
    const auto end = received_.find("\r\n\r\n");
    if (end != std::string::npos) {
      const auto length = received_.find("Content-Length: ");
      const std::size_t body = length < end ? std::strtoul(received_.c_str() + length + 16, nullptr, 10) : 0;
      if (received_.size() >= end + 4 + body) {
        std::string whole = received_.substr(0, end + 4 + body);
        received_.erase(0, whole.size());
        return whole;
      }
    }
    const int got = read(chunk, sizeof chunk);
    if (got <= 0) return {};
    received_.append(chunk, static_cast<std::size_t>(got));
  }
}

void GatewayPeer::write(std::string_view bytes) {
  if (tls_ != nullptr)
    SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()));
  else
    send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

void GatewayPeer::reset() {
  const linger now{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

bool GatewayPeer::closed_by_client() {
  char byte = 0;
  const int got = read(&byte, 1);
  return got == 0 || (got < 0 && errno != EAGAIN);
}

bool GatewayPeer::something_within(std::chrono::milliseconds time) {
  pollfd watched{socket_, POLLIN, 0};
  return poll(&watched, 1, static_cast<int>(time.count())) > 0;
}

namespace {

std::shared_ptr<X509> certify(EVP_PKEY* key, const std::string& subject, const std::string& alternative,
                              const Certificate* issuer) {
  std::shared_ptr<X509> made(X509_new(), X509_free);
  X509_set_version(made.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), issuer == nullptr ? 1 : 2);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), 86400);
  X509_set_pubkey(made.get(), key);
  X509_NAME* name = X509_get_subject_name(made.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(subject.c_str()), -1, -1,
                             0);
  X509_set_issuer_name(made.get(), issuer == nullptr ? name : X509_get_subject_name(issuer->certificate.get()));
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer == nullptr ? made.get() : issuer->certificate.get(), made.get(), nullptr, nullptr, 0);
  const auto add = [&](int kind, const std::string& value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
    X509_add_ext(made.get(), extension, -1);
    X509_EXTENSION_free(extension);
  };
  add(NID_basic_constraints, issuer == nullptr ? "critical,CA:TRUE" : "CA:FALSE");
  if (!alternative.empty()) add(NID_subject_alt_name, alternative);
  X509_sign(made.get(), issuer == nullptr ? key : issuer->key.get(), EVP_sha256());
  return made;
}

}  // namespace

Certificate Certificate::authority() {
  const std::shared_ptr<EVP_PKEY> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  return {certify(key.get(), "test authority", "", nullptr), key};
}

Certificate Certificate::issue(const std::string& name) const {
  const std::shared_ptr<EVP_PKEY> fresh(EVP_EC_gen("P-256"), EVP_PKEY_free);
  return {certify(fresh.get(), name, "DNS:" + name, this), fresh};
}

void Certificate::write_to(const std::string& file) const {
  std::FILE* out = std::fopen(file.c_str(), "w");
  if (out == nullptr) throw std::runtime_error("cannot write " + file);
  PEM_write_X509(out, certificate.get());
  std::fclose(out);
}

ScriptedGateway::ScriptedGateway(std::vector<Script> scripts, const Certificate* certificate)
    : scripts_(std::move(scripts)) {
  if (certificate != nullptr) {
    tls_ = SSL_CTX_new(TLS_server_method());
    SSL_CTX_use_certificate(tls_, certificate->certificate.get());
    SSL_CTX_use_PrivateKey(tls_, certificate->key.get());
  }
  socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(socket_, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(socket_, 16) != 0 ||
      getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("the gateway cannot listen");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

ScriptedGateway::~ScriptedGateway() {
  shutdown(socket_, SHUT_RDWR);
  thread_.join();
  close(socket_);
  if (tls_ != nullptr) SSL_CTX_free(tls_);
}

void ScriptedGateway::serve() {
  for (;;) {
    const int accepted = accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
    if (accepted < 0) return;
    const auto number = static_cast<std::size_t>(connections_++);
    if (number >= scripts_.size()) {
      close(accepted);
      continue;
    }
    {
      GatewayPeer peer(accepted, tls_);
      scripts_[number](peer);
    }
    ++finished_;
  }
}

std::string ScriptedGateway::origin() const { return "http://127.0.0.1:" + std::to_string(port_); }

std::string ScriptedGateway::secure_origin(const std::string& host) const {
  return "https://" + host + ":" + std::to_string(port_);
}

std::string ok(const std::string& body, const std::string& more_fields) {
  return "HTTP/1.1 200 OK\r\n" + more_fields + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace passerelle::net
