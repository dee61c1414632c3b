// Which French each translation was made from: locales/translated_from/<language>.tsv, key TAB hash, sorted by key.
#pragma once

#include <map>
#include <set>
#include <string>

#include "base/finding.hpp"
#include "language/catalog.hpp"

namespace passerelle::translation {

using Origins = std::map<std::string, std::string, std::less<>>;

std::string hash_of(const std::string& source);  // 12 hex digits

Origins read_origins(const std::string& file, const std::string& text, Findings& findings);
std::string write_origins(const Origins& origins);

enum class Freshness { fresh, stale, unknown };
Freshness freshness(const Origins& origins, const std::string& key, const std::string& source);

// Translations whose French has changed since, or whose French nobody wrote down.
void lint_origins(const language::LocaleFile& source, const language::LocaleFile& file, const Origins& origins,
                  Findings& findings);

}  // namespace passerelle::translation
