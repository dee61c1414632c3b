// TLS of the connections that we open: 1.2 or later, and whom to believe.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <optional>
#include <string>

#include "base/result.hpp"

namespace passerelle::net {

class OutgoingTls {
 public:
  // 'ca_file': PEM; empty: the system's certificates. Errors: it cannot be read.
  result<void> trust(const std::string& ca_file);

  // For the next handshake. The system's certificates are read when it is first called and not when we start: reading
  // them all takes 0.1 s and a megabyte for good, and many a server speaks to none but Kannel or an SMTP relay beside
  // it. Call it on one thread; it stays where it is.
  boost::asio::ssl::context& context();

 private:
  std::optional<boost::asio::ssl::context> context_;
};

}  // namespace passerelle::net
