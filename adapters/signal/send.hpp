// Messages that leave through signal-cli-rest-api, and what its answers mean. docs: its Swagger file, "POST /v2/send".
#pragma once

#include "adapters/signal/envelope.hpp"
#include "base/http.hpp"
#include "base/secret.hpp"
#include "channel/outcome.hpp"
#include "domain/message.hpp"

namespace passerelle::adapters::signal {

// The API itself knows no password; a proxy in front of it may.
struct Access {
  std::string username;  // empty: none
  Secret password;
};
std::vector<HttpField> fields_for(const Access& access);

OutgoingRequest send_request(const Account& account, const Access& access, const OutboundMessage& message);

// 201 with the moment of sending, by which receipts name the message. Everything else is told in words.
Outcome judge_answer(const HttpResponse& response);

}  // namespace passerelle::adapters::signal
