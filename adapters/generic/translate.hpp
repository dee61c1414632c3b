// What a plan does: the proof of a webhook is checked, its events are read, a message is written, its answer is judged.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "adapters/generic/plan.hpp"
#include "base/secret.hpp"
#include "channel/channel.hpp"

namespace passerelle::adapters::generic {

// [verify] of a configuration; which settings it takes is added to 'needs'.
VerifyPlan read_verify(const Block* block, std::vector<std::string>& needs, Findings& findings);

// A finding for each value that is read from the query, where a signature does not cover that.
void check_query(const Plan& plan, Findings& findings);

// Empty, or why the webhook is not believed. 'url' is the public one, with the request's exact query; 'keys' are the
// current signing key and, during a rotation, the former one.
std::string doubt(const VerifyPlan& plan, std::span<const Secret> keys, const HttpRequest& request,
                  const std::string& url, TimePoint now);

// The events of a verified webhook. At …/status there are receipts only; at the hook itself there may be both, where
// [receipt] says by 'only' what a receipt is.
Webhook read_events(const Plan& plan, const std::string& channel, const HttpRequest& request, bool is_status,
                    TimePoint now);

// The fields that do not depend on a message ("api_key", "from", "callback_url") are in 'settings'.
OutgoingRequest send_request(const SendPlan& plan, const std::string& api_url, const Values& settings,
                             const OutboundMessage& message, TimePoint now);
// The parts of a request that templates describe; those that depend on a token are left out by without_token().
void add_headers(OutgoingRequest& request, const NamedTemplates& headers, const Values& values);
void add_body(OutgoingRequest& request, Format format, const BodyPart& body, const Values& values);
NamedTemplates without_token(const NamedTemplates& headers);

// [sign_in]: 'url' is absolute.
OutgoingRequest sign_in_request(const SignInPlan& plan, const std::string& url, const Values& settings);
SignInAnswer read_token(const SignInPlan& plan, const HttpResponse& response);
Diagnosis explain_sign_in(const SignInPlan& plan, const std::string& channel, const HttpResponse& response);
void add_token(const SendPlan& plan, OutgoingRequest& request, const Secret& token);

// A 500 may come after the message was taken: where the gateway knows no reference, nobody knows.
Outcome judge_answer(const AnswerPlan& plan, bool takes_reference, const HttpResponse& response);

}  // namespace passerelle::adapters::generic
