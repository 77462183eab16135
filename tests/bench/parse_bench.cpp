// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading a list of breaches and saying it in canonical words, against simdjson's DOM parse alone of the same bytes:
// the real list when it is there, else one of the same shape; then the same under new names to 100 MB. One run, turn
// by turn, medians.

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <fstream>
#include <iterator>
#include <span>
#include <vector>

#include "feeds/json_digest.hpp"
#include "feeds/normalise.hpp"
#include "feeds/registry.hpp"
#include "tests/support/source_dir.hpp"

using namespace vigifuite;

namespace {

constexpr std::size_t kLargeBytes = 100'000'000;

enum class Words : unsigned char { Left, Read };

/// Says each notice in canonical words; its description is left out, or read for facts too.
class Normalised final : public feeds::NoticeSink {
 public:
  Normalised(const Source& source, Instant now, Words words) : source_(source), now_(now), words_(words) {}
  void notice(const Notice& given) override {
    Notice notice = given;
    if (words_ == Words::Left) notice.text = {};
    const Sighting sighting = feeds::normalise(notice, source_, Vocabulary::shipped(), now_);
    categories += sighting.exposed.bits();
    doubts += sighting.doubts.size();
  }
  void reject(Reject) override { ++rejects; }

  std::uint64_t categories = 0, doubts = 0, rejects = 0;

 private:
  const Source& source_;
  Instant now_;
  Words words_;
};

class Dropped final : public feeds::NoticeSink {
 public:
  void notice(const Notice& notice) override { sum += notice.digest.low; }
  void reject(Reject) override {}
  std::uint64_t sum = 0;
};

std::string synthetic_list() {
  std::string text = "[";
  for (int i = 0; i < 875; ++i) {
    text += fmt::format(
        "{}{{\"Name\":\"Acme{}\",\"Title\":\"Acme {}\",\"Domain\":\"acme{}.example\",\"BreachDate\":\"2024-02-01\","
        "\"AddedDate\":\"2024-03-13T09:00:00Z\",\"ModifiedDate\":\"2024-03-13T09:00:00Z\",\"PwnCount\":{},"
        "\"Description\":\"{}\","
        "\"LogoPath\":\"https://logos.example/acme.png\",\"DataClasses\":[\"Email addresses\",\"IP "
        "addresses\",\"Names\",\"Passwords\"],"
        "\"IsVerified\":true,\"IsFabricated\":false,\"IsSensitive\":false,\"IsRetired\":false,\"IsSpamList\":false,"
        "\"IsMalware\":false,\"IsSubscriptionFree\":false,\"IsStealerLog\":false}}",
        i == 0 ? "" : ",", i, i, i, 1000 + i,
        "In February 2024, <a href=\\\"https://press.example/acme\\\" target=\\\"_blank\\\">Acme suffered a data "
        "breach</a>. The data was "
        "&quot;published&quot; on a forum. " +
            std::string(300, 'x'));
  }
  return text + "]";
}

std::string list() {
  std::ifstream file(vigifuite::test::source_dir() + "/../shared/corpus/hibp/breaches-2025-02-25.json",
                     std::ios::binary);
  if (!file) {
    fmt::print("list: synthetic, of the same shape (the real one is not there)\n");
    return synthetic_list();
  }
  fmt::print("list: the real one\n");
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The records again and again, each time under other names.
std::string repeated(const std::string& list) {
  const auto first = list.find('{'), last = list.rfind('}');
  const std::string_view records = std::string_view(list).substr(first, last - first + 1);
  constexpr std::string_view kName = "\"Name\":\"";
  std::string out = "[";
  out.reserve(kLargeBytes + 2 * list.size());
  for (int copy = 0; out.size() < kLargeBytes; ++copy) {
    if (copy != 0) out += ',';
    std::size_t at = 0;
    for (auto name = records.find(kName); name != std::string_view::npos; name = records.find(kName, at)) {
      out.append(records.substr(at, name + kName.size() - at)).append(fmt::format("{}-", copy));
      at = name + kName.size();
    }
    out.append(records.substr(at));
  }
  return out + "]";
}

/// Processor time: all is one thread, and a busy machine must not decide the ratio.
double seconds_of(const auto& work) {
  const std::clock_t start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

double median(std::vector<double> times) {
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
  return times[times.size() / 2];
}

void measure(std::string_view name, std::string bytes, int rounds, std::span<const Words> ways) {
  Source source;
  source.id = "hibp";
  source.format = "hibp";
  source.trust = Trust::Curated;
  source.language = Language::English;
  source.labels = LabelSet::Hibp;
  const feeds::Adapter& adapter = *feeds::find_adapter("hibp");
  Payload payload;
  payload.bytes = std::move(bytes);
  const simdjson::padded_string padded(payload.bytes);
  simdjson::dom::parser parser;
  std::vector<double> dom, fresh, read, data, all;
  std::uint64_t records = 0, rejects = 0;
  for (int round = 0; round < rounds; ++round) {
    dom.push_back(seconds_of([&] { VIGIFUITE_CHECK(parser.parse(padded).error() == simdjson::SUCCESS); }));
    fresh.push_back(seconds_of([&] {
      simdjson::dom::parser once;
      VIGIFUITE_CHECK(once.parse(padded).error() == simdjson::SUCCESS);
    }));
    Dropped dropped;
    read.push_back(seconds_of([&] { VIGIFUITE_CHECK(adapter.read(payload, source, dropped).has_value()); }));
    for (const Words words : ways) {
      Normalised normalised(source, *parse_rfc3339("2026-11-24"), words);
      (words == Words::Left ? data : all).push_back(seconds_of([&] {
        const auto report = adapter.read(payload, source, normalised);
        VIGIFUITE_CHECK(report.has_value());
        records = report->records;
      }));
      rejects = normalised.rejects;
    }
  }
  const double size = static_cast<double>(payload.bytes.size());
  const auto line = [&](const char* what, const std::vector<double>& times) {
    const double time = median(times);
    fmt::print("  {:<34} {:6.3f} GB/s  {:7.0f} ns a record  {:.3f} of the DOM parse\n", what, size / time / 1e9,
               time * 1e9 / static_cast<double>(records), median(dom) / time);
  };
  fmt::print("{}: {:.1f} MB, {} records, {} rejects\n", name, size / 1e6, records, rejects);
  line("DOM parse alone", dom);
  line("the same, with new buffers", fresh);  // what one reading of one document starts with
  line("read", read);
  line("read and normalise the data", data);
  if (!all.empty()) line("the same, and read the descriptions", all);
}

}  // namespace

int main() {
  const std::string small = list();
  std::string large = repeated(small);
  measure("one list", small, 41, std::array{Words::Left, Words::Read});
  measure("repeated", std::move(large), 5, std::array{Words::Left});  // its descriptions would take minutes
  fmt::print("target: read and normalise the data at 0.50 of the DOM parse or more\n");
}
