#include <algorithm>
#include <boost/json.hpp>
#include <cassert>

#include "adapters/generic/translate.hpp"
#include "adapters/outgoing.hpp"
#include "adapters/text.hpp"

namespace passerelle::adapters::generic {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_answer = 64 * 1024;
constexpr std::size_t longest_code = 40;

std::string without_plus(std::string_view number) {
  return std::string(number.substr(number.starts_with('+') ? 1 : 0));
}

std::string escaped(std::string_view text) { return percent_encode(text); }

Values values_for(const SendPlan& plan, const Values& settings, const OutboundMessage& message, TimePoint now) {
  Values values = settings;
  values["to"] = message.to.user;
  values["to_digits"] = without_plus(message.to.user);
  values["text"] = message.text;
  values["ref"] = message.ref;
  values["encoding"] = message.encoding == Encoding::ucs2 ? plan.ucs2 : plan.gsm7;
  values["timestamp"] = std::to_string(to_ms(now) / 1000);
  if (const auto left = time_left(message, now)) {
    values["valid_seconds"] = std::to_string(left->count());
    values["valid_minutes"] = std::to_string(std::max<std::int64_t>(1, left->count() / 60));
  }
  return values;
}

bool is_number(const Template& text) { return text.is_one_field() && (text.pieces.front().text.starts_with("valid_")); }

// Nothing: the value is left out.
std::optional<json::value> json_of(const BodyPart& part, const Values& values) {
  switch (part.kind) {
    case Block::Kind::text: {
      const std::optional<std::string> text = fill(part.text, values);
      if (!text) return std::nullopt;
      if (is_number(part.text)) return json::value(std::stoll(*text));
      return json::value(*text);
    }
    case Block::Kind::number: return json::value(part.number);
    case Block::Kind::flag: return json::value(part.flag);
    case Block::Kind::list: {
      json::array list;
      for (const BodyPart& item : part.items) {
        if (auto value = json_of(item, values)) list.push_back(std::move(*value));
      }
      return list;
    }
    default: break;
  }
  json::object object;
  for (const BodyPart& item : part.items) {
    if (auto value = json_of(item, values)) object[item.key] = std::move(*value);
  }
  return object;
}

std::string form_of(const BodyPart& body, const Values& values) {
  std::vector<HttpField> pairs;
  for (const BodyPart& item : body.items) {
    if (item.kind == Block::Kind::number)
      pairs.push_back({item.key, std::to_string(item.number)});
    else if (item.kind == Block::Kind::flag)
      pairs.push_back({item.key, item.flag ? "true" : "false"});
    else if (auto text = fill(item.text, values))
      pairs.push_back({item.key, std::move(*text)});
  }
  return write_form(pairs);
}

// A line break in a secret or a setting would begin another header.
std::string header_safe(std::string_view text) {
  std::string out(text);
  std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; });
  return out;
}

void add_filled(std::vector<HttpField>& to, const NamedTemplates& from, const Values& values,
                std::string (*escape)(std::string_view) = nullptr) {
  for (const auto& [name, text] : from) {
    std::optional<std::string> value = escape != nullptr ? fill(text, values, escape) : fill(text, values);
    if (value) to.push_back({name, std::move(*value)});
  }
}

void sign(OutgoingRequest& request, const SendPlan::Signature& signature, Values values) {
  const Secret key(values["api_secret"]);
  values["method"] = request.method;
  values["url"] = request.url;
  values["body"] = request.body;
  const std::string over = fill(signature.over, values).value_or("");
  const std::string bytes =
      signature.keyed ? crypto::hmac(signature.digest, key, over) : crypto::hash(signature.digest, over);
  request.fields.push_back({signature.header, signature.prefix + crypto::hex(bytes)});
}

// '*' stands for anything. Each star takes as little as it can, so that no pattern runs away.
bool matches(std::string_view pattern, std::string_view text) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  if (!text.starts_with(pattern.substr(0, star))) return false;
  text.remove_prefix(star);
  pattern.remove_prefix(star + 1);
  for (auto next = pattern.find('*'); next != std::string_view::npos; next = pattern.find('*')) {
    const auto found = text.find(pattern.substr(0, next));
    if (found == std::string_view::npos) return false;
    text.remove_prefix(found + next);
    pattern.remove_prefix(next + 1);
  }
  return text.ends_with(pattern);
}

bool rule_holds(const Rule& rule, const HttpResponse& response, const std::optional<Event>& answer) {
  const auto& statuses = rule.statuses;
  if (!statuses.empty() && std::ranges::find(statuses, response.status) == statuses.end()) return false;
  if (rule.where && (!answer || !holds(*rule.where, *answer))) return false;
  return rule.body.empty() || matches(rule.body, response.body);
}

std::string id_of(const AnswerPlan& plan, const HttpResponse& response, const std::optional<Event>& answer) {
  std::string id = answer ? first(*answer, plan.id) : std::string();
  if (plan.id.empty() && !plan.id_after.empty()) id = response.body;
  if (!plan.id_after.empty()) {
    const auto mark = id.rfind(plan.id_after);
    if (mark == std::string::npos) return {};
    id.erase(0, mark + plan.id_after.size());
    id.resize(std::min(id.find_first_of(" \r\n\t\"<,;"), id.size()));
  }
  return is_plain(id, 128) ? id : std::string();
}

Outcome outcome_of(const std::string& word, const HttpResponse& response, std::string why, std::string id) {
  if (word == "accepted") return Accepted{std::move(id)};
  if (word == "retry") return RetryLater{retry_after(response), std::move(why)};
  if (word == "refused") return Refused{std::move(why)};
  if (word == "opted_out") return OptedOut{};
  if (word == "needs_template") return NeedsTemplate{};
  if (word == "misconfigured") return Misconfigured{std::move(why)};
  return Ambiguous{std::move(why)};
}

}  // namespace

void add_headers(OutgoingRequest& request, const NamedTemplates& headers, const Values& values) {
  add_filled(request.fields, headers, values, header_safe);
}

void add_body(OutgoingRequest& request, Format format, const BodyPart& body, const Values& values) {
  const bool is_json = format == Format::json;
  request.body = is_json ? json::serialize(json_of(body, values).value_or(json::object())) : form_of(body, values);
  if (field(request.fields, "Content-Type").empty())
    request.fields.push_back({"Content-Type", is_json ? "application/json" : "application/x-www-form-urlencoded"});
}

OutgoingRequest send_request(const SendPlan& plan, const std::string& api_url, const Values& settings,
                             const OutboundMessage& message, TimePoint now) {
  assert(!message.text.empty());
  const Values values = values_for(plan, settings, message, now);
  OutgoingRequest request;
  request.method = plan.method;
  request.url = api_url + fill(plan.path, values, escaped).value_or("");
  std::vector<HttpField> query;
  add_filled(query, plan.query, values);
  if (!query.empty()) request.url += "?" + write_form(query);
  add_headers(request, without_token(plan.headers), values);
  if (plan.method == "POST") add_body(request, plan.format, plan.body, values);
  if (field(request.fields, "Accept").empty()) request.fields.push_back({"Accept", "application/json"});
  if (plan.signature) sign(request, *plan.signature, values);
  return request;
}

Outcome judge_answer(const AnswerPlan& plan, bool takes_reference, const HttpResponse& response) {
  Arrived arrived;
  std::optional<Event> answer;
  if (response.body.size() <= longest_answer) {
    if (auto value = read_json(response.body)) {
      arrived.json = std::move(*value);
      answer = Event{&arrived, &arrived.json};
    }
  }
  for (const Rule& rule : plan.rules) {
    if (!rule_holds(rule, response, answer)) continue;
    std::string why = answer ? first(*answer, plan.code) : std::string();
    if (why.empty() && answer && rule.where) why = first(*answer, rule.where->at);
    if (!is_ascii_word(why, longest_code)) why = std::to_string(response.status);
    return outcome_of(rule.then, response, std::move(why), id_of(plan, response, answer));
  }
  const bool may_be_taken = response.status >= 500 && response.status != 503;
  if (may_be_taken && !takes_reference) return Ambiguous{std::to_string(response.status)};
  return judge_status(response);
}

}  // namespace passerelle::adapters::generic
