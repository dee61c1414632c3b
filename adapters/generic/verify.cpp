#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <map>

#include "adapters/generic/translate.hpp"
#include "adapters/json_object.hpp"
#include "adapters/jwt.hpp"
#include "adapters/signature.hpp"
#include "adapters/text.hpp"

namespace passerelle::adapters::generic {
namespace {

namespace json = boost::json;
using std::chrono::seconds;

constexpr seconds clocks_differ{5};
constexpr std::string_view whsec = "whsec_";

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_fresh(std::string_view timestamp, seconds within, TimePoint now) {
  const auto when = whole_number(timestamp) ? read_moment(timestamp, true) : std::nullopt;
  return when && *when >= now - within && *when <= now + within;
}

std::string encoded(const std::string& bytes, std::string_view encoding) {
  if (encoding == "base64") return crypto::base64(bytes);
  std::string text = crypto::hex(bytes);
  if (encoding == "hex-upper")
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
  return text;
}

// Sorted by key, and encoded as Go does it, which is how MessageBird's older scheme signs a query.
std::string sorted_query(std::string_view query) {
  std::multimap<std::string, std::string> pairs;
  for (HttpField& pair : parse_form(query)) pairs.emplace(std::move(pair.name), std::move(pair.value));
  std::string out;
  for (const auto& [name, value] : pairs) {
    if (!out.empty()) out += '&';
    for (const std::string* text : {&name, &value}) {
      if (text == &value) out += '=';
      std::string word = percent_encode(*text);
      for (auto at = word.find("%20"); at != std::string::npos; at = word.find("%20", at)) word.replace(at, 3, "+");
      out += word;
    }
  }
  return out;
}

std::string doubt_hmac(const VerifyPlan& plan, std::span<const Secret> keys, const HttpRequest& request,
                       std::string_view given, const std::string& url, TimePoint now) {
  const std::string timestamp(field(request.fields, plan.timestamp_header));
  if (!plan.timestamp_header.empty() && !is_fresh(timestamp, plan.within, now)) return "timestamp";
  const Values values = {{"timestamp", timestamp},
                         {"url", url},
                         {"query", std::string(request.query())},
                         {"sorted_query", sorted_query(request.query())},
                         {"body", request.body},
                         {"body_sha256", crypto::sha256(request.body)}};
  const std::string over = fill(plan.over, values).value_or("");
  std::vector<std::string> expected;
  for (const Secret& key : keys) expected.push_back(encoded(crypto::hmac(plan.digest, key, over), plan.encoding));
  return matches_any(given, expected) ? "" : "signature";
}

std::string_view claim(const json::object& claims, std::string_view name) {
  const json::string* text = text_at(claims, name);
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

std::optional<TimePoint> time_claim(const json::object& claims, std::string_view name) {
  const json::value* value = claims.if_contains(name);
  if (value == nullptr || !value->is_int64() || value->get_int64() < 0) return std::nullopt;
  constexpr std::int64_t latest = 32'503'680'000;  // the year 3000
  return from_ms(std::min(value->get_int64(), latest) * 1000);
}

// A token without an end counts for as long as 'within' from when it was issued.
bool is_timely(const VerifyPlan& plan, const json::object& claims, TimePoint now) {
  const auto begin = time_claim(claims, "nbf");
  const auto issued = time_claim(claims, "iat");
  const auto end = time_claim(claims, "exp");
  if (begin && *begin > now + clocks_differ) return false;
  if (end) return *end > now - clocks_differ;
  return issued && *issued >= now - plan.within && *issued <= now + clocks_differ;
}

std::string doubt_claims(const VerifyPlan& plan, const json::object& claims, const HttpRequest& request,
                         const std::string& url, TimePoint now) {
  if (!plan.issuer.empty() && claim(claims, "iss") != plan.issuer) return "issuer";
  if (claim(claims, "jti").empty()) return "no jti";
  if (!is_timely(plan, claims, now)) return "time";
  if (!plan.url_claim.empty() && !crypto::equal(claim(claims, plan.url_claim), crypto::hex(crypto::sha256(url))))
    return "url";
  const std::string_view payload = claim(claims, plan.payload_claim);
  if (payload.empty() && request.body.empty() && !claims.contains(plan.payload_claim)) return "";
  if (request.body.empty() || !crypto::equal(payload, crypto::hex(crypto::sha256(request.body)))) return "payload";
  return "";
}

std::string doubt_jwt(const VerifyPlan& plan, std::span<const Secret> keys, const HttpRequest& request,
                      std::string_view token, const std::string& url, TimePoint now) {
  const auto claims = read_jwt(token, keys, plan.algorithms);
  return claims ? doubt_claims(plan, *claims, request, url, now) : claims.error().what;
}

// standardwebhooks.com: "v1,<base64>", several of them with blanks between.
std::string doubt_standard(const VerifyPlan& plan, std::span<const Secret> keys, const HttpRequest& request,
                           TimePoint now) {
  const std::string_view timestamp = field(request.fields, "webhook-timestamp");
  const std::string_view id = field(request.fields, "webhook-id");
  if (id.empty() || !is_fresh(timestamp, plan.within, now)) return "timestamp";
  std::string over(id);
  over.append(".").append(timestamp).append(".").append(request.body);
  std::vector<std::string> expected;
  for (const Secret& key : keys) {
    std::string_view text = key.reveal();
    if (text.starts_with(whsec)) text.remove_prefix(whsec.size());
    const std::optional<std::string> bytes = base64_decode(text);
    if (bytes) expected.push_back("v1," + crypto::base64(crypto::hmac_sha256(Secret(*bytes), over)));
  }
  bool found = false;
  std::string_view given = field(request.fields, "webhook-signature");
  while (!given.empty()) {
    const auto end = std::min(given.find(' '), given.size());
    found = matches_any(given.substr(0, end), expected) || found;
    given.remove_prefix(std::min(end + 1, given.size()));
  }
  return found ? "" : "signature";
}

bool covers(const Template& over, std::string_view name) {
  return std::ranges::any_of(over.pieces, [&](const auto& piece) { return piece.field && piece.text == name; });
}

}  // namespace

bool VerifyPlan::covers_query() const {
  if (scheme == Scheme::jwt) return !url_claim.empty();
  return scheme == Scheme::hmac && (covers(over, "url") || covers(over, "query") || covers(over, "sorted_query"));
}

void check_query(const Plan& plan, Findings& findings) {
  if (!plan.verify.is_signed() || plan.verify.covers_query()) return;
  const auto check = [&](const References& references) {
    for (const Reference& one : references) {
      if (one.kind == Reference::Kind::query)
        findings.push_back({{},
                            "'?" + one.name + "' is read from the query, which the signature does not cover",
                            "name a value of the body, or add {url} to 'over' where the gateway signs it"});
    }
  };
  const InboundPlan& inbound = plan.inbound;
  for (const References* each : {&inbound.from, &inbound.id, &inbound.text, &inbound.time, &inbound.media})
    check(*each);
  const ReceiptPlan& receipt = plan.receipt;
  for (const References* each : {&receipt.id, &receipt.ref, &receipt.status, &receipt.code}) check(*each);
  for (const auto& each : {inbound.only, inbound.opted_out, receipt.only}) {
    if (each) check(each->at);
  }
}

std::string doubt(const VerifyPlan& plan, std::span<const Secret> keys, const HttpRequest& request,
                  const std::string& url, TimePoint now) {
  using enum VerifyPlan::Scheme;
  if (plan.scheme == none || plan.scheme == path) return "";
  // The fields of a GET stand in its query.
  if (request.method == "GET" && plan.is_signed() && !plan.covers_query()) return "unsigned query";
  if (plan.scheme == standard_webhooks) return doubt_standard(plan, keys, request, now);
  std::string_view given = field(request.fields, plan.scheme == basic ? "Authorization" : plan.header);
  if (given.empty()) return "no signature";
  std::vector<std::string> expected;
  if (plan.scheme == basic) {
    for (const Secret& key : keys)
      expected.push_back("Basic " + crypto::base64(plan.user + ":" + std::string(key.reveal())));
    return matches_any(given, expected) ? "" : "password";
  }
  if (!given.starts_with(plan.prefix)) return "signature";
  given.remove_prefix(plan.prefix.size());
  if (plan.scheme == hmac) return doubt_hmac(plan, keys, request, given, url, now);
  if (plan.scheme == jwt) return doubt_jwt(plan, keys, request, given, url, now);
  for (const Secret& key : keys) expected.emplace_back(key.reveal());
  return matches_any(given, expected) ? "" : "secret";
}

crypto::Digest digest_of(std::string_view name) {
  using Digest = crypto::Digest;
  static constexpr std::array<std::pair<std::string_view, Digest>, 5> digests = {{{"md5", Digest::md5},
                                                                                  {"sha1", Digest::sha1},
                                                                                  {"sha256", Digest::sha256},
                                                                                  {"sha384", Digest::sha384},
                                                                                  {"sha512", Digest::sha512}}};
  const auto found = std::ranges::find(digests, name, &std::pair<std::string_view, Digest>::first);
  return found == digests.end() ? Digest::sha256 : found->second;
}

VerifyPlan read_verify(const Block* block, std::vector<std::string>& needs, Findings& findings) {
  TableReader table(block, "[channel.verify]", findings);
  VerifyPlan verify;
  using enum VerifyPlan::Scheme;
  static const std::vector<std::string> schemes = {"none", "path", "header",           "basic",
                                                   "hmac", "jwt",  "standard-webhooks"};
  const std::string scheme = table.word("scheme", "path", schemes);
  verify.scheme = static_cast<VerifyPlan::Scheme>(std::ranges::find(schemes, scheme) - schemes.begin());
  if (verify.scheme != none) needs.push_back(verify.scheme == path ? "hook_secret" : "signing_key");
  verify.header = table.text("header", verify.scheme == jwt ? "Authorization" : "");
  verify.prefix = table.text("prefix", verify.header == "Authorization" ? "Bearer " : "");
  verify.user = table.text("user");
  verify.digest = digest_of(table.word("algorithm", "sha256", {"md5", "sha1", "sha256", "sha384", "sha512"}));
  verify.encoding = table.word("encoding", "hex", {"hex", "hex-upper", "base64"});
  if (const auto over = parse_template(table.text("over", "{body}"), Place::webhook_signature))
    verify.over = *over;
  else
    table.complain("over", over.error().what, "");
  verify.timestamp_header = table.text("timestamp_header");
  verify.within = seconds(table.number("within", 300, 1, 86'400));
  verify.algorithms = table.texts("algorithms");
  if (verify.algorithms.empty()) verify.algorithms = {"HS256"};
  verify.issuer = table.text("issuer");
  verify.url_claim = table.text("url_claim");
  verify.payload_claim = table.text("payload_claim", "payload_hash");
  if ((verify.scheme == header || verify.scheme == hmac) && verify.header.empty())
    table.complain("header", "nothing says which header has the proof", "add header = \"X-…\"");
  if (verify.scheme == hmac && !covers(verify.over, "body") && !covers(verify.over, "body_sha256"))
    table.complain("over", "the signature does not cover the body, which anybody could change", "add {body}");
  if (verify.scheme == hmac && covers(verify.over, "timestamp") == verify.timestamp_header.empty())
    table.complain("over", "a timestamp counts only where it is signed", "give both {timestamp} and timestamp_header");
  for (const std::string& algorithm : verify.algorithms) {
    if (algorithm != "HS256" && algorithm != "HS384" && algorithm != "HS512")
      table.complain("algorithms", "'" + algorithm + "' is not verified here", "one of: HS256, HS384, HS512");
  }
  table.done();
  return verify;
}

}  // namespace passerelle::adapters::generic
