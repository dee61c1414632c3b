// One turn of a conversation: (conversation, input, facts, now) → turn. Pure: the same arguments give the same turn.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "dialog/library.hpp"
#include "domain/conversation.hpp"
#include "domain/reading.hpp"
#include "domain/typed_moment.hpp"

namespace passerelle::dialog {

// An argument of a sentence; rendered in the reader's language by language/render.
struct Moment {
  TimePoint instant;
  std::string zone;  // told as dd.mm.yyyy HH:mm with a day-part word

  friend bool operator==(const Moment&, const Moment&) = default;
};
using Argument = std::variant<std::string, std::int64_t, Moment, std::vector<MeantMoment>>;
using Arguments = std::map<std::string, Argument>;

// What a turn does, besides the next conversation. Visited, never switched by string.
struct SayEffect {
  std::string key;
  Arguments arguments;                    // the answers kept so far; facts are added by the caller
  std::string invitation = {};            // that this is about: the caller adds its time and place too; mostly empty
  std::string list = {};                  // that the sentence shows as {list}: vocabulary.hpp
  std::vector<std::string> offered = {};  // …its ids, numbered from 1
  Arguments for_site = {};                // what the caller says otherwise in the site's language: lists, pages
  bool draft = false;                     // an argument is a draft: the site's language stands beside the sentence

  friend bool operator==(const SayEffect&, const SayEffect&) = default;
};
struct TaskEffect {
  std::string kind;
  Answers answers = {};  // kept so far, for whoever does it

  friend bool operator==(const TaskEffect&, const TaskEffect&) = default;
};
struct CaseEffect {
  std::string kind;
  Answers answers;

  friend bool operator==(const CaseEffect&, const CaseEffect&) = default;
};
struct InvitationEffect {
  std::string invitation;  // as Opening named it
  Response response = Response::none;

  friend bool operator==(const InvitationEffect&, const InvitationEffect&) = default;
};
struct AnswerForEffect {  // the text is an answer to that question, as the caller named it in the list "questions"
  std::string question;
  std::string text;

  friend bool operator==(const AnswerForEffect&, const AnswerForEffect&) = default;
};
struct TopicEffect {  // the person has said what they meant: its dialog begins
  std::string topic;  // Heard::topic()

  friend bool operator==(const TopicEffect&, const TopicEffect&) = default;
};
using Effect = std::variant<SayEffect, TaskEffect, CaseEffect, InvitationEffect, AnswerForEffect, TopicEffect>;

// How a dialog begins when it does not begin from nothing.
struct Opening {
  Answers answers = {};                   // known from the start: {"invitation": "12"}
  std::optional<TimePoint> expires = {};  // of its questions, instead of the dialog's own span
  std::string step = {};                  // to begin with; empty: the first
};

// A way that a turn took, for the coverage of transcripts.
struct Taken {
  std::string dialog;
  std::string step;
  std::string way;  // "begins", "answer 1", "otherwise", "human", "unanswered", "when 1", "then": dialog/ways

  friend auto operator<=>(const Taken&, const Taken&) = default;
};

struct Turn {
  Conversation next;
  std::vector<Effect> effects;
  std::vector<Taken> taken = {};
};

// A language that the menu offers; its number is its place in the list, from 1.
struct LanguageChoice {
  Locale locale;
  std::vector<std::string> names;  // folded: endonym, name in the other languages, code
};

// Words of the menu in the person's language (and the site's, and English), folded, by locale key.
using MenuWords = std::map<std::string, std::vector<std::string>, std::less<>>;

// One line of a list that is not the language menu.
struct Choice {
  std::string id;
  std::vector<std::string> names = {};  // folded
};

// What the server knows at this moment, by the words of vocabulary.hpp; 'kept' is what the dialog has kept so far.
class Knowledge {
 public:
  virtual ~Knowledge() = default;
  virtual std::optional<std::int64_t> fact(std::string_view name, const Answers& kept) const = 0;
  virtual std::vector<Choice> list(std::string_view name, const Answers& kept) const = 0;
  // The best that 'kept' does not name under 'shown'; nothing when there is none left.
  virtual std::optional<std::string> pick(std::string_view what, const Answers& kept) const = 0;
};
const Knowledge& nothing_known();

struct Facts {
  const MenuWords& words;
  const std::vector<LanguageChoice>& languages;
  const Knowledge& knowledge = nothing_known();
  Locale reads = {};                         // the language of the answer; empty: every dialog may begin
  date::local_days today = {};               // by the association's clock, for dates without a year
  std::vector<std::string> dialled_in = {};  // countries of a number without its code, the likeliest first: "CH"
};

// Under which the ids that were picked are kept, separated by blanks.
inline constexpr const char* shown_answer = "shown";
// The text that we ask back about, for the list "questions" and the action 'answer_for'.
inline constexpr const char* text_answer = "text";

// What the person answered, as far as the caller could tell.
struct Answer {
  const Reading& reading;
  std::optional<bool> yes;                 // a yes or a no in their language; nothing for anything else
  std::string media = {};                  // the number of the message, when it brought a photo, a voice or a file
  std::optional<TypedMoment> moment = {};  // the text is a day, an hour or both, and nothing else
};

// Begins a dialog. One that 'remembers' replaces whatever was waiting; an aside (danger, help) leaves it waiting,
// unless it asks something itself: then its question comes first, and the older one is asked again afterwards.
// A standing dialog is an aside whose question nobody clears or asks again; what an invitation asked before is
// forgotten when a dialog begins that knows it. More than 8 questions deep: the oldest is given up, standing ones last.
// No such dialog or step, one that is not written in the reader's language, an empty list, calls more than 8 deep, or
// more than 50 steps: a human is called (TaskEffect "person", SayEffect human_key). 'next.version' is the caller's.
Turn start(const Conversation& conversation, std::string_view dialog, const Facts& facts, const Library& library,
           TimePoint now, const Opening& opening = {});

// Answers the question of the frame 'at' (an index into the conversation's stack, as accepting() gives it), or the
// newest one that still waits. When none does (a broken precondition), the first dialog begins.
// A question goes on in the version of its dialog that it began with, if the library has it (Library::add_version),
// else in today's; when its dialog or step has gone, a human is called.
Turn answer(const Conversation& conversation, const Answer& answer, const Facts& facts, const Library& library,
            TimePoint now, std::optional<std::size_t> at = {});

// When the next question gives up waiting; nothing when none does.
std::optional<TimePoint> next_time_out(const Conversation& conversation);
// Goes on where a question has waited long enough ('unanswered'): the one whose time came first. Nothing is asked
// again. The conversation as it was, and no effects, when none has.
Turn time_out(const Conversation& conversation, const Facts& facts, const Library& library, TimePoint now);

// Puts the newest question again, standing ones aside, as the newest of all.
Turn ask_again(const Conversation& conversation, const Facts& facts, const Library& library, TimePoint now);

// Whether a question waits for an answer and has not expired.
bool waiting(const Conversation& conversation, TimePoint now);
// Forgets the questions that expired. start() and answer() do so themselves; call it before those below.
void drop_expired(Conversation& conversation, TimePoint now);
// The newest question belongs to an 'optional' dialog; drop_question forgets it.
bool is_optional(const Conversation& conversation, const Library& library);
void drop_question(Conversation& conversation);
// The newest question, standing ones aside, takes any text as it is (a name, an address): no language offer may
// interrupt it. Where it stands in the stack; nothing when it does not.
std::optional<std::size_t> takes_any_text(const Conversation& conversation, const Library& library);
// A question waits, perhaps an older one, that a day or an hour answers.
bool asks_for_day(const Conversation& conversation, const Library& library);
// Whether the newest question would put this answer in a category other than free text.
bool accepts(const Conversation& conversation, const Answer& answer, const Facts& facts, const Library& library);
// The frames whose question would: indexes into the stack, the newest question first.
std::vector<std::size_t> accepting(const Conversation& conversation, const Answer& answer, const Facts& facts,
                                   const Library& library);

// Keys that the engine says, and the task that it opens, by itself.
inline constexpr std::string_view not_understood_key = "common.not_understood";
inline constexpr std::string_view human_key = "common.human";
inline constexpr std::string_view human_task = "person";

}  // namespace passerelle::dialog
