#include "adapters/smtp/mail.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "adapters/text.hpp"
#include "base/crypto.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters::smtp {
namespace {

constexpr std::size_t longest_line = 998;    // RFC 5322, 2.1.1
constexpr std::size_t base64_line = 76;      // RFC 2045, 6.8
constexpr std::size_t bytes_of_a_word = 45;  // 60 in base64, and 12 around them
constexpr std::size_t longest_address = 254;
constexpr std::size_t longest_local_part = 64;

// Without control characters, which would begin a header of their own.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : valid_utf8(text)) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  return out;
}

// "\r\n" and "\r" become "\n"; what no mail may hold is left out.
std::string plain_lines(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
    } else if (text[i] != '\0') {
      out += text[i];
    }
  }
  if (!out.ends_with('\n')) out += '\n';
  return out;
}

bool has_long_line(std::string_view text) {
  std::size_t length = 0;
  for (const char c : text) {
    length = c == '\n' ? 0 : length + 1;
    if (length > longest_line - 1) return true;  // a dot may come in front
  }
  return false;
}

std::string with_mail_ends(std::string_view text) {
  std::string out;
  bool fresh = true;
  for (const char c : text) {
    if (fresh && c == '.') out += '.';
    if (c == '\n') out += '\r';
    out += c;
    fresh = c == '\n';
  }
  return out;
}

std::string in_base64(std::string_view text) {
  std::string wire;  // the text's own ends of line are CRLF, too
  for (const char c : text) {
    if (c == '\n') wire += '\r';
    wire += c;
  }
  const std::string encoded = crypto::base64(wire);
  std::string out;
  for (std::size_t at = 0; at < encoded.size(); at += base64_line)
    out.append(encoded.substr(at, base64_line)).append("\r\n");
  return out;
}

// A display name of ASCII stands in quotes.
std::string name_in_front(std::string_view name) {
  if (name.empty()) return {};
  if (!is_ascii(name)) return header_text(name) + "\r\n ";
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\" ";
}

bool is_local_letter(char c) {
  constexpr std::string_view signs = "!#$%&'*+-/=?^_`{|}~.";
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         static_cast<unsigned char>(c) > 0x7F || signs.find(c) != std::string_view::npos;
}

bool is_domain_letter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' ||
         static_cast<unsigned char>(c) > 0x7F;
}

bool is_dotted(std::string_view text) {
  return !text.empty() && !text.starts_with('.') && !text.ends_with('.') && text.find("..") == std::string_view::npos;
}

}  // namespace

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_mail_address(std::string_view text) {
  if (!is_plain(text, longest_address)) return false;
  const auto at = text.find('@');
  if (at == std::string_view::npos) return false;
  const std::string_view local = text.substr(0, at);
  const std::string_view domain = text.substr(at + 1);
  return local.size() <= longest_local_part && is_dotted(local) && is_dotted(domain) &&
         domain.find('.') != std::string_view::npos && std::ranges::all_of(local, is_local_letter) &&
         std::ranges::all_of(domain, is_domain_letter);
}

std::string mail_date(TimePoint time) {
  static constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000", days[std::chrono::weekday(day).c_encoding()],
                     static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

std::string header_text(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  std::string out;
  std::string word;
  const auto close = [&] {
    if (word.empty()) return;
    out.append(out.empty() ? "" : "\r\n ").append("=?UTF-8?B?").append(crypto::base64(word)).append("?=");
    word.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    if (word.size() + c.size > bytes_of_a_word) close();
    word.append(text.substr(at, c.size));
    at += c.size;
  }
  close();
  return out;
}

std::string mail_bytes(const Mail& mail, bool eight_bit) {
  const std::string text = plain_lines(valid_utf8(mail.text));
  const bool ascii = is_ascii(text);
  const bool as_it_is = (ascii || eight_bit) && !has_long_line(text);
  std::string out;
  const auto header = [&](std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
  };
  header("Date", mail_date(mail.date));
  header("From", name_in_front(one_line(mail.from_name)) + "<" + mail.from + ">");
  header("To", "<" + mail.to + ">");
  header("Subject", header_text(one_line(mail.subject)));
  header("Message-ID", "<" + mail.message_id + ">");
  header("Auto-Submitted", "auto-generated");  // RFC 3834: nobody's absence note answers it
  if (!mail.language.empty()) header("Content-Language", one_line(mail.language));
  header("MIME-Version", "1.0");
  header("Content-Type", "text/plain; charset=utf-8");
  header("Content-Transfer-Encoding", !as_it_is ? "base64" : ascii ? "7bit" : "8bit");
  return out + "\r\n" + (as_it_is ? with_mail_ends(text) : in_base64(text));
}

}  // namespace passerelle::adapters::smtp
