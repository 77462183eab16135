// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/provenance.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "daemon/index/correct.hpp"
#include "daemon/index/rank.hpp"

namespace vigifuite::index {
namespace {

constexpr ClaimField kFields[] = {ClaimField::Status,        ClaimField::Happened,   ClaimField::Disclosed,
                                  ClaimField::Organisations, ClaimField::Processors, ClaimField::People,
                                  ClaimField::Exposed,       ClaimField::NotExposed};

bool says(const Sighting& sighting, ClaimField field) {
  switch (field) {
    case ClaimField::Status: return sighting.states_facts;
    case ClaimField::Happened: return sighting.incident.known();
    case ClaimField::Disclosed: return sighting.disclosed.known();
    case ClaimField::Organisations: return !sighting.organisations.empty() || !sighting.organisation_classes.empty();
    case ClaimField::Processors: return !sighting.processors.empty();
    case ClaimField::People: return !sighting.people.empty();
    case ClaimField::Exposed: return !sighting.exposed.empty();
    case ClaimField::NotExposed: return !sighting.not_exposed.empty();
  }
  return false;
}

bool corrects(const Sighting& sighting, ClaimField field) {
  const auto has = [&](CorrectedField one) {
    const auto& fields = sighting.correction->fields;
    return std::find(fields.begin(), fields.end(), one) != fields.end();
  };
  switch (field) {
    case ClaimField::Status: return has(CorrectedField::State);
    case ClaimField::Happened: return has(CorrectedField::From) || has(CorrectedField::To);
    case ClaimField::Disclosed: return has(CorrectedField::Disclosed);
    case ClaimField::Organisations: return has(CorrectedField::Organisation);
    case ClaimField::Processors: return has(CorrectedField::Processor);
    case ClaimField::People: return has(CorrectedField::People);
    case ClaimField::Exposed: return has(CorrectedField::Exposed);
    case ClaimField::NotExposed: return has(CorrectedField::NotExposed);
  }
  return false;
}

bool proves(Fact fact, ClaimField field) noexcept {
  switch (fact) {
    case Fact::Disclosure: return field == ClaimField::Status;
    case Fact::Organisation: return field == ClaimField::Organisations;
    case Fact::Processor: return field == ClaimField::Processors;
    case Fact::People: return field == ClaimField::People;
    case Fact::Dates: return field == ClaimField::Happened;
    case Fact::Exposed: return field == ClaimField::Exposed;
    case Fact::NotExposed: return field == ClaimField::NotExposed;
  }
  return false;
}

std::string_view sentence_for(const Sighting& sighting, ClaimField field) {
  for (const Evidence& evidence : sighting.evidence) {
    for (const ReadFact& fact : evidence.facts) {
      if (fact.sure() && proves(fact.fact, field)) return evidence.sentence;
    }
  }
  return {};
}

/// A list, of which all is shown; kinds of data, each settled by itself; or one value, of which one is shown.
bool is_list(ClaimField field) noexcept {
  return field == ClaimField::Organisations || field == ClaimField::Processors;
}
bool is_by_kind(ClaimField field) noexcept {
  return field == ClaimField::Exposed || field == ClaimField::NotExposed;
}

class Provenance {
 public:
  explicit Provenance(std::span<const Sighting> sightings) {
    for (const Sighting& one : sightings) (one.correction ? corrections_ : told_).push_back(&one);
    std::sort(told_.begin(), told_.end(),
              [](const Sighting* a, const Sighting* b) { return is_ranked_before(*a, *b); });
    std::erase_if(corrections_, [](const Sighting* one) { return one->withdrawn; });
    std::sort(corrections_.begin(), corrections_.end(), [](const Sighting* a, const Sighting* b) {
      return correction_number(a->key) > correction_number(b->key);
    });
  }

  std::vector<FactClaim> all() {
    for (const ClaimField field : kFields) {
      const std::size_t first = claims_.size();
      for (const Sighting* one : corrections_) {
        if (corrects(*one, field)) add(field, ClaimPlace::Curator, *one);
      }
      const bool corrected = claims_.size() > first;
      const std::size_t sources = claims_.size();
      for (const Sighting* one : told_) {
        if (says(*one, field)) add(field, place_of(*one), *one);
      }
      if (field == ClaimField::People) sort_figures(sources);
      mark(field, first, corrected);
    }
    return std::move(claims_);
  }

 private:
  void add(ClaimField field, ClaimPlace place, const Sighting& by) {
    const std::string_view sentence = sentence_for(by, field);
    if (field != ClaimField::People || by.people.empty())
      return claims_.push_back({field, place, &by, nullptr, sentence});
    for (const PeopleFigure& figure : by.people) claims_.push_back({field, place, &by, &figure, sentence});
  }

  /// Whether fold() counts it: as it does, only those that speak as surely as the best one.
  [[nodiscard]] ClaimPlace place_of(const Sighting& one) const {
    const Sighting& best = *told_.front();
    if (one.withdrawn && !best.withdrawn) return ClaimPlace::Withdrawn;
    const bool counted = one.states_facts == best.states_facts && one.unsure == best.unsure;
    return counted ? ClaimPlace::Behind : ClaimPlace::Unsure;
  }

  /// As fold() does.
  void sort_figures(std::size_t first) {
    std::stable_sort(claims_.begin() + static_cast<std::ptrdiff_t>(first), claims_.end(),
                     [](const FactClaim& a, const FactClaim& b) {
                       const PeopleFigure &x = *a.figure, &y = *b.figure;
                       return std::tie(a.place, x.by, y.date, y.count, x.qualifier, x.source) <
                              std::tie(b.place, y.by, x.date, x.count, y.qualifier, y.source);
                     });
  }

  void mark(ClaimField field, std::size_t first, bool corrected) {
    const std::size_t counted = static_cast<std::size_t>(
        std::count_if(claims_.begin() + static_cast<std::ptrdiff_t>(first), claims_.end(),
                      [](const FactClaim& claim) { return claim.place == ClaimPlace::Behind; }));
    if (corrected || counted == 0) return;
    if (is_list(field) || is_by_kind(field)) {
      for (std::size_t i = first; i < claims_.size(); ++i) {
        if (claims_[i].place != ClaimPlace::Behind) continue;
        claims_[i].place = counted == 1 ? ClaimPlace::Only : is_list(field) ? ClaimPlace::Listed : ClaimPlace::ByKind;
      }
      return;
    }
    claims_[first].place = counted == 1 ? ClaimPlace::Only : why_before(claims_[first], claims_[first + 1]);
  }

  static ClaimPlace why_before(const FactClaim& first, const FactClaim& next) {
    const auto trust = [](const FactClaim& one) { return one.figure != nullptr ? one.figure->by : one.by->trust; };
    const auto day = [](const FactClaim& one) { return one.figure != nullptr ? one.figure->date : told_on(*one.by); };
    if (trust(first) != trust(next)) return ClaimPlace::MoreTrusted;
    return day(first) != day(next) ? ClaimPlace::Later : ClaimPlace::Alike;
  }

  std::vector<const Sighting*> told_, corrections_;
  std::vector<FactClaim> claims_;
};

}  // namespace

std::vector<FactClaim> provenance(std::span<const Sighting> sightings) {
  return Provenance(sightings).all();
}

std::size_t origins(std::span<const Sighting> sightings) {
  std::set<std::string_view> origins;
  for (const Sighting& one : sightings) {
    if (!one.correction && !one.withdrawn) origins.insert(one.origin.empty() ? one.source : one.origin);
  }
  return origins.size();
}

std::string_view name_of(ClaimField field) noexcept {
  switch (field) {
    case ClaimField::Status: return "status";
    case ClaimField::Happened: return "happened";
    case ClaimField::Disclosed: return "disclosed";
    case ClaimField::Organisations: return "organisations";
    case ClaimField::Processors: return "processors";
    case ClaimField::People: return "people";
    case ClaimField::Exposed: return "exposed";
    case ClaimField::NotExposed: return "not_exposed";
  }
  return "";
}

std::string_view name_of(ClaimPlace place) noexcept {
  switch (place) {
    case ClaimPlace::Only: return "only";
    case ClaimPlace::Curator: return "curator";
    case ClaimPlace::MoreTrusted: return "more_trusted";
    case ClaimPlace::Later: return "later";
    case ClaimPlace::Alike: return "alike";
    case ClaimPlace::Listed: return "listed";
    case ClaimPlace::ByKind: return "by_kind";
    case ClaimPlace::Behind: return "behind";
    case ClaimPlace::Unsure: return "unsure";
    case ClaimPlace::Withdrawn: return "withdrawn";
  }
  return "";
}

}  // namespace vigifuite::index
