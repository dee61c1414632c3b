#include "turns/yaml_reader.hpp"

#include "base/nearest.hpp"

namespace passerelle::turns {

void YamlReader::add(const YAML::Node& at, std::string what, std::string remedy) {
  const YAML::Mark mark = at.Mark();
  const Position position = mark.is_null() ? Position{file_, 0, 0} : Position{file_, mark.line + 1, mark.column + 1};
  findings_.push_back({position, std::move(what), std::move(remedy)});
}

YAML::Node YamlReader::parse(const std::string& text) {
  try {
    YAML::Node root = YAML::Load(text);
    if (root.IsMap()) return root;
    findings_.push_back({{file_, 1, 1}, "is not a map of keys", "write lines like 'name: …'"});
  } catch (const YAML::ParserException& error) {
    findings_.push_back({{file_, error.mark.line + 1, error.mark.column + 1}, "is not YAML: " + error.msg, ""});
  }
  return YAML::Node(YAML::NodeType::Undefined);
}

void YamlReader::check_keys(const YAML::Node& map, const std::vector<std::string>& valid) {
  std::set<std::string> seen;
  for (const auto& pair : map) {
    const auto key = pair.first.as<std::string>("");
    if (std::find(valid.begin(), valid.end(), key) == valid.end()) {
      add(pair.first, "there is no key '" + key + "' here", suggest(key, valid));
    } else if (!seen.insert(key).second) {
      add(pair.first, "the key '" + key + "' stands twice", "keep one of them");
    }
  }
}

std::string YamlReader::text(const YAML::Node& map, const std::string& key, const std::string& standard) {
  const YAML::Node node = map[key];
  if (!node) return standard;
  if (node.IsScalar()) return node.Scalar();
  add(node, "'" + key + "' must be a text", "");
  return standard;
}

std::string YamlReader::required(const YAML::Node& map, const std::string& key) {
  std::string value = text(map, key);
  if (value.empty()) add(map, "'" + key + "' is missing", "add '" + key + ": …'");
  return value;
}

bool YamlReader::flag(const YAML::Node& map, const std::string& key, bool standard) {
  const std::string value = text(map, key, standard ? "true" : "false");
  if (value != "true" && value != "false") add(map[key], "'" + key + "' must be true or false", "");
  return value == "true";
}

std::vector<std::string> YamlReader::list(const YAML::Node& map, const std::string& key) {
  std::vector<std::string> values;
  const YAML::Node node = map[key];
  if (!node) return values;
  if (!node.IsSequence()) {
    add(node, "'" + key + "' must be a list", "write " + key + ": [a, b]");
    return values;
  }
  for (const auto& item : node) {
    if (item.IsScalar())
      values.push_back(item.Scalar());
    else
      add(item, "an item of '" + key + "' must be a text", "");
  }
  return values;
}

}  // namespace passerelle::turns
