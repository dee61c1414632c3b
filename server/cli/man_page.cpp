// passerelle(1): every command with its options, and what all of them have in common.
#include "cli/command_table.hpp"

namespace passerelle::cli {
namespace {

constexpr const char* last_changed = "2026-11-30";  // the words below

// roff takes a point or an apostrophe at a line's beginning for a request, and '-' for a hyphen that may break.
std::string plain(const std::string& text) {
  std::string out;
  if (!text.empty() && (text.front() == '.' || text.front() == '\'')) out += "\\&";
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string synopsis(const OptionRow& option) {
  std::string name = "\\fB" + plain(option.name) + "\\fR";
  if (option.in_place) return "\\fI" + plain(option.name) + "\\fR";
  return option.takes_value ? name + " \\fIVALUE\\fR" : name;
}

void section(std::string& page, const std::string& title, const std::string& text) {
  page += ".SH " + title + "\n" + text + "\n";
}

void describe(std::string& page, const CommandRow& row) {
  page += ".SS \"passerelle " + plain(row.words) + "\"\n" + plain(row.about) + ".\n";
  for (const OptionRow& option : row.options) {
    if (option.name == "--help") continue;
    page += ".TP\n" + synopsis(option) + "\n" + plain(option.about) + (option.required ? " (required).\n" : ".\n");
  }
}

}  // namespace

std::string man_page(const std::vector<CommandRow>& rows, const std::string& version) {
  std::string page = ".\\\" Written by 'passerelle man' from the table of its commands.\n.TH PASSERELLE 1 " +
                     std::string(last_changed) + " \"passerelle " + version + "\"\n";
  section(page, "NAME",
          "passerelle \\- messaging chatbot and notification server for associations that welcome migrants");
  section(page, "SYNOPSIS", "\\fBpasserelle\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR ...]");
  section(page, "DESCRIPTION",
          "Passerelle answers people by SMS and messengers in their languages, reminds them of appointments, and calls "
          "staff where\na person is needed. \\fBpasserelle serve\\fR is the server; the other commands ask it over the "
          "socket "
          "in its data folder,\nor open that folder themselves when none runs.");
  page += ".SH COMMANDS\n";
  for (const CommandRow& row : rows) {
    if (!row.words.empty()) describe(page, row);
  }
  section(
      page, "EXIT STATUS",
      ".TP\n0\nDone.\n.TP\n1\nFailed; what and why stands on standard error.\n.TP\n2\nThe command line has a mistake.\n"
      ".TP\n3\nThe configuration or the content has a mistake.\n.TP\n4\nNo server answers.\n.TP\n5\nAnother process "
      "uses the "
      "data folder.");
  section(page, "FILES",
          ".TP\n\\fI/etc/passerelle/passerelle.toml\\fR\nThe configuration, where packages put it; "
          "\\fB\\-\\-config\\fR names "
          "any other.\n.TP\n\\fIDATA/passerelle.db\\fR\nThe database. One server to a data folder.\n.TP\n"
          "\\fIDATA/admin.sock\\fR\nWhere the running server answers its own user and root.");
  section(page, "SIGNALS",
          ".TP\nSIGTERM, SIGINT\nFinish what has begun, at most ten seconds, and end.\n.TP\nSIGHUP\nRead the content "
          "and the "
          "certificate again; with a mistake the old ones stay.");
  section(page, "SEE ALSO", "\\fBpasserelle\\fR \\fICOMMAND\\fR \\fB\\-\\-help\\fR");
  return page;
}

}  // namespace passerelle::cli
