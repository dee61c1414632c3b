// config/spelling.yaml and what an association says of it: read, and refused with the place.
#include "turns/spelling_file.hpp"

#include <gtest/gtest.h>

#include "base/file.hpp"

namespace passerelle::turns {
namespace {

using language::Folding;

std::string told(const Findings& findings) {
  std::string all;
  for (const Finding& finding : findings) all += to_string(finding) + "\n";
  return all;
}

language::SpellingPolicy shipped() {
  Findings findings;
  auto policy = read_spelling("spelling.yaml", *read_file(SOURCE_DIR "/config/spelling.yaml"), findings);
  EXPECT_EQ(told(findings), "");
  return policy;
}

std::string complaint(const std::string& text) {
  Findings findings;
  read_spelling("s.yaml", text, findings);
  return told(findings);
}

std::string own_complaint(const std::string& text) {
  Findings findings;
  language::SpellingPolicy policy = shipped();
  read_own_spelling("a.yaml", text, policy, findings);
  return told(findings);
}

TEST(SpellingFile, the_shipped_choices_are_those_that_lose_no_meaning) {
  const language::SpellingPolicy policy = shipped();
  for (const char* open : {"fr", "es", "pt", "ku", "sq", "it"})
    EXPECT_EQ(policy.of(open).folding, Folding::letters) << open;
  for (const char* kept : {"tr", "bm", "ln", "so", "ar"}) EXPECT_EQ(policy.of(kept).folding, Folding::marks) << kept;
  EXPECT_EQ(policy.of("vi").folding, Folding::never);
  const std::string filler(70, 'a');
  EXPECT_EQ(cheaper_spelling("Hûn dikarin sibê werin? Şev xweş " + filler, policy, "ku"),
            "Hun dikarin sibe werin? Sev xwes " + filler);
  EXPECT_EQ(cheaper_spelling("Ejani nesër, çfarë ore? " + filler, policy, "sq"), "Ejani neser, cfare ore? " + filler);
  EXPECT_EQ(cheaper_spelling("¿Está usted mañana aquí? " + filler, policy, "es"), "¿Esta usted mañana aqui? " + filler);
  EXPECT_EQ(cheaper_spelling("« À l’œuvre »\u202F! " + filler, policy, "fr"), "\" A l'oeuvre \" ! " + filler);
  EXPECT_EQ(cheaper_spelling("Yarın sık sık " + filler, policy, "tr"), std::nullopt);
  EXPECT_EQ(cheaper_spelling("Aw ka bɔ " + filler, policy, "bm"), std::nullopt);
}

TEST(SpellingFile, an_association_chooses_for_itself) {
  Findings findings;
  language::SpellingPolicy policy = shipped();
  read_own_spelling("a.yaml", "name: X\ncheaper_spelling:\n  fr: marks\n  tr: letters\n  so: never\n  pt-BR: never\n",
                    policy, findings);
  EXPECT_EQ(told(findings), "");
  EXPECT_EQ(policy.of("fr").folding, Folding::marks);
  EXPECT_EQ(policy.of("so").folding, Folding::never);
  EXPECT_EQ(policy.of("pt").folding, Folding::letters);
  EXPECT_EQ(policy.of("pt-BR").folding, Folding::never);
  EXPECT_EQ(cheaper_spelling("Yarın " + std::string(70, 'a'), policy, "tr"), "Yarin " + std::string(70, 'a'));
}

TEST(SpellingFile, what_an_association_mistypes_is_told_at_its_place) {
  EXPECT_EQ(own_complaint("name: X\ncheaper_spelling: marks\n"),
            "a.yaml:2:19: 'cheaper_spelling' must name languages; write 'fr: marks' under it\n");
  EXPECT_EQ(own_complaint("cheaper_spelling:\n  fr: mark\n"),
            "a.yaml:2:7: 'mark' is not how far a spelling may go; did you mean 'marks'?\n");
  EXPECT_EQ(
      own_complaint("cheaper_spelling:\n  vi: letters\n"),
      "a.yaml:2:3: nobody has said which letters 'vi' may write plainly; write marks; letters are known of bm, es, fr, "
      "it, ku, ln, pt, sq, tr\n");
  EXPECT_EQ(own_complaint("cheaper_spelling:\n  prs: never\n").substr(0, 35), "a.yaml:2:3: there is no language 'p");
  EXPECT_EQ(own_complaint("name: X\n"), "");
}

TEST(SpellingFile, a_letter_that_saves_nothing_and_one_that_is_as_dear_are_refused) {
  const std::string rest = "\nlanguages: {fr: {offer: marks}}\n";
  EXPECT_EQ(complaint("marks: {\"’\": \"'\"}" + rest), "");
  EXPECT_EQ(complaint("marks: {é: e}" + rest),
            "s.yaml:1:9: 'é' is not one letter outside the GSM 03.38 alphabet; take it out\n");
  EXPECT_EQ(complaint("marks: {êê: e}" + rest),
            "s.yaml:1:9: 'êê' is not one letter outside the GSM 03.38 alphabet; take it out\n");
  EXPECT_EQ(complaint("marks: {ê: ë}" + rest),
            "s.yaml:1:13: 'ë' is not in the GSM 03.38 alphabet; write a plain letter\n");
  EXPECT_EQ(complaint("marks: {…: ...}\nlanguages: {fr: {offer: letters}}\n"),
            "s.yaml:2:17: 'letters' is missing, which 'offer' is about; name them, or offer marks\n");
  EXPECT_EQ(complaint("marks: {…: ...}\n"),
            "s.yaml:1:1: 'languages' is missing; write 'so: {offer: marks}' under it\n");
}

}  // namespace
}  // namespace passerelle::turns
