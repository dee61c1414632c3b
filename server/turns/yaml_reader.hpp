// Reads a YAML map key by key and collects what is wrong with it, each at its line and column.
#pragma once

#include <yaml-cpp/yaml.h>

#include <set>
#include <string>
#include <vector>

#include "base/finding.hpp"

namespace passerelle::turns {

class YamlReader {
 public:
  YamlReader(std::string file, Findings& findings) : file_(std::move(file)), findings_(findings) {}

  // The text as a map; a null node after a finding.
  YAML::Node parse(const std::string& text);
  // Every key of 'map' must be one of 'valid', and stand once.
  void check_keys(const YAML::Node& map, const std::vector<std::string>& valid);
  std::string text(const YAML::Node& map, const std::string& key, const std::string& standard = {});
  std::string required(const YAML::Node& map, const std::string& key);
  bool flag(const YAML::Node& map, const std::string& key, bool standard);
  std::vector<std::string> list(const YAML::Node& map, const std::string& key);
  void add(const YAML::Node& at, std::string what, std::string remedy);

 private:
  std::string file_;
  Findings& findings_;
};

}  // namespace passerelle::turns
