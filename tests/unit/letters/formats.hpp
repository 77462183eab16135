// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The words of a letter as each of its files gives them back.

#include <doctest/doctest.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "daemon/letters/render.hpp"

namespace letters_fixture {

using namespace vigifuite;

/// What a program printed for a file made of `bytes`; `%` in the command stands for it.
inline std::string run_on(const std::string& bytes, std::string command) {
  std::string name = (std::filesystem::temp_directory_path() / "vigifuite-letter-XXXXXX").string();
  const int descriptor = ::mkstemp(name.data());
  REQUIRE(descriptor >= 0);
  ::close(descriptor);
  std::ofstream(name, std::ios::binary) << bytes;
  command.replace(command.find('%'), 1, name);
  std::FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string out;
  char buffer[4096];
  for (std::size_t size = 0; (size = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, size);
  const int code = ::pclose(pipe);
  std::filesystem::remove(name);
  CHECK_MESSAGE(code == 0, command);
  return out;
}

/// Without any space: lines are broken elsewhere in each format.
inline std::string solid(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("\u00a0"))
      i += 1;
    else if (rest.starts_with("\u202f"))
      i += 2;
    else if (std::string_view(" \n\r\t\f").find(text[i]) == std::string_view::npos)
      out += text[i];
  }
  return out;
}

/// The words of the blocks, in order; what stands before an item as `labels` wants it.
enum class Labels : unsigned char { Text, Pdf, Html };
inline std::string words_of(const std::vector<letters::Block>& blocks, Labels labels) {
  std::string out;
  for (const letters::Block& block : blocks) {
    const bool bullet = block.kind == letters::BlockKind::Item;
    const bool numbered = block.kind == letters::BlockKind::Numbered || block.kind == letters::BlockKind::Attachment;
    if (labels == Labels::Pdf && bullet)
      out += "–";
    else if (labels != Labels::Html || !(bullet || numbered))
      out += letters::label_of(block);
    out += letters::plain(block.text);
  }
  return solid(out);
}

/// Of the text format: without the lines under section titles.
inline std::string words_of_text(const std::string& text) {
  std::string out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.find_first_not_of('-') != std::string::npos) out += line + "\n";
  }
  return solid(out);
}

inline std::string words_of_html(const std::string& html) {
  std::string out;
  bool in_tag = false;
  for (const char c : html.substr(html.find("<body>"))) {
    if (c == '<') in_tag = true;
    if (!in_tag) out += c;
    if (c == '>') in_tag = false;
  }
  constexpr std::pair<std::string_view, std::string_view> kEntities[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
  for (const auto& [entity, character] : kEntities) {
    for (std::size_t at = out.find(entity); at != std::string::npos; at = out.find(entity, at + 1)) {
      out.replace(at, entity.size(), character);
    }
  }
  return solid(out);
}

/// In the order of the file, without the page numbers.
inline std::string words_of_pdf(const std::string& pdf) {
  const std::string text = run_on(pdf, "pdftotext -raw -enc UTF-8 % -");
  std::string out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    while (line.starts_with('\f')) line.erase(0, 1);
    int page = 0, pages = 0, end = 0;
    if (std::sscanf(line.c_str(), "%d / %d%n", &page, &pages, &end) == 2 &&
        static_cast<std::size_t>(end) == line.size())
      continue;
    out += line + "\n";
  }
  return solid(out);
}

inline std::string written(letters::Format format, const letters::Letter& made) {
  const auto file =
      letters::write_as(format, {made.title, Language::French, made.generated_at}, made.blocks, Language::French);
  if (!file) MESSAGE(file.error().what);
  REQUIRE(file.has_value());
  return file->bytes;
}

/// Every format of a letter says the same words in the same order, and its PDF is sound.
inline void check_formats(const letters::Letter& made) {
  CHECK(words_of_text(written(letters::Format::Text, made)) == words_of(made.blocks, Labels::Text));
  CHECK(words_of_html(written(letters::Format::Html, made)) == words_of(made.blocks, Labels::Html));
  const std::string pdf = written(letters::Format::Pdf, made);
  CHECK(words_of_pdf(pdf) == words_of(made.blocks, Labels::Pdf));
  CHECK(run_on(pdf, "qpdf --check % 2>&1").find("No syntax or stream encoding errors") != std::string::npos);
}

}  // namespace letters_fixture
