#include "adapters/smsgate/probe.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "adapters/json_fields.hpp"
#include "adapters/json_object.hpp"
#include "adapters/knock.hpp"
#include "adapters/outgoing.hpp"
#include "base/crypto.hpp"

namespace passerelle::adapters::smsgate {
namespace {

constexpr std::size_t longest_answer = 256 * 1024;
constexpr std::array<std::string_view, 4> wanted = {"sms:received", "sms:sent", "sms:delivered", "sms:failed"};

bool is_registered(const boost::json::array& webhooks, std::string_view event, const std::string& hook_url) {
  return std::ranges::any_of(webhooks, [&](const boost::json::value& each) {
    const boost::json::object* one = each.if_object();
    return one != nullptr && view_at(*one, "event") == event && view_at(*one, "url") == hook_url;
  });
}

}  // namespace

OutgoingRequest probe(const Account& account) {
  OutgoingRequest request;
  request.method = "GET";
  request.url = account.api_url + "/webhooks";
  request.fields = {{"Authorization", basic_authorization(account.username, account.password)},
                    {"Accept", "application/json"}};
  return request;
}

Diagnosis explain(const HttpResponse& response, const std::string& hook_url) {
  if (response.status / 100 != 2) return explain_status(response.status);
  std::optional<boost::json::array> webhooks;
  if (response.body.size() <= longest_answer) webhooks = read_array(response.body);
  if (!webhooks) return {false, "what answers there is not the API of SMSGate", "check api_url and mode"};
  std::string missing;
  for (const std::string_view event : wanted) {
    if (!is_registered(*webhooks, event, hook_url)) missing.append(missing.empty() ? "" : ", ").append(event);
  }
  if (missing.empty()) return {true, "the gateway knows this account, and brings what happens to us"};
  return {false, "the account is known, but these events are not brought to us: " + missing,
          "register them, as the gateway's README shows, with our address: " + hook_url};
}

Knocks knocks(const Secret& key, TimePoint now) {
  const std::string seconds = std::to_string(std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count());
  OutgoingRequest known;
  known.body = R"({"event":"system:ping","id":"test","payload":{}})";
  known.fields = {{"Content-Type", "application/json"},
                  {"X-Timestamp", seconds},
                  {"X-Signature", crypto::hex(crypto::hmac_sha256(key, known.body + seconds))}};
  return knocks_by_field(std::move(known), "X-Signature");
}

}  // namespace passerelle::adapters::smsgate
