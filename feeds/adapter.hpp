// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The only header the author of a feed format reads.
//
// A format is one folder feeds/<name>/ (adapter.cpp, README.md, samples/) and one word in feeds/CMakeLists.txt.
// It defines `const Adapter& adapter_<name>()` (declared for it by the generated registry). It turns the bytes of a
// payload into notices: pure, no clock, no network, no log. It never keeps a view past its call.

#include <string>
#include <string_view>

#include "schemas/core/result.hpp"
#include "schemas/notice.hpp"
#include "schemas/payload.hpp"
#include "schemas/source.hpp"

namespace vigifuite::feeds {

/// Takes what an adapter finds. The views in a notice are valid during the call only.
class NoticeSink {
 public:
  virtual void notice(const Notice& notice) = 0;
  virtual void reject(Reject reject) = 0;

 protected:
  ~NoticeSink() = default;
};

/// "record 12: $[11]: same key as record 3".
Text words_of(const Reject& reject);

/// What became of a payload: notices + rejects == records, always.
struct ReadReport {
  std::uint64_t records = 0;
  std::uint64_t notices = 0;
  std::uint64_t rejects = 0;
  /// Empty when the document was whole; else where and why reading stopped early ("line 210: mismatched tag").
  Text broken_at;
};

/// At most this many records are read from one payload; the rest is refused, and said so.
inline constexpr std::uint64_t kMaxRecords = 2'000'000;

/// How one format is read.
struct Adapter {
  std::string_view name;     ///< "hibp", as in a source's `format`
  std::string_view purpose;  ///< one line for `vigifuite sources`
  /// Refuses a source whose mapping it cannot serve. Config: names the key and what is expected.
  Status (*check)(const Source& source);
  /// Reads every record of the payload. Malformed when the payload as a whole is not of this format (an error
  /// page, a truncated document): then nothing given to the sink counts. One bad record is a reject, no more.
  Result<ReadReport> (*read)(const Payload& payload, const Source& source, NoticeSink& sink);
};

}  // namespace vigifuite::feeds
