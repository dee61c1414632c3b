#include "turns/content_files.hpp"

#include <algorithm>
#include <filesystem>

#include "base/file.hpp"
#include "turns/embedded.hpp"

namespace passerelle::turns {
namespace {

namespace fs = std::filesystem;

using FileSet = std::map<std::string, ContentFile>;  // by path below the folder: "dialogs/danger.yaml"

FileSet embedded_below(const std::string& folder) {
  FileSet files;
  const std::string prefix = folder.empty() ? "" : folder + "/";
  for (const EmbeddedFile& file : embedded_files()) {
    if (!file.path.starts_with(prefix)) continue;
    files[std::string(file.path.substr(prefix.size()))] = {std::string(file.path), std::string(file.text), true};
  }
  return files;
}

constexpr const char* directory_name = "directory.csv";

bool is_content(const fs::path& path) {
  return path.extension() == ".yaml" || path.extension() == ".json" || path.filename() == directory_name;
}

void add_files(const fs::path& root, const fs::path& folder, FileSet& files, Findings& findings) {
  constexpr std::size_t most_files = 2000;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (!entry->is_regular_file() || !is_content(entry->path())) continue;
    if (files.size() == most_files) {
      findings.push_back(
          {{folder.string(), 0, 0}, "holds more than 2,000 files", "name the folder of the content itself"});
      return;
    }
    auto text = read_file(entry->path().string());
    if (!text)
      findings.push_back({{entry->path().string(), 0, 0}, text.error().what, ""});
    else
      files[entry->path().lexically_relative(root).generic_string()] = {entry->path().string(), std::move(*text)};
  }
  if (error) findings.push_back({{folder.string(), 0, 0}, "cannot be read: " + error.message(), ""});
}

// Only what content is made of: an overlay may be a folder with other things in it.
FileSet on_disk_below(const fs::path& folder, Findings& findings) {
  FileSet files;
  for (const fs::path& part : {folder, folder / "dialogs", folder / "locales", folder / "pages"}) {
    if (fs::is_directory(part)) add_files(folder, part, files, findings);
  }
  return files;
}

// A folder that is not there may be one that was compiled in (the demo association).
FileSet below(const std::string& folder, const std::string& working_dir, Findings& findings) {
  const fs::path path = working_dir.empty() ? fs::path(folder) : fs::path(working_dir) / folder;
  if (fs::is_directory(path)) return on_disk_below(path, findings);
  FileSet files = embedded_below(fs::path(folder).lexically_normal().generic_string());
  if (files.empty()) findings.push_back({{path.string(), 0, 0}, "is not a folder", "check the path"});
  return files;
}

std::string stem(const std::string& path) { return fs::path(path).stem().string(); }

void lay(const FileSet& files, ContentFiles& content, bool own) {
  for (const auto& [path, file] : files) {
    const bool yaml = path.ends_with(".yaml");
    if (path.starts_with("dialogs/") && yaml) content.dialogs[stem(path)] = file;
    if (path.starts_with("locales/") && path.ends_with(".json"))
      (own ? content.own_locales : content.locales)[path] = file;
    if (path.starts_with("pages/") && yaml && own) content.pages[stem(path)] = file;
  }
}

void lay_dialogs(const std::vector<std::string>& paths, ContentFiles& content, Findings& findings) {
  for (const std::string& path : paths) {
    auto text = read_file(path);
    if (!text)
      findings.push_back({{path, 0, 0}, text.error().what, ""});
    else
      content.dialogs[stem(path)] = {path, std::move(*text)};
  }
}

ContentFiles collect_shipped(const ContentSources& sources, Findings& findings) {
  ContentFiles content;
  const FileSet shipped = embedded_below("");
  lay(shipped, content, false);
  if (const auto found = shipped.find("config/emergency.yaml"); found != shipped.end())
    content.emergency = found->second;
  if (const auto found = shipped.find("config/spelling.yaml"); found != shipped.end()) content.spelling = found->second;
  for (const std::string& folder : sources.overlay_dirs)
    lay(below(folder, sources.working_dir, findings), content, false);
  if (sources.association_dir.empty()) return content;
  const FileSet own = below(sources.association_dir, sources.working_dir, findings);
  lay(own, content, true);
  if (const auto found = own.find(directory_name); found != own.end()) content.directory = found->second;
  if (const auto found = own.find("association.yaml"); found != own.end()) {
    content.association = found->second;
  } else if (!own.empty()) {
    findings.push_back({{sources.association_dir, 0, 0},
                        "holds no association.yaml",
                        "copy config/associations/demo/association.yaml and change it"});
  }
  return content;
}

}  // namespace

ContentFiles collect_files(const ContentSources& sources, Findings& findings) {
  ContentFiles content = collect_shipped(sources, findings);
  lay_dialogs(sources.dialog_files, content, findings);
  return content;
}

}  // namespace passerelle::turns
