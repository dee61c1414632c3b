#include "simulator/transcript_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "dialog/engine.hpp"
#include "simulator/expected.hpp"

namespace passerelle::simulator {
namespace {

constexpr std::string_view latin_line_key = "common.latin_line";

std::string day_and_hour(CivilTime time) { return date::format("%Y-%m-%d %H:%M", time); }

std::string start_line(const Transcript& head) {
  return fmt::format("start {} {}  {}  {}  {}\n", day_and_hour(head.start), head.zone, head.person.channel,
                     head.person.user, head.locale);
}

struct WrittenArgument {
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(const std::vector<MeantMoment>& moments) const { return passerelle::to_string(moments); }
  std::string operator()(const dialog::Moment& moment) const {
    const CivilTime civil = to_civil(moment.instant, moment.zone);
    return format_date(civil) + " " + format_time(civil);
  }
};

// Only what the sentence tells: a turn's sentences carry everything that the dialog was told.
std::string item(const turns::Content& content, const dialog::SayEffect& say, const Locale& locale) {
  std::string written = "{" + say.key;
  const auto found = content.catalog.sentence(say.key, locale, content.association.site_language);
  for (const auto& [name, value] : say.arguments) {
    if (found && found->sentence->arguments().contains(name))
      written += fmt::format(" {}=\"{}\"", name, escaped(std::visit(WrittenArgument{}, value)));
  }
  return written + "}";
}

std::string joined(const std::vector<std::string>& items) {
  std::string line;
  for (const std::string& each : items) line += (line.empty() ? "" : " ") + each;
  return line;
}

// Finds the keys that give the text of one message, as the parser reads them and replay() understands them.
class KeyLine {
 public:
  KeyLine(const Transcript& head, const turns::Content& content, const Conversation& after, TimePoint now,
          const OutboundMessage& message)
      : head_(head), content_(content), after_(after), now_(now), message_(message) {}

  std::optional<std::string> find(const std::vector<dialog::SayEffect>& says) const {
    std::vector<std::string> items;
    for (const dialog::SayEffect& say : says) items.push_back(item(content_, say, message_.locale));
    if (items.empty()) return std::nullopt;
    if (!fits(items)) items.push_back("{" + std::string(latin_line_key) + "}");
    if (!fits(items)) return std::nullopt;
    for (std::size_t at = items.size(); at-- > 0 && items.size() > 1;) {  // without those that told nothing
      std::vector<std::string> fewer = items;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(at));
      if (fits(fewer)) items = std::move(fewer);
    }
    return in_its_language(items);
  }

 private:
  std::string in_its_language(const std::vector<std::string>& items) const {
    return (message_.locale == head_.locale ? "" : "[" + message_.locale + "] ") + joined(items);
  }

  bool fits(const std::vector<std::string>& items) const {
    const std::string line = "< " + in_its_language(items) + "\n";
    const ParsedTranscript parsed = parse_transcript("", start_line(head_) + line);
    if (!parsed.findings.empty() || parsed.transcript.lines.size() != 1) return false;
    const auto* expected = std::get_if<FromUs>(&parsed.transcript.lines.front().what);
    if (expected == nullptr || expected->items.size() != items.size()) return false;
    return expected_text(content_, *expected, message_.locale, head_.zone, after_, now_) == message_.text;
  }

  const Transcript& head_;
  const turns::Content& content_;
  const Conversation& after_;
  TimePoint now_;
  const OutboundMessage& message_;
};

std::string literal(const std::string& text) {
  const bool means_more = text == "-" || text.starts_with("{") || text.starts_with("[");
  return (means_more ? "\\" : "") + escaped(text);
}

}  // namespace

std::string escaped(const std::string& text) {
  std::string line;
  for (const char each : text) {
    if (each == '\\') line += '\\';
    if (each == '\n')
      line += "\\n";
    else
      line += each;
  }
  return line;
}

TranscriptWriter::TranscriptWriter(Transcript head) : head_(std::move(head)), text_(start_line(head_)) {}

void TranscriptWriter::line(const std::string& word, const std::string& rest) {
  text_ += rest.empty() ? word + "\n" : fmt::format("{:<5} {}\n", word, rest);
}

void TranscriptWriter::person(const std::string& text) { line(">", escaped(text)); }
void TranscriptWriter::rings() { line("call", ""); }
void TranscriptWriter::staff(const std::string& action) { line("do", action); }
void TranscriptWriter::time(CivilTime time) { line("at", day_and_hour(time)); }

void TranscriptWriter::us(const std::vector<OutboundMessage>& messages, const std::vector<dialog::SayEffect>& says,
                          const turns::Content& content, const Conversation& after, TimePoint now) {
  if (messages.empty()) return line("<", "-");
  for (const OutboundMessage& message : messages) {
    std::optional<std::string> keys;
    if (messages.size() == 1) keys = KeyLine(head_, content, after, now, message).find(says);
    line("<", keys ? *keys : literal(message.text));
  }
}

std::string TranscriptWriter::text(const Simulation::State& state, TimePoint now) const {
  const Conversation& conversation = state.conversation;
  std::string facts =
      fmt::format("locale={} consent={} latin_only={}", conversation.locale.empty() ? "-" : conversation.locale,
                  to_string(conversation.consent), conversation.latin_only ? "yes" : "no");
  const bool waits = dialog::waiting(conversation, now);
  facts += " waiting=" + (waits ? conversation.stack.back().dialog.name + "/" + conversation.stack.back().step : "-");
  if (state.appointment) facts += fmt::format(" invitation={}", to_string(state.appointment->response));
  if (state.contact.paused) facts += " paused=yes";
  for (const store::Task& task : state.tasks) facts += " task=" + task.kind;
  if (state.tasks.empty()) facts += " task=-";
  return text_ + fmt::format("{:<5} {}\n", "is", facts);
}

}  // namespace passerelle::simulator
