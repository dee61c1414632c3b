// [[channel.template]]: what is read of it, and where each mistake is told.
#include "adapters/approved.hpp"

#include "unit/adapters/whatsapp_fixture.hpp"

namespace passerelle::adapters::approved_test {
namespace {

namespace json = boost::json;

const std::string good = R"([[template]]
for = "reminder.two_days"
language = "fr"
name = "rappel_j2"
status = "approved"
body = "Rendez-vous: {when}, {site_name}\n1 = je viens\n2 = je ne peux pas\n3 = appelez-moi"
parameters = ["when", "site_name"]
buttons = 3
)";

struct Read {
  std::vector<ApprovedText> texts;
  Findings findings;
};
Read read(const std::string& toml) {
  Read read;
  const auto block = parse_block("passerelle.toml", toml, read.findings);
  if (block) read.texts = read_approved(*block, read.findings);
  return read;
}

// "line:column what" of the only mistake.
std::string mistake(const std::string& from, const std::string& to) {
  std::string text = good;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  const Read told = read(text);
  if (told.findings.size() != 1) return std::to_string(told.findings.size()) + " mistakes";
  EXPECT_TRUE(told.texts.empty());
  EXPECT_FALSE(told.findings.front().remedy.empty());
  const Position& where = told.findings.front().at;
  return std::to_string(where.line) + ":" + std::to_string(where.column) + " " + told.findings.front().what;
}

TEST(Approved, a_text_is_read_with_all_that_the_gateway_must_be_told) {
  const Read told = read(good);
  EXPECT_TRUE(told.findings.empty());
  ASSERT_EQ(told.texts.size(), 1U);
  const ApprovedText& text = told.texts.front();
  EXPECT_EQ(text.kind + " " + text.language + " " + text.name + " " + text.code, "reminder.two_days fr rappel_j2 fr");
  EXPECT_EQ(text.status, ApprovedText::Status::approved);
  EXPECT_EQ(text.places, (std::vector<std::string>{"when", "site_name"}));
  EXPECT_EQ(text.buttons, 3);
}

TEST(Approved, what_is_not_said_to_be_approved_is_not) {
  std::string text = good;
  text.erase(text.find("status"), std::string("status = \"approved\"\n").size());
  EXPECT_EQ(read(text).texts.front().status, ApprovedText::Status::pending);
}

TEST(Approved, every_mistake_is_told_at_its_line_and_column) {
  EXPECT_EQ(mistake("\"reminder.two_days\"", "\"reminder.two_day\""),
            "2:7 'reminder.two_day' is no word for 'for' of [[channel.template]]");
  EXPECT_EQ(mistake("for = \"reminder.two_days\"\n", ""), "1:1 'for' is missing");
  EXPECT_EQ(mistake("\"fr\"", "\"f r\""), "3:12 'language' is not the code of a language");
  EXPECT_EQ(mistake("\"rappel_j2\"", "\"rappel j2\""), "4:8 'name' is not the name of a template");
  EXPECT_EQ(mistake("\"approved\"", "\"aproved\""), "5:10 'aproved' is no word for 'status' of [[channel.template]]");
  EXPECT_EQ(mistake("{when}", "{{1}}"), "6:8 'body' names '{{1}', which nobody can fill in");
  EXPECT_EQ(mistake("{site_name}", "{site}"), "6:8 'body' names '{site}', which nobody can fill in");
  EXPECT_EQ(mistake(", {site_name}", ""), "7:14 'parameters' names 'site_name', which 'body' does not");
  EXPECT_EQ(mistake(", \"site_name\"", ""), "7:14 'parameters' lacks a name that 'body' has");
  EXPECT_EQ(mistake("\"site_name\"", "\"when\", \"site_name\""), "7:14 'parameters' names 'when' twice");
  EXPECT_EQ(mistake("buttons = 3", "buttons = 4"), "8:11 'buttons' of [[channel.template]] is not what it must be");
  EXPECT_EQ(mistake("buttons", "button"), "8:1 [[channel.template]] has no key 'button'");
}

TEST(Approved, a_message_that_asks_nothing_has_no_buttons) {
  EXPECT_EQ(mistake("reminder.two_days", "appointment_cancelled"),
            "8:11 'buttons' has no answers to stand for: this message asks nothing");
}

TEST(Approved, what_a_button_stands_for_must_be_told_in_the_words_too) {
  const std::string told = "6:8 'body' has no line '2 = …', which a button stands for";
  EXPECT_EQ(mistake("\\n2 = je ne peux pas", ""), told);
  EXPECT_EQ(mistake("2 = je ne peux pas", "2 = "), told);
  EXPECT_EQ(mistake("2 = je ne peux pas", "20 = je ne peux pas"), told);
  EXPECT_EQ(mistake("\\n2 = je ne peux pas", " ou 2 = je ne peux pas"), told) << "in the middle of another line";
}

TEST(Approved, the_line_of_a_number_may_begin_with_a_mark_of_direction_and_fewer_buttons_need_fewer) {
  std::string marked = good;
  marked.replace(marked.find("2 = je"), 6, "\u200F\u20672 = je");
  EXPECT_TRUE(read(marked).findings.empty());
  std::string fewer = good;
  fewer.replace(fewer.find("\\n3 = appelez-moi"), 17, "");
  fewer.replace(fewer.find("buttons = 3"), 11, "buttons = 2");
  EXPECT_TRUE(read(fewer).findings.empty());
}

TEST(Approved, a_second_text_for_the_same_is_refused_and_other_tables_are_no_list) {
  const Read twice = read(good + good);
  ASSERT_EQ(twice.findings.size(), 1U);
  EXPECT_EQ(twice.findings.front().at.line, 9);
  EXPECT_EQ(twice.texts.size(), 1U);
  EXPECT_EQ(read("[template]\nname = \"x\"\n").findings.size(), 1U);
}

TEST(Approved, it_is_sent_under_its_name_with_its_values_and_what_its_buttons_bring_back) {
  OutboundMessage message;
  message.ref = "0123456789abcdef0123456789abcdef";
  message.to = {"chat", "+33639980001"};
  message.text = "Rendez-vous: 15.04.2027, Maison";
  message.approved = FilledText{"rappel_j2", "fr", {"15.04.2027", "Maison"}, {"s0123456789abcdef.1"}};
  const json::value body = json::parse(whatsapp_test::channel()->write(message, 0, from_ms(0)).body);
  EXPECT_TRUE(has(
      body, json::parse(
                R"({"type":"template","to":"33639980001","biz_opaque_callback_data":"0123456789abcdef0123456789abcdef",
    "template":{"name":"rappel_j2","language":{"code":"fr"},"components":[
      {"type":"body","parameters":[{"type":"text","text":"15.04.2027"},{"type":"text","text":"Maison"}]},
      {"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"s0123456789abcdef.1"}]}]}})")))
      << json::serialize(body);
  EXPECT_FALSE(body.as_object().contains("text"));
}

}  // namespace
}  // namespace passerelle::adapters::approved_test
