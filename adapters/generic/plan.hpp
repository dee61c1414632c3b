// A gateway as its configuration describes it: what README.md documents, read and checked.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/block.hpp"
#include "adapters/generic/event.hpp"
#include "adapters/generic/template.hpp"
#include "base/crypto.hpp"
#include "domain/message.hpp"

namespace passerelle::adapters::generic {

using NamedTemplates = std::vector<std::pair<std::string, Template>>;

// A JSON document or the pairs of a form, with templates in the place of texts.
struct BodyPart {
  Block::Kind kind = Block::Kind::nothing;
  std::string key;
  Template text;
  std::int64_t number = 0;
  bool flag = false;
  std::vector<BodyPart> items;
};

// [send]: one request hands over one message.
struct SendPlan {
  std::string method = "POST";
  Template path;  // below api_url
  NamedTemplates query, headers;
  Format format = Format::json;
  BodyPart body;
  std::string gsm7, ucs2;  // what {encoding} becomes
  // A signature of the request: a hash, or an HMAC with api_secret, of 'over', in hex.
  struct Signature {
    std::string header, prefix;
    crypto::Digest digest = crypto::Digest::sha1;
    bool keyed = false;
    Template over;
  };
  std::optional<Signature> signature;
};

// [sign_in]: one request brings the token that those of [send] carry.
struct SignInPlan {
  bool present = false;
  std::string url;  // absolute; or, beginning with '/', what follows api_url
  std::string method = "POST";
  NamedTemplates headers;
  Format format = Format::form;
  BodyPart body;
  References token, lifetime;  // of its answer, which is JSON; the lifetime in seconds
};

// [answer]: what the gateway says to it. The first rule that holds decides; without one, the status does.
struct Rule {
  std::vector<std::int64_t> statuses;  // empty: any
  std::optional<Condition> where;      // in a JSON body
  std::string body;                    // "OK*": the whole body, in which * stands for anything; empty: any
  std::string then;                    // "accepted", "retry", "refused", "opted_out", "needs_template", …
};
struct AnswerPlan {
  References id, code;
  std::string id_after;  // the id is what follows the last of these; without 'id', in the body
  std::vector<Rule> rules;
};

// [inbound] and [receipt]: the events of a webhook.
struct EventPlan {
  bool present = false;
  Format format = Format::form;
  std::string charset;  // of a form
  Reference events;     // pointer to each event
  std::optional<Condition> only;
};
struct InboundPlan : EventPlan {
  References from, id, text, time, media;
  bool time_is_utc = false;            // a time that names no zone; else it tells nothing
  std::optional<Condition> opted_out;  // the person has stopped us at the gateway
  std::vector<std::string> media_hosts;
  std::string reply;  // the body of our answer
};
struct ReceiptPlan : EventPlan {
  References id, ref, status, code;
  std::vector<std::pair<std::string, Delivery>> states;
  std::vector<std::string> opted_out;  // codes or statuses that say so
};

// [verify]: how a webhook proves where it comes from, besides hook_secret.
struct VerifyPlan {
  enum class Scheme { none, path, header, basic, hmac, jwt, standard_webhooks };
  Scheme scheme = Scheme::path;
  std::string header, prefix;  // header, hmac, jwt: where the proof is, and what stands before it
  std::string user;            // basic
  // hmac
  crypto::Digest digest = crypto::Digest::sha256;
  std::string encoding = "hex";
  Template over;
  std::string timestamp_header;
  std::chrono::seconds within{300};
  // jwt
  std::vector<std::string> algorithms;
  std::string issuer, url_claim, payload_claim;

  bool is_signed() const {
    return scheme == Scheme::hmac || scheme == Scheme::jwt || scheme == Scheme::standard_webhooks;
  }
  bool covers_query() const;  // where it is signed: the signature holds for what stands in the query, too
};

struct Plan {
  std::string api_url;  // of the preset; empty: the channel must give one
  SendPlan send;
  SignInPlan sign_in;
  AnswerPlan answer;
  InboundPlan inbound;
  ReceiptPlan receipt;
  VerifyPlan verify;
  std::size_t longest_text = 1600;
  bool telephones = true, takes_reference = false, gateway_retries = true;
  std::vector<std::string> needs;  // settings that a template names outside of "{…?}", or that [verify] takes
};

// Mistakes become findings at their place; the plan is of use only without any.
Plan read_plan(const Block& block, Findings& findings);

crypto::Digest digest_of(std::string_view name);  // of "sha256" and the like

// The presets of adapters/generic/presets/, by name.
std::vector<std::string> preset_names();
std::optional<Block> find_preset(const std::string& name, Findings& findings);  // nothing: there is none

}  // namespace passerelle::adapters::generic
