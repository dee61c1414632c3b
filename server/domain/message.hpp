// A message that came in, one that goes out, and what a gateway says of the latter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/address.hpp"
#include "domain/approved_text.hpp"

namespace passerelle {

struct Attachment {
  std::string url;           // the gateway's; fetched only from the gateway's own hosts
  std::string content_type;  // as declared by the gateway, not to be trusted
};

struct InboundMessage {
  enum class Kind { text, missed_call, location, media };

  // How the words came about. Of a part of a longer text nobody knows the rest: it is no command and no answer, and
  // only cries for help are heard in it. A button's words were chosen by whoever made it: START is not heard in them.
  enum class Words { written, pressed, part };

  Address from;
  Kind kind = Kind::text;
  Words words = Words::written;
  std::string provider_id;  // UNIQUE(channel, provider_id): the key of idempotence
  std::string text;         // UTF-8; what turns texts around is off before it is kept; may be empty for media
  std::vector<Attachment> attachments;
  TimePoint sent_at{};  // the gateway's time where it tells one, else ours
  // Another name of the same account, where the gateway tells both in the same event: a telephone number beside an id
  // that does not change. Empty: it told one. store/alias.hpp says what is made of it.
  std::string also = {};
  std::string payload = {};  // of a button of ours that was pressed (press.hpp); empty for all else
};

enum class Encoding { gsm7, ucs2 };

// What a message is for, the most urgent first: the order in which a channel's time is given away.
enum class MessageClass { crisis, reply, reminder, shift, notice };

std::string_view to_string(MessageClass message_class);
bool parse_message_class(std::string_view text, MessageClass& message_class);

// An answer that a question of ours takes, where the gateway can show it as something to press. The same words stand in
// the text behind their number: a telephone that shows no buttons can answer, too.
struct Button {
  std::string payload;  // comes back when it is pressed: press.hpp
  std::string label;    // the words of the answer, without the number

  friend bool operator==(const Button&, const Button&) = default;
};
struct Buttons {
  std::vector<Button> list;
  std::string open;  // a word for what opens them, where a gateway shows them as a list

  friend bool operator==(const Buttons&, const Buttons&) = default;
};
// What a channel can show at all. Its adapter may be able to show fewer with a long text, and sends the text alone
// then.
struct ButtonLimits {
  std::size_t most = 0;           // 0: it shows none
  std::size_t longest_label = 0;  // code points
};

struct OutboundMessage {
  OutboundId id;
  std::string ref;  // random, 32 hex digits: our name for it towards the outside
  Address to;
  std::string cause;  // UNIQUE: why it exists: in:<inbound>:<n>, inv:<invitation>:<revision>:two_days
  MessageClass message_class = MessageClass::reply;
  std::optional<TimePoint> not_after;  // from then on it would harm more than help, and is not sent any more
  Locale locale;
  std::string text;
  std::string gloss = {};  // the same in the site's language, for staff; empty: it is in it, or nobody wrote one
  Encoding encoding = Encoding::gsm7;
  std::vector<std::string> parts;  // the text of each segment, computed by turns::enqueue
  Buttons buttons = {};            // beside the text; none where the channel shows none
  // It leaves as this text that the gateway has approved; 'text' is what the person then reads.
  std::optional<FilledText> approved = {};
};

enum class Delivery { queued, sent, delivered, read, failed, expired, stopped, uncertain };

std::string_view to_string(Delivery state);
bool parse_delivery(std::string_view text, Delivery& state);

// queued → any; uncertain → queued, sent, delivered, read, failed; sent → delivered, read, failed;
// delivered → read; failed → delivered. Anything else is recorded and ignored (architecture.md, Main types).
bool allowed(Delivery from, Delivery to);

struct Receipt {
  std::string ref;          // ours, from the callback URL; empty if the gateway has only its own
  std::string provider_id;  // the gateway's id of the outbound message
  Delivery state = Delivery::sent;
  std::string code;                      // the gateway's error code, or empty
  std::optional<std::size_t> part = {};  // only of a message that leaves in several requests; from 0
  bool opted_out = false;                // the gateway says that the person has stopped us there
  // It failed for something wrong with our account: stop the channel, alert the operator, as with outcome.hpp's
  // Misconfigured.
  bool misconfigured = false;
  // Where a gateway parts a text itself and reports on each part, without its number: its name for the part, or for the
  // report. The message is delivered when as many have been as it has segments. "series/name" where it tells the same
  // several times, once in each series: the names of one series are counted. Empty: it is about the whole message.
  std::string part_id = {};
};

}  // namespace passerelle
