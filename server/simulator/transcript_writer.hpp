// Writes a conversation down as a transcript that replay() passes: by the sentences' keys where they give the very text
// that came, else by the text itself.
#pragma once

#include <string>
#include <vector>

#include "dialog/engine.hpp"
#include "domain/message.hpp"
#include "simulator/simulation.hpp"
#include "simulator/transcript.hpp"

namespace passerelle::simulator {

class TranscriptWriter {
 public:
  // Of 'head': start, zone, person and locale.
  explicit TranscriptWriter(Transcript head);

  void person(const std::string& text);
  void rings();
  void staff(const std::string& action);  // what parse_do() reads
  void time(CivilTime time);
  // What we said after the latest of these; 'says' are the sentences of the turn, where they are known, and 'after' how
  // the conversation is now. Without messages: silence.
  void us(const std::vector<OutboundMessage>& messages, const std::vector<dialog::SayEffect>& says,
          const turns::Content& content, const Conversation& after, TimePoint now);

  // …with a last line that tells how everything is at the end.
  std::string text(const Simulation::State& state, TimePoint now) const;

 private:
  void line(const std::string& word, const std::string& rest);

  Transcript head_;
  std::string text_;
};

// The text of a person or of us as it stands in a line.
std::string escaped(const std::string& text);

}  // namespace passerelle::simulator
