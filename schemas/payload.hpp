// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>

#include "schemas/core/instant.hpp"

namespace vigifuite {

/// What lets the next request be conditional (RFC 9110 section 13): stored with the items it vouches for.
struct Validators {
  std::string etag;
  std::string last_modified;
  friend bool operator==(const Validators&, const Validators&) = default;
};

/// Bytes fetched from a source, whole, under its size cap, content decoded (gzip, brotli).
struct Payload {
  std::string source;        ///< source id
  std::string bytes;
  std::string content_type;  ///< as the server said, may be empty
  Validators validators;
  Instant fetched_at;
};

}  // namespace vigifuite
