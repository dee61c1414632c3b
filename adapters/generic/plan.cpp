#include "adapters/generic/plan.hpp"

#include <algorithm>

#include "adapters/generic/request_reader.hpp"
#include "adapters/generic/translate.hpp"

namespace passerelle::adapters::generic {
namespace {

// Reads a plan section by section.
class PlanReader {
 public:
  PlanReader(const Block& block, Findings& findings)
      : top_(&block, "[channel]", findings), findings_(findings), request_("[channel.send]", plan_.needs, findings) {}

  Plan read() {
    top_.text("about");
    plan_.api_url = top_.text("api_url");
    plan_.sign_in = read_sign_in_plan(top_.table("sign_in"), plan_.needs, findings_);
    read_send(top_.table("send"));
    check_token(plan_, top_.at(plan_.sign_in.present ? "sign_in" : "send"), findings_);
    read_answer(top_.table("answer"));
    read_inbound(top_.table("inbound"));
    read_receipt(top_.table("receipt"));
    const Block* verify = top_.table("verify");
    if (verify != nullptr || plan_.inbound.present || plan_.receipt.present)
      plan_.verify = read_verify(verify, plan_.needs, findings_);
    check_query(plan_, findings_);
    read_traits(top_.table("traits"));
    top_.done();
    std::ranges::sort(plan_.needs);
    plan_.needs.erase(std::ranges::unique(plan_.needs).begin(), plan_.needs.end());
    return std::move(plan_);
  }

 private:
  void read_send(const Block* block) {
    TableReader table(block, "[channel.send]", findings_);
    SendPlan& send = plan_.send;
    if (block == nullptr)
      return top_.complain("", "nothing says how a message is sent", "name a preset, or write [channel.send]");
    send.method = table.word("method", "POST", {"GET", "POST"});
    send.path = request_.templ(table.text("path"), Place::path, table.at("path"));
    const bool rooted = send.path.pieces.empty() || send.path.pieces.front().text.starts_with('/');
    if (!rooted) table.complain("path", "'path' goes on where api_url ends", "let it begin with '/'");
    const auto odd = [](const Template::Piece& piece) { return !piece.field && !RequestReader::fits_path(piece.text); };
    if (std::ranges::any_of(send.path.pieces, odd))
      table.complain("path", "'path' holds what a path cannot",
                     "percent-encode it; a query stands under [channel.send.query]");
    send.query = request_.templates(table, "query", Place::query, false);
    send.headers = request_.templates(table, "headers", Place::header, true);
    send.format = table.word("format", "json", {"json", "form"}) == "form" ? Format::form : Format::json;
    if (const Block* inner = table.table("body")) send.body = request_.body(*inner, send.format, Place::body);
    if (send.method == "GET" && !send.body.items.empty())
      table.complain("body", "a GET has no body", "write the fields under [channel.send.query], or method = \"POST\"");
    TableReader encodings(table.table("encodings"), "[channel.send.encodings]", findings_);
    send.gsm7 = encodings.text("gsm7", "gsm7");
    send.ucs2 = encodings.text("ucs2", "ucs2");
    encodings.done();
    if (const Block* inner = table.table("signature")) read_request_signature(*inner);
    table.done();
  }

  void read_request_signature(const Block& block) {
    TableReader table(&block, "[channel.send.signature]", findings_);
    SendPlan::Signature signature;
    signature.header = table.text("header");
    if (signature.header.empty())
      table.complain("header", "nothing says where the signature goes", "add header = \"…\"");
    signature.prefix = table.text("prefix");
    const std::string algorithm =
        table.word("algorithm", "hmac-sha256", {"sha1", "sha256", "sha512", "hmac-sha1", "hmac-sha256", "hmac-sha512"});
    signature.keyed = algorithm.starts_with("hmac-");
    signature.digest = digest_of(algorithm.substr(signature.keyed ? 5 : 0));
    if (signature.keyed) plan_.needs.push_back("api_secret");
    signature.over = request_.templ(table.text("over"), Place::request_signature, table.at("over"));
    table.done();
    plan_.send.signature = std::move(signature);
  }

  References references(TableReader& table, std::string_view key, bool is_json) {
    References made;
    for (const std::string& text : table.texts(key)) {
      made.push_back(parse_reference(text));
      const auto kind = made.back().kind;
      if (text.empty() || (is_json && kind == Reference::Kind::field))
        table.complain(key, "'" + text + "' names no value of a JSON document", "write it as \"/" + text + "\"");
      else if (!is_json && kind == Reference::Kind::pointer)
        table.complain(key, "'" + text + "' is a pointer into JSON, and this is a form",
                       "write the field's name alone, or format = \"json\"");
    }
    return made;
  }

  std::optional<Condition> condition(TableReader& table, bool is_json) {
    Condition made;
    made.at = references(table, "at", is_json);
    made.is = table.texts("is");
    made.is_not = table.texts("not");
    if (!made.at.empty()) return made;
    if (!made.is.empty() || !made.is_not.empty())
      table.complain("is", "nothing says which value is meant", "add at = \"/…\"");
    return std::nullopt;
  }

  std::optional<Condition> condition_at(TableReader& in, const std::string& key, const std::string& of, bool is_json) {
    const Block* block = in.table(key);
    if (block == nullptr) return std::nullopt;
    TableReader inner(block, of + " " + key, findings_);
    std::optional<Condition> made = condition(inner, is_json);
    inner.done();
    return made;
  }

  void read_answer(const Block* block) {
    TableReader table(block, "[channel.answer]", findings_);
    AnswerPlan& answer = plan_.answer;
    answer.id = references(table, "id", true);
    answer.id_after = table.text("id_after");
    answer.code = references(table, "code", true);
    const Block* rules = table.any("rules");
    if (rules == nullptr || rules->kind != Block::Kind::list || rules->items.empty()) {
      table.complain("rules", "nothing says which answers mean success",
                     "add rules = [{ status = 200, then = \"accepted\" }]");
    } else {
      for (const Block& item : rules->items) answer.rules.push_back(rule(item));
    }
    const auto accepts = [](const Rule& rule) { return rule.then == "accepted"; };
    if (!answer.rules.empty() && std::ranges::none_of(answer.rules, accepts))
      table.complain("rules", "no rule means success, so that every message would stay uncertain",
                     "add one with then = \"accepted\"");
    table.done();
  }

  Rule rule(const Block& block) {
    TableReader table(&block, "a rule of [channel.answer]", findings_);
    Rule rule;
    rule.statuses = table.numbers("status");
    rule.where = condition(table, true);
    rule.body = table.text("body");
    if (!table.has("then"))
      table.complain("then", "the rule says nothing", "add then = \"accepted\" or another outcome");
    rule.then =
        table.word("then", "ambiguous",
                   {"accepted", "retry", "refused", "opted_out", "needs_template", "misconfigured", "ambiguous"});
    table.done();
    return rule;
  }

  void read_events(TableReader& table, const Block& block, EventPlan& plan, const std::string& path) {
    plan.present = true;
    plan.format = table.word("format", "form", {"json", "form"}) == "json" ? Format::json : Format::form;
    plan.charset = table.word("charset", "utf-8", {"utf-8", "windows-1252", "iso-8859-1"});
    const bool is_json = plan.format == Format::json;
    const std::string events = table.text("events");
    plan.events = parse_reference(events);
    if (plan.events.kind != Reference::Kind::pointer || (!is_json && !events.empty()))
      table.complain("events", "'events' points to each event in a JSON document",
                     "write it as \"/results/*\", or leave it out");
    plan.only = condition_at(table, "only", path, is_json);
    if (block.items.empty()) table.complain("", path + " is empty", "write its keys, or take it out");
  }

  void read_inbound(const Block* block) {
    if (block == nullptr) return;
    TableReader table(block, "[channel.inbound]", findings_);
    InboundPlan& inbound = plan_.inbound;
    read_events(table, *block, inbound, "[channel.inbound]");
    const bool is_json = inbound.format == Format::json;
    inbound.from = references(table, "from", is_json);
    inbound.id = references(table, "id", is_json);
    inbound.text = references(table, "text", is_json);
    inbound.time = references(table, "time", is_json);
    inbound.time_is_utc = table.flag("time_is_utc", false);
    inbound.media = references(table, "media", is_json);
    inbound.opted_out = condition_at(table, "opted_out", "[channel.inbound]", is_json);
    inbound.media_hosts = table.texts("media_hosts");
    inbound.reply = table.text("reply");
    for (const char* key : {"from", "text"}) {
      if (!table.has(key)) table.complain(key, std::string("nothing says where '") + key + "' is", "name its field");
    }
    if (inbound.id.empty() && inbound.time.empty())
      table.complain("id", "a repeated webhook could not be told from a new message", "add id = \"…\" or time = \"…\"");
    if (!inbound.media.empty() && inbound.media_hosts.empty())
      table.complain("media", "pictures are fetched from hosts of the gateway only", "add media_hosts = [\"…\"]");
    table.done();
  }

  void read_receipt(const Block* block) {
    if (block == nullptr) return;
    TableReader table(block, "[channel.receipt]", findings_);
    ReceiptPlan& receipt = plan_.receipt;
    read_events(table, *block, receipt, "[channel.receipt]");
    const bool is_json = receipt.format == Format::json;
    receipt.id = references(table, "id", is_json);
    receipt.ref = references(table, "ref", is_json);
    receipt.status = references(table, "status", is_json);
    receipt.code = references(table, "code", is_json);
    receipt.opted_out = table.texts("opted_out");
    if (receipt.id.empty() && receipt.ref.empty())
      table.complain("ref", "a receipt names no message", "add ref = \"…\" (ours) or id = \"…\" (the gateway's)");
    if (receipt.status.empty()) table.complain("status", "nothing says where the status is", "add status = \"…\"");
    if (const Block* states = table.table("states")) {
      TableReader words(states, "[channel.receipt.states]", findings_);
      for (const Block& item : states->items) {
        Delivery state{};
        if (parse_delivery(words.word(item.key, "", {"sent", "delivered", "read", "failed"}), state))
          receipt.states.emplace_back(item.key, state);
      }
    }
    if (receipt.states.empty())
      table.complain("states", "no status of the gateway is known", "add [channel.receipt.states]");
    table.done();
  }

  void read_traits(const Block* block) {
    TableReader table(block, "[channel.traits]", findings_);
    plan_.longest_text = static_cast<std::size_t>(table.number("longest_text", 1600, 70, 65'536));
    plan_.telephones = table.flag("telephones", true);
    plan_.takes_reference = table.flag("takes_reference", false);
    plan_.gateway_retries = table.flag("gateway_retries", true);
    table.done();
  }

  Plan plan_;
  TableReader top_;
  Findings& findings_;
  RequestReader request_;
};

}  // namespace

Plan read_plan(const Block& block, Findings& findings) { return PlanReader(block, findings).read(); }

}  // namespace passerelle::adapters::generic
