#include "adapters/twilio/probe.hpp"

#include <boost/json.hpp>

#include "adapters/json_fields.hpp"
#include "adapters/json_object.hpp"
#include "adapters/knock.hpp"
#include "adapters/outgoing.hpp"
#include "base/crypto.hpp"

namespace passerelle::adapters::twilio {
namespace {

constexpr std::size_t longest_answer = 256 * 1024;

bool is_number(const Account& account) { return account.from.starts_with('+'); }

}  // namespace

OutgoingRequest probe(const Account& account) {
  OutgoingRequest request;
  request.method = "GET";
  request.url = account.api_url + "/2010-04-01/Accounts/" + account.sid;
  request.url += is_number(account)
                     ? "/IncomingPhoneNumbers.json?PageSize=1&PhoneNumber=" + percent_encode(account.from)
                     : ".json";
  request.fields = {{"Authorization", basic_authorization(account.sid, account.token)}, {"Accept", "application/json"}};
  return request;
}

Diagnosis explain(const Account& account, const HttpResponse& response) {
  if (response.status / 100 != 2) return explain_status(response.status);
  boost::json::object body;
  if (response.body.size() <= longest_answer) body = read_object(response.body).value_or(boost::json::object());
  if (!is_number(account)) {
    if (view_at(body, "status") == "active") return {true, "the gateway knows this account"};
    return {false, "the account is suspended or closed", "look at the Twilio console"};
  }
  const boost::json::array* numbers = array_at(body, "incoming_phone_numbers");
  if (numbers == nullptr) return {false, "what answers there is not Twilio's API", "check api_url"};
  if (numbers->empty()) {
    return {false, "the account is right, but this is not one of its numbers",
            "write a number of the account as from, as in \"+41791234567\""};
  }
  return {true, "the gateway knows this account and its number"};
}

Knocks knocks(const Account& account) {
  OutgoingRequest known;
  known.body = "{}";
  known.url = "?bodySHA256=" + crypto::hex(crypto::sha256(known.body));
  const std::string signature = crypto::base64(crypto::hmac_sha1(account.token, account.callback_url + known.url));
  known.fields = {{"Content-Type", "application/json"}, {"X-Twilio-Signature", signature}};
  return knocks_by_field(std::move(known), "X-Twilio-Signature");
}

}  // namespace passerelle::adapters::twilio
