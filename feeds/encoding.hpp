// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "schemas/core/result.hpp"

namespace vigifuite::feeds {

/// What a document says of its own encoding, beside its bytes.
enum class MarkupKind : unsigned char {
  Plain,  ///< nothing (CSV, JSON)
  Xml,    ///< <?xml encoding="…"?>
  Html,   ///< <meta charset="…">
};

/// The bytes of a document as UTF-8, without byte order mark and without NUL.
///
/// The encoding is the one of the byte order mark; else `declared` (a source's mapping says so); else the charset of
/// `content_type`; else what the document says; else UTF-8 when the bytes are, and Windows-1252 when they are not.
/// Bytes that are wrong in a document that is otherwise UTF-8 are read as Windows-1252, as browsers once did; in any
/// other encoding they become U+FFFD. Malformed: `declared` is an encoding that is not read. Pure.
Result<std::string> to_utf8(std::string_view bytes, std::string_view content_type, MarkupKind kind,
                            std::string_view declared = {});

/// Whether to_utf8 reads the encoding called `name`.
bool is_known_encoding(std::string_view name);

/// `text` with what is not UTF-8 read as Windows-1252, and NUL as a space.
std::string valid_utf8(std::string_view text);

}  // namespace vigifuite::feeds
