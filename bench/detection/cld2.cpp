// CLD2 with its full tables, best effort: lines in, codes out, the time of a line to the other stream.
// The Debian header needs these two before it; libcld2_full holds tables only and goes before libcld2.
#include <cstdio>
// clang-format off
#include <cld2/public/encodings.h>
#include <cld2/public/compact_lang_det.h>
// clang-format on

#include <ctime>
#include <iostream>
#include <string>
#include <vector>

int main() {
  std::vector<std::string> lines;
  for (std::string line; std::getline(std::cin, line);) lines.push_back(line);
  std::vector<std::string> codes;
  const std::clock_t begun = std::clock();  // of this process: others may be busy, too
  for (const std::string& line : lines) {
    CLD2::Language all[3];
    int percents[3];
    double scores[3];
    int bytes = 0;
    bool reliable = false;
    const CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
    const CLD2::Language best =
        CLD2::ExtDetectLanguageSummary(line.data(), static_cast<int>(line.size()), true, &hints,
                                       CLD2::kCLDFlagBestEffort, all, percents, scores, nullptr, &bytes, &reliable);
    codes.emplace_back(CLD2::LanguageCode(best));
  }
  const double took = 1e6 * static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
  for (const std::string& code : codes) std::cout << code << "\n";
  std::cerr << took / static_cast<double>(lines.size()) << "\n";
}
