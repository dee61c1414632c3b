#include "domain/saved_conversation.hpp"

#include "domain/saved_text.hpp"

namespace passerelle {
namespace {

constexpr std::size_t usual_size = 768;

void write(SavedWriter& out, const Answers& answers) {
  out.raw("{");
  bool first = true;
  for (const auto& [name, answer] : answers) {
    out.raw(first ? "" : ",").text(name).raw(":").text(answer);
    first = false;
  }
  out.raw("}");
}

template <class Standing>
void write_standing(SavedWriter& out, const Standing& standing) {
  out.raw("{\"dialog\":").text(standing.dialog.name).raw(",\"hash\":").text(standing.dialog.hash);
  out.raw(",\"step\":").text(standing.step).raw(",\"answers\":");
  write(out, standing.answers);
}

// What most frames do not have.
void write_more(SavedWriter& out, const Frame& frame) {
  if (frame.gives_up) out.raw(",\"gives_up\":").number(to_ms(*frame.gives_up));
  if (!frame.offered.empty()) {
    out.raw(",\"offered\":");
    for (const std::string& id : frame.offered) out.raw(&id == frame.offered.data() ? "[" : ",").text(id);
    out.raw("]");
  }
  if (!frame.callers.empty()) {
    out.raw(",\"callers\":");
    for (const Caller& caller : frame.callers) {
      out.raw(&caller == frame.callers.data() ? "[" : ",");
      write_standing(out, caller);
      out.raw("}");
    }
    out.raw("]");
  }
}

void write(SavedWriter& out, const Frame& frame) {
  write_standing(out, frame);
  out.raw(",\"misses\":").number(frame.misses).raw(",\"expires\":").number(to_ms(frame.expires));
  out.raw(",\"asked\":").number(to_ms(frame.asked));
  write_more(out, frame);
  out.raw("}");
}

bool read_answers(SavedReader& in, Answers& answers) {
  in.raw("{");
  if (in.may("}")) return true;
  std::string name, answer;
  do {
    const bool read = in.text(name) && in.raw(":") && in.text(answer);
    // In the writer's order, so that no name comes twice.
    const bool next = answers.empty() || answers.rbegin()->first < name;
    if (!read || !next || answers.size() == saved::most_answers) return in.fail();
    answers.emplace_hint(answers.end(), name, answer);
  } while (in.may(","));
  return in.raw("}");
}

template <class Standing>
bool read_standing(SavedReader& in, Standing& standing) {
  const bool read = in.raw("{\"dialog\":") && in.text(standing.dialog.name) && in.raw(",\"hash\":") &&
                    in.text(standing.dialog.hash) && in.raw(",\"step\":") && in.text(standing.step) &&
                    in.raw(",\"answers\":") && read_answers(in, standing.answers);
  return (read && !standing.dialog.name.empty() && !standing.step.empty()) || in.fail();
}

bool read_callers(SavedReader& in, std::vector<Caller>& callers) {
  do {
    if (!read_standing(in, callers.emplace_back()) || !in.raw("}")) return false;
  } while (callers.size() < Frame::most_callers && in.may(","));
  return in.raw("]");
}

bool read_offered(SavedReader& in, std::vector<std::string>& offered) {
  do {
    if (!in.text(offered.emplace_back())) return false;
  } while (offered.size() < saved::most_answers && in.may(","));
  return in.raw("]");
}

bool read_more(SavedReader& in, Frame& frame) {
  std::int64_t gives_up = 0;
  if (in.may(",\"gives_up\":") && in.number(gives_up, -saved::end_of_time, saved::end_of_time))
    frame.gives_up = from_ms(gives_up);
  if (in.may(",\"offered\":[") && !read_offered(in, frame.offered)) return false;
  if (in.may(",\"callers\":[") && !read_callers(in, frame.callers)) return false;
  return in.raw("}");
}

bool read_frame(SavedReader& in, Frame& frame) {
  std::int64_t misses = 0, expires = 0, asked = 0;
  const bool read = read_standing(in, frame) && in.raw(",\"misses\":") && in.number(misses, 0, saved::most_misses) &&
                    in.raw(",\"expires\":") && in.number(expires, -saved::end_of_time, saved::end_of_time) &&
                    in.raw(",\"asked\":") && in.number(asked, -saved::end_of_time, saved::end_of_time);
  if (!read) return false;
  frame.misses = static_cast<int>(misses);
  frame.expires = from_ms(expires);
  frame.asked = from_ms(asked);
  return read_more(in, frame);
}

bool read_choices(SavedReader& in, Conversation& conversation) {
  std::string consent, dates;
  if (!in.raw(",\"consent\":") || !in.text(consent)) return false;
  const std::optional<Consent> known = parse_consent(consent);
  if (!known) return in.fail();
  conversation.consent = *known;
  if (!in.may(",\"dates\":")) return true;
  if (!in.text(dates)) return false;
  const std::optional<DateStyle> style = parse_date_style(dates);
  if (!style) return in.fail();
  conversation.dates = *style;
  return true;
}

bool read_last_answer(SavedReader& in, LastAnswer& last) {
  if (!in.may(",\"answer\":")) return true;
  std::int64_t times = 0, at = 0;
  const bool read = in.text(last.hash) && in.raw(",\"answer_times\":") && in.number(times, 0, saved::most_misses) &&
                    in.raw(",\"answer_at\":") && in.number(at, 0, saved::end_of_time);
  last.times = static_cast<int>(times);
  last.at = from_ms(at);
  return read;
}

bool read_stack(SavedReader& in, std::vector<Frame>& stack) {
  if (!in.raw(",\"stack\":[")) return false;
  if (in.may("]")) return true;
  do {
    if (!read_frame(in, stack.emplace_back())) return false;
  } while (stack.size() < Conversation::deepest && in.may(","));
  return in.raw("]");
}

}  // namespace

std::string save(const Conversation& conversation) {
  SavedWriter out(usual_size);
  out.raw("{\"format\":").number(saved::format).raw(",\"version\":").count(conversation.version);
  out.raw(",\"locale\":").text(conversation.locale).raw(",\"last_reply\":").text(conversation.last_reply);
  out.raw(",\"locale_chosen\":").truth(conversation.locale_chosen);
  out.raw(",\"latin_only\":").truth(conversation.latin_only);
  out.raw(",\"latin_line_told\":").truth(conversation.latin_line_told);
  out.raw(",\"consent\":").text(to_string(conversation.consent));
  if (conversation.dates != DateStyle()) out.raw(",\"dates\":").text(to_string(conversation.dates));
  if (const LastAnswer& last = conversation.last_answer; last.times > 0) {
    out.raw(",\"answer\":").text(last.hash).raw(",\"answer_times\":").number(last.times);
    out.raw(",\"answer_at\":").number(to_ms(last.at));
  }
  out.raw(",\"stack\":[");
  for (const Frame& frame : conversation.stack) {
    if (&frame != conversation.stack.data()) out.raw(",");
    write(out, frame);
  }
  return out.raw("]}").take();
}

std::optional<Conversation> read_own(std::string_view text) {
  SavedReader in(text);
  Conversation conversation;
  std::int64_t format = 0;
  const bool read =
      in.raw("{\"format\":") && in.number(format, saved::format, saved::format) && in.raw(",\"version\":") &&
      in.count(conversation.version) && in.raw(",\"locale\":") && in.text(conversation.locale) &&
      in.raw(",\"last_reply\":") && in.text(conversation.last_reply) && in.raw(",\"locale_chosen\":") &&
      in.truth(conversation.locale_chosen) && in.raw(",\"latin_only\":") && in.truth(conversation.latin_only) &&
      in.raw(",\"latin_line_told\":") && in.truth(conversation.latin_line_told) && read_choices(in, conversation) &&
      read_last_answer(in, conversation.last_answer) && read_stack(in, conversation.stack) && in.raw("}");
  if (!read || !in.ended()) return std::nullopt;
  return conversation;
}

}  // namespace passerelle
