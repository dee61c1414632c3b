// Reads XLIFF 1.2 and 2.0, whichever the file says it is. libxml2 may not reach the network, nor expand what a
// document type declares: a file with one is refused.
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <memory>

#include "translation/exchange.hpp"

namespace passerelle::translation {
namespace {

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using Document = std::unique_ptr<xmlDoc, FreeDocument>;

std::string_view name_of(const xmlNode* node) {
  return node->type == XML_ELEMENT_NODE ? reinterpret_cast<const char*>(node->name) : "";
}

std::string attribute(const xmlNode* node, const char* name) {
  xmlChar* value = xmlGetProp(node, reinterpret_cast<const xmlChar*>(name));
  std::string found = value == nullptr ? "" : reinterpret_cast<const char*>(value);
  xmlFree(value);
  return found;
}

class XliffReader {
 public:
  XliffReader(const std::string& file, Findings& findings) : file_(file), findings_(findings) {}

  ReadRows read(const std::string& text) {
    xmlResetLastError();
    const Document document(xmlReadMemory(
        text.data(), static_cast<int>(text.size()), nullptr, nullptr,
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES));
    if (document == nullptr) {
      report_parser();
      return {};
    }
    const xmlNode* root = xmlDocGetRootElement(document.get());
    if (document->intSubset != nullptr) {
      findings_.push_back({{file_, 1, 1}, "the file declares a document type", "take <!DOCTYPE …> out"});
      return {};
    }
    const std::string version = attribute(root, "version");
    if (name_of(root) != "xliff" || (version != "1.2" && !version.starts_with("2."))) {
      report(root, "this is no XLIFF 1.2 or 2.0", "save it in the format that was exported");
      return {};
    }
    read_.locale = attribute(root, "trgLang");
    collect(root);
    return std::move(read_);
  }

 private:
  void report(const xmlNode* at, std::string what, std::string remedy) {
    findings_.push_back({{file_, static_cast<int>(xmlGetLineNo(at)), 1}, std::move(what), std::move(remedy)});
  }

  void report_parser() {
    const xmlError* error = xmlGetLastError();
    std::string what = error == nullptr || error->message == nullptr ? "unreadable" : error->message;
    while (what.ends_with('\n')) what.pop_back();
    const int line = error == nullptr ? 1 : error->line, column = error == nullptr ? 1 : error->int2;
    findings_.push_back({{file_, line, column}, "this is no XML: " + what, "save it again in the format XLIFF"});
  }

  // <group> may stand between <file> and the units. The parser bounds the depth.
  void collect(const xmlNode* parent) {
    for (const xmlNode* node = parent->children; node != nullptr; node = node->next) {
      const std::string_view name = name_of(node);
      if (name == "trans-unit") {
        add(node, node);
      } else if (name == "unit") {
        add(node, nullptr);
      } else if (name == "file" || name == "body" || name == "group") {
        if (const std::string locale = attribute(node, "target-language"); !locale.empty()) read_.locale = locale;
        collect(node);
      }
    }
  }

  // 'texts' is where source and target stand; null: in the segments of 'unit', which a program may have cut.
  void add(const xmlNode* unit, const xmlNode* texts) {
    Row row;
    row.key = attribute(unit, "resname");
    if (row.key.empty()) row.key = attribute(unit, "name");
    if (row.key.empty()) row.key = attribute(unit, "id");
    row.at = {file_, static_cast<int>(xmlGetLineNo(unit)), 1};
    if (texts != nullptr) {
      add_texts(texts, row);
    } else {
      for (const xmlNode* node = unit->children; node != nullptr; node = node->next) {
        if (name_of(node) == "segment" || name_of(node) == "ignorable") add_texts(node, row);
      }
    }
    if (row.key.empty()) return report(unit, "this unit has no key", "keep its id, as it was exported");
    read_.rows.push_back(std::move(row));
  }

  void add_texts(const xmlNode* parent, Row& row) {
    for (const xmlNode* node = parent->children; node != nullptr; node = node->next) {
      if (name_of(node) == "source") row.source += text_of(node);
      if (name_of(node) == "target") row.target += text_of(node);
    }
  }

  // <mrk> and <g> stand around text of ours; any other element would be something that we never wrote.
  std::string text_of(const xmlNode* node) {
    std::string text;
    for (const xmlNode* child = node->children; child != nullptr; child = child->next) {
      if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
        text += reinterpret_cast<const char*>(child->content);
      } else if (name_of(child) == "mrk" || name_of(child) == "g") {
        text += text_of(child);
      } else if (child->type == XML_ELEMENT_NODE) {
        report(child, "a sentence holds the element <" + std::string(name_of(child)) + ">", "write plain text");
      }
    }
    return text;
  }

  const std::string& file_;
  Findings& findings_;
  ReadRows read_;
};

}  // namespace

ReadRows read_xliff(const std::string& file, const std::string& text, Findings& findings) {
  return XliffReader(file, findings).read(text);
}

}  // namespace passerelle::translation
