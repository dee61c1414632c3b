#include "turns/versions.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "dialog/load.hpp"
#include "dialog/stack.hpp"
#include "store/content_version.hpp"

namespace passerelle::turns {
namespace {

std::shared_ptr<const dialog::Dialog> load(store::Transaction& transaction, const Content& content,
                                           const DialogRef& ref) {
  const auto text = store::find_content(transaction, "dialog", ref.hash);
  if (!text) return nullptr;
  auto loaded = dialog::load("dialogs/" + ref.name + ".yaml", *text, ref.hash);
  if (!loaded.dialog) return nullptr;
  const std::set<std::string> known = content.catalog.keys();
  const bool told =
      std::ranges::all_of(dialog::keys_of(*loaded.dialog), [&](const std::string& key) { return known.contains(key); });
  return told ? loaded.dialog : nullptr;
}

}  // namespace

std::optional<dialog::Library> with_versions(store::Transaction& transaction, const Content& content,
                                             const Conversation& conversation) {
  const std::vector<DialogRef> missing = dialog::missing_versions(conversation, content.library);
  if (missing.empty()) return std::nullopt;
  dialog::Library library = content.library;
  for (const DialogRef& ref : missing) {
    if (auto dialog = load(transaction, content, ref))
      library.add_version(std::move(dialog));
    else
      log::warning("dialog.version_gone", {{"dialog", ref.name}, {"hash", ref.hash}});
  }
  return library;
}

}  // namespace passerelle::turns
