#include "turns/send.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "base/nearest.hpp"
#include "domain/phone_address.hpp"
#include "language/script.hpp"
#include "store/activity.hpp"
#include "store/contact.hpp"
#include "store/conversation.hpp"
#include "store/undelivered.hpp"
#include "turns/appointment_words.hpp"
#include "turns/compose.hpp"
#include "turns/reply_language.hpp"

namespace passerelle::turns {
namespace {

constexpr std::string_view phone_key = "help.phone";
constexpr std::string_view invitation_prefix = "inv:";
constexpr std::string_view cancellation = "appointment_cancelled";

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

// Of one that cannot be read nobody knows anything; the gate treats it as stopped.
Conversation known_of(store::Transaction& transaction, AddressId address) {
  try {
    return store::load_conversation(transaction, address);
  } catch (const store::UnreadableConversation&) {
    return {};
  }
}

result<void> check_channel(const ChannelBook& channels, const std::string& name) {
  const auto channel = channels.find(name);
  if (channel == channels.end()) {
    std::vector<std::string> names;
    for (const auto& [each, facts] : channels) names.push_back(each);
    const std::string remedy = names.empty() ? "the configuration names none" : suggest(name, names);
    return Error{fmt::format("there is no channel '{}'; {}", name, remedy), "to"};
  }
  if (channel->second.sends) return {};
  return Error{fmt::format("the channel '{}' only answers: it cannot send what we start", name), "to"};
}

// Of a channel that check_channel() has found.
result<void> check_person(const Content& content, const ChannelBook& channels, const Address& to) {
  const ChannelFacts& channel = channels.find(to.channel)->second;
  if (!channel.telephones) return {};
  if (!reaches(channel.policy, to.user))
    return Error{fmt::format("{} is a number of a country that '{}' does not write to; see its 'countries'", to.user,
                             to.channel),
                 "to"};
  const Sender reads = sender_of(to.user, content.association.country);
  if (reads == Sender::person) return {};
  return Error{fmt::format("{} {}", to.user, why_not_written_to(reads)), "to"};
}

result<void> check_words(const Content& content, const FreeText& given) {
  const auto& languages = content.association.languages;
  if (std::ranges::find(languages, given.locale) == languages.end()) {
    return Error{
        fmt::format("'{}' is no language of this association: {}", given.locale, suggest(given.locale, languages)),
        "language"};
  }
  if (given.text.find_first_not_of(" \t\r\n") == std::string::npos) return Error{"there is nothing to send", "text"};
  return {};
}

// The person's own language is written in words that the phone can show; these words may be neither.
result<void> check_reader(const Conversation& known, const FreeText& given) {
  if (known.latin_only && language::has_non_latin_letters(given.text))
    return Error{"this phone shows only latin letters: write the text in them, or call", "text"};
  if (known.locale.empty() || known.locale == given.locale || given.any_language) return {};
  return Error{fmt::format("this person reads {}, and the text is in {}: have it written in {}, call, or send it as it "
                           "is with any_language (--any-language), which adds our phone number in their language",
                           known.locale, given.locale, known.locale),
               "language"};
}

// "ቴሌፎን፦ +41 …", for somebody who may not understand the rest. Empty when no phone number is known.
std::string our_phone(const Content& content, const Conversation& known, TimePoint now) {
  Conversation apart = known;  // not saved; whether its phone shows these letters is asked with its own texts
  apart.latin_line_told = true;
  const Locale locale = shown_in(content, known, known.locale);
  const Texts texts = compose(content, {{std::string(phone_key), {}}}, locale, apart, now);
  return texts.empty() ? std::string() : "\n" + texts.front().text;
}

struct About {
  InvitationId invitation;
  std::int64_t revision = 0;
  std::string_view what;
};

// "inv:12:0:two_days"
std::optional<About> about_invitation(std::string_view cause) {
  if (!cause.starts_with(invitation_prefix)) return std::nullopt;
  cause.remove_prefix(invitation_prefix.size());
  About about;
  const char* const end = cause.data() + cause.size();
  const auto id = std::from_chars(cause.data(), end, about.invitation.value);
  if (id.ec != std::errc() || id.ptr == end || *id.ptr != ':') return std::nullopt;
  const auto revision = std::from_chars(id.ptr + 1, end, about.revision);
  if (revision.ec != std::errc() || revision.ptr == end || *revision.ptr != ':') return std::nullopt;
  about.what = std::string_view(revision.ptr + 1, end);
  return about;
}

// Never sent after its event, nor what is not true any more. The time at which it must have left.
result<TimePoint> end_of(store::Transaction& transaction, const std::string& cause, TimePoint wish, TimePoint now) {
  const auto about = about_invitation(cause);
  if (!about) return wish;
  const auto appointment = store::find_appointment(transaction, about->invitation);
  const bool stands = appointment && appointment->revision == about->revision &&
                      (!appointment->cancelled || about->what.starts_with(cancellation));
  if (!stands) return Error{"its appointment has been moved or cancelled since: what it says is not true any more", ""};
  if (now >= appointment->starts) return Error{"its appointment has begun: it is too late to tell", ""};
  return std::min(wish, appointment->starts);
}

}  // namespace

Locale language_for(store::Transaction& transaction, const Content& content, AddressId address) {
  const Conversation known = known_of(transaction, address);
  return shown_in(content, known, known.locale);
}

result<ReadyText> ready_text(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                             const Destination& to, const FreeText& given, TimePoint now) {
  if (auto sound = check_channel(channels, to.address.channel); !sound) return sound.error();
  if (auto sound = check_person(content, channels, to.address); !sound) return sound.error();
  if (auto sound = check_words(content, given); !sound) return sound.error();
  if (store::load_contact(transaction, to.id).discreet)
    return Error{"this is a discreet contact: free words are not sent there; call, in their safe hours", "to"};
  const Conversation known = known_of(transaction, to.id);
  if (auto sound = check_reader(known, given); !sound) return sound.error();
  ReadyText ready{
      {to, given.cause, given.locale, {given.message_class, false, false, given.not_after}}, given.text, known.locale};
  if (!known.locale.empty() && known.locale != given.locale) ready.text += our_phone(content, known, now);
  const std::size_t length = code_points(ready.text);
  if (length <= longest_free_text) return ready;
  return Error{fmt::format("the text has {} characters, and {} is the most: shorten it", length, longest_free_text),
               "text"};
}

Departed send_text(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                   const ReadyText& ready, TimePoint now) {
  Departed departed = enqueue_own(transaction, content, channels, ready.message, {ready.text}, true, now);
  if (departed.kind == Departed::Kind::withheld) store::reach_otherwise(transaction, ready.message.to.id, {}, now);
  return departed;
}

result<Departed> resend(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                        const store::ListedMessage& listed, TimePoint not_after, TimePoint now) {
  const bool waits_for_staff =
      listed.state == Delivery::uncertain || listed.state == Delivery::failed || listed.state == Delivery::expired;
  if (!waits_for_staff)
    return Error{
        fmt::format("it is {}: only what is uncertain, failed or expired is sent again", to_string(listed.state)),
        "ref"};
  if (auto sound = check_channel(channels, listed.to.channel); !sound) return sound.error();
  if (auto sound = check_person(content, channels, listed.to); !sound) return Error{sound.error().what, "ref"};
  if (store::load_contact(transaction, listed.address).discreet)
    return Error{"this has become a discreet contact: call, in their safe hours", "ref"};
  const auto end = end_of(transaction, listed.cause, not_after, now);
  if (!end) return Error{end.error().what, "ref"};
  // Whoever asked us something is not made to wait for the morning; their consent and safe hours are as they are now.
  const bool urgent = listed.message_class == MessageClass::reply;
  const OwnMessage message{
      {listed.address, listed.to}, listed.cause, listed.locale, {listed.message_class, false, urgent, *end}};
  return enqueue_again(transaction, content, channels, message, listed.id, listed.text, now);
}

}  // namespace passerelle::turns
