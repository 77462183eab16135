// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The labelled records of tests/merge, as sightings: read by the same normalisation as any notice.

#include <map>
#include <string>
#include <vector>

#include "schemas/incident.hpp"

namespace vigifuite::test {

/// All records of tests/merge/records.jsonl, in the order of the file. A record that cannot be read stops the test.
std::vector<Sighting> merge_records();

/// Two records, and whether they tell of one incident.
struct LabelledPair {
  std::string a;  ///< ids of records: merge_record_refs()
  std::string b;
  enum class Label : unsigned char { Same, Different, Unsure } label = Label::Unsure;
  std::string kind;
  std::string why;
};
std::vector<LabelledPair> labelled_pairs();

/// The id of a record ("hibp:Adobe") by the ref of its sighting.
std::map<std::string, SightingRef> merge_record_refs();

}  // namespace vigifuite::test
