#include "adapters/kannel/probe.hpp"

namespace passerelle::adapters::kannel {

OutgoingRequest probe(const Line& line) {
  OutgoingRequest request;
  request.url = line.api_url + "/cgi-bin/sendsms";
  request.fields = {{"Content-Type", "text/plain; charset=UTF-8"},
                    {"X-Kannel-Username", line.username},
                    {"X-Kannel-Password", std::string(line.password.reveal())}};
  request.body = "test";
  return request;
}

Diagnosis explain(const HttpResponse& response) {
  if (response.status == 400) return {true, "smsbox knows this account"};  // and misses the receiver
  if (response.status == 403) {
    return {false, "smsbox answered 403: it does not accept the account, its password, or this machine",
            "compare username and password with its group sendsms-user, and user-allow-ip with our address"};
  }
  if (response.status == 503)
    return {false, "smsbox answered 503: it is there, and its bearerbox is not", "start bearerbox"};
  if (response.status / 100 == 2)
    return {false, "what answers there is not Kannel's smsbox", "check api_url: smsbox listens at sendsms-port"};
  return explain_status(response.status);
}

Knocks knocks(const Secret& hook_secret) {
  const std::string secret(hook_secret.reveal());
  const std::string report = "/status?type=0";
  OutgoingRequest known;
  known.method = "GET";
  known.url = "/" + secret + report;
  OutgoingRequest stranger = known;
  stranger.url = "/" + std::string(secret.size(), secret.front() == 'x' ? 'y' : 'x') + report;
  return {std::move(known), std::move(stranger)};
}

}  // namespace passerelle::adapters::kannel
