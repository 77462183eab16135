// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace vigifuite {

/// A file shipped inside the program. Its bytes live as long as the program.
struct EmbeddedFile {
  std::string_view name;
  std::string_view bytes;
};

std::span<const EmbeddedFile> embedded_vocabulary();  ///< schemas/vocabulary/*.json
std::span<const EmbeddedFile> embedded_shapes();      ///< schemas/json/*.schema.json
std::span<const EmbeddedFile> embedded_catalogue();   ///< feeds/catalogue/*
std::span<const EmbeddedFile> embedded_letters();     ///< schemas/letters/*
std::span<const EmbeddedFile> embedded_lexicon();     ///< feeds/extract/lexicon/*

/// The file called `name` of a group, or nothing.
inline std::optional<std::string_view> find_file(std::span<const EmbeddedFile> files, std::string_view name) {
  for (const EmbeddedFile& file : files) {
    if (file.name == name) return file.bytes;
  }
  return std::nullopt;
}

}  // namespace vigifuite
