#include "backup/archive.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <system_error>

#include "backup/disk_file.hpp"
#include "backup/entries.hpp"
#include "backup/press.hpp"
#include "backup/seal.hpp"

namespace passerelle::backup {
namespace {

namespace json = boost::json;

constexpr std::string_view manifest_name = "manifest.json";
constexpr std::size_t longest_manifest = std::size_t{1} * 1024 * 1024;

std::string head_of(const Manifest& manifest, const Recipient& recipient) {
  return json::serialize(json::object{{"made", to_ms(manifest.made)}, {"recipient", name_of(recipient)}});
}

std::string text_of(const Manifest& manifest) {
  json::object counts;
  for (const auto& [table, rows] : manifest.counts) counts[table] = rows;
  return json::serialize(json::object{{"made", to_ms(manifest.made)},
                                      {"schema", manifest.schema},
                                      {"counts", std::move(counts)},
                                      {"files", manifest.files},
                                      {"attachments", manifest.attachments}});
}

const json::object* object_of(const json::value& value) { return value.is_object() ? &value.get_object() : nullptr; }

std::int64_t number_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

result<Manifest> read_manifest(std::string_view text) {
  boost::system::error_code failed;
  const json::value value = json::parse(text, failed);
  const json::object* object = failed ? nullptr : object_of(value);
  if (object == nullptr) return Error{"the backup has no manifest that could be read", ""};
  Manifest manifest{from_ms(number_of(*object, "made")),
                    number_of(*object, "schema"),
                    {},
                    static_cast<std::uint64_t>(number_of(*object, "files"))};
  const json::value* attachments = object->if_contains("attachments");  // older ones hold them, and do not say so
  manifest.attachments = attachments == nullptr || !attachments->is_bool() || attachments->get_bool();
  const json::value* counts = object->if_contains("counts");
  if (counts != nullptr && counts->is_object()) {
    for (const auto& [table, rows] : counts->get_object())
      manifest.counts[table] = rows.is_int64() ? rows.get_int64() : -1;
  }
  return manifest;
}

bool is_gone(const std::string& path) {
  std::error_code code;
  return std::filesystem::symlink_status(path, code).type() == std::filesystem::file_type::not_found;
}

// A file may grow while it is read: it is taken as long as it was when it was opened. One that shrinks is an error.
// False: it has gone meanwhile, and may.
result<bool> add_file(Press& press, const Source& source) {
  auto file = DiskFile::open(source.path);
  if (!file && source.may_vanish && is_gone(source.path)) return false;
  if (!file) return file.error();
  const auto size = file->size();
  if (!size) return size.error();
  if (const auto begun = press.write(entry_line(source.name, *size)); !begun) return begun.error();
  for (std::uint64_t left = *size; left > 0;) {
    const auto bytes = file->read(static_cast<std::size_t>(std::min<std::uint64_t>(left, 1u << 16)));
    if (!bytes) return bytes.error();
    if (bytes->empty()) return Error{"became shorter while it was copied", source.path};
    left -= bytes->size();
    if (const auto written = press.write(*bytes); !written) return written.error();
  }
  return true;
}

// Counts in 'manifest' what it wrote.
result<void> fill(DiskFile& to, const Recipient& recipient, Manifest& manifest, std::span<const Source> sources,
                  const std::atomic<bool>* stop) {
  const auto write = [&](std::string_view bytes) -> result<void> {
    if (stop != nullptr && *stop) return Error{"the server is stopping", ""};
    return to.write(bytes);
  };
  auto sealer = Sealer::begin(write, recipient, head_of(manifest, recipient));
  if (!sealer) return sealer.error();
  Press press([&](std::string_view bytes) { return (*sealer)->write(bytes); });
  for (const Source& source : sources) {
    const auto added = add_file(press, source);
    if (!added) return added.error();
    manifest.files += *added ? 1 : 0;
  }
  const std::string text = text_of(manifest);
  if (const auto told = press.write(entry_line(std::string(manifest_name), text.size()) + text); !told) return told;
  if (const auto ended = press.write(end_line); !ended) return ended;
  if (const auto pressed = press.finish(); !pressed) return pressed;
  return (*sealer)->finish();
}

// Where an entry's bytes go: a file of the folder, or the manifest.
class Unpacking {
 public:
  explicit Unpacking(std::string folder) : folder_(std::move(folder)) {}

  result<void> begin(const std::string& name, std::uint64_t size) {
    if (name == manifest_name) {
      in_manifest_ = true;
      return size <= longest_manifest ? result<void>() : Error{"the backup's manifest is too long", ""};
    }
    in_manifest_ = false;
    ++files_;
    std::error_code code;
    const std::filesystem::path path = std::filesystem::path(folder_) / name;
    std::filesystem::create_directories(path.parent_path(), code);
    if (code) return Error{"cannot be made: " + code.message(), path.parent_path().string()};
    auto made = DiskFile::create(path.string());
    if (!made) return made.error();
    file_.emplace(std::move(*made));
    return {};
  }
  result<void> more(std::string_view bytes) {
    if (!in_manifest_) return file_->write(bytes);
    manifest_ += bytes;
    return {};
  }
  result<void> end() {
    if (in_manifest_) return {};
    const auto synced = file_->sync();
    file_.reset();
    return synced;
  }

  result<Manifest> manifest() const {
    auto read = read_manifest(manifest_);
    if (read && read->files != files_) return Error{"the backup holds other files than its manifest tells", ""};
    return read;
  }

 private:
  std::string folder_;
  std::optional<DiskFile> file_;
  std::string manifest_;
  std::uint64_t files_ = 0;
  bool in_manifest_ = false;
};

}  // namespace

result<Written> write_archive(const std::string& path, const Recipient& recipient, Manifest manifest,
                              std::span<const Source> sources, const std::atomic<bool>* stop) {
  manifest.files = 0;
  const std::string unfinished = path + std::string(unfinished_ending);
  unlink(unfinished.c_str());
  auto file = DiskFile::create(unfinished);
  if (!file) return file.error();
  result<void> done = fill(*file, recipient, manifest, sources, stop);
  if (done) done = file->sync();
  const auto size = file->size();
  if (done) done = put_in_place(unfinished, path);
  if (done && size) return Written{*size, manifest.files};
  unlink(unfinished.c_str());
  return done ? size.error() : done.error();
}

result<Head> read_archive_head(const std::string& path) {
  auto file = DiskFile::open(path);
  if (!file) return file.error();
  const auto text = read_head([&](std::size_t size) { return file->read(size); });
  if (!text) return Error{text.error().what, path};
  boost::system::error_code failed;
  const json::value value = json::parse(*text, failed);
  const json::object* object = failed ? nullptr : object_of(value);
  if (object == nullptr) return Error{"this backup's beginning is damaged", path};
  const json::value* recipient = object->if_contains("recipient");
  const bool named = recipient != nullptr && recipient->is_string();
  return Head{from_ms(number_of(*object, "made")), named ? std::string(recipient->get_string()) : std::string()};
}

result<Manifest> unpack_archive(const std::string& path, const Opener& key, const std::string& folder,
                                const std::atomic<bool>* stop) {
  auto file = DiskFile::open(path);
  if (!file) return file.error();
  Unpacking unpacking(folder);
  EntryReader entries({[&](const std::string& name, std::uint64_t size) { return unpacking.begin(name, size); },
                       [&](std::string_view bytes) { return unpacking.more(bytes); }, [&] { return unpacking.end(); }});
  Unpress unpress([&](std::string_view bytes) { return entries.take(bytes); });
  const auto next = [&](std::size_t size) -> result<std::string> {
    if (stop != nullptr && *stop) return Error{"was broken off", path};
    return file->read(size);
  };
  const auto done = unseal(next, key, [&](std::string_view bytes) { return unpress.write(bytes); });
  if (!done) return done.error().where.empty() ? Error{done.error().what, path} : done.error();
  if (!entries.complete()) return Error{"this backup ends too early", path};
  const auto manifest = unpacking.manifest();
  if (!manifest) return Error{manifest.error().what, path};
  return manifest;
}

}  // namespace passerelle::backup
