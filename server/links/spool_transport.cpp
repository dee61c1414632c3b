#include "links/spool_transport.hpp"

#include <algorithm>
#include <utility>

#include "links/spool.hpp"

namespace passerelle::links {
namespace {

constexpr std::string_view scheme = "file://";
constexpr std::size_t longest_name = 200;

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= longest_name && name.front() != '.' &&
         std::ranges::all_of(name, [](char c) { return c > ' ' && c < 0x7F && c != '/' && c != '\\'; });
}

int status_of(Put result) {
  switch (result) {
    case Put::written: return 201;
    case Put::exists: return 409;
    case Put::no_folder: return 404;
    case Put::denied: return 403;
    case Put::no_space: return 507;
    case Put::failed: return 500;
  }
  return 500;
}

}  // namespace

Task<Exchange> SpoolTransport::send(OutgoingRequest request) {
  if (!request.url.starts_with(scheme)) return next_.send(std::move(request));
  return [](HttpResponse response) -> Task<Exchange> { co_return response; }(answer(request));
}

HttpResponse SpoolTransport::answer(const OutgoingRequest& request) const {
  const std::size_t slash = request.url.rfind('/');
  const bool is_below =
      std::ranges::any_of(folders_, [&](const std::string& folder) { return request.url.starts_with(folder + "/"); });
  if (request.method != "PUT" || !is_below || request.url.find("/../") != std::string::npos) return bare(403);
  if (!is_name(std::string_view(request.url).substr(slash + 1))) return bare(400);
  std::vector<std::string> elsewhere;
  for (const HttpField& one : request.fields) {
    if (same_field_name(one.name, "Elsewhere")) elsewhere.push_back(one.value);
  }
  return bare(status_of(put(request.url.substr(scheme.size()), request.body, elsewhere)));
}

}  // namespace passerelle::links
