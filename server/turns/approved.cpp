#include "turns/approved.hpp"

#include <algorithm>

#include "language/bidi.hpp"
#include "language/local_time.hpp"
#include "turns/facts.hpp"

namespace passerelle::turns {
namespace {

const dialog::Argument* find(const std::vector<dialog::SayEffect>& says, const std::string& name) {
  for (const dialog::SayEffect& say : says) {
    const auto found = say.arguments.find(name);
    if (found != say.arguments.end()) return &found->second;
  }
  return nullptr;
}

// Of a place nothing but words and moments is told.
std::string words_of(const Content& content, const dialog::Argument& argument, const ReaderStyle& reader) {
  if (const auto* text = std::get_if<std::string>(&argument)) return *text;
  const auto* moment = std::get_if<dialog::Moment>(&argument);
  if (moment == nullptr) return {};
  DateStyle style = reader.dates;
  if (!style.digits) style.digits = content.association.digits;
  return language::local_time(content.catalog, to_civil(moment->instant, moment->zone), reader.locale,
                              content.association.site_language, style);
}

std::vector<std::string> first_payloads(const Texts& composed, std::int64_t most) {
  std::vector<std::string> payloads;
  for (const Text& each : composed) {
    for (const Button& button : each.buttons.list) {
      if (std::ssize(payloads) < most) payloads.push_back(button.payload);
    }
  }
  return payloads;
}

}  // namespace

std::string kind_of(std::string_view dialog, std::string_view step) {
  return std::string(dialog) + (step.empty() ? "" : ".") + std::string(step);
}

const ApprovedText* approved_for(const ChannelFacts& channel, std::string_view kind, const Locale& language) {
  const auto found = std::ranges::find_if(channel.approved, [&](const ApprovedText& each) {
    return each.status == ApprovedText::Status::approved && each.kind == kind && each.language == language;
  });
  return found == channel.approved.end() ? nullptr : &*found;
}

bool can_tell(const ApprovedText& text, const dialog::Arguments& words) {
  return std::ranges::all_of(text.places, [&](const std::string& name) { return words.contains(name); });
}

std::optional<Text> as_approved(const Content& content, const ApprovedText& text, const Texts& composed,
                                const std::vector<dialog::SayEffect>& says, const ReaderStyle& reader) {
  FilledText filled{text.name, text.code, {}, first_payloads(composed, text.buttons)};
  // A button that brings nothing back would be heard as words, and perhaps by another question.
  if (std::ssize(filled.payloads) < text.buttons) return std::nullopt;
  for (const std::string& name : text.places) {
    const dialog::Argument* argument = find(says, name);
    std::string words = argument == nullptr ? std::string() : words_of(content, *argument, reader);
    if (words.empty()) return std::nullopt;
    filled.values.push_back(std::move(words));
  }
  Text told(language::lead_right(filled_in(text, filled.values)));
  if (!composed.empty()) told.gloss = composed.front().gloss;
  told.approved = std::move(filled);
  return told;
}

}  // namespace passerelle::turns
