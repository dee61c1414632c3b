#include <fmt/format.h>

#include "config_table.hpp"

namespace passerelle {
namespace {

using namespace configuration;

constexpr std::string_view heading =
    "# The configuration of Passerelle: every key, with its default. Take away the # in front of a key to change it.\n"
    "# Start with it: passerelle serve --config FILE. One key for a try: --set server.listen=127.0.0.1:9000\n"
    "# Every secret may stand in a file of its own (mode 600), named by the same key with _file; a relative path "
    "starts\n"
    "# at this file's folder. Other relative paths start at the working directory.\n"
    "# Generated from server/config_table.cpp and the gateways' own tables; a test compares (see CONTRIBUTING.md).\n";

void comment(std::string& out, std::string_view lines) {
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    out += fmt::format("# {}\n", line);
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
  }
}

// Keys are written without a blank after '#', so that they stand apart from the words around them.
void section(std::string& out, const SectionRow& row) {
  out += '\n';
  comment(out, row.comment);
  out += fmt::format("[{}]\n", row.name);
  for (const KeyRow& key : key_table()) {
    if (key.section != row.name) continue;
    comment(out, key.comment);
    out += fmt::format("#{} = {}\n", key.key, key.standard.empty() ? key.example : key.standard);
  }
}

void setting(std::string& out, const adapters::SettingRow& row) {
  const std::string_view need = !row.standard.empty() || row.optional ? "" : " (required)";
  comment(out, row.comment + std::string(need));
  const std::string key = row.secret ? row.key + "_file" : row.key;
  const std::string value = row.standard.empty() ? "…" : row.standard;
  out += fmt::format("#{} = \"{}\"\n", key, value);
}

std::string example_for(const ChannelRow& row, const adapters::Gateway& gateway) {
  if (row.key == "gateway") return '"' + gateway.name + '"';
  if (row.key == "reply") return gateway.inline_replies ? R"("inline")" : R"("api")";
  return std::string(row.example);
}

void channel(std::string& out, const adapters::Gateway& gateway) {
  out += fmt::format("\n# A channel of the gateway '{}'. There may be several.\n#[[channel]]\n", gateway.name);
  for (const ChannelRow& row : channel_table()) {
    comment(out, row.comment);
    const std::string example = example_for(row, gateway);
    out += fmt::format("#{} = {}\n", row.key, example);
  }
  for (const adapters::SettingRow& row : gateway.settings) {
    if (!is_channel_key(row.key)) setting(out, row);
  }
  for (const adapters::TableRow& row : gateway.tables) {
    const auto [open, close] = row.is_list ? std::pair("[[", "]]") : std::pair("[", "]");
    out += fmt::format("# {}: see adapters/{}/README.md\n#{}channel.{}{}\n", row.comment, gateway.name, open, row.key,
                       close);
  }
}

}  // namespace

std::string sample_config() {
  std::string out(heading);
  for (const SectionRow& row : section_table()) section(out, row);
  for (const adapters::Gateway& gateway : adapters::registry()) channel(out, gateway);
  return out;
}

}  // namespace passerelle
