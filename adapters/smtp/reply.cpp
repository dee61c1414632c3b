#include "adapters/smtp/reply.hpp"

#include <algorithm>
#include <charconv>

namespace passerelle::adapters::smtp {
namespace {

constexpr std::size_t longest_line = 2048;  // RFC 5321 says 512; some servers write more
constexpr std::size_t most_lines = 100;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count;
}

// "5.1.1" in front of a line (RFC 3463), or empty.
std::string_view enhanced_code(std::string_view line) {
  const std::size_t first = digits_at(line, 0);
  if (first != 1 || line.substr(1, 1) != ".") return {};
  const std::size_t second = digits_at(line, 2);
  if (second < 1 || second > 3 || line.substr(2 + second, 1) != ".") return {};
  const std::size_t third = digits_at(line, 3 + second);
  return third < 1 || third > 3 ? std::string_view() : line.substr(0, 3 + second + third);
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words(1);
  for (const char c : line) {
    if (c != ' ' && c != '=')  // "AUTH=PLAIN", as old clients wanted it
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  return words;
}

// False: no line of a reply.
bool read_line(std::string_view line, Reply& reply, bool& last) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (digits_at(line, 0) != 3) return false;
  int code = 0;
  std::from_chars(line.data(), line.data() + 3, code);
  const char separator = line.size() > 3 ? line[3] : ' ';
  if (code < 200 || code > 599 || (separator != ' ' && separator != '-')) return false;
  if (!reply.lines.empty() && code != reply.code) return false;
  reply.code = code;
  reply.lines.emplace_back(line.substr(std::min<std::size_t>(line.size(), 4)));
  last = separator == ' ';
  return reply.lines.size() <= most_lines;
}

}  // namespace

std::string Reply::why() const {
  std::string word = std::to_string(code);
  const std::string_view enhanced = lines.empty() ? std::string_view() : enhanced_code(lines.front());
  if (!enhanced.empty()) word.append("_").append(enhanced);
  return word;
}

Reading read_reply(std::string& arrived, Reply& reply) {
  Reply made;
  std::size_t at = 0;
  for (bool last = false; !last;) {
    const auto end = arrived.find('\n', at);
    if (end == std::string::npos) return arrived.size() - at > longest_line ? Reading::broken : Reading::more;
    if (end - at > longest_line || !read_line(std::string_view(arrived).substr(at, end - at), made, last))
      return Reading::broken;
    at = end + 1;
  }
  arrived.erase(0, at);
  reply = std::move(made);
  return Reading::complete;
}

Offers read_offers(const Reply& reply) {
  Offers offers;
  for (std::size_t i = 1; i < reply.lines.size(); ++i) {
    const std::vector<std::string> words = words_of(upper(reply.lines[i]));
    const std::string& keyword = words.front();
    offers.start_tls = offers.start_tls || keyword == "STARTTLS";
    offers.eight_bit = offers.eight_bit || keyword == "8BITMIME";
    offers.utf8 = offers.utf8 || keyword == "SMTPUTF8";
    offers.size = offers.size || keyword == "SIZE";
    if (keyword != "AUTH") continue;
    offers.plain = offers.plain || std::ranges::find(words, "PLAIN") != words.end();
    offers.login = offers.login || std::ranges::find(words, "LOGIN") != words.end();
  }
  return offers;
}

}  // namespace passerelle::adapters::smtp
