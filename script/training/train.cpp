// Counts what the texts of each language hold and writes the detector's model.
// usage: train_language MODEL < CORPUS ('class, tab, script, tab, line'); options of experiments by environment.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "language/bits.hpp"
#include "language/gram_table.hpp"
#include "language/letters.hpp"
#include "language/normalize.hpp"

namespace {

using namespace passerelle::language;

double option(const char* name, double otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::atof(text);
}

struct Options {
  double smoothing = option("ALPHA", 0.3);
  double message = option("MESSAGE", 12.5);
  double temperature = option("T", 0.14);
  double neighbour = option("NEIGHBOUR", 25);
  double step = option("STEP", 0.4);
  double most_bytes = option("BYTES", 1'000'000);
  int seen = static_cast<int>(option("SEEN", 3));
};

// Known only in order not to be taken for one of those who write to us.
bool is_neighbour(const std::string& code) { return code == "bg" || code == "nl" || code == "pl" || code == "ro"; }

struct Counted {
  std::uint32_t key;
  std::uint32_t count;
};

struct Language {
  std::string code;
  std::string script;
  std::array<std::vector<std::uint32_t>, orders> keys;  // one for each time it was seen
  std::array<std::vector<Counted>, orders> counted;
  std::array<double, orders> totals{};
  std::array<double, orders> unseen{};
};

void learn(Language& language, const std::string& line, bool is_message) {
  for_each_feature(letters_of(line).words, [&](std::size_t order, std::uint32_t key) {
    if (order != whole_message || is_message) language.keys[order].push_back(key);
  });
}

void count(Language& language, int seen) {
  for (std::size_t order = 0; order < orders; ++order) {
    auto& keys = language.keys[order];
    std::sort(keys.begin(), keys.end());
    language.totals[order] = static_cast<double>(keys.size());
    for (std::size_t i = 0; i < keys.size();) {
      std::size_t end = i;
      while (end < keys.size() && keys[end] == keys[i]) ++end;
      if (order == whole_message || end - i >= static_cast<std::size_t>(seen)) {
        language.counted[order].push_back({keys[i], static_cast<std::uint32_t>(end - i)});
      }
      i = end;
    }
    keys = {};
  }
}

struct Entry {
  std::size_t of;
  double weight;  // nats above a feature that was never seen
  double share;   // of the language's features of that order
};

struct Gram {
  std::uint32_t key;
  std::size_t order;
  std::vector<Entry> entries;
  double use = 0;  // the most that any language gains by it
};

using Languages = std::vector<Language*>;

// All that tells the languages of one script apart.
std::vector<Gram> grams_of(const Languages& languages, const Options& options) {
  std::vector<Gram> all;
  for (std::size_t order = 0; order < orders; ++order) {
    std::map<std::uint32_t, std::vector<Entry>> by_key;
    for (std::size_t of = 0; of < languages.size(); ++of) {
      for (const Counted& one : languages[of]->counted[order]) by_key[one.key].push_back({of, 0, double(one.count)});
    }
    const double kinds = static_cast<double>(by_key.size());
    for (Language* language : languages) {
      if (order == whole_message) break;
      language->unseen[order] = std::log(options.smoothing / (language->totals[order] + options.smoothing * kinds));
    }
    for (auto& [key, entries] : by_key) {
      // Nobody's text is counted in messages: all that is known is whose they are.
      if (order == whole_message) {
        for (Entry& entry : entries) entry.weight = options.message;
        all.push_back({key, order, entries, 1});
        continue;
      }
      Gram gram{key, order, {}};
      for (Entry& entry : entries) {
        entry.weight = std::log(1 + entry.share / options.smoothing);
        entry.share /= languages[entry.of]->totals[order];
        gram.entries.push_back(entry);
      }
      all.push_back(std::move(gram));
    }
  }
  return all;
}

const double neighbours_use = option("NUSE", 0.25);

void judge_use(std::vector<Gram>& grams, const Languages& languages) {
  for (Gram& gram : grams) {
    if (gram.order == whole_message) continue;
    double all = 1e-9 * static_cast<double>(languages.size());
    for (const Entry& entry : gram.entries) all += entry.share;
    const double mean = all / static_cast<double>(languages.size());
    for (const Entry& entry : gram.entries) {
      const double wanted = is_neighbour(languages[entry.of]->code) ? neighbours_use : 1;
      gram.use =
          std::max(gram.use, wanted * counted_times[gram.order] * entry.share * std::abs(std::log(entry.share / mean)));
    }
  }
}

// One key may stand for two features, of different orders: then it holds both.
std::vector<Gram> by_key(std::vector<Gram> grams) {
  std::sort(grams.begin(), grams.end(), [](const Gram& a, const Gram& b) { return a.key < b.key; });
  std::vector<Gram> out;
  for (Gram& gram : grams) {
    if (out.empty() || out.back().key != gram.key) out.push_back(std::move(gram));
  }
  return out;
}

void write_entries(BitWriter& bits, const std::vector<Entry>& entries, std::size_t languages, double step) {
  if (are_listed(entries.size(), languages)) {
    const auto class_bits = static_cast<std::uint32_t>(std::bit_width(languages - 1));
    bits.put(0, 1);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      bits.put(static_cast<std::uint32_t>(entries[i].of), class_bits);
      bits.put(i + 1 == entries.size() ? 0 : 1, 1);
    }
  } else {
    std::vector<bool> marked(languages);
    for (const Entry& entry : entries) marked[entry.of] = true;
    bits.put(1, 1);
    for (const bool one : marked) bits.put(one ? 1 : 0, 1);
  }
  for (const Entry& entry : entries) {
    const long steps = std::clamp(std::lround(entry.weight / step), 0L, (1L << weight_bits) - 1);
    bits.put(static_cast<std::uint32_t>(steps), weight_bits);
  }
}

void write_script(BitWriter& bits, const Languages& languages, std::vector<Gram> grams, const Options& options) {
  for (const char c : languages.front()->script) bits.put(static_cast<unsigned char>(c), 8);
  bits.put(static_cast<std::uint32_t>(languages.size() - 1), 5);
  for (const Language* language : languages) {
    bits.put(static_cast<std::uint32_t>(language->code.size()), 4);
    for (const char c : language->code) bits.put(static_cast<unsigned char>(c), 8);
    bits.put(is_neighbour(language->code) ? static_cast<std::uint32_t>(options.neighbour) : 0, 8);
    for (const double unseen : language->unseen) bits.put(static_cast<std::uint32_t>(std::lround(-unseen * 1024)), 16);
  }
  grams = by_key(std::move(grams));
  const auto mean = static_cast<std::uint32_t>((1U << key_bits) / std::max<std::size_t>(1, grams.size()));
  const auto low = static_cast<std::uint32_t>(std::max<int>(0, static_cast<int>(std::bit_width(mean)) - 1));
  bits.put(static_cast<std::uint32_t>(grams.size()), 20);
  bits.put(low, 5);
  std::uint32_t before = 0;
  for (const Gram& gram : grams) {
    bits.put_rice(gram.key - before, low);
    before = gram.key;
    write_entries(bits, gram.entries, languages.size(), options.step);
  }
}

std::string write(const std::map<std::string, Languages>& scripts,
                  const std::map<std::string, std::vector<Gram>>& grams, double least_use, const Options& options) {
  BitWriter bits;
  for (const char c : std::string("PLM1")) bits.put(static_cast<unsigned char>(c), 8);
  bits.put(static_cast<std::uint32_t>(std::lround(options.temperature * 4096)), 16);
  bits.put(static_cast<std::uint32_t>(std::lround(options.step * 4096)), 16);
  bits.put(static_cast<std::uint32_t>(scripts.size()), 4);
  for (const auto& [script, languages] : scripts) {
    std::vector<Gram> kept;
    std::copy_if(grams.at(script).begin(), grams.at(script).end(), std::back_inserter(kept),
                 [&](const Gram& gram) { return gram.use >= least_use; });
    write_script(bits, languages, std::move(kept), options);
  }
  return bits.take();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: train_language MODEL < CORPUS\n";
    return 2;
  }
  const Options options;
  std::map<std::string, Language> languages;
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t tab = line.find('\t');
    const std::size_t second = line.find('\t', tab + 1);
    if (second == std::string::npos) continue;
    Language& language = languages[line.substr(0, tab)];
    language.code = line.substr(0, tab);
    language.script = line.substr(tab + 1, second - tab - 1);
    const std::size_t third = line.find('\t', second + 1);
    if (third == std::string::npos) continue;
    const bool is_message = line.substr(second + 1, third - second - 1) == "everyday";
    const std::string text = line.substr(third + 1);
    learn(language, text, is_message);
    // Many people leave the accents out, and keyboards differ.
    const std::string folded = fold(text);
    learn(language, folded, is_message);
  }
  std::map<std::string, Languages> scripts;
  for (auto& [code, language] : languages) {
    count(language, options.seen);
    scripts[language.script].push_back(&language);
  }
  std::map<std::string, std::vector<Gram>> grams;
  for (auto& [script, members] : scripts) {
    grams[script] = grams_of(members, options);
    judge_use(grams[script], members);
    std::cerr << script << " " << members.size() << " languages, " << grams[script].size() << " features\n";
  }
  // The least use that still fits.
  double low = -30;
  double high = 0;
  std::string bytes;
  for (int i = 0; i < 14; ++i) {
    const double middle = (low + high) / 2;
    bytes = write(scripts, grams, std::exp(middle), options);
    (static_cast<double>(bytes.size()) > options.most_bytes ? low : high) = middle;
  }
  bytes = write(scripts, grams, std::exp(high), options);
  std::ofstream(argv[1], std::ios::binary) << bytes;
  std::cerr << bytes.size() << " bytes, use at least " << std::exp(high) << "\n";
}
