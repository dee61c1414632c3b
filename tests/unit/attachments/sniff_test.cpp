#include "attachments/sniff.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

using namespace passerelle::attachments;
using std::string_literals::operator""s;

namespace {

struct File {
  std::string bytes;
  std::string_view type;
};

const std::vector<File>& known() {
  static const std::vector<File> files{{"\xFF\xD8\xFF\xE0\0\x10JFIF"s, "image/jpeg"},
                                       {"\xFF\xD8\xFF\xE1\0\x10"s + "Exif"s, "image/jpeg"},
                                       {"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"s, "image/png"},
                                       {"GIF89a\1\0"s, "image/gif"},
                                       {"GIF87a\1\0"s, "image/gif"},
                                       {"RIFF\x24\0\0\0WEBPVP8 "s, "image/webp"},
                                       {"%PDF-1.7\n", "application/pdf"},
                                       {"OggS\0\2"s + std::string(22, '\0') + "\1\x13OpusHead", "audio/ogg"},
                                       {"ID3\4\0\0", "audio/mpeg"},
                                       {"\xFF\xFB\x90\x64", "audio/mpeg"},
                                       {"#!AMR\n\x3C", "audio/amr"},
                                       {"#!AMR-WB\n", "audio/amr"},
                                       {"\0\0\0\x18"s + "ftypM4A \0\0\0\0"s, "audio/mp4"},
                                       {"\0\0\0\x18"s + "ftypisom\0\0\2\0"s, "video/mp4"},
                                       {"\0\0\0\x18"s + "ftypmp42\0\0\0\0"s, "video/mp4"},
                                       {"\0\0\0\x14"s + "ftyp3gp5\0\0\0\0"s, "video/3gpp"}};
  return files;
}

TEST(Sniff, knows_the_files_that_phones_make_by_their_first_bytes) {
  for (const File& file : known()) EXPECT_EQ(sniff(file.bytes), file.type) << file.type;
}

TEST(Sniff, what_could_run_or_unfold_is_bytes_of_no_type) {
  for (const std::string& bytes :
       {"<svg xmlns=\"http://www.w3.org/2000/svg\">"s, "<?xml version=\"1.0\"?><svg>"s, "<!DOCTYPE html>"s, "<html>"s,
        "PK\3\4"s, "MZ\x90"s, "\x7F"s + "ELF"s, "#!/bin/sh"s, "\xEF\xBB\xBF<svg>"s, "GIF88a"s, "RIFF\x24\0\0\0WAVE"s,
        "\0\0\0\x18"s + "ftypheic"s, "\xFF\xF1\x50\x80"s, "\xFF\xD8"s, "OggX"s, " %PDF-1.7"s, ""s}) {
    EXPECT_EQ(sniff(bytes), unknown_type) << bytes;
  }
}

TEST(Sniff, half_of_a_mark_is_no_mark) {
  for (const File& file : known()) {
    EXPECT_EQ(sniff(file.bytes.substr(0, 2)), unknown_type) << file.type;
  }
}

}  // namespace
