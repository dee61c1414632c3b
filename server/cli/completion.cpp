// Completion for three shells. Each script first finds which command the line has got to, then offers what may follow.
#include <fmt/format.h>

#include "cli/command_table.hpp"

namespace passerelle::cli {
namespace {

// "appointment|add": the words so far, and the next one that belongs to a command.
std::string known_steps(const std::vector<CommandRow>& rows, std::string_view between) {
  std::string steps;
  for (const CommandRow& row : rows) {
    for (const std::string& verb : row.verbs) {
      if (!steps.empty()) steps += between;
      steps += "'" + row.words + "|" + verb + "'";
    }
  }
  return steps;
}

std::string valued_options(const std::vector<CommandRow>& rows, std::string_view between) {
  std::vector<std::string> seen;
  std::string all;
  for (const CommandRow& row : rows) {
    for (const OptionRow& option : row.options) {
      if (!option.takes_value || std::find(seen.begin(), seen.end(), option.name) != seen.end()) continue;
      seen.push_back(option.name);
      if (!all.empty()) all += between;
      all += option.name;
    }
  }
  return all;
}

bool takes_a_place(const CommandRow& row) {
  return std::ranges::any_of(row.options, [](const OptionRow& option) { return option.in_place; });
}

std::string offers(const CommandRow& row) {
  std::string all;
  for (const std::string& verb : row.verbs) all += (all.empty() ? "" : " ") + verb;
  for (const OptionRow& option : row.options) {
    if (!option.in_place) all += (all.empty() ? "" : " ") + option.name;
  }
  return all;
}

// In single quotes, for all three shells.
std::string quoted(std::string text) {
  std::string out;
  for (const char c : text)
    out += c == '\'' ? std::string("\xE2\x80\x99") : c == '\n' ? std::string(" ") : std::string(1, c);
  return "'" + out + "'";
}

std::string with_colons_kept(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == ':' ? std::string("\\:") : std::string(1, c);
  return out;
}

}  // namespace

std::string bash_completion(const std::vector<CommandRow>& rows) {
  std::string script =
      "# Completion of passerelle for bash. To have it: passerelle completion bash > "
      "/etc/bash_completion.d/passerelle\n"
      "_passerelle() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= offers= files= i\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case \"$command|${COMP_WORDS[i]}\" in\n";
  script += fmt::format("      {}) command=\"${{command:+$command }}${{COMP_WORDS[i]}}\" ;;\n", known_steps(rows, "|"));
  script += "    esac\n  done\n";
  script +=
      fmt::format("  case \"$previous\" in\n    {}) COMPREPLY=($(compgen -f -- \"$current\")); return ;;\n  esac\n",
                  valued_options(rows, "|"));
  script += "  case \"$command\" in\n";
  for (const CommandRow& row : rows)
    script += fmt::format("    '{}') offers='{}'{} ;;\n", row.words, offers(row), takes_a_place(row) ? " files=1" : "");
  script +=
      "  esac\n"
      "  COMPREPLY=($(compgen -W \"$offers\" -- \"$current\"))\n"
      "  [[ -z $files || $current == -* ]] || COMPREPLY+=($(compgen -f -- \"$current\"))\n"
      "}\n"
      "complete -o filenames -F _passerelle passerelle\n";
  return script;
}

std::string zsh_completion(const std::vector<CommandRow>& rows) {
  std::string script =
      "#compdef passerelle\n"
      "# Completion of passerelle for zsh. To have it: passerelle completion zsh > "
      "/usr/local/share/zsh/site-functions/_passerelle\n"
      "_passerelle() {\n"
      "  local command= i\n  local -a offers\n"
      "  for ((i = 2; i < CURRENT; i++)); do\n"
      "    case \"$command|${words[i]}\" in\n";
  script += fmt::format("      {}) command=\"${{command:+$command }}${{words[i]}}\" ;;\n", known_steps(rows, "|"));
  script += "    esac\n  done\n";
  script += fmt::format("  case \"${{words[CURRENT-1]}}\" in\n    {}) _files; return ;;\n  esac\n",
                        valued_options(rows, "|"));
  script += "  case \"$command\" in\n";
  for (const CommandRow& row : rows) {
    script += fmt::format("    '{}')\n      offers=(", row.words);
    for (const CommandRow& below : rows) {
      for (const std::string& verb : row.verbs) {
        if (below.words == (row.words.empty() ? verb : row.words + " " + verb))
          script += quoted(verb + ":" + with_colons_kept(below.about)) + " ";
      }
    }
    for (const OptionRow& option : row.options) {
      if (!option.in_place) script += quoted(option.name + ":" + with_colons_kept(option.about)) + " ";
    }
    script += fmt::format(")\n      {};;\n", takes_a_place(row) ? "_files\n      " : "");
  }
  script += "  esac\n  _describe passerelle offers\n}\n_passerelle \"$@\"\n";
  return script;
}

std::string fish_completion(const std::vector<CommandRow>& rows) {
  std::string script =
      "# Completion of passerelle for fish. To have it: passerelle completion fish > "
      "~/.config/fish/completions/passerelle.fish\n"
      "function __passerelle_command\n"
      "  set -l command ''\n"
      "  for word in (commandline -opc)[2..]\n"
      "    switch \"$command|$word\"\n";
  script += fmt::format("      case {}\n", known_steps(rows, " "));
  script +=
      "        test -z \"$command\"; and set command $word; or set command \"$command $word\"\n"
      "    end\n  end\n  echo $command\nend\n"
      "function __passerelle_at\n  test (__passerelle_command) = \"$argv\"\nend\n"
      "complete -c passerelle -f\n";
  for (const CommandRow& row : rows) {
    const std::string here = row.words.empty() ? "''" : row.words;
    for (const CommandRow& below : rows) {
      for (const std::string& verb : row.verbs) {
        if (below.words == (row.words.empty() ? verb : row.words + " " + verb))
          script += fmt::format("complete -c passerelle -n \"__passerelle_at {}\" -a {} -d {}\n", here, verb,
                                quoted(below.about));
      }
    }
    for (const OptionRow& option : row.options) {
      if (!option.name.starts_with("--")) continue;
      script += fmt::format("complete -c passerelle -n \"__passerelle_at {}\" -l {}{} -d {}\n", here,
                            option.name.substr(2), option.takes_value ? " -r -F" : "", quoted(option.about));
    }
    if (takes_a_place(row)) script += fmt::format("complete -c passerelle -n \"__passerelle_at {}\" -F\n", here);
  }
  return script;
}

}  // namespace passerelle::cli
