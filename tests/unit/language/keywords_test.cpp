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

// "stove|curtain burns" as it is typed, once with each alternative and the others' first.
std::vector<std::string> typed(const std::string& text) {
  std::vector<std::string> out;
  std::size_t most = 1;
  for (std::size_t pick = 0; pick < most; ++pick) {
    std::istringstream words(text);
    std::string line;
    for (std::string word; words >> word;) {
      std::vector<std::string> alternatives;
      std::istringstream all(word);
      for (std::string one; std::getline(all, one, '|');) alternatives.push_back(one);
      most = std::max(most, alternatives.size());
      line += (line.empty() ? "" : " ") + alternatives[pick < alternatives.size() ? pick : 0];
    }
    out.push_back(line);
  }
  return out;
}

// What a file says of one of its words, for a person of that language.
void check_entry(const Locale& locale, std::string_view intent, const boost::json::object& entry,
                 const std::string& text) {
  const std::string got = decided(locale, text);
  const bool asks = entry.contains("ask") || entry.at("confidence").as_string() == "needs native review";
  if (intent != "DANGER" && asks) {
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
        const bool other_meaning =
            entry.contains("unless") || entry.contains("also") || text == "வேண்டாம்" || text == "vendam";
        if (has_gap || other_meaning) continue;
        for (const std::string& line : typed(text)) check_entry(language == "*" ? "fr" : language, intent, entry, line);
      }
    }
  }
}

TEST(KeywordFiles, a_star_stands_only_behind_three_letters_of_a_danger_word) {
  for (const std::string entry : {R"("DANGER": [{"text": "me fr*ppe")", R"("DANGER": [{"text": "tu*")",
                                  R"("DANGER": [{"text": "incend*", "whole": true)", R"("STOP": [{"text": "arret*")",
                                  R"("DANGER": [{"text": "*")", R"("STOP": [{"text": "fin", "whole": true)",
                                  R"("DANGER": [{"text": "feu", "ask": true)"}) {
    Keywords keywords;
    const Findings findings = keywords.add("fr.keywords.json", R"({"language": "fr", "status": "draft",
 "keywords": {)" + entry + R"(, "form": "native", "confidence": "high"}]}})");
    ASSERT_EQ(findings.size(), 1U) << entry;
    EXPECT_EQ(findings[0].at.line, 2) << entry;
  }
}

TEST(KeywordFiles, alternatives_are_single_words_of_danger_and_everyday_words_stand_alone) {
  for (const std::string lists :
       {R"("keywords": {"STOP": [{"text": "arret|fin", "form": "native", "confidence": "high"}]})",
        R"("keywords": {"DANGER": [{"text": "feu|gaz", "form": "native", "confidence": "high", "whole": true}]})",
        R"("keywords": {"DANGER": [{"text": "four|| brule", "form": "native", "confidence": "high"}]})",
        R"("keywords": {"DANGER": [{"text": "four|l'auto brule", "form": "native", "confidence": "high"}]})",
        R"("keywords": {}, "harmless": ["feu| vert"])", R"("keywords": {}, "everyday": ["feu vert"])"}) {
    Keywords keywords;
    const Findings findings =
        keywords.add("fr.keywords.json", "{\"language\": \"fr\", \"status\": \"draft\",\n" + lists + "}");
    EXPECT_FALSE(findings.empty()) << lists;
  }
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
         {"fr", "aide moi stp", "HELP"},
         {"fr", "aidez moi!!!!", "HELP"},
         {"en", "help me", "HELP"},
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
  check({{"ti", "ጀምር", "-"}, {"om", "jalqabi", "-"}, {"om", "itti fufi", "-"}});
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
