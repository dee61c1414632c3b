// A dialog as a graph: a node is a step with actions and, where it asks, a router; exits name the next step.
// The meaning is kept close to the RapidPro/TextIt flow model: node → actions → router → categories → exits.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/finding.hpp"
#include "domain/appointment.hpp"
#include "domain/conversation.hpp"

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
struct OpenTask {
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
using Action = std::variant<Say, OpenTask, OpenCase, SetConsent, MarkLatinOnly, Respond>;

// The answer by which a dialog knows the invitation that it was begun for.
inline constexpr const char* invitation_answer = "invitation";

// What an answer must be to fall into a category.
struct OnNumber {  // the digit, or one of the words under a locale key (which may be empty)
  int number = 0;
  std::string words = {};
  Position words_at = {};
};
struct OnYes {};
struct OnNo {};
struct OnLanguage {};  // a number or a name of the language menu; stores it
struct OnText {        // any other text, kept under this name
  std::string keep;
};
using Test = std::variant<OnNumber, OnYes, OnNo, OnLanguage, OnText>;

struct Category {
  Test test;
  Exit exit;
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
  Exit exit = ToEnd{};       // of a step that does not ask
  Position at;
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
  Position at;

  const Step* find(std::string_view id) const;  // null when there is none
};

}  // namespace passerelle::dialog
