#include "adapters/outgoing.hpp"

#include <algorithm>
#include <charconv>

#include "base/crypto.hpp"

namespace passerelle::adapters {

std::string write_form(std::span<const HttpField> pairs) {
  std::string out;
  for (const HttpField& pair : pairs) {
    if (!out.empty()) out += '&';
    out.append(percent_encode(pair.name)).append("=").append(percent_encode(pair.value));
  }
  return out;
}

std::string basic_authorization(std::string_view user, const Secret& password) {
  return "Basic " + crypto::base64(std::string(user) + ":" + std::string(password.reveal()));
}

std::chrono::seconds retry_after(const HttpResponse& response) {
  constexpr std::int64_t day = 24 * 60 * 60;
  const std::string_view text = field(response.fields, "Retry-After");
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (end != text.data() + text.size() || seconds < 0) return std::chrono::seconds(0);
  return std::chrono::seconds(error == std::errc::result_out_of_range ? day : std::min(seconds, day));
}

std::optional<std::chrono::seconds> time_left(const OutboundMessage& message, TimePoint now) {
  if (!message.not_after) return std::nullopt;
  const auto left = std::chrono::floor<std::chrono::seconds>(*message.not_after - now);
  return std::max(left, std::chrono::seconds(1));
}

Outcome judge_status(const HttpResponse& response) {
  const std::string why = std::to_string(response.status);
  switch (response.status) {
    case 408:  // our request came too slowly to be whole
    case 429: return RetryLater{retry_after(response), why};
    case 502:  // a proxy had handed the request on, and lost the answer
    case 504: return Ambiguous{why};
    default: break;
  }
  if (response.status >= 500) return RetryLater{retry_after(response), why};
  if (response.status >= 300) return Misconfigured{why};
  return Ambiguous{why};
}

}  // namespace passerelle::adapters
