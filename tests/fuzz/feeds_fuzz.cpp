// SPDX-License-Identifier: AGPL-3.0-or-later
// The first byte picks a format of the registry, the rest is the payload. Whatever it is, records add up, every notice
// has a key and normalises, and every reject has a place and a reason.
#include <cstddef>
#include <cstdint>

#include "feeds/normalise.hpp"
#include "feeds/registry.hpp"
#include "feeds/source_file.hpp"
#include "schemas/core/check.hpp"

namespace {

using namespace vigifuite;

class Checking final : public feeds::NoticeSink {
 public:
  explicit Checking(const Source& source) : source_(source) {}

  void notice(const Notice& notice) override {
    ++notices;
    VIGIFUITE_CHECK(!notice.key.empty() && notice.record == notices + rejects);
    const Sighting sighting =
        feeds::normalise(notice, source_, Vocabulary::shipped(), Instant(std::chrono::seconds(1'795'000'000)));
    VIGIFUITE_CHECK(sighting.key == notice.key && sighting.unmapped_labels.size() <= 256);
    VIGIFUITE_CHECK(source_.trust != Trust::Attacker || sighting.status == IncidentStatus::Claimed);
  }
  void reject(Reject reject) override {
    ++rejects;
    VIGIFUITE_CHECK(!reject.place.empty() && !reject.reason.empty() && reject.record == notices + rejects);
  }

  std::uint64_t notices = 0, rejects = 0;

 private:
  const Source& source_;
};

/// A source that each format accepts; those that need a mapping get a plain one.
Source source_for(const feeds::Adapter& adapter) {
  Source source;
  source.id = "fuzz";
  source.format = adapter.name;
  source.url = "https://fuzz.example/";
  source.trust = Trust::Attacker;
  if (adapter.check(source)) return source;
  for (const char* records : {"//p", "$"}) {
    source.mapping = {
        {"records", {records}}, {"organisation", {"a"}}, {"published", {"b"}}, {"people", {"c"}}, {"labels", {"d"}}};
    if (adapter.check(source)) return source;
  }
  source.mapping.erase("records");
  VIGIFUITE_CHECK(adapter.check(source).has_value());
  return source;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const auto formats = feeds::adapters();
  const feeds::Adapter& adapter = *formats[bytes[0] % formats.size()];
  const Source source = source_for(adapter);
  Payload payload;
  payload.bytes.assign(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  Checking sink(source);
  const auto report = adapter.read(payload, source, sink);
  if (!report) return 0;
  VIGIFUITE_CHECK(report->notices == sink.notices && report->rejects == sink.rejects);
  VIGIFUITE_CHECK(report->notices + report->rejects == report->records);
  return 0;
}
