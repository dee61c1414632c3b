// [sign_in]: how a token is asked for, and what the answer means.
#include <algorithm>
#include <array>
#include <charconv>

#include "adapters/generic/request_reader.hpp"
#include "adapters/generic/translate.hpp"
#include "adapters/outgoing.hpp"
#include "base/url.hpp"

namespace passerelle::adapters::generic {
namespace {

constexpr std::size_t longest_answer = 64 * 1024;
constexpr std::size_t longest_token = 8 * 1024;

// RFC 6749, 5.2. Others are not told: an answer may repeat what it was asked.
constexpr std::array<std::string_view, 6> codes{"invalid_request",     "invalid_client",         "invalid_grant",
                                                "unauthorized_client", "unsupported_grant_type", "invalid_scope"};

bool can_be_sent(std::string_view token) {
  return !token.empty() && token.size() <= longest_token &&
         std::ranges::all_of(token, [](char c) { return c > ' ' && c < '\x7F'; });
}

bool is_address(const std::string& text) {
  if (text.starts_with('/')) return RequestReader::fits_path(text, "?");
  const auto url = read_url(text);
  return url && (url->is_https || is_loopback(url->host)) && url->path.find('#') == std::string::npos;
}

std::optional<References> pointers(TableReader& table, std::string_view key, const std::string& standard) {
  References made;
  std::vector<std::string> texts = table.texts(key);
  if (texts.empty()) texts.push_back(standard);
  for (const std::string& text : texts) {
    made.push_back(parse_reference(text));
    if (made.back().kind != Reference::Kind::pointer) return std::nullopt;
  }
  return made;
}

std::chrono::seconds seconds_of(const std::string& text) {
  std::int64_t seconds = 0;  // "3600", or "3599.5"
  std::from_chars(text.data(), text.data() + text.size(), seconds);
  return std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, 10'000'000));
}

std::optional<Token> token_in(const SignInPlan& plan, const HttpResponse& response) {
  if (response.status / 100 != 2 || response.body.size() > longest_answer) return std::nullopt;
  auto json = read_json(response.body);
  if (!json) return std::nullopt;
  Arrived arrived;
  arrived.json = std::move(*json);
  const Event answer{&arrived, &arrived.json};
  std::string token = first(answer, plan.token);
  if (!can_be_sent(token)) return std::nullopt;
  return Token{Secret(std::move(token)), seconds_of(first(answer, plan.lifetime))};
}

std::string reason(const HttpResponse& response) {
  const auto json = response.body.size() <= longest_answer ? read_json(response.body) : std::nullopt;
  const auto* object = json ? json->if_object() : nullptr;
  const auto* error = object != nullptr ? object->if_contains("error") : nullptr;
  const auto* text = error != nullptr ? error->if_string() : nullptr;
  if (text != nullptr && std::ranges::find(codes, std::string_view(*text)) != codes.end()) return std::string(*text);
  return std::to_string(response.status);
}

bool names_token(const Template& text) {
  return std::ranges::any_of(text.pieces,
                             [](const Template::Piece& piece) { return piece.field && piece.text == "token"; });
}

}  // namespace

SignInPlan read_sign_in_plan(const Block* block, std::vector<std::string>& needs, Findings& findings) {
  SignInPlan plan;
  if (block == nullptr) return plan;
  plan.present = true;
  TableReader table(block, "[channel.sign_in]", findings);
  RequestReader request("[channel.sign_in]", needs, findings);
  plan.url = table.text("url");
  if (!is_address(plan.url))
    table.complain("url", "'url' is not where a token is asked for",
                   "write https://…, or what follows api_url, as in \"/oauth/v3/token\"");
  plan.method = table.word("method", "POST", {"GET", "POST"});
  plan.headers = request.templates(table, "headers", Place::sign_in, true);
  plan.format = table.word("format", "form", {"json", "form"}) == "form" ? Format::form : Format::json;
  if (const Block* inner = table.table("body")) plan.body = request.body(*inner, plan.format, Place::sign_in);
  if (plan.method == "GET" && !plan.body.items.empty())
    table.complain("body", "a GET has no body", "write the fields into 'url', after a '?', or method = \"POST\"");
  for (auto [key, standard, to] :
       {std::tuple{"token", "/access_token", &plan.token}, std::tuple{"lifetime", "/expires_in", &plan.lifetime}}) {
    auto read = pointers(table, key, standard);
    if (read)
      *to = std::move(*read);
    else
      table.complain(key, std::string("'") + key + "' points into the JSON of the answer",
                     std::string("write it as \"") + standard + "\"");
  }
  table.done();
  return plan;
}

void check_token(const Plan& plan, const Position& at, Findings& findings) {
  const auto& headers = plan.send.headers;
  const bool carried = std::ranges::any_of(headers, [](const auto& each) { return names_token(each.second); });
  if (plan.sign_in.present && !carried)
    findings.push_back({at, "[channel.sign_in] brings a token that no request carries",
                        "write headers.Authorization = \"Bearer {token}\" under [channel.send]"});
  if (!plan.sign_in.present && carried)
    findings.push_back({at, "nothing says where {token} comes from", "write [channel.sign_in], or {api_key}"});
  for (const auto& [name, text] : headers) {
    const auto other = [](const Template::Piece& piece) { return piece.field && piece.text != "token"; };
    if (names_token(text) && std::ranges::any_of(text.pieces, other))
      findings.push_back({at, "the header '" + name + "' has other fields beside {token}",
                          "give each a header of its own, as in \"Bearer {token}\""});
  }
}

OutgoingRequest sign_in_request(const SignInPlan& plan, const std::string& url, const Values& settings) {
  OutgoingRequest request{plan.method, url, {}, ""};
  add_headers(request, plan.headers, settings);
  if (plan.method == "POST") add_body(request, plan.format, plan.body, settings);
  if (field(request.fields, "Accept").empty()) request.fields.push_back({"Accept", "application/json"});
  return request;
}

SignInAnswer read_token(const SignInPlan& plan, const HttpResponse& response) {
  if (auto token = token_in(plan, response)) return std::move(*token);
  const int status = response.status;
  if (status / 100 == 2) return RetryLater{std::chrono::seconds(0), "no_token"};
  if (status >= 500 || status == 408 || status == 429) return RetryLater{retry_after(response), std::to_string(status)};
  return Misconfigured{reason(response)};
}

Diagnosis explain_sign_in(const SignInPlan& plan, const std::string& channel, const HttpResponse& response) {
  if (token_in(plan, response)) return {true, "the gateway knows this account, and gave us a token"};
  const int status = response.status;
  if (status / 100 == 2)
    return {false, "the gateway answered " + std::to_string(status) + ", and there is no token in it",
            "check 'url' and 'token' of [channel.sign_in]"};
  if (status == 400 || status == 401 || status == 403) {
    return {false,
            "the gateway answered " + std::to_string(status) + " and gives no token: it does not accept the account " +
                "or the secret of this channel",
            "write them as the gateway shows them today, start the server again, then: passerelle channel resume " +
                channel};
  }
  return explain_status(status);
}

void add_token(const SendPlan& plan, OutgoingRequest& request, const Secret& token) {
  NamedTemplates carrying;
  std::ranges::copy_if(plan.headers, std::back_inserter(carrying),
                       [](const auto& each) { return names_token(each.second); });
  add_headers(request, carrying, {{"token", std::string(token.reveal())}});
}

NamedTemplates without_token(const NamedTemplates& headers) {
  NamedTemplates others;
  std::ranges::copy_if(headers, std::back_inserter(others), [](const auto& each) { return !names_token(each.second); });
  return others;
}

}  // namespace passerelle::adapters::generic
