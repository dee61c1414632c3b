// The second contract of an adapter, for gateways that wait to be asked: a link is told what happened, and says the one
// thing to do next. It does no I/O itself; links/ drives it. Its state is what it has in memory: after a restart it
// begins anew, and what it had not acknowledged comes again.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/http.hpp"
#include "domain/message.hpp"

namespace passerelle::link {

// --- what happened: each action below is followed by one of these ---
struct Begun {};  // first of all
struct Answered {
  HttpResponse response;  // any complete answer, whatever its status
};
struct Unanswered {
  std::string why;  // a word or two of the client's: "connect", "deadline", "broken answer"
};
struct Kept {};     // the messages are committed: they may be acknowledged
struct NotKept {};  // the store took none of them: they must come again
struct Rested {};
// …and of folders that are shared with a program on this machine:
struct File {
  std::string folder;
  std::string name;
  std::string bytes;         // whole; none where it is longer than 64 KB, is closed to us, or nobody asked for them
  std::int64_t changed = 0;  // nanoseconds since 1970
  bool is_whole = true;
  bool is_closed = false;  // it is there, and we may not read it
};
struct Found {
  std::vector<File> files;
};
struct Tidied {};
using Event = std::variant<Begun, Answered, Unanswered, Kept, NotKept, Rested, Found, Tidied>;

// --- what to do next ---
struct Ask {
  OutgoingRequest request;  // to traits().api_url; the gateway may take up to 25 seconds to answer it
};
struct Keep {
  std::vector<InboundMessage> messages;  // in their order, at most 100; what is known already takes no second turn
  std::vector<Receipt> receipts = {};    // in the same transaction, before them
};
struct Rest {
  std::chrono::seconds time{0};
  std::string why = {};     // for the log, where something is wrong: "429", "connect"; never text of an answer
  std::string remedy = {};  // in plain words, where a person must do something
};
// What is in folders, and what goes out of them. Either may be followed by Unanswered: "no_folder", "denied", "disk".
struct Look {
  struct Place {
    std::string folder;       // absolute
    std::string pattern;      // of file names, as a shell's: "IN*"
    std::size_t most = 500;   // the first by name
    bool names_only = false;  // no bytes are read
  };
  std::vector<Place> places;
};
struct Tidy {
  struct Move {
    std::string folder, name, to;  // 'to' is another folder, made where it is missing
  };
  std::vector<std::string> remove;  // paths, in this order; what is gone already is no failure
  std::vector<Move> aside;
};
using Action = std::variant<Ask, Keep, Rest, Look, Tidy>;

}  // namespace passerelle::link

namespace passerelle {

class Link {
 public:
  virtual ~Link() = default;
  virtual link::Action next(const link::Event& event, TimePoint now) = 0;
};

}  // namespace passerelle
