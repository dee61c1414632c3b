// How the world reaches us: addresses, TLS, and whether a running server answers.
#include <fmt/format.h>
#include <sys/stat.h>

#include <array>

#include "base/certificate.hpp"
#include "base/file.hpp"
#include "base/url.hpp"
#include "config_table.hpp"
#include "doctor.hpp"

namespace passerelle::doctor {
namespace {

constexpr auto soon = 14 * std::chrono::hours(24);

bool has_tls(const House& house) { return !house.config().tls_cert.empty() && !house.config().tls_key.empty(); }

std::optional<std::string> text_of(const std::string& path) {
  const auto text = read_file(path);
  return text ? std::optional(*text) : std::nullopt;
}

void answers(const House& house, Troubles& to) {
  if (house.server_answers) return;
  to.push_back({house.config().data_dir, "no server runs on this data folder", "start it: passerelle serve", true});
}

void tls_files(const House& house, Troubles& to) {
  if (!has_tls(house)) return;
  for (const std::string& path : {house.config().tls_cert, house.config().tls_key}) {
    const auto text = read_file(path);
    if (!text) to.push_back({path, text.error().what, "correct the path, or let the server's user read it"});
  }
}

void tls_pair(const House& house, Troubles& to) {
  if (!has_tls(house)) return;
  const auto certificate = text_of(house.config().tls_cert);
  const auto key = text_of(house.config().tls_key);
  if (!certificate || !key) return;
  const auto fits = fits_key(*certificate, *key);
  if (fits && *fits) return;
  to.push_back({house.config().tls_key, fits ? "is not the key of the certificate in tls_cert" : fits.error().what,
                "write both files of one pair: the certificate with its chain, and the key without a password"});
}

void tls_time(const House& house, Troubles& to) {
  const auto text = has_tls(house) ? text_of(house.config().tls_cert) : std::nullopt;
  const auto certificate = text ? read_certificate(*text) : result<Certificate>(Error{"none", ""});
  if (!certificate) return;
  constexpr const char* remedy = "renew it; the server takes the new files up by itself";
  if (certificate->begins > house.now) {
    to.push_back({house.config().tls_cert, "the certificate is not valid yet", "check the clock of this machine"});
  } else if (certificate->ends <= house.now) {
    to.push_back(
        {house.config().tls_cert, "the certificate ended " + long_ago(house.now - certificate->ends) + " ago", remedy});
  } else if (certificate->ends < house.now + soon) {
    to.push_back(
        {house.config().tls_cert, "the certificate ends in " + long_ago(certificate->ends - house.now), remedy});
  }
}

void tls_name(const House& house, Troubles& to) {
  const auto text = has_tls(house) ? text_of(house.config().tls_cert) : std::nullopt;
  const auto certificate = text ? read_certificate(*text) : result<Certificate>(Error{"none", ""});
  const auto url = read_url(house.config().public_url);
  if (!certificate || !url || is_loopback(url->host) || covers(*certificate, url->host)) return;
  to.push_back({house.config().tls_cert, "the certificate is not for " + url->host + ", the host of public_url",
                "get one that names it, or correct public_url"});
}

void tls_key_mode(const House& house, Troubles& to) {
  if (auto open = too_open(house.config().tls_key, S_IWGRP | S_IXGRP | S_IRWXO,
                           "other users of this machine can read the private key"))
    to.push_back(std::move(*open));
}

void without_tls(const House& house, Troubles& to) {
  const Config& config = house.config();
  if (configuration::is_loopback(config.listen_address) || has_tls(house)) return;
  if (config.public_url.starts_with("https://")) return;  // a proxy with TLS on another machine
  to.push_back({"listen", "other machines reach " + config.listen_address + " without TLS, and no proxy is told of",
                "set tls_cert and tls_key, or listen on 127.0.0.1 behind a proxy with TLS"});
}

void url_scheme(const House& house, Troubles& to) {
  const auto url = read_url(house.config().public_url);
  if (!url || url->is_https || is_loopback(url->host)) return;
  to.push_back({"public_url", "gateways reach this server in the clear: whoever is on the way reads what people write",
                "put TLS in front of it, and write public_url with https://"});
}

// Each channel's hook is public_url + "/hooks/<name>".
void url_path(const House& house, Troubles& to) {
  const auto url = read_url(house.config().public_url);
  if (!url || url->path.find("/hooks") == std::string::npos) return;
  to.push_back({"public_url",
                "it ends with " + url->path + ", which each channel adds by itself: nothing will be found there",
                "leave out what begins with /hooks"});
}

// A gateway out there that brings webhooks cannot call an address of this machine.
void unreachable(const House& house, Troubles& to) {
  const auto hooks = hook_urls(house.config(), base_url(house.config(), house.config().listen_port));
  for (const auto& [name, channel] : house.channels) {
    const Traits traits = channel->traits();
    const auto hook = read_url(hooks.at(name));
    const bool far = !traits.host.empty() && !is_loopback(traits.host);
    if (!traits.hears || traits.links || !far || !hook || !is_loopback(hook->host)) continue;
    to.push_back({"channel " + name,
                  "the gateway is told to call " + hooks.at(name) + ", which only this machine reaches",
                  "set public_url to the address by which the world reaches this server"});
  }
}

}  // namespace

std::span<const Check> network_checks() {
  static constexpr auto rows = std::to_array<Check>({
      {"server.answers", "whether a server runs", answers},
      {"listen.tls", "who reaches 'listen', and whether by TLS", without_tls},
      {"tls.files", "whether tls_cert and tls_key can be read", tls_files},
      {"tls.pair", "whether they belong together", tls_pair},
      {"tls.time", "until when the certificate is valid", tls_time},
      {"tls.name", "whether it is for the host of public_url", tls_name},
      {"tls.key", "who can read the private key", tls_key_mode},
      {"url.https", "whether public_url is https", url_scheme},
      {"url.path", "the path of public_url", url_path},
      {"url.reachable", "whether gateways can call the hooks", unreachable},
  });
  return rows;
}

}  // namespace passerelle::doctor
