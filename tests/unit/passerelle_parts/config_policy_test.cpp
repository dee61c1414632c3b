// How a channel is to be used: price, cap, pace, and what happens when nobody knows whether a message left.
#include <gtest/gtest.h>

#include "unit/passerelle_parts/config_folder.hpp"

namespace passerelle {
namespace {

const std::string token = "token = \"t\"\n";
const std::string kannel =
    "[[channel]]\nname = \"k\"\ngateway = \"kannel\"\nusername = \"u\"\npassword = \"p\"\nfrom = \"1\"\n"
    "hook_secret = \"fiction-0123456789abcdef\"\n";

class Policy : public Configuration {
 protected:
  ChannelPolicy policy_of(const std::string& toml) {
    const LoadedConfig loaded = load(toml);
    EXPECT_EQ(told(loaded), "");
    return loaded.config.channels.empty() ? ChannelPolicy{} : loaded.config.channels[0].policy;
  }

  std::string complaint(const std::string& toml) {
    std::string all = told(load(toml));
    for (std::size_t at = all.find(folder_); at != std::string::npos; at = all.find(folder_))
      all.erase(at, folder_.size() + 1);
    return all;
  }
};

TEST_F(Policy, every_key_is_read) {
  const ChannelPolicy policy =
      policy_of(twilio + token +
                "reply = \"api\"\nprice = \"0.065 CHF\"\nmonthly_cap = \"200 CHF\"\nper_hour = 120\nparallel = 3\n"
                "on_uncertain = \"resend_once\"\n");
  EXPECT_FALSE(policy.inline_replies);
  EXPECT_EQ(policy.price, (Money{65'000, "CHF"}));
  EXPECT_EQ(policy.monthly_cap, (Money{200'000'000, "CHF"}));
  EXPECT_EQ(policy.per_hour, 120U);
  EXPECT_EQ(policy.parallel, 3U);
  EXPECT_TRUE(policy.resend_once);
}

TEST_F(Policy, without_any_key_the_defaults_hold) {
  const ChannelPolicy policy = policy_of(twilio + token);
  EXPECT_EQ(policy.price, Money{});
  EXPECT_EQ(policy.monthly_cap, Money{});
  EXPECT_EQ(policy.per_hour, 0U);
  EXPECT_EQ(policy.parallel, 8U);
  EXPECT_FALSE(policy.resend_once);
}

TEST_F(Policy, replies_travel_in_the_answer_where_the_gateway_can) {
  EXPECT_TRUE(policy_of(twilio + token).inline_replies);
  EXPECT_TRUE(policy_of("[[channel]]\nname = \"a\"\ngateway = \"simulator\"\n").inline_replies);
  EXPECT_FALSE(policy_of(kannel).inline_replies);
  EXPECT_FALSE(policy_of(kannel + "reply = \"api\"\n").inline_replies);
}

TEST_F(Policy, receipts_are_waited_for_only_where_the_gateway_tells_of_an_arrival) {
  EXPECT_EQ(policy_of(kannel + "receipt_minutes = 30\n").receipt_within, std::chrono::minutes(30));
  const std::string gammu = "[[channel]]\nname = \"g\"\ngateway = \"gammu\"\n";
  policy_of(gammu + "receipt_minutes = 0\n");
  EXPECT_EQ(complaint(gammu + "receipt_minutes = 30\n"),
            "p.toml:4:19: this channel tells of no arrival, so that all would be told twice; leave receipt_minutes "
            "out\n");
}

TEST_F(Policy, amounts_have_up_to_six_decimals) {
  const auto price = [&](const std::string& text) {
    return policy_of(twilio + token + "price = \"" + text + "\"\n").price;
  };
  EXPECT_EQ(price("1.500 TND"), (Money{1'500'000, "TND"}));
  EXPECT_EQ(price("0.000001 EUR"), (Money{1, "EUR"}));
  EXPECT_EQ(price("7 EUR"), (Money{7'000'000, "EUR"}));
  EXPECT_EQ(price("999999999.999999 EUR"), (Money{999'999'999'999'999, "EUR"}));
  EXPECT_EQ(price("0 CHF"), (Money{0, "CHF"}));
}

TEST_F(Policy, what_is_no_amount_is_told_with_its_place_and_a_remedy) {
  for (const std::string bad : {"", "0.065", "CHF", "CHF 1", "0,065 CHF", "-1 CHF", "1. CHF", ".5 CHF", "1.1234567 CHF",
                                "1 chf", "1 CHFR", "1  CHF", "1 CHF ", "1e3 CHF", "9999999999 CHF", "1.2.3 CHF"}) {
    EXPECT_EQ(complaint(twilio + token + "price = \"" + bad + "\"\n"),
              "p.toml:7:9: 'price' is not an amount of money; write it as price = \"0.065 CHF\"\n")
        << bad;
  }
  EXPECT_EQ(complaint(twilio + token + "price = 0.065\n"),
            "p.toml:7:9: 'price' is not a text in double quotes; write it as price = \"0.065 CHF\"\n");
}

TEST_F(Policy, a_cap_that_cannot_be_counted_is_refused) {
  EXPECT_EQ(complaint(twilio + token + "monthly_cap = \"200 CHF\"\n"),
            "p.toml:7:15: 'monthly_cap' holds nothing back without a 'price' of one segment; add price = \"0.065 "
            "CHF\", or what it costs you\n");
  EXPECT_EQ(complaint(twilio + token + "monthly_cap = \"200 CHF\"\nprice = \"0.05 EUR\"\n"),
            "p.toml:7:15: 'monthly_cap' is in another currency than 'price'; write both in EUR\n");
  EXPECT_EQ(complaint(twilio + token + "monthly_cap = \"0 CHF\"\n"), "");
}

TEST_F(Policy, countries_are_two_capital_letters_and_at_least_one) {
  EXPECT_EQ(policy_of(twilio + token).countries, std::vector<std::string>());
  EXPECT_EQ(policy_of(twilio + token + "countries = [\"CH\", \"TN\"]\n").countries,
            (std::vector<std::string>{"CH", "TN"}));
  for (const std::string bad : {"", "ch", "41", "XX", "CHE", "+41"}) {
    EXPECT_EQ(complaint(twilio + token + "countries = [\"CH\", \"" + bad + "\"]\n"),
              "p.toml:7:20: '" + bad +
                  "' of 'countries' is no country that we know; write two capital letters, as in countries = "
                  "[\"CH\", \"FR\"]\n");
  }
  EXPECT_EQ(complaint(twilio + token + "countries = []\n"),
            "p.toml:7:13: 'countries' names none, so that nobody could be written to; name them, countries = [\"CH\", "
            "\"FR\"], or leave the key out\n");
}

TEST_F(Policy, a_price_may_depend_on_where_it_goes) {
  const std::string priced = twilio + token + "price = \"0.065 CHF\"\n";
  const ChannelPolicy policy =
      policy_of(priced + "price_for = [\"+216 0.098 CHF\", \"+2165 0.1 CHF\", \"+33 0 CHF\"]\n");
  EXPECT_EQ(policy.price_for,
            (std::vector<PrefixPrice>{{"+216", {98'000, "CHF"}}, {"+2165", {100'000, "CHF"}}, {"+33", {0, "CHF"}}}));
  for (const std::string bad : {"", "216 0.098 CHF", "+216", "+216 ", "+216 0,098 CHF", "+ 0.098 CHF", "+0216 1 CHF",
                                "+21x 1 CHF", "+216  1 CHF", "+1234567890123456 1 CHF"}) {
    EXPECT_EQ(complaint(priced + "price_for = [\"+33 1 CHF\", \"" + bad + "\"]\n"),
              "p.toml:8:27: '" + bad +
                  "' of 'price_for' is not the beginning of a number and a price; write it as "
                  "price_for = [\"+216 0.098 CHF\"]\n");
  }
  EXPECT_EQ(complaint(priced + "price_for = [\"+33 1 CHF\", \"+33 2 CHF\"]\n"),
            "p.toml:8:27: 'price_for' names +33 twice; keep one of them\n");
  EXPECT_EQ(complaint(priced + "price_for = [\"+33 1 EUR\"]\n"),
            "p.toml:8:14: 'price_for' holds another currency than 'price'; write all in CHF\n");
  EXPECT_EQ(complaint(priced + "price_for = \"+33 1 CHF\"\n"),
            "p.toml:8:13: 'price_for' is not a list of texts in double quotes; write it as price_for = "
            "[\"+216 0.098 CHF\"]\n");
  EXPECT_EQ(complaint(twilio + token + "price_for = [\"+33 1 CHF\"]\n"),
            "p.toml:7:13: 'price_for' needs a 'price' for all other numbers; add price = \"0.065 CHF\"\n");
}

TEST_F(Policy, numbers_stay_within_their_bounds) {
  EXPECT_EQ(complaint(twilio + token + "per_hour = -1\n"),
            "p.toml:7:12: 'per_hour' is not between 0 and 1000000; write per_hour = 0, or leave it out\n");
  EXPECT_EQ(complaint(twilio + token + "parallel = 0\n"),
            "p.toml:7:12: 'parallel' is not between 1 and 100; write parallel = 8, or leave it out\n");
  EXPECT_EQ(complaint(twilio + token + "parallel = 101\n"),
            "p.toml:7:12: 'parallel' is not between 1 and 100; write parallel = 8, or leave it out\n");
  EXPECT_EQ(complaint(twilio + token + "parallel = \"8\"\n"),
            "p.toml:7:12: 'parallel' is not a whole number; write it as parallel = 8\n");
}

TEST_F(Policy, words_are_told_with_the_nearest_one) {
  EXPECT_EQ(complaint(twilio + token + "on_uncertain = \"resend_twice\"\n"),
            "p.toml:7:16: 'resend_twice' is not a value of 'on_uncertain'; did you mean 'resend_once'?\n");
  EXPECT_EQ(complaint(twilio + token + "reply = \"in line\"\n"),
            "p.toml:7:9: 'in line' is not a value of 'reply'; did you mean 'inline'?\n");
}

TEST_F(Policy, a_reply_always_has_a_way) {
  EXPECT_EQ(complaint(kannel + "reply = \"inline\"\n"),
            "p.toml:8:9: replies cannot travel in the answer to this gateway's webhook; write reply = \"api\"\n");
  EXPECT_EQ(complaint("[[channel]]\nname = \"a\"\ngateway = \"simulator\"\nreply = \"api\"\n"),
            "p.toml:4:9: this channel cannot send, so that its replies have no other way than the answer; write reply "
            "= \"inline\", or give it an api_url\n");
}

TEST_F(Policy, the_command_line_sets_it_too) {
  const LoadedConfig loaded = load(twilio + token, {"channel.sms.per_hour=30", "channel.sms.reply=api"});
  ASSERT_EQ(told(loaded), "");
  EXPECT_EQ(loaded.config.channels[0].policy.per_hour, 30U);
  EXPECT_FALSE(loaded.config.channels[0].policy.inline_replies);
}

}  // namespace
}  // namespace passerelle
