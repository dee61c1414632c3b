#include "channel/media.hpp"

#include <utility>

namespace passerelle::media {

Answer judge_status(HttpResponse response) {
  if (response.status == 200) return Fetched{std::move(response.body)};
  std::string why = std::to_string(response.status);
  if (response.status / 100 == 3) return Lost{"redirect"};
  if (response.status == 410 || response.status == 413) return Lost{std::move(why)};
  // Among them 401 and 403: a token that has ended is replaced, and the photo is still there.
  return Later{std::chrono::seconds(0), std::move(why)};
}

}  // namespace passerelle::media
