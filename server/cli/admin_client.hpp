// One request to the running server over its admin socket. Blocks, within one deadline for the whole exchange.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/result.hpp"

namespace passerelle::cli {

struct AdminRequest {
  std::string method = "POST";
  std::string target;  // "/office/inbox.tasks"
  std::string body;
};

struct AdminAnswer {
  int status = 0;
  std::string body;
};

// Nothing: nobody answers at 'socket', so that no server uses the folder. An Error: somebody is there, but we may not
// in, or he did not answer in time, or not to the end (then it is not known whether it was done).
result<std::optional<AdminAnswer>> exchange(const std::string& socket, const AdminRequest& request,
                                            std::chrono::milliseconds time);

}  // namespace passerelle::cli
