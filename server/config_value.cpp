#include "config_value.hpp"

#include <sys/stat.h>

#include <charconv>
#include <filesystem>

#include "base/file.hpp"

namespace passerelle::configuration {
namespace {

std::string_view words_for(Kind kind) {
  switch (kind) {
    case Kind::text: return "a text in double quotes";
    case Kind::number: return "a whole number";
    case Kind::flag: return "true or false";
    case Kind::texts: return "a list of texts in double quotes";
  }
  return "";
}

std::optional<Value> typed_by_hand(const std::string& text, Kind kind) {
  switch (kind) {
    case Kind::text: return text;
    case Kind::number: {
      std::int64_t number = 0;
      const char* const end = text.data() + text.size();
      const auto read = std::from_chars(text.data(), end, number);
      if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
      return number;
    }
    case Kind::flag:
      if (text != "true" && text != "false") return std::nullopt;
      return text == "true";
    case Kind::texts: {
      std::vector<std::string> texts;
      for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t comma = std::min(text.find(',', begin), text.size());
        texts.push_back(text.substr(begin, comma - begin));
        begin = comma + 1;
      }
      return texts;
    }
  }
  return std::nullopt;
}

// The list, or the place of the first item that is no text.
std::variant<std::vector<std::string>, Position> all_texts(const std::vector<ListItem>& items) {
  std::vector<std::string> texts;
  for (const ListItem& item : items) {
    const auto* text = std::get_if<std::string>(&item.value);
    if (text == nullptr) return item.at;
    texts.push_back(*text);
  }
  return texts;
}

std::optional<Value> as_written(const WrittenValue& value, Kind kind, Position& at) {
  if (const auto* by_hand = std::get_if<TypedByHand>(&value)) return typed_by_hand(by_hand->text, kind);
  if (const auto* text = std::get_if<std::string>(&value); text != nullptr && kind == Kind::text) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&value); number != nullptr && kind == Kind::number) return *number;
  if (const auto* flag = std::get_if<bool>(&value); flag != nullptr && kind == Kind::flag) return *flag;
  const auto* items = std::get_if<std::vector<ListItem>>(&value);
  if (items == nullptr || kind != Kind::texts) return std::nullopt;
  const auto texts = all_texts(*items);
  if (const auto* wrong = std::get_if<Position>(&texts)) {
    at = *wrong;
    return std::nullopt;
  }
  return std::get<std::vector<std::string>>(texts);
}

bool readable_by_everybody(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && (status.st_mode & S_IROTH) != 0;
}

}  // namespace

std::optional<Value> typed(const Setting& setting, Kind kind, std::string_view example, Findings& findings) {
  Position at = setting.at;
  std::optional<Value> value = as_written(setting.value, kind, at);
  if (value) return value;
  const bool by_hand = std::holds_alternative<TypedByHand>(setting.value);
  const std::string remedy = by_hand ? "write it as " + at.file + "=" + std::string(example)
                                     : "write it as " + setting.key + " = " + std::string(example);
  findings.push_back({at, "'" + setting.key + "' is not " + std::string(words_for(kind)), remedy});
  return std::nullopt;
}

std::string secret_path(const Setting& setting, const std::string& folder) {
  Findings told_by_who_reads_it;
  const std::optional<Value> value = typed(setting, Kind::text, "\"…\"", told_by_who_reads_it);
  return value ? (std::filesystem::path(folder) / std::get<std::string>(*value)).string() : std::string();
}

std::optional<Secret> read_secret(const Setting& setting, const std::string& folder, Findings& findings) {
  const std::optional<Value> value = typed(setting, Kind::text, "\"…\"", findings);
  if (!value) return std::nullopt;
  const std::string path = (std::filesystem::path(folder) / std::get<std::string>(*value)).string();
  const auto complain = [&](const std::string& what, const std::string& remedy) {
    findings.push_back({setting.at, "'" + setting.key + "': " + what, remedy});
    return std::nullopt;
  };
  const result<std::string> text = read_file(path);
  if (!text) return complain("the file " + path + " " + text.error().what, "put the secret there, and nothing else");
  if (readable_by_everybody(path)) {
    return complain("every user of this machine can read " + path, "run: chmod 600 " + path);
  }
  std::string secret = *text;
  if (secret.ends_with('\n')) secret.pop_back();
  if (secret.ends_with('\r')) secret.pop_back();
  if (secret.empty()) return complain("the file " + path + " is empty", "put the secret there, and nothing else");
  return Secret(std::move(secret));
}

}  // namespace passerelle::configuration
