// The files that content is made of: those in the binary, with overlays and the association's own laid on top.
#pragma once

#include <map>
#include <string>

#include "base/finding.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

struct ContentFile {
  std::string shown;  // how findings name it
  std::string text;
  bool in_binary = false;
};

struct ContentFiles {
  std::map<std::string, ContentFile> dialogs;      // by name without ending
  std::map<std::string, ContentFile> locales;      // by file name
  std::map<std::string, ContentFile> own_locales;  // the association's sentences, after the shipped ones
  std::map<std::string, ContentFile> pages;        // the association's information pages, by name without ending
  ContentFile association;                         // empty text: none
  ContentFile directory;                           // directory.csv, the services; empty text: none
  ContentFile emergency;
  ContentFile spelling;
};

ContentFiles collect_files(const ContentSources& sources, Findings& findings);

}  // namespace passerelle::turns
