// The files by which the daemon is told to send. docs: docs.gammu.org, "Files backend", "Outbox".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/http.hpp"
#include "channel/outcome.hpp"
#include "domain/message.hpp"

namespace passerelle::adapters::gammu {

// The folders below it: inbox, outbox, sent and error are the daemon's, aside is ours.
struct Spool {
  std::string channel;
  std::string folder;  // "/var/spool/gammu"
  std::string inbox() const { return folder + "/inbox"; }
  std::string outbox() const { return folder + "/outbox"; }
  std::string sent() const { return folder + "/sent"; }
  std::string error() const { return folder + "/error"; }
  std::string aside() const { return folder + "/aside"; }
};

// Names of files that we put there, and no others.
inline constexpr std::string_view our_files = "OUT[A-E]????????_??????_00_*_????????????????????????????????.txt";

// A PUT of the whole file to the outbox, unless the daemon has had it already. The same message has the same name, and
// names are in the order in which messages leave: by class, then by age.
OutgoingRequest put_request(const Spool& spool, const OutboundMessage& message);

Outcome judge_put(const HttpResponse& response);

// When a file of ours is of no use any more, as its name says; nothing: it has no end.
std::optional<TimePoint> end_of(std::string_view file_name);

// The reference in the name of one of our files; empty: it is none of ours.
std::string ref_of(std::string_view file_name);

}  // namespace passerelle::adapters::gammu
