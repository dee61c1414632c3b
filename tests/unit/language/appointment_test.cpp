// "When and where is my appointment?": heard as a message of its own in any language and inside the person's own
// sentences, and never where somebody wants another one, or cannot come.
#include "shipped_keywords.hpp"

namespace passerelle::language {
namespace {

TEST(Appointment, questions_are_heard_in_every_language) {
  for (const Locale& locale : languages_with("appointment")) {
    const auto questions = sentences("appointment", locale);
    EXPECT_GE(questions.size(), 9U) << locale;
    for (const std::string& text : questions) {
      EXPECT_EQ(decided(locale, text, false), "APPOINTMENT") << locale << ": " << text;
      EXPECT_EQ(decided(locale, text, true), "APPOINTMENT") << locale << ": " << text;
    }
  }
}

TEST(Appointment, wishes_and_apologies_are_for_a_person) {
  for (const Locale& locale : languages_with("not_appointment")) {
    const auto others = sentences("not_appointment", locale);
    EXPECT_GE(others.size(), 9U) << locale;
    for (const std::string& text : others)
      EXPECT_NE(decided(locale, text, false), "APPOINTMENT") << locale << ": " << text;
  }
}

TEST(Appointment, a_message_of_its_own_is_understood_whoever_writes_it) {
  check({{"ti", "RDV", "APPOINTMENT"},
         {"uk", "rdv svp", "APPOINTMENT"},
         {"fr", "ቆጸራ", "APPOINTMENT"},
         {"ar", "rendez-vous", "APPOINTMENT"},
         {"fr", "When is my appointment?", "APPOINTMENT"},
         {"fr", "Termin", "APPOINTMENT"},
         {"tr", "Randevum ne zaman?", "APPOINTMENT"},
         {"fr", "когда моя встреча", "APPOINTMENT"},
         {"so", "ballantaydu waa goorma", "APPOINTMENT"},
         {"am", "ቀጠሮዬ መቼ ነው", "APPOINTMENT"},
         {"sq", "kur e kam terminin", "APPOINTMENT"},
         {"fr", "我的预约", "APPOINTMENT"}});
}

TEST(Appointment, inside_a_sentence_only_the_persons_own_language_counts) {
  const std::string english = "Hello my friend, I have lost the paper, when is my appointment with you";
  check({{"en", english, "APPOINTMENT"}, {"fr", english, "-"}, {"", english, "-"}});
  const std::string dari = "سلام ببخشید کاغذ گم شده است، وقت ملاقات من چه وقت است";
  check({{"fa-AF", dari, "APPOINTMENT"}, {"fa", dari, "APPOINTMENT"}, {"ar", dari, "-"}});
  EXPECT_EQ(decided("fr-CH", "j'ai perdu le papier, quand est mon rendez-vous"), "APPOINTMENT");
}

TEST(Appointment, a_long_letter_is_for_a_person) {
  const std::string question = "quand est mon rendez-vous ";
  std::string letter = question;
  while (letter.size() < 100) letter += "et voici mes papiers ";
  EXPECT_EQ(decided("fr", question + "et voici mes papiers"), "APPOINTMENT");
  EXPECT_EQ(decided("fr", letter), "-");
}

TEST(Appointment, comes_after_danger_stop_and_the_other_words) {
  check({{"fr", "quand est mon rendez-vous, il me frappe", "DANGER"},
         {"fr", "STOP", "STOP"},
         {"fr", "arrêtez de m'écrire quand j'ai rendez-vous", "ask"},
         {"fr", "rappel", "CALLBACK"},
         {"fr", "aide", "HELP"}});
}

TEST(Appointment, where_a_phrase_for_a_person_stands_the_same_question_is_not_heard) {
  check({{"fr", "quand est mon rendez-vous", "APPOINTMENT"},
         {"fr", "quand est mon rendez-vous? je suis malade", "-"},
         {"en", "when is my appointment", "APPOINTMENT"},
         {"en", "when is my appointment, I can't come", "-"},
         {"fa", "ملاقات من چه وقت است، نمی‌توانم بیایم", "-"}});
}

TEST(Appointment, among_everyday_sentences_only_the_questions_are_heard) {
  std::vector<std::string> heard;
  for (const Locale locale : {"fr", "en", "ar", "ti", "uk", "fa-AF"}) {
    for (const std::string& text : sentences("harmless", locale))
      if (decided(locale, text) == "APPOINTMENT") heard.push_back(text);
    for (const std::string& text : sentences("danger", locale)) EXPECT_EQ(decided(locale, text), "DANGER") << text;
  }
  EXPECT_EQ(heard, (std::vector<std::string>{"quand est mon rendez-vous", "when is my appointment", "متى موعدي",
                                             "wa9tech el rdv", "ቆጸራይ መዓስ እዩ", "коли моя зустріч",
                                             "وقت ملاقات من چه وقت است"}));
}

TEST(Appointment, unless_belongs_to_appointments_only) {
  Keywords keywords;
  const Findings findings = keywords.add("fr.keywords.json", R"({"language": "fr", "status": "draft", "keywords": {
 "STOP": [{"text": "fin", "form": "native", "confidence": "high", "unless": true}],
 "APPOINTMENT": [{"text": "annuler", "form": "native", "confidence": "medium", "unless": true},
                 {"text": "rdv", "form": "native", "confidence": "medium", "whole": true}]}})");
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].at.line, 2);
  EXPECT_EQ(findings[1].at.line, 4);
}

}  // namespace
}  // namespace passerelle::language
