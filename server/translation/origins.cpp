#include "translation/origins.hpp"

#include "base/crypto.hpp"

namespace passerelle::translation {

std::string hash_of(const std::string& source) {
  constexpr std::size_t digits = 12;
  return crypto::hex(crypto::sha256(source)).substr(0, digits);
}

Origins read_origins(const std::string& file, const std::string& text, Findings& findings) {
  Origins origins;
  int line = 0;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const std::string row = text.substr(from, end - from);
    const std::size_t tab = row.find('\t');
    ++line;
    from = end + 1;
    if (row.empty()) continue;
    if (tab == std::string::npos || tab == 0 || tab + 1 == row.size()) {
      findings.push_back(
          {{file, line, 1}, "this is not a key, a tab and a hash", "let 'locales accept' write the file"});
      continue;
    }
    origins[row.substr(0, tab)] = row.substr(tab + 1);
  }
  return origins;
}

std::string write_origins(const Origins& origins) {
  std::string text;
  for (const auto& [key, hash] : origins) text += key + '\t' + hash + '\n';
  return text;
}

Freshness freshness(const Origins& origins, const std::string& key, const std::string& source) {
  const auto found = origins.find(key);
  if (found == origins.end()) return Freshness::unknown;
  return found->second == hash_of(source) ? Freshness::fresh : Freshness::stale;
}

void lint_origins(const language::LocaleFile& source, const language::LocaleFile& file, const Origins& origins,
                  Findings& findings) {
  const std::string accept = "passerelle locales accept " + file.locale + ' ';
  for (const auto& [key, sentence] : file.sentences) {
    const auto from = source.sentences.find(key);
    if (from == source.sentences.end()) continue;
    const Freshness state = freshness(origins, key, from->second.pattern);
    if (state == Freshness::stale) {
      findings.push_back({sentence.at, "the French of '" + key + "' has changed since it was translated",
                          "compare it with " + to_string(from->second.at) + ", then: " + accept + key});
    } else if (state == Freshness::unknown) {
      findings.push_back({sentence.at, "nobody wrote down which French '" + key + "' was translated from",
                          "look at both, then: " + accept + key});
    }
  }
}

}  // namespace passerelle::translation
