// What may be told of appointments, and the answer to "where and when is my appointment?".
#include "turns/appointment_words.hpp"

#include <algorithm>

#include "unit/turns/room.hpp"

namespace passerelle::turns {
namespace {

const TimePoint noon = at("2027-04-02 12:00");

class AppointmentWords : public Room {
 protected:
  // The answer, line by line.
  Kinds answer(const std::string& question = "mon rendez-vous") {
    Kinds lines;
    for (const OutboundMessage& reply : say(question, noon).replies) {
      std::string_view rest = reply.text;
      while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        lines.emplace_back(line);
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      }
    }
    return lines;
  }
  static Kinds names(const dialog::Arguments& words) {
    Kinds found;
    for (const auto& [name, value] : words) found.push_back(name);
    return found;
  }
};

TEST_F(AppointmentWords, each_coming_appointment_is_told_the_next_one_first) {
  appoint("2027-04-20 09:00", [](auto& entered) { entered.with = ""; });
  appoint("2027-04-15 14:30");
  EXPECT_EQ(answer(), (Kinds{"Rendez-vous: 15.04.2027, 14:30 (après-midi)", "Avec Anne",
                             "Rendez-vous: 20.04.2027, 09:00 (matin)"}));
}

TEST_F(AppointmentWords, each_keeps_its_own_words_on_an_own_phone) {
  record({.readers = Readers::own, .safe_hours = {}, .code = {}});
  appoint("2027-04-15 14:30");
  appoint("2027-04-20 09:00", [](auto& entered) {
    entered.place = "rivebelle";
    entered.with = "Paul";
  });
  EXPECT_EQ(answer(), (Kinds{"Rendez-vous: 15.04.2027, 14:30 (après-midi)", "Avec Anne",
                             "Lieu: Maison du Pont, Rue du Pont 3, Valmoret", "Rendez-vous: 20.04.2027, 09:00 (matin)",
                             "Avec Paul", "Lieu: Atelier, Quai des Tilleuls 8, Rivebelle"}));
}

TEST_F(AppointmentWords, five_at_most_are_told) {
  for (int day = 10; day < 17; ++day) appoint("2027-04-" + std::to_string(day) + " 10:00");
  const Kinds lines = answer();
  EXPECT_EQ(std::ranges::count(lines, "Avec Anne"), 5);
  EXPECT_EQ(lines.at(0), "Rendez-vous: 10.04.2027, 10:00 (matin)");
  EXPECT_EQ(lines.at(8), "Rendez-vous: 14.04.2027, 10:00 (matin)");
}

TEST_F(AppointmentWords, what_is_cancelled_or_over_or_somebody_elses_is_not_told) {
  cancel(appoint("2027-04-15 14:30"), start_);
  appoint("2027-04-01 14:30");
  appoint("2027-04-16 14:30", [](auto& entered) { entered.to.user = "+33639980151"; });
  const Kinds lines = answer();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0], "Nous ne trouvons pas de rendez-vous. Écrivez RAPPEL: nous vous appelons.");
}

TEST_F(AppointmentWords, whoever_has_one_is_not_told_that_there_is_none) {
  appoint("2027-04-15 14:30");
  for (const std::string& line : answer()) EXPECT_EQ(line.find("Nous ne trouvons"), std::string::npos);
}

TEST_F(AppointmentWords, the_answer_comes_after_a_stop_and_at_night_too) {
  wants(Consent::stopped);
  appoint("2027-04-15 14:30");
  const auto replies = say("quand est mon rendez-vous ?", at("2027-04-02 23:30")).replies;
  ASSERT_EQ(replies.size(), 1U);
  EXPECT_NE(replies[0].text.find("15.04.2027"), std::string::npos);
}

TEST_F(AppointmentWords, a_sentence_about_one_invitation_tells_that_one_and_an_unknown_one_tells_nothing) {
  const Appointment first = appoint("2027-04-15 14:30");
  const Appointment second = appoint("2027-04-20 09:00");
  const AddressId id = address();
  work([&](auto& transaction) {
    const auto told = with_appointments(
        transaction, *content_, id,
        {{"reminder.two_days", {}, std::to_string(second.invitation.value)}, {"reminder.two_days", {}, "4711"}}, noon);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(std::get<dialog::Moment>(told[0].arguments.at("when")).instant, second.starts);
    EXPECT_TRUE(told[1].arguments.empty());
  });
}

TEST_F(AppointmentWords, a_sentence_that_has_its_words_keeps_them) {
  appoint("2027-04-15 14:30");
  const AddressId id = address();
  work([&](auto& transaction) {
    const dialog::SayEffect given{"appointments.next", {{"when", std::string("demain")}}};
    EXPECT_EQ(with_appointments(transaction, *content_, id, {given}, noon), std::vector<dialog::SayEffect>{given});
  });
}

TEST_F(AppointmentWords, who_reads_the_phone_decides_what_may_be_told) {
  Appointment appointment = appoint("2027-04-15 14:30");
  appointment.bring = {"papers", "photo"};
  const auto told = [&](const Contact& contact) {
    return names(appointment_words(appointment, contact, content_->association));
  };
  EXPECT_EQ(told({}), (Kinds{"when", "with"}));
  EXPECT_EQ(told({.readers = Readers::shared, .safe_hours = {}, .code = {}}), (Kinds{"when", "with"}));
  EXPECT_EQ(told({.readers = Readers::own, .safe_hours = {}, .code = {}}),
            (Kinds{"bring_papers", "bring_photo", "site_address", "site_name", "when", "with"}));
  EXPECT_EQ(told({.readers = Readers::own, .discreet = true, .safe_hours = {}, .code = {}}), Kinds{"when"});
  appointment.with.clear();
  appointment.place = "gone";
  appointment.bring.clear();
  EXPECT_EQ(told({.readers = Readers::own, .safe_hours = {}, .code = {}}), Kinds{"when"});
}

TEST_F(AppointmentWords, a_place_with_a_neutral_name_is_written_neutrally_for_everybody) {
  Appointment appointment = appoint("2027-04-15 14:30");
  appointment.place = "rivebelle";
  const Contact own{.readers = Readers::own, .safe_hours = {}, .code = {}};
  EXPECT_EQ(appointment_words(appointment, own, content_->association).at("site_name"),
            dialog::Argument(std::string("Atelier")));
}

TEST_F(AppointmentWords, the_phrasebook_names_what_may_be_asked_for) {
  EXPECT_EQ(phrasebook(*content_), (Kinds{"letter", "papers", "photo"}));
}

TEST_F(AppointmentWords, only_a_number_is_an_invitation) {
  EXPECT_EQ(parse_invitation("12"), InvitationId{12});
  EXPECT_FALSE(parse_invitation(""));
  EXPECT_FALSE(parse_invitation("twelve"));
}

}  // namespace
}  // namespace passerelle::turns
