// A transcript: a conversation that people who do not program can read, and that the machine replays.
//   start 2027-03-26 09:00 Europe/Zurich  sms  +41790000001  ti
//   > ሰላም                                  from the person; "> [photo]" is a photo, a line "call" a missed call
//   < {first_contact.hello} {first_contact.menu}    from us: sentence keys, or the literal text; "< -" is silence
//   < {reminder.two_days when="28.03.2027 14:30"}    …with what the server fills in; times in the reader's way
//   < [en] {first_contact.menu}            …in another language than the one in the first line
//   is task=call_back consent=stopped      what holds now
//   at 2027-03-26 14:30                    time passes, and what is due happens
//   do appointment 2027-03-28 14:30 site=valmoret with=Anne     what staff do: appointment, move, cancel, contact
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/finding.hpp"
#include "base/result.hpp"
#include "base/zone.hpp"
#include "domain/message.hpp"

namespace passerelle::simulator {

struct ExpectedItem {
  std::string key;
  std::map<std::string, std::string> arguments;
};

struct FromPerson {
  std::string text;
  InboundMessage::Kind kind = InboundMessage::Kind::text;
};
struct FromUs {
  bool silence = false;
  std::string literal;              // used when there are no items
  std::vector<ExpectedItem> items;  // joined by line ends
  Locale locale = {};               // of the items; empty: the one that the transcript starts with
};
struct Holds {
  std::vector<std::pair<std::string, std::string>> facts;
};  // task=call_back, …
struct At {
  CivilTime time;
};

struct Do {
  std::string action;             // appointment, move, cancel, contact
  std::optional<CivilTime> time;  // of the first two
  std::map<std::string, std::string> options;
};

struct TranscriptLine {
  int number = 0;
  std::variant<FromPerson, FromUs, Holds, At, Do> what;
};

struct Transcript {
  std::string file;
  CivilTime start;
  std::string zone;
  Address person;
  Locale locale;
  std::vector<TranscriptLine> lines;
};

struct ParsedTranscript {
  Transcript transcript;
  Findings findings;
};

// What follows "do ". The error says what is wrong, and its 'where' is empty.
result<Do> parse_do(const std::string& text);

ParsedTranscript parse_transcript(const std::string& file, const std::string& text);

}  // namespace passerelle::simulator
