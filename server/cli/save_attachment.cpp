#include "cli/save_attachment.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "attachments/folder.hpp"
#include "base/crypto.hpp"
#include "cli/exit_code.hpp"
#include "console/operations.hpp"

namespace passerelle::cli {
namespace {

OfficeAnswer failed(const Error& error) { return {exit_failed, console::to_json({to_string(error), ""})}; }

std::string text_at(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr || !value->is_string() ? std::string() : std::string(value->get_string());
}

result<std::string> kept_bytes(const std::string& data, const std::string& ref, const std::string& digest) {
  if (!attachments::is_ref(ref)) return Error{"the server has named no file", ref};
  try {
    auto bytes = attachments::Folder(data).get(ref);
    if (bytes && crypto::hex(crypto::sha256(*bytes)) != digest)
      return Error{"what is kept is not what was fetched: the disk has spoilt it, or somebody has changed it", ref};
    return bytes;
  } catch (const std::runtime_error& error) {
    return Error{error.what(), ref};
  }
}

result<void> write_new(const std::string& path, std::string_view bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return Error{errno == EEXIST ? "is there already; name another file" : std::strerror(errno), path};
  bool whole = true;
  while (whole && !bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    whole = count > 0 || (count < 0 && errno == EINTR);
    if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  const int why = errno;
  ::close(file);
  if (whole) return {};
  ::unlink(path.c_str());
  return Error{std::string("cannot be written: ") + std::strerror(why), path};
}

}  // namespace

OfficeAnswer save_attachment(const ConfigSources& sources, OfficeAnswer answer, const std::string& target) {
  const std::string data = load_config(sources).config.data_dir;
  const auto bytes = kept_bytes(data, text_at(answer.body, "ref"), text_at(answer.body, "digest"));
  if (!bytes) return failed(bytes.error());
  if (const auto written = write_new(target, *bytes); !written) return failed(written.error());
  answer.body["saved"] = target;
  return answer;
}

}  // namespace passerelle::cli
