#include "turns/versions.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/log.hpp"
#include "dialog/load.hpp"
#include "dialog/stack.hpp"
#include "store/content_version.hpp"

namespace passerelle::turns {
namespace {

constexpr std::string_view sentences_mark = "\n# sentences: ";

// In the source language: the translations follow it.
std::string sentences_of(const language::Catalog& catalog, const dialog::Dialog& dialog) {
  const language::LocaleFile* source = catalog.find("fr");
  std::string all;
  for (const std::string& key : dialog::keys_of(dialog)) {
    const auto found = source == nullptr ? decltype(source->sentences.end()){} : source->sentences.find(key);
    if (source != nullptr && found != source->sentences.end()) all += key + "=" + found->second.pattern + "\n";
  }
  return crypto::hex(crypto::sha256(all)).substr(0, 16);
}

std::shared_ptr<const dialog::Dialog> load(store::Transaction& transaction, const Content& content,
                                           const DialogRef& ref) {
  const auto text = store::find_content(transaction, "dialog", ref.hash);
  if (!text) return nullptr;
  auto loaded = dialog::load("dialogs/" + ref.name + ".yaml", *text, ref.hash);
  if (!loaded.dialog) return nullptr;
  const std::set<std::string> known = content.catalog.keys();
  const bool told =
      std::ranges::all_of(dialog::keys_of(*loaded.dialog), [&](const std::string& key) { return known.contains(key); });
  if (!told) return nullptr;
  if (text->ends_with(std::string(sentences_mark) + sentences_of(content.catalog, *loaded.dialog)))
    return loaded.dialog;
  auto stale = std::make_shared<dialog::Dialog>(*loaded.dialog);
  stale->stale = true;
  return stale;
}

}  // namespace

std::string with_sentences(std::string text, const language::Catalog& catalog, const dialog::Dialog& dialog) {
  text += sentences_mark;
  return text + sentences_of(catalog, dialog);
}

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
