#include "language/detect.hpp"

#include <thread>

#include "shipped_keywords.hpp"

namespace passerelle::language {
namespace {

void speak(const Locale& expected, double at_least, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    const LanguageScore best = detect(text).front();
    EXPECT_EQ(best.locale, expected) << text;
    EXPECT_GE(best.confidence, at_least) << text;
  }
}

TEST(Detect, the_six_languages_in_everyday_messages) {
  speak("fr", 0.8,
        {"Bonjour", "J'ai besoin d'aide pour mes papiers", "quand est mon rendez-vous ?", "mon fils est malade",
         "la chambre est froide le chauffage ne marche plus", "bjr g besoin daide svp", "merci beaucoup"});
  speak("en", 0.8,
        {"Hi there", "Hello", "I need help with my appointment", "where is the office", "my child is sick", "thank you",
         "the heating is broken in our room"});
  speak("ar", 0.8, {"مرحبا", "أين موعدي غدا", "السلام عليكم", "متى الموعد", "شو لازم اعمل بكرا", "وين المكتب"});
  speak("ti", 0.8, {"ቆጸራይ መዓስ እዩ", "ሓገዝ የድልየኒ ኣሎ", "ከመይ ኣለኹም", "ውላደይ ሓሚሙ ኣሎ", "የቐንየለይ"});
  speak("uk", 0.8,
        {"Привіт", "Коли моя зустріч з соціальним працівником?", "моя дитина хвора", "Дякую", "де ваш офіс"});
  speak("fa-AF", 0.8,
        {"وقت ملاقات من چه وقت است", "من کمک می‌خواهم", "کجا هستید", "طفل من مریض است", "تشکر"});
}

TEST(Detect, neighbours_are_not_taken_for_one_of_the_six) {
  speak("am", 0.6, {"ቀጠሮዬ መቼ ነው", "እርዳታ እፈልጋለሁ", "አመሰግናለሁ"});
  speak("ru", 0.8, {"Привет", "Когда моя встреча?", "мне нужна помощь", "спасибо"});
  speak("ps", 0.8, {"زه مرسته غواړم", "ډېره مننه"});
  speak("ur", 0.8, {"مجھے مدد چاہیے", "میرا نام کیا ہے"});
  speak("ckb", 0.8, {"من یارمەتیم دەوێت", "زۆر سوپاس"});
  speak("de", 0.8, {"Ich brauche Hilfe", "wann ist mein Termin?"});
  speak("es", 0.8, {"¿Cuándo es mi cita?", "hola"});
  speak("it", 0.8, {"Quando è il mio appuntamento?"});
  speak("tr", 0.8, {"Merhaba randevum ne zaman"});
  speak("so", 0.6, {"Waa goorma ballantaydu", "waxaan rabaa caawimo"});
  speak("sq", 0.6, {"kur e kam takimin", "faleminderit shumë"});
  speak("ku", 0.8, {"Kengî civana min e"});
  speak("ka", 0.9, {"გამარჯობა"});
  speak("ta", 0.9, {"வணக்கம்"});
  speak("zh", 0.9, {"谢谢"});
  speak("bo", 0.9, {"བཀྲ་ཤིས་བདེ་ལེགས"});
}

TEST(Detect, arabic_and_persian_in_latin_letters) {
  speak("ar-Latn", 0.8, {"salam labes 3andi rdv ghodwa", "chnowa el wa9t", "win el bureau ya khouya 3aychek"});
  speak("fa-Latn", 0.8, {"salam khubi vaght mikham", "man komak mikham"});
}

TEST(Detect, what_two_languages_share_is_never_sure) {
  for (const std::string text : {"سلام", "ሰላም", "slm", "na", "Ahmed Hassan", "la"}) {
    EXPECT_LT(detect(text).front().confidence, 0.8) << text;
  }
  EXPECT_EQ(detect("ሰላም").front().locale, "ti");
}

TEST(Detect, texts_without_words_have_no_language) {
  for (const std::string text : {"", "2", "14:30", "👍", "https://example.org/horaire", "a@example.org", "?!"}) {
    const auto scores = detect(text);
    ASSERT_EQ(scores.size(), 1U) << text;
    EXPECT_EQ(scores[0].locale, "und") << text;
    EXPECT_EQ(scores[0].confidence, 0) << text;
  }
}

TEST(Detect, confidences_are_at_most_five_best_first_and_sum_to_one_at_most) {
  for (const std::string text : {"no", "la casa", "merci", "salam", "da", "سلام", "je ne sais pas"}) {
    const auto scores = detect(text);
    double sum = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      sum += scores[i].confidence;
      if (i > 0) EXPECT_LE(scores[i].confidence, scores[i - 1].confidence);
    }
    EXPECT_LE(scores.size(), 5U);
    EXPECT_LE(sum, 1.000001);
  }
}

TEST(Detect, looks_past_shouting_stretched_letters_signs_and_addresses) {
  speak("fr", 0.8,
        {"BONJOUUUUR JE VOUDRAIS UN RENDEZ-VOUS !!!", "😀 merci beaucoup 🙏🏽 https://example.org/help 12:30"});
  speak("en", 0.8, {"helloooooo I need heeeelp pleaseeee", "pls can u help my friend Abdullah Noorzai 0791234567"});
  speak("ar", 0.8, {"شكراااااا كتيييير على المساعدة", "شـكـرًا جـزيـلًا على الرسالة"});
}

TEST(Detect, the_script_of_most_letters_decides_and_other_words_are_left_out) {
  speak("ar", 0.8, {"عندي موعد في bureau AJAM غدا"});
  speak("uk", 0.8, {"дякую за WhatsApp і за допомогу"});
  speak("fr", 0.8, {"je m'appelle محمد et je cherche un logement"});
}

TEST(Detect, languages_without_accents_are_what_phones_write) {
  speak("fr", 0.8, {"je ne sais pas ou aller apres le rendez vous", "ou est le bureau des etrangers"});
  speak("tr", 0.8, {"cocugum hasta ne yapmaliyim", "randevumu degistirmek istiyorum"});
  speak("vi", 0.8, {"toi can giup do voi giay to cua toi"});
  speak("es", 0.8, {"cuando es mi cita con la trabajadora social manana"});
  speak("ku", 0.8, {"zaroken min nexwes in ez ci bikim"});
}

TEST(Detect, the_thirty_languages_and_two_in_latin_letters) {
  speak("wo", 0.8, {"dama soxla ndimbal ngir sama këyit yi"});
  speak("bm", 0.8, {"n mago bɛ dɛmɛ na ne ka sɛbɛnw kama"});
  speak("ln", 0.8, {"nazali na mposa ya lisalisi mpo na mikanda na ngai"});
  speak("ha", 0.8, {"ina bukatar taimako da takarduna"});
  speak("sw", 0.8, {"ninahitaji msaada na karatasi zangu"});
  speak("om", 0.8, {"waraqaa kootiif gargaarsa nan barbaada"});
  speak("pt", 0.8, {"preciso de ajuda com os meus documentos"});
  speak("bs", 0.8, {"trebam pomoć oko svojih papira"});
  speak("sr", 0.8, {"треба ми помоћ око папира"});
  speak("bn", 0.9, {"আমার সাহায্য দরকার"});
  speak("ar-Latn", 0.8, {"wa9tech el rendez vous ya khouya", "shu lazem a3mel bukra", "rani n7aws 3la khedma"});
  speak("fa-Latn", 0.8, {"farda saat chand bayad biam", "madarekam ro koja bebaram"});
}

TEST(Detect, threads_may_share_it) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      for (int round = 0; round < 50; ++round) EXPECT_EQ(detect("où est le bureau").front().locale, "fr");
    });
  }
}

const std::vector<Locale> six = {"fr", "en", "ar", "ti", "uk", "fa-AF"};

std::string chosen(std::string_view text, const Locale& known, const std::vector<Locale>& enabled = six) {
  const LanguageChange change = choose(read(text, shipped_keywords()), known, enabled);
  switch (change.kind) {
    case LanguageChange::Kind::keep: return "keep";
    case LanguageChange::Kind::reply_in: return "reply " + change.locale;
    case LanguageChange::Kind::offer: return "offer " + change.locale;
    case LanguageChange::Kind::ask: return "ask";
  }
  return {};
}

TEST(Choose, at_first_contact_it_answers_when_sure_and_asks_otherwise) {
  EXPECT_EQ(chosen("Bonjour", ""), "reply fr");
  EXPECT_EQ(chosen("ቆጸራይ መዓስ እዩ", ""), "reply ti");
  EXPECT_EQ(chosen("من کمک می‌خواهم", ""), "reply fa-AF");
  EXPECT_EQ(chosen("من کمک می‌خواهم", "", {"fr", "fa"}), "reply fa");
  EXPECT_EQ(chosen("سلام", ""), "ask");
  EXPECT_EQ(chosen("👍", ""), "ask");
  EXPECT_EQ(chosen("Merhaba randevum ne zaman", ""), "ask");     // Turkish is not enabled
  EXPECT_EQ(chosen("salam labes 3andi rdv ghodwa", ""), "ask");  // the letters say that Arabic script may not be read
}

TEST(Choose, at_first_contact_the_language_of_the_place_is_likelier_than_others) {
  for (const std::string text : {"salut", "coucou", "rendez vous", "bsr", "slt", "je m'appelle Amina", "papiers"}) {
    const LanguageChange change = choose(read(text, shipped_keywords()), "", six, "fr");
    EXPECT_EQ(change.kind, LanguageChange::Kind::reply_in) << text;
    EXPECT_EQ(change.locale, "fr") << text;
  }
  EXPECT_EQ(chosen("chambre", ""), "ask");
  EXPECT_EQ(choose(read("chambre", shipped_keywords()), "", six, "fr").kind, LanguageChange::Kind::reply_in);
  EXPECT_EQ(choose(read("chambre", shipped_keywords()), "", six, "en").kind, LanguageChange::Kind::ask);
  EXPECT_EQ(choose(read("la", shipped_keywords()), "", six, "fr").kind, LanguageChange::Kind::ask);
  EXPECT_EQ(choose(read("ca va", shipped_keywords()), "", six, "fr").locale, "fr");
  EXPECT_EQ(choose(read("Hello", shipped_keywords()), "", six, "fr").locale, "en");
}

TEST(Choose, one_word_never_changes_the_language_of_a_person) {
  EXPECT_EQ(chosen("Hello", "fr"), "keep");
  EXPECT_EQ(chosen("merci", "en"), "keep");
  EXPECT_EQ(chosen("OK", "ti"), "keep");
  EXPECT_EQ(chosen("2", "ar"), "keep");
}

TEST(Choose, a_clear_sentence_is_answered_in_its_language) {
  EXPECT_EQ(chosen("I need help with my appointment tomorrow morning please", "fr"), "reply en");
  EXPECT_EQ(chosen("Коли моя зустріч з соціальним працівником?", "fr"), "reply uk");
  EXPECT_EQ(chosen("J'ai besoin d'aide pour mes papiers, quand est mon rendez-vous ?", "ti"), "reply fr");
}

TEST(Choose, the_persons_own_language_is_kept) {
  EXPECT_EQ(chosen("J'ai besoin d'aide", "fr"), "keep");
  EXPECT_EQ(chosen("J'ai besoin d'aide", "fr-CH"), "keep");
  EXPECT_EQ(chosen("من کمک می‌خواهم", "fa"), "keep");
  EXPECT_EQ(chosen("salam labes 3andi rdv ghodwa", "ar"), "keep");
  EXPECT_EQ(chosen("Merhaba randevum ne zaman", "fr"), "keep");
}

TEST(Choose, latin_letters_from_a_person_of_another_script_keep_their_language) {
  EXPECT_EQ(chosen("selam kemey aleka", "ti"), "keep");
  EXPECT_EQ(chosen("thank you", "ti"), "keep");
  EXPECT_EQ(chosen("merci beaucoup", "uk"), "keep");
}

TEST(Choose, arabic_in_latin_letters_is_offered_and_never_imposed) {
  EXPECT_EQ(chosen("salam labes 3andi rdv ghodwa fel bureau 3lach", "fr"), "offer ar");
  EXPECT_EQ(chosen("salam labes 3andi rdv ghodwa fel bureau 3lach", "fr", {"fr", "en"}), "keep");
}

TEST(Read, puts_everything_together) {
  const Reading reading = read("\u202EStop.\r\nMerci", shipped_keywords());
  EXPECT_EQ(reading.original, "Stop.\nMerci");
  EXPECT_EQ(reading.folded, "stop merci");
  EXPECT_EQ(reading.tokens.size(), 2U);
  EXPECT_FALSE(reading.number);
  ASSERT_FALSE(reading.hits.empty());
  EXPECT_TRUE(reading.hits[0].whole_message && reading.hits[0].intent == Intent::stop);
  EXPECT_EQ(read("٣", shipped_keywords()).number, 3);
}

TEST(Manners, around_a_text_are_dropped) {
  const auto rest = [](std::string_view text) {
    return without_manners(read(text, shipped_keywords()), shipped_keywords());
  };
  EXPECT_EQ(rest("2 svp").number, 2);
  EXPECT_EQ(rest("Bonjour, 2.").number, 2);
  EXPECT_EQ(rest("٢ من فضلك").number, 2);
  EXPECT_FALSE(rest("20 % merci").number);
  EXPECT_EQ(rest("horaires svp").folded, "horaires");
  EXPECT_EQ(rest("Bonjour madame, les Horaires s'il vous plaît, merci !").original, "les Horaires");
  const Reading yes = rest("oui merci");
  EXPECT_EQ(yes.folded, "oui");
  EXPECT_EQ(yes.tokens.size(), 1U);
  EXPECT_FALSE(yes.hits.empty());
  EXPECT_EQ(rest("merci beaucoup").folded, "merci beaucoup");
  EXPECT_EQ(rest("je dis merci à tous mes amis").folded, "je dis merci a tous mes amis");
  EXPECT_EQ(rest("merci,2").number, 2);
}

TEST(Manners, a_greeting_is_told_from_thanks) {
  const auto manners = [](std::string_view text) {
    return only_manners(read(text, shipped_keywords()), shipped_keywords());
  };
  for (const std::string text : {"bonjour", "Bonsoir madame", "hello", "مرحبا", "السلام عليكم", "привіт", "ሰላም", "سلام",
                                 "slt", "Bonjour, merci", "👋"}) {
    EXPECT_EQ(manners(text), Manners::greeting) << text;
  }
  for (const std::string text : {"merci beaucoup", "شكرا", "thank you", "дякую", "የቐንየለይ", "تشکر", "👍", "🙏🏽",
                                 "merci, bonne journée", "svp merci"}) {
    EXPECT_EQ(manners(text), Manners::thanks) << text;
  }
  for (const std::string text : {"svp", "bonjour 2", "merci pour le rendez-vous", "", "?", "2"}) {
    EXPECT_EQ(manners(text), Manners::none) << text;
  }
}

TEST(Read, looks_at_4096_code_points_and_keeps_them_all) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += i % 5 == 4 ? " " : "é";
  const Reading reading = read(text, shipped_keywords());
  EXPECT_EQ(reading.original, text);
  EXPECT_LE(reading.folded.size(), 4096U);
  EXPECT_GE(reading.folded.size(), 1600U);
}

}  // namespace
}  // namespace passerelle::language
