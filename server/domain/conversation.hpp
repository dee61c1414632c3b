// Where we are with one address: the only state a dialog has. Saved after every turn, in the turn's own transaction.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "domain/address.hpp"
#include "domain/date_style.hpp"

namespace passerelle {

struct DialogRef {
  std::string name;
  std::string hash;  // of the dialog's text: a running conversation keeps the version it began with

  friend bool operator==(const DialogRef&, const DialogRef&) = default;
};

using Answers = std::map<std::string, std::string>;  // what the person told this dialog, by the name in 'keep'

// A dialog that called another one, and goes on when that has ended.
struct Caller {
  DialogRef dialog;
  std::string step;
  Answers answers;

  friend bool operator==(const Caller&, const Caller&) = default;
};

// A dialog that waits for an answer.
struct Frame {
  static constexpr std::size_t most_callers = 7;  // with the dialog itself, eight deep

  DialogRef dialog;
  std::string step;
  Answers answers;
  int misses = 0;  // answers in a row that fitted nothing
  TimePoint expires{};
  TimePoint asked{};                       // when its question was last put; old saved frames do not say
  std::vector<std::string> offered = {};   // ids of the list that the question showed, in its order: "2" is the second
  std::vector<Caller> callers = {};        // the one that called this dialog is the last
  std::optional<TimePoint> gives_up = {};  // when the step's 'unanswered' comes

  friend bool operator==(const Frame&, const Frame&) = default;
};

// The last answer of ours, to know a machine that answers it: the same one again and again.
struct LastAnswer {
  std::string hash;
  int times = 0;  // in a row
  TimePoint at{};

  friend bool operator==(const LastAnswer&, const LastAnswer&) = default;
};

enum class Consent { open, reminders_only, stopped };  // STOP and its one gentler form
std::string_view to_string(Consent consent);           // open, reminders_only, stopped

struct Conversation {
  static constexpr std::size_t deepest = 8;  // frames

  Locale locale;                 // the language we answer in; empty before the first message
  Locale last_reply;             // the language of our last message: a bare "2" is answered in it
  bool locale_chosen = false;    // the person answered it; otherwise it was read from their text
  bool latin_only = false;       // "□□□? reply 0" was answered with 0
  bool latin_line_told = false;  // …and that line has been sent
  DateStyle dates;               // as staff recorded it
  Consent consent = Consent::open;
  LastAnswer last_answer;
  std::vector<Frame> stack;   // the last one waits
  std::uint64_t version = 0;  // counts turns

  friend bool operator==(const Conversation&, const Conversation&) = default;
};

// JSON for the store and the session copy. An unreadable text is an error, never a blank conversation.
std::string save(const Conversation& conversation);
result<Conversation> load_conversation(std::string_view json);

}  // namespace passerelle
