#include "shipped_keywords.hpp"

namespace passerelle::language {
namespace {

void all_are(const std::string& expected, const Locale& locale, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) EXPECT_EQ(decided(locale, text, false), expected) << locale << ": " << text;
}

TEST(Danger, is_found_inside_french_sentences) {
  all_are("DANGER", "fr",
          {"Bonsoir, mon mari est violent, il me frappe devant les enfants", "il ma frappé", "au feu !!!",
           "Il y a un incendie au deuxième étage", "ça sent fort le gaz dans l'appartement", "la maison brûle",
           "je veux mourir", "je n'ai plus envie de vivre", "il dit qu'il va me tuer",
           "mon patron a pris mon passeport", "on m'oblige à me prostituer", "Au secours", "à l'aide !",
           "j'ai peur il a un couteau", "mon fils ne respire plus", "FEU", "gaz", "sos"});
}

TEST(Danger, is_found_inside_english_sentences) {
  all_are(
      "DANGER", "en",
      {"he is beating me", "my husband hits me", "There's a fire in the kitchen", "fire", "our flat is burning",
       "I smell gas in the corridor", "there is a gas leak", "I want to kill myself", "I don't want to live anymore",
       "He said he will kill me", "my boss took my passport", "I am being trafficked", "He has a gun",
       "please help he is hitting me", "they locked me in the room", "call the police please"});
}

TEST(Danger, is_found_inside_arabic_sentences_and_their_latin_spelling) {
  all_are("DANGER", "ar",
          {"زوجي بيضربني كل يوم", "وبيضربني قدام الاولاد", "حريق", "في ريحة غاز بالبناية", "ساعدوني راح يقتلني",
           "أريد أن أقتل نفسي", "تعرضت للاغتصاب", "صاحب العمل أخذ جواز سفري", "النجدة", "انا في خطر",
           "rajli ydhrabni kol youm", "jouzi byedrobni", "n7eb nmout", "fama 7ri9a fel dar"});
}

TEST(Danger, is_found_inside_ukrainian_tigrinya_and_dari_sentences) {
  all_are("DANGER", "uk",
          {"Мій чоловік мене б'є", "у нас пожежа на кухні", "в будинку пахне газом", "не хочу більше жити",
           "він погрожує мене вбити", "роботодавець забрав мій паспорт", "Рятуйте!", "mene bye cholovik"});
  all_are("DANGER", "ti",
          {"ሰብኣየይ ይወቅዓኒ ኣሎ", "ሓዊ ኣሎ ኣብ ገዛ", "ጋዝ ይሸትት ኣሎ", "ክመውት እደሊ ኣለኹ", "ክቐትለኒ እዩ", "ኣድሕኑኒ በጃኹም", "ፓስፖርተይ ወሲዱ",
           "seb'ay yiharmeni"});
  all_are("DANGER", "fa-AF",
          {"شوهرم مرا می‌زند", "خانه ما آتش گرفته", "بوی گاز می آید",
           "می‌خواهم خودم را بکشم", "او می خواهد مرا بکشد", "صاحب کار پاسپورتم را گرفته",
           "نجاتم بدهید", "shoharam mano mizane"});
}

TEST(Danger, cries_of_other_languages_are_heard_too) {
  all_are("DANGER", "fr", {"imdat", "救命啊", "socorro", "спасите", "upomoć", "მიშველეთ", "zu hilfe", "¡auxilio!"});
}

TEST(Danger, comes_before_stop_and_help) {
  all_are("DANGER", "fr", {"stop il me frappe", "aide au feu", "stop au secours", "non il va me tuer"});
}

TEST(Danger, is_not_seen_where_there_is_none) {
  all_are("-", "fr",
          {"il faut tourner au feu rouge", "feu vert", "J'ai reçu une facture de gaz",
           "le gaz est compris dans le loyer ?", "je vais au secours populaire", "j'ai droit à l'aide sociale",
           "comment demander l'aide d'urgence", "je meurs de faim", "mon fils joue au foot il tape dans le ballon",
           "on se bat pour nos papiers", "un couteau et une fourchette manquent", "assurance incendie"});
  all_are("-", "en",
          {"They want to fire me", "this heat is killing me", "where is the gas station", "I'm dying to see you",
           "I lost my passport", "the gas bill is too high", "I burnt the rice"});
  all_are("-", "ar", {"كم فاتورة الغاز", "أين أجد أنبوبة غاز"});
  all_are("-", "uk", {"як заплатити рахунок за газ", "газова плита не працює"});
  all_are("-", "fa-AF", {"پول گاز چند است", "آتش بس شد"});
  all_are("-", "ti", {"ጋዝ ክንደይ እዩ", "ቆጸራይ ክቕይር እደሊ"});
}

}  // namespace
}  // namespace passerelle::language
