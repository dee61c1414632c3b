// Requests to file:// addresses are files that are put into shared folders; all others go on to the gateways.
#pragma once

#include <string>
#include <vector>

#include "base/transport.hpp"

namespace passerelle::links {

// PUT file:///folder/name: 201, it is there whole; 409, a file of that name was there, or at one of the paths of its
// fields "Elsewhere"; 400, the name is none; 403, 404 or 507, the folder is closed, missing or full; 500, the disk.
class SpoolTransport final : public Transport {
 public:
  // 'folders': "file:///var/spool/x", below which files may be put. 'next' outlives it.
  SpoolTransport(Transport& next, std::vector<std::string> folders) : next_(next), folders_(std::move(folders)) {}
  Task<Exchange> send(OutgoingRequest request) override;

 private:
  HttpResponse answer(const OutgoingRequest& request) const;

  Transport& next_;
  std::vector<std::string> folders_;
};

}  // namespace passerelle::links
