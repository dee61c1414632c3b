// XLIFF as the OASIS documents of 2008 (1.2) and 2014 (2.0) have it, with nothing but what every program reads.
#include "translation/exchange.hpp"

namespace passerelle::translation {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\r': out += "&#13;"; break;
      default: out += c;
    }
  }
  return out;
}

constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

}  // namespace

std::string write_xliff12(const Units& units) {
  std::string out(declaration);
  out += "<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n  <file original=\"passerelle\"";
  out += " source-language=\"" + std::string(source_locale) + "\" target-language=\"" + escaped(units.locale) +
         "\" datatype=\"plaintext\">\n    <body>\n";
  const bool review = units.draft;
  for (const Unit& unit : units.all) {
    const bool approved = !review && !unit.stale && !unit.target.empty();
    const std::string id = escaped(unit.key);
    out += "      <trans-unit id=\"" + id + "\" resname=\"" + id + '"' + (approved ? " approved=\"yes\"" : "") +
           " xml:space=\"preserve\">\n        <source>" + escaped(unit.source) + "</source>\n";
    if (!unit.target.empty()) {
      out += std::string("        <target state=\"") + (approved ? "final" : "needs-review-translation") + "\">" +
             escaped(unit.target) + "</target>\n";
    }
    if (!unit.note.empty()) out += "        <note>" + escaped(unit.note) + "</note>\n";
    out += "      </trans-unit>\n";
  }
  return out + "    </body>\n  </file>\n</xliff>\n";
}

std::string write_xliff20(const Units& units) {
  std::string out(declaration);
  out += "<xliff version=\"2.0\" xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" srcLang=\"" +
         std::string(source_locale) + "\" trgLang=\"" + escaped(units.locale) + "\">\n  <file id=\"passerelle\">\n";
  for (const Unit& unit : units.all) {
    const bool approved = !units.draft && !unit.stale;
    const std::string id = escaped(unit.key);
    out += "    <unit id=\"" + id + "\" name=\"" + id + "\">\n";
    if (!unit.note.empty()) out += "      <notes>\n        <note>" + escaped(unit.note) + "</note>\n      </notes>\n";
    const std::string_view state = unit.target.empty() ? "initial" : approved ? "final" : "translated";
    out += "      <segment state=\"" + std::string(state) + "\">\n        <source xml:space=\"preserve\">" +
           escaped(unit.source) + "</source>\n";
    if (!unit.target.empty()) out += "        <target xml:space=\"preserve\">" + escaped(unit.target) + "</target>\n";
    out += "      </segment>\n    </unit>\n";
  }
  return out + "  </file>\n</xliff>\n";
}

}  // namespace passerelle::translation
