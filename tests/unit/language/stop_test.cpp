#include "shipped_keywords.hpp"

namespace passerelle::language {
namespace {

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

TEST(Stop, a_word_that_also_cancels_an_appointment_stops_while_there_are_none) {
  check({{"en", "cancel", "STOP"},
         {"fr", "CANCEL", "STOP"},
         {"es", "cancelar", "STOP"},
         {"tr", "İPTAL", "STOP"},
         {"fa", "لغو", "STOP"},
         {"fa-AF", "لغو", "STOP"},
         {"ru", "отмена", "STOP"},
         {"uk", "скасувати", "STOP"},
         {"ar", "إلغاء", "STOP"},
         {"ar", "الغاء", "STOP"},
         {"sq", "anulo", "STOP"},
         {"ur", "منسوخ", "STOP"},
         {"bn", "বাতিল", "STOP"},
         {"zh", "取消", "STOP"},
         {"vi", "HỦY", "STOP"},
         {"ar", "إلغاء الاشتراك", "STOP"},
         {"fa", "لغو اشتراک", "STOP"}});
}

TEST(Stop, a_sure_word_of_any_language_stops) {
  for (const Locale locale : {"fr", "en", "ar", "tr", "sq", "es", "ti", ""}) {
    check({{locale, "ALTO", "STOP"}, {locale, "pare", "STOP"}, {locale, "para", "STOP"}});
    check({{locale, "dur", "STOP"}, {locale, "قطع", "STOP"}});
  }
}

TEST(Stop, what_the_word_means_to_the_person_goes_before_what_it_means_elsewhere) {
  check({{"fa", "بس", "STOP"}, {"fr", "بس", "STOP"}, {"ar", "بس", "ask"}});
}

TEST(Stop, a_draft_word_of_medium_confidence_that_another_meaning_shares_asks) {
  check({{"ar", "خلاص", "ask"},
         {"fr", "كفى", "ask"},
         {"ar", "khalas", "ask"},
         {"am", "በቃ", "ask"},
         {"ckb", "بەس", "ask"},
         {"ti", "dew bel", "ask"}});
}

TEST(Stop, an_answer_of_the_persons_own_language_asks) {
  check({{"sw", "acha", "STOP"}, {"fr", "acha", "STOP"}});
  EXPECT_EQ(decided("ur", "acha", false), "ask");
}

TEST(Stop, a_stranger_asks_and_is_told_nothing) {
  check({{"fr", "faux numéro", "ask"},
         {"fr", "Bonjour, c'est pas moi", "ask"},
         {"ti", "ce n'est pas moi", "ask"},
         {"en", "Sorry, wrong number!", "ask"},
         {"fr", "you have the wrong number", "ask"},
         {"ar", "الرقم خطأ", "ask"},
         {"uk", "не той номер", "ask"},
         {"ti", "ጌጋ ቁጽሪ", "ask"},
         {"fa-AF", "شماره اشتباه است", "ask"},
         {"fr", "laissez moi tranquille", "ask"},
         {"en", "leave me alone", "ask"},
         {"fr", "ce n'est pas moi qui ai la clé", "-"}});
}

TEST(Stop, the_words_of_our_own_sentences_stop) {
  check({{"fr", "arrête", "STOP"},
         {"fr", "arrete", "STOP"},
         {"fr", "arrête stp", "STOP"},
         {"fr", "arrête de m'écrire", "STOP"},
         {"fr", "stoppe", "STOP"},
         {"fr", "ne m'envoyez plus rien", "STOP"},
         {"fr", "fin des messages", "STOP"},
         {"fr", "plus de messages s'il vous plait", "STOP"},
         {"en", "end messages", "STOP"},
         {"en", "no more messages", "STOP"},
         {"ti", "ደው በሉ", "STOP"},
         {"ti", "መልእኽቲ ደው ይበል", "STOP"},
         {"ar", "إيقاف الرسائل", "STOP"},
         {"uk", "кінець", "STOP"},
         {"fa-AF", "ختم پیام‌ها", "STOP"}});
}

TEST(Stop, a_word_that_is_also_no_in_the_same_language_asks) {
  check({{"ta", "வேண்டாம்", "ask"}, {"fr", "வேண்டாம்", "ask"}, {"ta", "நிறுத்து", "STOP"}, {"ta", "இல்லை", "NO"}});
}

TEST(Stop, accents_tell_vietnamese_words_apart) {
  check({{"vi", "dừng", "STOP"}, {"vi", "đúng", "YES"}, {"vi", "dung", "ask"}, {"vi", "dạ", "YES"}, {"vi", "đã", "-"}});
}

}  // namespace
}  // namespace passerelle::language
