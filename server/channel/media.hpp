// How what people show us (photos, voices, documents) is fetched from a gateway: what the answer to a request means.
#pragma once

#include <chrono>
#include <string>
#include <variant>

#include "base/http.hpp"

namespace passerelle::media {

struct Fetched {
  std::string bytes;
};
// One more request, which a gateway that names the file only in its answer needs. It goes nowhere but to
// traits().media.
struct Ask {
  OutgoingRequest request;
};
struct Later {
  std::chrono::seconds after{0};  // 0: by our own back-off
  std::string why;                // for staff and the log: "404", "429"; never text of an answer
};
struct Lost {  // for good
  std::string why;
};
using Answer = std::variant<Fetched, Ask, Later, Lost>;

// By the status alone. A 404 may be a file that is still on its way to where it is fetched from: it is asked for again.
// A redirect is lost: only an adapter knows which ones are its gateway's.
Answer judge_status(HttpResponse response);

}  // namespace passerelle::media
