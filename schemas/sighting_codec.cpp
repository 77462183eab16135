// SPDX-License-Identifier: AGPL-3.0-or-later
#include <charconv>

#include "schemas/evidence_codec.hpp"

namespace vigifuite {
namespace {

constexpr std::string_view kSchema = "vigifuite/sighting@v1";

void read_digest(const MembersIn& in, Digest& digest) {
  const std::string_view text = in["digest"].text();
  const auto half = [&](std::size_t at, std::uint64_t& value) {
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + 16, value, 16);
    return error == std::errc() && end == text.data() + at + 16;
  };
  if (text.size() != 32 || !half(0, digest.high) || !half(16, digest.low)) {
    in.complain("digest", "expected 32 hexadecimal digits");
  }
}

}  // namespace

void write(JsonOut& out, const Sighting& sighting, const Vocabulary& vocabulary) {
  const auto digest = hex(sighting.digest);
  out.begin_object().member("schema", kSchema).member("source", sighting.source).member("key", sighting.key);
  out.member("digest", std::string_view(digest.data(), digest.size())).member("trust", words::of(sighting.trust));
  out.member_if("origin", sighting.origin);
  write_instant(out, "first_seen", sighting.first_seen);
  write_instant(out, "last_changed", sighting.last_changed);
  if (sighting.withdrawn) out.member("withdrawn", true);
  out.member("states_facts", sighting.states_facts);
  if (sighting.unsure) out.member("unsure", true);
  out.member("verified", sighting.verified);
  if (sighting.disputed) out.member("disputed", true);
  out.member("status", words::of(sighting.status)).member_if("preferred_id", sighting.preferred_id);
  out.member_if("url", sighting.url);
  write_facts(out, facts_of(sighting), vocabulary);
  write_strings(out, "doubts", sighting.doubts);
  write_evidence(out, sighting.evidence);
  write_correction(out, sighting.correction, vocabulary);
  out.end_object();
}

Result<Sighting> read_sighting(JsonValue json, const Vocabulary& vocabulary) {
  Text wrong;
  Sighting sighting;
  const MembersIn in(json, wrong);
  if (in["schema"].text() != kSchema) in.complain("schema", "expected \"vigifuite/sighting@v1\"");
  in.read("source", sighting.source, Need::Required);
  in.read("key", sighting.key, Need::Required);
  read_digest(in, sighting.digest);
  in.read_word("trust", sighting.trust, Need::Required);
  in.read("origin", sighting.origin);
  in.read("first_seen", sighting.first_seen, Need::Required);
  in.read("last_changed", sighting.last_changed, Need::Required);
  in.read("withdrawn", sighting.withdrawn);
  in.read("states_facts", sighting.states_facts);
  in.read("unsure", sighting.unsure);
  in.read("verified", sighting.verified);
  in.read("disputed", sighting.disputed);
  in.read_word("status", sighting.status, Need::Required);
  in.read("preferred_id", sighting.preferred_id);
  in.read("url", sighting.url);
  read_facts(in, sighting, vocabulary);
  in.read("doubts", sighting.doubts);
  read_evidence(in, sighting.evidence);
  read_correction(in, sighting.correction, vocabulary);
  if (!wrong.empty()) return in_context("sighting", fail(ErrorKind::Malformed, wrong));
  return sighting;
}

}  // namespace vigifuite
