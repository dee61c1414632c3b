#include "language/pseudo.hpp"

#include <array>

namespace passerelle::language {
namespace {

constexpr std::string_view plain = "aceinouyACEINOUY";
constexpr std::array<std::string_view, 16> accented{"á", "ç", "é", "í", "ñ", "ó", "ú", "ý",
                                                    "Á", "Ç", "É", "Í", "Ñ", "Ó", "Ú", "Ý"};

class Writer {
 public:
  std::string write(const std::vector<Piece>& pieces) {
    for (const Piece& piece : pieces) std::visit(*this, piece.is);
    return std::move(out_);
  }
  std::size_t letters() const { return letters_; }

  void operator()(const Text& text) {
    for (const char c : text.plain) {
      const std::size_t at = plain.find(c);
      letters_ += (c & 0xC0) == 0x80 ? 0 : 1;
      if (at != std::string_view::npos) {
        out_ += accented[at];
      } else if (c == '\'') {
        out_ += "''";
      } else if (c == '{' || c == '}' || c == '#' || c == '|') {
        out_ += std::string("'") + c + '\'';
      } else {
        out_ += c;
      }
    }
  }
  void operator()(const Argument& argument) { out_ += '{' + argument.name + '}'; }
  void operator()(const Amount&) { out_ += '#'; }
  void operator()(const Choice& choice) {
    constexpr std::array<std::string_view, 3> kinds{"plural", "selectordinal", "select"};
    out_ += '{' + choice.argument + ", " + std::string(kinds[static_cast<std::size_t>(choice.by)]) + ',';
    if (choice.offset != 0) out_ += " offset:" + std::to_string(static_cast<int>(choice.offset));
    for (const Case& one : choice.cases) {
      out_ += one.exact ? " =" + std::to_string(static_cast<int>(one.number)) : ' ' + one.selector;
      out_ += " {";
      for (const Piece& piece : one.pieces) std::visit(*this, piece.is);
      out_ += '}';
    }
    out_ += '}';
  }

 private:
  std::string out_;
  std::size_t letters_ = 0;
};

}  // namespace

std::string pseudo_pattern(const Pattern& pattern) {
  Writer writer;
  std::string text = writer.write(pattern.pieces);
  constexpr std::size_t share = 3;  // other languages are about a third longer than French or English
  text += ' ';
  for (std::size_t i = 0; i < writer.letters() / share; ++i) text += '~';
  return '[' + text + ']';
}

}  // namespace passerelle::language
