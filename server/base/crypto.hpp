// The few primitives that adapters and the store need, on OpenSSL 3.
#pragma once

#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace passerelle::crypto {

std::string hmac_sha1(const Secret& key, std::string_view message);    // 20 raw bytes (RFC 2104)
std::string hmac_sha256(const Secret& key, std::string_view message);  // 32 raw bytes
std::string sha256(std::string_view message);                          // 32 raw bytes
// For what gateways still sign with, and where the algorithm is configuration: raw bytes, as long as the digest is.
enum class Digest { md5, sha1, sha256, sha384, sha512 };
std::string hmac(Digest digest, const Secret& key, std::string_view message);
std::string hash(Digest digest, std::string_view message);
std::string base64(std::string_view bytes);  // RFC 4648, padded
std::string hex(std::string_view bytes);     // lower case

// In time that depends on the lengths only; MACs are compared in their canonical encoded text.
bool equal(std::string_view a, std::string_view b);

std::string random_bytes(std::size_t count);
std::string random_ref();  // 128 random bits as 32 hex digits: what the outside world sees instead of a rowid
// The same of what is made in great numbers: 64 in a row share their first three digits, so that they stand close to
// each other in an index, and a batch of them changes a few pages of it and not one each. Not ordered by time: people
// write the first eight digits, and those of two messages must not differ by one.
std::string grouped_ref();

}  // namespace passerelle::crypto
