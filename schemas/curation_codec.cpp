// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/curation.hpp"
#include "schemas/facts_codec.hpp"

namespace vigifuite {
namespace {

constexpr std::string_view kSchema = "vigifuite/curation@v1";

void write_refs(JsonOut& out, std::string_view name, const std::vector<SightingRef>& refs) {
  out.key(name).begin_array();
  for (const SightingRef& ref : refs) {
    out.begin_object().member("source", ref.source).member("key", ref.key).end_object();
  }
  out.end_array();
}

void read_refs(const MembersIn& in, std::string_view name, std::vector<SightingRef>& refs) {
  in.each(name, [&](const MembersIn& item) {
    SightingRef& ref = refs.emplace_back();
    item.read("source", ref.source, Need::Required);
    item.read("key", ref.key, Need::Required);
  });
  if (refs.empty()) in.complain(name, "expected a sighting");
}

}  // namespace

void write(JsonOut& out, const Curation& curation) {
  out.begin_object().member("schema", kSchema).member("number", static_cast<std::int64_t>(curation.number));
  out.member("kind", words::of(curation.kind));
  write_instant(out, "at", curation.at);
  write_refs(out, "left", curation.left);
  write_refs(out, "right", curation.right);
  write_strings(out, "incidents", curation.incidents);
  out.member_if("because", curation.because).end_object();
}

Result<Curation> read_curation(JsonValue json) {
  Text wrong;
  Curation curation;
  const MembersIn in(json, wrong);
  if (in["schema"].text() != kSchema) in.complain("schema", "expected \"vigifuite/curation@v1\"");
  std::int64_t number = 0;
  in.read("number", number, Need::Required);
  if (number < 1) in.complain("number", "expected a number from 1");
  curation.number = static_cast<std::uint64_t>(number);
  in.read_word("kind", curation.kind, Need::Required);
  in.read("at", curation.at, Need::Required);
  read_refs(in, "left", curation.left);
  read_refs(in, "right", curation.right);
  in.read("incidents", curation.incidents);
  in.read("because", curation.because);
  if (!wrong.empty()) return in_context("curation", fail(ErrorKind::Malformed, wrong));
  return curation;
}

}  // namespace vigifuite
