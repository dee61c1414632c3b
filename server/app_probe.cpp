#include "app_probe.hpp"

#include <date/date.h>

#include <array>
#include <boost/json/array.hpp>
#include <optional>
#include <sstream>
#include <utility>

#include "base/log.hpp"
#include "base/url.hpp"

namespace passerelle {
namespace {

namespace json = boost::json;

// Why no answer came, by the words of base/transport.hpp, and what to do about it at the gateway's end and at ours.
struct Silence {
  std::string_view why;
  std::string_view what;
  std::string_view at_gateway;
  std::string_view at_hook;
};
constexpr std::array<Silence, 8> silences = {{
    {"no address", "this name has no address (DNS)", "check api_url, and this machine's name server",
     "check public_url, and that its name leads to this server"},
    {"address not allowed", "this name stands for an address of this machine or of its network, which is not called",
     "write the address itself into api_url, if that is where the gateway is",
     "the outside may see it otherwise: test it from there, with the gateway's own page"},
    {"connect", "nothing answers there: the connection is refused, or gets lost",
     "start the gateway, and check the port of api_url and the firewall",
     "check the reverse proxy and the firewall; some routers do not let a machine call its own public address"},
    {"tls", "the secure connection fails: a certificate that is not valid for this name, or no TLS at all",
     "check that api_url begins as it should, and the clock of this machine",
     "renew the certificate of public_url, with all that stands between it and its root"},
    {"deadline", "it takes too long to answer", "wait, and test again; its status page may tell more",
     "check the reverse proxy and the firewall"},
    {"reset", "the connection is cut before an answer is complete", "check that api_url begins as it should (https)",
     "check the reverse proxy, and that public_url begins as it should (https)"},
    {"broken answer", "what answers there does not speak HTTP as it should", "check api_url",
     "check the reverse proxy"},
    {"too long", "what answers there does not end", "check api_url", "check the reverse proxy"},
}};

struct Check {
  std::string_view name;
  std::string_view result;
  std::string what;
  std::string remedy = {};
};

std::string origin_of(const std::string& text) {
  const auto url = read_url(text);
  if (!url) return "";
  return std::string(url->is_https ? "https://" : "http://") + url->host + (url->port.empty() ? "" : ":" + url->port);
}

Check silent(std::string_view name, const std::string& url, const NoResponse& none) {
  const bool gateway = name == "gateway";
  for (const Silence& each : silences) {
    if (none.why == each.why)
      return {name, "failed", origin_of(url) + ": " + std::string(each.what),
              std::string(gateway ? each.at_gateway : each.at_hook)};
  }
  return {name, "failed", origin_of(url) + " cannot be called: " + none.why, "check the configuration of this channel"};
}

Check judge_gateway(const Diagnosis& diagnosis) {
  return {"gateway", diagnosis.well ? "ok" : "failed", diagnosis.what, diagnosis.remedy};
}

Check judge_known(int status) {
  if (status / 100 == 2) return {"hook", "ok", "our hook hears a request that is signed as it should be"};
  const std::string answered =
      "our hook answered " + std::to_string(status) + " to a request that is signed as it should be";
  if (status >= 500) return {"hook", "failed", answered, "look at the log, and at whatever stands before this server"};
  return {
      "hook", "failed", answered,
      "public_url (or callback_url) must be the very address that the gateway calls; a proxy must lead it here, and "
      "change neither path nor body"};
}

Check judge_stranger(int status) {
  if (status / 100 == 4) return {"stranger", "ok", "our hook refuses a request with a wrong signature"};
  return {"stranger", "failed",
          "a request with a wrong signature was answered with " + std::to_string(status) + " and not refused",
          "something else answers in our place: check where public_url leads"};
}

// RFC 9110's form: "Sun, 06 Nov 1994 08:49:37 GMT". Nothing: it told none.
std::optional<TimePoint> told_time(const HttpResponse& response) {
  std::istringstream text{std::string(field(response.fields, "Date"))};
  date::sys_seconds time;
  text >> date::parse("%a, %d %b %Y %H:%M:%S GMT", time);
  return text.fail() ? std::nullopt : std::optional<TimePoint>(time);
}

void judge_clock(const ProbePlan& plan, const HttpResponse& response, std::vector<Check>& checks) {
  constexpr std::chrono::seconds slack{30};
  const auto told = told_time(response);
  if (!plan.real_time || !told) return;
  const auto apart = std::chrono::duration_cast<std::chrono::seconds>(plan.now - *told);
  if (std::chrono::abs(apart) <= slack) return;
  checks.push_back({"clock", "failed",
                    "this machine's clock is " + std::to_string(std::chrono::abs(apart).count()) + " seconds " +
                        (apart.count() > 0 ? "ahead of" : "behind") + " the gateway's",
                    "set the clock right, and have it kept so: timedatectl set-ntp true"});
}

Task<void> ask_gateway(const ProbePlan& plan, std::vector<Check>& checks) {
  const std::optional<OutgoingRequest> request = plan.channel.probe();
  if (!request) {
    checks.push_back({"gateway", "skipped", "this gateway has nothing that could be asked without sending"});
    co_return;
  }
  const Exchange exchange = co_await plan.transport.send(*request);
  if (const auto* none = std::get_if<NoResponse>(&exchange)) {
    checks.push_back(silent("gateway", request->url, *none));
    co_return;
  }
  const auto& response = std::get<HttpResponse>(exchange);
  checks.push_back(judge_gateway(plan.channel.explain(response)));
  judge_clock(plan, response, checks);
}

Task<Check> knock(const ProbePlan& plan, OutgoingRequest request, std::string_view name, Check (*judge)(int)) {
  request.url = plan.hook_url + request.url;
  const Exchange exchange = co_await plan.transport.send(request);
  if (const auto* none = std::get_if<NoResponse>(&exchange)) co_return silent(name, plan.hook_url, *none);
  co_return judge(std::get<HttpResponse>(exchange).status);
}

}  // namespace

Task<json::object> probe_channel(ProbePlan plan) {
  std::vector<Check> checks;
  co_await ask_gateway(plan, checks);
  if (std::optional<Knocks> knocks = plan.channel.knocks(plan.now)) {
    checks.push_back(co_await knock(plan, std::move(knocks->known), "hook", judge_known));
    checks.push_back(co_await knock(plan, std::move(knocks->stranger), "stranger", judge_stranger));
  } else {
    checks.push_back({"hook", "skipped", "this gateway does not call us, or shares no secret with us"});
  }
  json::array rows;
  bool ok = true;
  for (Check& check : checks) {
    ok = ok && check.result != "failed";
    log::info("channel.test", {{"ch", plan.name}, {"check", check.name}, {"result", check.result}});
    rows.push_back({{"check", check.name}, {"result", check.result}, {"what", check.what}, {"remedy", check.remedy}});
  }
  co_return json::object{{"checks", std::move(rows)}, {"channel", plan.name}, {"ok", ok}};
}

}  // namespace passerelle
