// Operations that send what staff write: send.preview, send.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/crypto.hpp"
#include "console/arguments.hpp"
#include "console/message_row.hpp"
#include "console/moment.hpp"
#include "console/operations.hpp"
#include "language/cheaper.hpp"
#include "language/segments.hpp"
#include "store/address.hpp"
#include "store/channel_state.hpp"
#include "store/contact.hpp"
#include "store/outbound_state.hpp"
#include "turns/next_address.hpp"
#include "turns/phrase.hpp"
#include "turns/send.hpp"

namespace passerelle::console {
namespace {

constexpr std::size_t longest_key = 64;
constexpr std::int64_t ms_in_hour = 3'600'000;

struct Wish {
  Address to;
  turns::FreeText text;
  bool has_key = false;
  std::optional<turns::Phrased> phrase = {};  // where the text comes from, when staff did not write it
};

bool is_key(std::string_view key) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  };
  return key.size() <= longest_key && std::ranges::all_of(key, fits);
}

// In the person's language where somebody has written it in that, else in the site's, with our phone number in theirs.
result<Wish> with_phrase(Desk& desk, Wish wish, const std::string& name,
                         const std::map<std::string, std::string>& fields) {
  const AddressId address = store::find_address(desk.transaction, wish.to);
  const Locale wanted =
      wish.text.locale.empty() ? turns::language_for(desk.transaction, desk.content, address) : wish.text.locale;
  auto phrased = turns::fill_in(desk.content, name, fields, wanted);
  if (!phrased) return phrased.error();
  wish.text.text = phrased->text;
  wish.text.locale = phrased->locale;
  wish.text.any_language = true;
  wish.phrase = std::move(*phrased);
  return wish;
}

result<Wish> read_wish(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments, telephony(desk));
  Wish wish;
  wish.to = given.address("to");
  const auto phrase = given.text_if_given("phrase", "water_cut");
  const auto fields = given.fields_if_given("fields", "building=Rue du Pont 5; from=2027-03-28 08:00");
  if (!phrase) wish.text.text = given.text("text", "what to say, or a 'phrase'");
  wish.text.locale = given.text_if_given("language", "fr").value_or("");
  const auto message_class = given.word_if_given("class", {"notice", "reminder", "crisis"});
  const auto key = given.text_if_given("key", "a name of yours for this message, so that it leaves once");
  wish.text.any_language = given.flag_if_given("any_language").value_or(false);
  const auto end = end_of_sending(desk, given);
  if (const auto sound = given.sound(); !sound) return sound.error();
  if (!end) return end.error();
  if (key && !is_key(*key)) {
    return Error{
        fmt::format("'key' has other characters than letters, digits, - _ and ., or more than {}", longest_key), "key"};
  }
  if (message_class) parse_message_class(*message_class, wish.text.message_class);
  wish.text.cause = "desk:" + key.value_or(crypto::random_ref());
  wish.text.not_after = *end;
  wish.has_key = key.has_value();
  if (!phrase && wish.text.locale.empty()) wish.text.locale = desk.content.association.site_language;
  if (!phrase) return fields.empty() ? result<Wish>(wish) : Error{"'fields' belong to a 'phrase'", "fields"};
  return with_phrase(desk, std::move(wish), *phrase, fields);
}

// To the address that staff named or, where nothing can be written there now, to the person's next one.
turns::Way way_of(Desk& desk, const Wish& wish, AddressId id) {
  return turns::way_to(desk.transaction, desk.content, desk.channels, {id, wish.to}, wish.text.message_class, false,
                       desk.now);
}

void put_cost(Desk& desk, const turns::ReadyText& ready, const turns::ChannelFacts& channel,
              boost::json::object& into) {
  const turns::Cost cost = turns::cost_of({ready.text}, channel.policy, ready.message.to.address);
  into["encoding"] = language::to_string(cost.encoding);
  into["segments"] = cost.segments;
  if (channel.policy.price.micros == 0) return;
  into["cost"] = to_string(cost.money);
  const std::string& name = ready.message.to.address.channel;
  const store::Spending spent = store::spending(desk.transaction, name, turns::spending_month(desk.content, desk.now));
  into["spent_this_month"] = to_string(Money{spent.micros, channel.policy.price.currency});
  if (channel.policy.monthly_cap.micros > 0) into["monthly_cap"] = to_string(channel.policy.monthly_cap);
}

void put_cheaper(const Desk& desk, const turns::ReadyText& ready, const turns::ChannelFacts& channel,
                 boost::json::object& into) {
  const auto cheaper = language::cheaper_spelling(ready.text, desk.content.spelling, ready.message.locale);
  if (!cheaper) return;
  into["cheaper_text"] = *cheaper;
  const turns::Cost cost = turns::cost_of({*cheaper}, channel.policy, ready.message.to.address);
  into["cheaper_segments"] = cost.segments;
  if (channel.policy.price.micros > 0) into["cheaper_cost"] = to_string(cost.money);
}

// What staff who do not speak the language must know of it.
void put_phrase(const turns::Phrased& phrase, boost::json::object& into) {
  into["language"] = phrase.locale;
  if (phrase.draft) into["draft"] = "no native speaker has read this translation yet";
  if (!phrase.gloss.empty()) into["means"] = phrase.gloss;
}

// When the last part will have left: what waits before it goes first, and none of it before a hold ends.
void put_end(const turns::ReadyText& ready, const turns::ChannelFacts& channel, const store::Ahead& ahead,
             TimePoint from, TimePoint now, const turns::Content& content, boost::json::object& into) {
  if (channel.policy.per_hour == 0) return;
  const auto takes = [&channel](std::int64_t segments) {
    return Milliseconds(segments * ms_in_hour / channel.policy.per_hour);
  };
  const std::int64_t own = turns::cost_of({ready.text}, channel.policy, ready.message.to.address).segments;
  put_moment(into, "ends", std::max(from, now + takes(ahead.segments)) + takes(own), content);
}

// What would happen: now, held until when, or withheld; and why.
void put_departure(Desk& desk, const turns::ReadyText& ready, const turns::ChannelFacts& channel,
                   boost::json::object& into) {
  const GateDecision decision =
      turns::foresee(desk.transaction, desk.content, channel, ready.message, {ready.text}, desk.now);
  const auto* held = std::get_if<Hold>(&decision);
  const auto* withheld = std::get_if<Withhold>(&decision);
  into["leaves"] = held != nullptr ? "later" : withheld != nullptr ? "not at all" : "now";
  const std::string why = held != nullptr ? held->why : withheld != nullptr ? withheld->why : std::string();
  if (!why.empty()) into["why"] = why;
  if (const auto meaning = explain(why); !meaning.empty()) into["meaning"] = meaning;
  if (held != nullptr) put_moment(into, "from", held->until, desk.content);
  if (withheld != nullptr) return;
  const std::string& name = ready.message.to.address.channel;
  const store::Ahead ahead = store::waiting_ahead(desk.transaction, name, ready.message.departing.message_class);
  into["waiting_before_it"] = ahead.messages;
  const store::ChannelState state = store::load_channel_state(desk.transaction, name);
  if (state.paused_at) {
    into["channel_paused"] = state.why;  // nobody knows until when
  } else {
    put_end(ready, channel, ahead, held != nullptr ? held->until : desk.now, desk.now, desk.content, into);
  }
}

result<boost::json::object> preview(Desk& desk, const boost::json::object& arguments) {
  const auto wish = read_wish(desk, arguments);
  if (!wish) return wish.error();
  const turns::Way way = way_of(desk, *wish, store::find_address(desk.transaction, wish->to));
  const turns::Destination& to = way.to;
  const auto ready = turns::ready_text(desk.transaction, desk.content, desk.channels, to, wish->text, desk.now);
  if (!ready) return ready.error();
  const turns::ChannelFacts& channel = desk.channels.find(to.address.channel)->second;
  boost::json::object told{{"address", to_string(to.address)},
                           {"reads", ready->reads.empty() ? "not known" : ready->reads},
                           {"readers", to_string(store::load_contact(desk.transaction, to.id).readers)},
                           {"text", ready->text}};
  if (way.instead_of) {
    told["instead_of"] = to_string(wish->to);
    told["because"] = way.because;
  }
  if (wish->phrase) put_phrase(*wish->phrase, told);
  put_cost(desk, *ready, channel, told);
  put_cheaper(desk, *ready, channel, told);
  put_departure(desk, *ready, channel, told);
  return told;
}

// The same key again: the message that is there already, as it is now.
result<boost::json::object> repeated(Desk& desk, const Wish& wish, OutboundId message) {
  const auto listed = store::find_message(desk.transaction, message);
  const bool same =
      listed->instead_of.value_or(listed->to) == wish.to &&
      (listed->text == wish.text.text || (wish.text.any_language && listed->text.starts_with(wish.text.text)));
  if (!same) return Error{"this key has sent another message already: take a new one", "key"};
  boost::json::object row = message_row(desk, *listed);
  row["repeated"] = true;
  return row;
}

result<boost::json::object> send(Desk& desk, const boost::json::object& arguments) {
  const auto wish = read_wish(desk, arguments);
  if (!wish) return wish.error();
  if (const auto before = store::find_outbound(desk.transaction, wish->text.cause))
    return repeated(desk, *wish, before->id);
  const turns::Way way = way_of(desk, *wish, store::find_or_add_address(desk.transaction, wish->to, desk.now));
  auto ready = turns::ready_text(desk.transaction, desk.content, desk.channels, way.to, wish->text, desk.now);
  if (!ready) return ready.error();
  ready->message.instead_of = way.instead_of;
  ready->message.because = way.because;
  const turns::Departed departed = turns::send_text(desk.transaction, desk.content, desk.channels, *ready, desk.now);
  if (!departed.messages.empty()) {
    boost::json::object row = message_row(desk, *store::find_message(desk.transaction, departed.messages.front()));
    if (const auto meaning = explain(departed.why); !meaning.empty()) row["meaning"] = meaning;
    return row;
  }
  boost::json::object row{{"state", "withheld"}, {"address", to_string(wish->to)}, {"why", departed.why}};
  if (const auto meaning = explain(departed.why); !meaning.empty()) row["meaning"] = meaning;
  row["task"] = "call_or_letter";
  return row;
}

result<boost::json::object> list_phrases(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  if (const auto sound = given.sound(); !sound) return sound.error();
  boost::json::array rows;
  for (const turns::Phrase& phrase : turns::phrases(desk.content)) {
    boost::json::array fields;
    for (const turns::PhraseField* field : phrase.fields) fields.emplace_back(field->name);
    const auto found =
        desk.content.catalog.sentence(phrase.key, desk.content.association.site_language, std::string_view("fr"));
    rows.emplace_back(boost::json::object{{"phrase", phrase.name},
                                          {"fields", std::move(fields)},
                                          {"text", found ? found->sentence->pattern : std::string()},
                                          {"about", phrase.about}});
  }
  return boost::json::object{{"phrases", std::move(rows)}};
}

constexpr std::array<Operation, 3> rows{{{"send.preview", preview}, {"send", send}, {"send.phrases", list_phrases}}};

}  // namespace

std::span<const Operation> sending_operations() { return rows; }

}  // namespace passerelle::console
