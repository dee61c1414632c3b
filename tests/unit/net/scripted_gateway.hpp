// A gateway that does what a test tells it to, connection by connection, over plain TCP or TLS.
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace passerelle::net {

// One accepted connection, in blocking calls.
class GatewayPeer {
 public:
  GatewayPeer(int socket, SSL_CTX* tls);
  ~GatewayPeer();
  GatewayPeer(const GatewayPeer&) = delete;
  GatewayPeer& operator=(const GatewayPeer&) = delete;

  bool secure() const { return shaken_; }  // false as well for a handshake that the client broke off
  std::string request();                   // the next whole request; empty: the client closed
  void write(std::string_view bytes);
  void reset();                                           // RST instead of FIN when the connection goes
  void drop() { shaken_ = false; }                        // TLS: no close_notify when the connection goes
  bool closed_by_client();                                // waits for the end
  bool something_within(std::chrono::milliseconds time);  // bytes or the end

 private:
  int read(char* to, int size);

  int socket_;
  SSL* tls_ = nullptr;
  bool shaken_ = false;
  std::string received_;
};

// A certificate of a test's own authority, for one name.
struct Certificate {
  static Certificate authority();
  Certificate issue(const std::string& name) const;  // by this authority
  void write_to(const std::string& file) const;      // PEM

  std::shared_ptr<X509> certificate;
  std::shared_ptr<EVP_PKEY> key;
};

class ScriptedGateway {
 public:
  using Script = std::function<void(GatewayPeer&)>;

  // The scripts of the first, second… connection; later ones are closed at once.
  explicit ScriptedGateway(std::vector<Script> scripts, const Certificate* certificate = nullptr);
  ~ScriptedGateway();

  std::uint16_t port() const { return port_; }
  std::string origin() const;
  std::string secure_origin(const std::string& host = "localhost") const;
  int connections() const { return connections_; }
  int finished() const { return finished_; }  // scripts whose connection has been closed

 private:
  void serve();

  std::vector<Script> scripts_;
  SSL_CTX* tls_ = nullptr;
  int socket_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> connections_ = 0, finished_ = 0;
  std::thread thread_;
};

std::string ok(const std::string& body, const std::string& more_fields = "");

}  // namespace passerelle::net
