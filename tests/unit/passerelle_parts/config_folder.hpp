// A folder of its own for each test of the configuration, gone afterwards, and what was found wrong as text.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "config.hpp"

namespace passerelle {

class Configuration : public testing::Test {
 protected:
  Configuration() {
    std::string name = testing::TempDir() + "passerelle-config-XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  ~Configuration() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text, unsigned mode = 0600) {
    const std::string path = folder_ + "/" + name;
    std::ofstream(path) << text;
    chmod(path.c_str(), mode);
    return path;
  }

  LoadedConfig load(const std::string& toml, std::vector<std::string> settings = {}) {
    return load_config({write("p.toml", toml), std::move(settings), "", ""});
  }

  static std::string told(const LoadedConfig& loaded) {
    std::string all;
    for (const Finding& finding : loaded.findings) all += to_string(finding) + "\n";
    return all;
  }

  std::string folder_;
};

inline const std::string twilio =
    "[[channel]]\n"
    "name = \"sms\"\n"
    "gateway = \"twilio\"\n"
    "account = \"AC00000000000000000000000000000000\"\n"
    "from = \"+41790000000\"\n";

}  // namespace passerelle
