// A dialog as a picture: every way out is drawn, and no text of ours can break the drawing.
#include "dialog/drawing.hpp"

#include <gtest/gtest.h>

#include "dialog/load.hpp"

namespace passerelle::dialog {
namespace {

std::string drawn(const std::string& steps, const Wording& wording = [](const std::string& key) { return key; }) {
  const Loaded loaded = load("menu.yaml", "dialog: menu\nsteps:\n" + steps, "");
  if (loaded.dialog == nullptr) return to_string(loaded.findings.at(0));
  return draw(*loaded.dialog, wording);
}

TEST(Drawing, every_way_out_of_a_dialog_has_its_arrow) {
  EXPECT_EQ(drawn(R"(  end_of_all:
    say: [menu.hello, menu.more]
    call: other
    when:
      - {fact: free_places, at_least: 3, then: ask}
      - {fact: on_duty, is: yes, then: dialog third}
    then: first
  ask:
    begins: true
    do: [{task: call_back}]
    ask: menu.q
    answers:
      - {number: 1, then: end_of_all}
      - {yes: true, then: human}
      - {one_of: needs, keep: need, then: end}
      - {count: people, from: 1, to: 12, then: end}
    tries: 3
    unanswered: {after: 90m, then: end}
)"),
            R"(flowchart TD
  b(["menu"])
  s0[["end_of_all<br/>menu.hello<br/>menu.more<br/>call other"]]
  b --> s0
  s1{"ask<br/>☑ task call_back<br/>menu.q"}:::opens
  b --> s1
  s0 -.-> e0
  s0 -- "free_places ≥ 3" --> s1
  s0 -- "on_duty = yes" --> e1
  s0 -- "else" --> e2
  s1 -- "1" --> s0
  s1 -- "yes" --> e3
  s1 -- "need = one of needs" --> e4
  s1 -- "people = a number, 1 to 12" --> e4
  s1 -. "unclear 3 times" .-> e3
  s1 -- "no answer in 90m" --> e4
  e0(["dialog other"])
  e1(["dialog third"])
  e4(["end"])
  e2(["first"])
  e3(["human"])
  classDef opens stroke-width:4px
)");
}

TEST(Drawing, sentences_cannot_break_out_of_their_quotes) {
  const std::string picture =
      drawn("  hello: {say: a}\n", [](const std::string&) { return "say \"1\" --> <b>#x;\n`y` {a}]\\\x07"; });
  EXPECT_NE(picture.find(R"(s0["hello<br/>say #34;1#34; --#62; #60;b#62;#35;x#59;<br/>#96;y#96; {a}]#92;#7;"])"),
            std::string::npos)
      << picture;
}

TEST(Drawing, a_question_that_a_person_reads_says_when) {
  const std::string unclear = drawn("  a: {ask: q, answers: [{number: 1, then: end}], unclear: human}\n");
  EXPECT_NE(unclear.find("s0 -. \"unclear\" .-> e1\n"), std::string::npos) << unclear;
  const std::string once = drawn("  a: {ask: q, answers: [{number: 1, then: end}], tries: 1}\n");
  EXPECT_NE(once.find("s0 -. \"unclear\" .->"), std::string::npos) << once;
}

}  // namespace
}  // namespace passerelle::dialog
