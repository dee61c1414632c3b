// The certificate of a listener and its key, out of two files that change under us: read again, and changed for new
// connections only when the new ones are sound and belong together.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.hpp"

namespace passerelle::net {

class TlsPair {
 public:
  // PEM: the certificate with those between it and its root; the key without a password. TLS 1.2 or later.
  // Errors: unreadable, no such thing, the two do not fit.
  static result<std::shared_ptr<TlsPair>> open(std::string certificate, std::string key);

  // Looks whether the files have changed since they were last tried. True: new connections get the new pair. Errors: it
  // is not sound, and the old one stays; told once for each change.
  result<bool> refresh();

  std::shared_ptr<boost::asio::ssl::context> current() const;  // any thread

 private:
  TlsPair(std::string certificate, std::string key) : certificate_(std::move(certificate)), key_(std::move(key)) {}
  result<std::shared_ptr<boost::asio::ssl::context>> load() const;
  std::string state() const;  // of the files: other after each change

  const std::string certificate_, key_;
  std::string tried_;
  mutable std::mutex mutex_;
  std::shared_ptr<boost::asio::ssl::context> current_;
};

}  // namespace passerelle::net
