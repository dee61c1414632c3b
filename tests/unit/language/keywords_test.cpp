#include "language/keywords.hpp"

#include <boost/json.hpp>

#include "shipped_keywords.hpp"

namespace passerelle::language {
namespace {

TEST(KeywordFiles, all_load_without_findings_for_36_languages_and_everybody) {
  EXPECT_EQ(keyword_files().size(), 37U);
  shipped_keywords();
}

TEST(KeywordFiles, mistakes_are_told_with_their_place_and_the_remedy) {
  Keywords keywords;
  const Findings findings = keywords.add("fr.keywords.json", R"({"language": "fr", "status": "drafty",
 "keywords": {"STOPP": [], "STOP": [{"text": "fin", "form": "nativ", "confidence": "high"},
   {"text": "arrêt", "form": "native", "confidence": "sure", "whole": true}, {"form": "native"}]}})");
  ASSERT_EQ(findings.size(), 6U);
  EXPECT_EQ(to_string(findings[0].at), "fr.keywords.json:1:20");
  EXPECT_NE(findings[1].remedy.find("STOP"), std::string::npos);
  EXPECT_EQ(findings[2].at.line, 2);
  EXPECT_EQ(findings[3].at.line, 3);
}

TEST(KeywordFiles, text_that_is_no_json_says_where) {
  Keywords keywords;
  const Findings findings = keywords.add("x.keywords.json", "{\"language\": \"fr\",\n  nonsense");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].at.line, 2);
}

// What a file says of one of its words, for a person of that language.
void check_entry(const Locale& locale, std::string_view intent, const boost::json::object& entry) {
  const std::string text(entry.at("text").as_string());
  const std::string got = decided(locale, text);
  if (intent != "DANGER" && entry.at("confidence").as_string() == "needs native review") {
    EXPECT_TRUE(got == "-" || got == "ask") << locale << ": " << text << ": " << got;
  } else {
    EXPECT_EQ(got, intent) << locale << ": " << text;
  }
}

TEST(KeywordFiles, every_sure_word_acts_and_every_doubtful_one_asks) {
  for (const auto& path : keyword_files()) {
    const auto root = boost::json::parse(content(path)).as_object();
    const std::string language(root.at("language").as_string());
    for (const auto& [intent, entries] : root.at("keywords").as_object()) {
      for (const auto& value : entries.as_array()) {
        const auto& entry = value.as_object();
        const std::string text(entry.at("text").as_string());
        const bool has_gap = text.find("…") != std::string::npos;
        const bool other_meaning = entry.contains("also") || text == "வேண்டாம்" || text == "vendam";
        if (!has_gap && !other_meaning) check_entry(language == "*" ? "fr" : language, intent, entry);
      }
    }
  }
}

TEST(Stop, a_bare_one_of_any_language_stops_for_everybody) {
  check({{"fr", "STOP", "STOP"},
         {"ti", "stop", "STOP"},
         {"", "Stop.", "STOP"},
         {"xx", "STOP", "STOP"},
         {"fr", "Arrêt", "STOP"},
         {"en", "توقف", "STOP"},
         {"fr", "відписатися", "STOP"},
         {"ti", "ደው በል", "STOP"},
         {"uk", "СТОП", "STOP"},
         {"so", "jooji", "STOP"},
         {"zh", "退订", "STOP"},
         {"de", "abmelden", "STOP"},
         {"fa", "لغو۱۱", "STOP"},
         {"fr", "🛑", "STOP"},
         {"ka", "სტოპ", "STOP"},
         {"fr", "STOOOOP!!!", "STOP"},
         {"fr", "stop stop", "STOP"},
         {"ku", "Rawestîne", "STOP"}});
}

TEST(Stop, thanks_and_greetings_around_it_do_not_matter) {
  check({{"en", "Stop. Thank you", "STOP"},
         {"fr", "stop merci", "STOP"},
         {"fr", "STOP svp", "STOP"},
         {"fr", "Bonjour, stop s'il vous plaît, merci et bonne journée", "STOP"},
         {"ar", "توقف من فضلك شكرا", "STOP"},
         {"ar", "stop chokran", "STOP"},
         {"ti", "STOP የቐንየለይ", "STOP"},
         {"uk", "Стоп, дякую", "STOP"},
         {"fa-AF", "توقف لطفا", "STOP"},
         {"zh", "停止谢谢", "STOP"},
         {"en", "please stop 🙏", "STOP"}});
}

TEST(Stop, look_alike_letters_and_spelled_letters_count) {
  check({{"en", "ЅТОР", "STOP"},
         {"en", "ST0P", "STOP"},
         {"en", "5top", "STOP"},
         {"fr", "S T O P", "STOP"},
         {"fr", "S.T.O.P.", "STOP"},
         {"fr", "ＳＴＯＰ", "STOP"}});
}

TEST(Stop, inside_a_sentence_it_asks) {
  check({{"en", "please stop the bus", "ask"},
         {"en", "STOP calling my wife", "ask"},
         {"fr", "stop avec vos messages", "ask"},
         {"fr", "arrêtez de m'envoyer des messages", "ask"},
         {"en", "I changed my number and I live in another town now so please STOP this", "ask"},
         {"en", "hello I moved to another town last month and would like to unsubscribe from this list", "ask"},
         {"uk", "стоп досить писати", "ask"}});
}

TEST(Stop, everyday_sentences_with_such_words_are_left_alone) {
  check({{"fr", "Je suis à l'arrêt de bus", "-"},
         {"fr", "mon arrêt maladie est fini", "-"},
         {"fr", "c'est la fin du mois", "-"},
         {"fr", "on se voit à la fin du cours merci", "-"},
         {"en", "where is the bus stop", "-"},
         {"en", "see you at the end of the month", "-"},
         {"en", "I quit my job", "-"},
         {"en", "don't stop the good work", "-"},
         {"es", "una cita para mañana", "-"},
         {"es", "para mañana", "-"},
         {"ar", "عندي موعد بس ما بقدر اجي", "-"},
         {"ar", "الحمد لله كل شيء تمام خلاص", "-"},
         {"de", "Am Ende der Strasse", "-"},
         {"tr", "otobüs durağı nerede", "-"}});
}

TEST(Stop, a_word_that_also_cancels_an_appointment_asks) {
  check({{"en", "cancel", "ask"},
         {"tr", "İPTAL", "ask"},
         {"fa", "لغو", "ask"},
         {"ru", "отмена", "ask"},
         {"uk", "скасувати", "ask"},
         {"ar", "إلغاء", "ask"},
         {"fr", "cancel", "ask"}});
  check({{"ar", "إلغاء الاشتراك", "STOP"}, {"fa", "لغو اشتراک", "STOP"}});
}

TEST(Stop, a_draft_word_that_another_meaning_shares_asks) {
  check({{"ar", "خلاص", "ask"},
         {"ar", "بس", "ask"},
         {"ar", "khalas", "ask"},
         {"am", "በቃ", "ask"},
         {"ckb", "بەس", "ask"},
         {"ti", "dew bel", "ask"}});
}

TEST(Stop, a_word_that_means_something_else_to_this_person_asks) {
  // Turks and Albanians mean money; the French mean hard; an Urdu speaker says fine.
  check({{"es", "para", "STOP"},
         {"tr", "para", "ask"},
         {"sq", "parë", "ask"},
         {"tr", "dur", "STOP"},
         {"fr", "dur", "ask"},
         {"sw", "acha", "STOP"},
         {"ur", "acha", "ask"}});
}

TEST(Stop, a_word_that_is_also_no_in_the_same_language_asks) {
  check({{"ta", "வேண்டாம்", "ask"}, {"fr", "வேண்டாம்", "ask"}, {"ta", "நிறுத்து", "STOP"}, {"ta", "இல்லை", "NO"}});
}

TEST(Stop, accents_tell_vietnamese_words_apart) {
  check({{"vi", "dừng", "STOP"}, {"vi", "đúng", "-"}, {"vi", "dung", "ask"}, {"vi", "dạ", "YES"}, {"vi", "đã", "-"}});
}

TEST(NearMisses, a_letter_makes_the_opposite) {
  check({{"it", "basta", "STOP"},
         {"tr", "başla", "START"},
         {"tr", "basla", "START"},
         {"de", "abmelden", "STOP"},
         {"de", "anmelden", "START"},
         {"uk", "відписатися", "STOP"},
         {"uk", "підписатися", "START"},
         {"es", "alto", "STOP"},
         {"es", "alta", "START"},
         {"ku", "bese", "STOP"},
         {"ku", "bele", "YES"},
         {"sw", "koma", "STOP"},
         {"fa", "komak", "HELP"},
         {"tr", "dur", "STOP"},
         {"zh", "dui", "YES"},
         {"en", "stopp", "STOP"},
         {"en", "stob", "-"},
         {"en", "stat", "-"}});
}

TEST(YesAndNo, count_in_the_persons_language_in_digits_and_in_signs) {
  check({{"fr", "oui", "YES"},        {"fr", "Oui merci", "YES"}, {"fr", "non merci", "NO"},
         {"so", "oui", "-"},          {"so", "haa", "YES"},       {"ti", "እወ", "YES"},
         {"ar", "نعم", "YES"},        {"uk", "так", "YES"},       {"fa-AF", "بلی", "YES"},
         {"prs", "بلی", "YES"},       {"fa", "بلی", "YES"},       {"kmr", "erê", "YES"},
         {"fr-CH", "non", "NO"},      {"ar-TN", "لا", "NO"},      {"hr", "da", "YES"},
         {"xx", "yes", "-"},          {"", "oui", "-"},           {"ti", "1", "YES"},
         {"ar", "٢", "NO"},           {"ti", "👍", "YES"},        {"ti", "👎", "NO"},
         {"uk", "✅", "YES"},         {"uk", "❌", "NO"},         {"ar", "OK", "YES"},
         {"fr", "merci 👍🏽", "YES"}, {"fr", "oui 👎", "-"},      {"vi", "được hạn", "-"}});
}

TEST(YesAndNo, jo_is_no_to_an_albanian_and_yes_to_a_swiss) {
  check({{"sq", "jo", "NO"}, {"de", "jo", "YES"}, {"fr", "jo", "-"}});
}

TEST(YesAndNo, with_more_words_they_are_not_an_answer) {
  check({{"en", "Yes, in 2 hours", "-"},
         {"fr", "oui mais pas demain", "-"},
         {"fr", "2 heures", "-"},
         {"uk", "так, о 14", "-"}});
}

TEST(YesAndNo, need_an_open_question) {
  EXPECT_EQ(decided("fr", "oui", false), "-");
  EXPECT_EQ(decided("fr", "1", false), "-");
  EXPECT_EQ(decided("fr", "stop", false), "STOP");
  EXPECT_EQ(decided("fr", "aide", false), "HELP");
}

TEST(OtherIntents, count_in_any_language) {
  check({{"fr", "START", "START"},
         {"ti", "aide", "HELP"},
         {"fr", "ሓገዝ", "HELP"},
         {"uk", "?", "HELP"},
         {"ar", "؟", "HELP"},
         {"en", "help me please", "HELP"},
         {"ar", "ساعدوني", "HELP"},
         {"fr", "aidez-moi", "HELP"},
         {"fr", "Langue", "LANGUAGE"},
         {"ti", "ቋንቋ", "LANGUAGE"},
         {"uk", "мова", "LANGUAGE"},
         {"fa-AF", "زبان", "LANGUAGE"},
         {"ar", "لغة", "LANGUAGE"},
         {"fr", "RAPPEL", "CALLBACK"},
         {"ti", "rappel", "CALLBACK"},
         {"fr", "rappelez-moi svp", "CALLBACK"},
         {"en", "call me back", "CALLBACK"},
         {"ar", "اتصلوا بي", "CALLBACK"},
         {"uk", "передзвоніть", "CALLBACK"},
         {"fa-AF", "به من زنگ بزنید", "CALLBACK"},
         {"ti", "ደውሉለይ", "CALLBACK"}});
}

TEST(OtherIntents, words_that_need_a_natives_review_do_nothing) {
  check({{"ti", "ጀምር", "-"}, {"om", "jalqabi", "-"}, {"ar", "3awnouni", "-"}});
}

TEST(OtherIntents, sentences_are_for_the_dialog) {
  check({{"fr", "besoin d'aide pour le formulaire", "-"},
         {"en", "when does the course start?", "-"},
         {"fr", "Bonjour, je serai en retard", "-"},
         {"fr", "merci", "-"},
         {"fr", "", "-"},
         {"fr", "😀", "-"}});
}

}  // namespace
}  // namespace passerelle::language
