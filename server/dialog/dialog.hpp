// A dialog as a graph: a node is a step with actions and, where it asks, a router; exits name the next step.
// The meaning is kept close to the RapidPro/TextIt flow model: node → actions → router → categories → exits.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/finding.hpp"
#include "domain/appointment.hpp"
#include "domain/conversation.hpp"
#include "domain/typed_moment.hpp"

namespace passerelle::dialog {

// Where an exit leads. Whatever names something else knows where it stands, so that lint can point at it.
struct ToStep {
  std::string step;
  Position at = {};
};
struct ToDialog {  // this dialog ends, that one begins, knowing no answers yet
  std::string dialog;
  Position at = {};
};
struct ToHuman {};  // hands over: opens a task 'person' and says so
struct ToFirst {};  // to the association's first dialog
struct ToEnd {};
using Exit = std::variant<ToEnd, ToStep, ToDialog, ToHuman, ToFirst>;

// Actions, in the order written.
struct Say {
  std::string key;
  Position at = {};
};
struct OpenTask {    // staff see the answers kept so far
  std::string kind;  // person, call_back, danger, …
};
struct OpenCase {  // with the answers kept so far
  std::string kind;
};
struct SetConsent {
  Consent consent = Consent::open;
};
struct MarkLatinOnly {};
struct Respond {  // to the invitation that this dialog was begun for
  Response response = Response::none;
  Position at = {};
};
struct Pick {  // the best that was not picked yet, by the answers kept so far; kept under the same name, or forgotten
  std::string what;  // one of vocabulary.hpp's picks: "service"
  Position at = {};
};
struct OpenTopic {   // begins what people ask about ('heard'), as they have chosen it from a list
  std::string name;  // of the answer that holds the choice
  Position at = {};
};
struct AnswerFor {   // gives the text that we asked back about to the question that was chosen (dialogs/which.yaml)
  std::string name;  // of the answer that holds the choice
  Position at = {};
};
using Action = std::variant<Say, OpenTask, OpenCase, SetConsent, MarkLatinOnly, Respond, Pick, AnswerFor, OpenTopic>;

// The answer by which a dialog knows the invitation that it was begun for.
inline constexpr const char* invitation_answer = "invitation";

// What an answer must be to fall into a category. 'keep' is the name under which it is remembered; sentences say it as
// {keep}. 'words' is a locale key of further words that fit, which may be empty.
struct OnNumber {  // of a menu: the digit, or one of the words
  int number = 0;
  std::string words = {};
  Position words_at = {};
  std::string keep = {};   // with 'value'; mostly empty
  std::string value = {};  // what is kept, since the number itself says nothing: "women"
};
struct OnYes {  // a yes in the person's language, or one of the words: "with pleasure"
  std::string words = {};
  Position words_at = {};
};
struct OnNo {
  std::string words = {};
  Position words_at = {};
};
struct OnLanguage {};  // a number or a name of the language menu; stores it
struct OnOneOf {       // a number or a name of a list that the server writes into the question as {list}
  std::string list;    // one of vocabulary.hpp's lists: "needs"
  std::string keep;    // the id that was chosen
};
struct OnCount {  // a number in any script's digits, alone or with one word beside it ("4 personnes")
  std::string keep;
  int from = 0;
  int to = 0;
};
struct OnDate {  // 3.4.2027, 3/4/27, 3.4., "last Thursday": kept as 03.04.2027; two days may be meant: it does not fit
  using Range = DayRange;
  std::string keep;
  Range range = Range::any;
};
struct OnMoment {  // "rather Thursday at 2": kept as 03.04.2027 14:00, all that it may mean, for a person to read
  std::string keep;
};
struct OnPhone {  // kept in international form: +41790000001
  std::string keep;
};
struct OnMedia {  // a photo, a voice message, a file; kept as the number of the message that brought it
  std::string keep;
};
struct OnText {  // any other text, kept under this name
  std::string keep;
};
using Test =
    std::variant<OnNumber, OnYes, OnNo, OnLanguage, OnOneOf, OnCount, OnDate, OnMoment, OnPhone, OnMedia, OnText>;

// The key of further words of a test, and where it stands; empty for most.
struct WordsKey {
  std::string key;
  Position at;
};
WordsKey words_of(const Test& test);
// The name under which the answer is kept; empty for those that keep nothing.
std::string kept_name(const Test& test);

struct Category {
  Test test;
  Exit exit;
  Position at;
};

// A way that a step which does not ask takes when a fact of vocabulary.hpp is so. A fact that is not known is never so.
struct Branch {
  enum class Compare { is, at_least, at_most };
  std::string fact;
  Compare compare = Compare::is;
  std::int64_t value = 0;  // yes: 1, no: 0
  Exit exit = ToEnd{};
  Position at;
};

// What a question does that nobody answers.
struct Unanswered {
  std::chrono::milliseconds after{};  // less than the dialog's 'expires'
  Exit exit = ToEnd{};
  Position at;
};

struct Step {
  std::string id;
  std::vector<Action> actions;
  std::string ask;  // key of the question; empty: the step does not wait
  Position ask_at;
  std::vector<Category> categories;  // tried in order
  std::string otherwise;             // key said when nothing fits (empty: common.not_understood); the question follows
  Position otherwise_at;
  int tries = 2;             // misses before a human is called
  bool human_reads = false;  // 'unclear: human': what fits nothing is for a human at once, and the question stays
  bool begins = false;       // the server may begin the dialog here, too
  std::optional<Unanswered> unanswered;
  // Of a step that does not ask: after its actions, the dialog that it calls runs to its end; what that one kept is
  // known here then. The first branch that is so leads on, else 'exit'.
  std::string call;
  Position call_at;
  std::vector<Branch> branches;
  Exit exit = ToEnd{};
  Position at;
};

// A topic that people ask about in their own words: the dialog begins for it, without a menu.
struct Heard {
  std::vector<WordsKey> like;  // locale keys of lists of examples, at least one; the first one names the topic
  std::string title;           // key of the sentence that names it where several could be meant
  Position title_at;
  std::string step;  // to begin with; empty: the first
  Position step_at;
  std::string keep;  // what is known then, as of an answer; mostly empty
  std::string value;
  bool ask_first = false;  // never begun at once: "do not call me" has the words of "call me"
  Position at;

  const std::string& topic() const { return like.front().key; }
};

struct Dialog {
  DialogRef ref;
  std::string about;
  std::vector<Step> steps;                                     // the first one begins
  std::chrono::milliseconds expires = std::chrono::hours(24);  // how long a question waits
  bool remembers = true;  // false: an aside (danger, help): it leaves the question that was open as it was
  bool optional = false;  // its question need not be answered: any other text drops it and is read as if it came alone
  // An aside whose question waits beside other dialogs until its own time is up, once for each invitation.
  bool standing = false;
  std::string title;  // key of the sentence that names its question when we must ask which one was meant; may be empty
  Position title_at;
  std::vector<Locale> languages;  // that it is written in; others get a person instead. Empty: all of the association's
  Position languages_at;
  std::vector<Heard> heard;
  // An older version whose sentences say something else today: it still reads the answer to what it has asked, and goes
  // on in today's version, since a number must mean what the sentence beside it says.
  bool stale = false;
  Position at;

  const Step* find(std::string_view id) const;  // null when there is none
};

}  // namespace passerelle::dialog
