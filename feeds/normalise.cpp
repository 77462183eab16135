// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/normalise.hpp"

#include <algorithm>
#include <array>

#include "feeds/excerpt.hpp"
#include "feeds/public_link.hpp"

namespace vigifuite::feeds {
namespace {

constexpr std::size_t kTitleBytes = 300;
constexpr std::size_t kSummaryBytes = 600;
constexpr std::size_t kNameBytes = 200;
constexpr std::size_t kLabelBytes = 128;
constexpr std::size_t kUnmappedLabels = 64;
constexpr std::size_t kLinks = 16;
constexpr std::size_t kDoubtBytes = 80;

struct StatusWord {
  std::string_view word;  ///< folded
  IncidentStatus status;
};
constexpr std::array<StatusWord, 22> kStatusWords = {{
    {"verified", IncidentStatus::Confirmed},   {"confirmed", IncidentStatus::Confirmed},
    {"confirmee", IncidentStatus::Confirmed},  {"confirme", IncidentStatus::Confirmed},
    {"averee", IncidentStatus::Confirmed},     {"unverified", IncidentStatus::Claimed},
    {"claimed", IncidentStatus::Claimed},      {"revendiquee", IncidentStatus::Claimed},
    {"revendique", IncidentStatus::Claimed},   {"ransomware", IncidentStatus::Claimed},
    {"suspected", IncidentStatus::Claimed},    {"suspectee", IncidentStatus::Claimed},
    {"untrusted", IncidentStatus::Claimed},    {"non confirmee", IncidentStatus::Claimed},
    {"corrected", IncidentStatus::Corrected},  {"corrigee", IncidentStatus::Corrected},
    {"fabricated", IncidentStatus::Retracted}, {"retracted", IncidentStatus::Retracted},
    {"retiree", IncidentStatus::Retracted},    {"dementie", IncidentStatus::Retracted},
    {"denied", IncidentStatus::Retracted},     {"fausse", IncidentStatus::Retracted},
}};

/// What a source of this trust is taken to say when it says nothing: who publishes an official or curated list vouches
/// for its entries, others only report.
IncidentStatus default_status(Trust trust) noexcept {
  return trust == Trust::Authority || trust == Trust::Organisation || trust == Trust::Curated ? IncidentStatus::Confirmed
                                                                                              : IncidentStatus::Claimed;
}

bool is_public(LegalNature nature) noexcept {
  switch (nature) {
    case LegalNature::State:
    case LegalNature::StatePublicBody:
    case LegalNature::LocalAuthority:
    case LegalNature::PublicHospital:
    case LegalNature::PublicInterestGroup:
    case LegalNature::PrivatePublicService:
    case LegalNature::IndependentAuthority:
    case LegalNature::JudicialAuthority:
    case LegalNature::Mixed: return true;
    case LegalNature::Association:
    case LegalNature::Mutual:
    case LegalNature::Insurer:
    case LegalNature::Company:
    case LegalNature::Unknown: return false;
  }
  return false;
}

LinkKind own_link_kind(Trust trust) noexcept {
  switch (trust) {
    case Trust::Authority: return LinkKind::Authority;
    case Trust::Organisation: return LinkKind::Official;
    case Trust::Press: return LinkKind::Press;
    case Trust::Curated:
    case Trust::Aggregator:
    case Trust::Attacker: return LinkKind::Tracker;
  }
  return LinkKind::Tracker;
}

/// Builds one sighting from one notice.
class Normaliser {
 public:
  Normaliser(const Notice& notice, const Source& source, const Vocabulary& vocabulary, Instant now)
      : notice_(notice), source_(source), vocabulary_(vocabulary), now_(now) {
    language_ = notice.language.empty() ? source.language
                                        : (notice.language.starts_with("en") ? Language::English : Language::French);
  }

  Sighting run() {
    if (notice_.canonical != nullptr) sighting_ = *notice_.canonical;
    sighting_.source = source_.id;
    sighting_.key = notice_.key;
    sighting_.digest = notice_.digest;
    sighting_.trust = source_.trust;
    sighting_.origin = source_.republishes.empty() ? source_.id : source_.republishes;
    sighting_.first_seen = now_;
    sighting_.last_changed = now_;
    if (notice_.canonical != nullptr) return std::move(sighting_);
    sighting_.states_facts = notice_.states_facts;
    say(sighting_.title, plain_title(notice_.title, kTitleBytes));
    say(sighting_.summary, excerpt(notice_.text, notice_.text_is_html, kSummaryBytes));
    sighting_.disclosed = date("announcement date", notice_.published);
    read_links();
    if (notice_.states_facts) read_facts();
    return std::move(sighting_);
  }

 private:
  void say(Text& text, std::string words) const { (language_ == Language::French ? text.fr : text.en) = std::move(words); }

  void doubt(std::string_view what, std::string_view written, std::string_view expected) {
    std::string sentence(what);
    sentence.append(" `").append(plain_title(written, kDoubtBytes)).append("` is not ").append(expected);
    sighting_.doubts.push_back(std::move(sentence));
  }

  PartialDate date(std::string_view what, std::string_view written) {
    if (written.empty()) return {};
    if (const auto read = parse_source_date(written, source_.language, now_)) return *read;
    doubt(what, written, "a date we can read");
    return {};
  }

  void read_links() {
    if (is_public_link(notice_.url)) {
      sighting_.url = notice_.url;
      sighting_.links.push_back({sighting_.url, own_link_kind(source_.trust), {}});
    }
    for (const std::string_view link : notice_.links) {
      if (sighting_.links.size() >= kLinks) return;
      if (!is_public_link(link)) continue;
      const bool known = std::any_of(sighting_.links.begin(), sighting_.links.end(), [&](const SourceLink& other) { return other.url == link; });
      if (!known) sighting_.links.push_back({std::string(link), LinkKind::Press, {}});
    }
  }

  void read_facts() {
    read_status();
    read_body(notice_.organisation, notice_.domain, sighting_.organisations);
    read_body(notice_.processor, {}, sighting_.processors);
    sighting_.country = notice_.country.size() == 2 ? notice_.country : std::string_view(source_.country);
    sighting_.sector = notice_.sector;
    sighting_.incident = {date("incident date", notice_.incident_from), date("incident end", notice_.incident_to)};
    read_people();
    for (const std::string_view label : notice_.labels) read_label(label, sighting_.exposed);
    for (const std::string_view label : notice_.safe_labels) read_label(label, sighting_.not_exposed);
    sighting_.exposed = sighting_.exposed - sighting_.not_exposed;
  }

  void read_status() {
    sighting_.status = default_status(source_.trust);
    if (notice_.status.empty() || source_.trust == Trust::Attacker) return;  // an attacker only ever claims
    const std::string word = fold(notice_.status);
    const auto* known = std::find_if(kStatusWords.begin(), kStatusWords.end(), [&](const StatusWord& row) { return row.word == word; });
    if (known != kStatusWords.end()) sighting_.status = known->status;
    else doubt("status", notice_.status, "a word we know");
  }

  void read_body(std::string_view name, std::string_view domain, std::vector<OrganisationRef>& bodies) {
    if (name.empty() && domain.empty()) return;
    OrganisationRef ref;
    ref.name = plain_title(name, kNameBytes);
    ref.domain = host_of(domain);
    if (ref.name.empty()) ref.name = ref.domain;
    if (ref.name.empty()) return;
    if (const Organisation* known = vocabulary_.resolve(ref.name, ref.domain)) {
      ref.id = known->id;
      sighting_.public_service = sighting_.public_service || is_public(known->legal_nature);
    } else if (const Organisation* kind = vocabulary_.class_of(ref.name)) {
      sighting_.organisation_classes.push_back(kind->id);
      sighting_.public_service = sighting_.public_service || is_public(kind->legal_nature);
    }
    bodies.push_back(std::move(ref));
  }

  void read_people() {
    PeopleFigure figure;
    if (notice_.people_count) {
      if (*notice_.people_count <= 0) return;  // lists write 0 for "not known"
      figure.count = *notice_.people_count;
    } else if (!notice_.people.empty()) {
      const auto read = parse_people(notice_.people, language_);
      if (!read) return doubt("number of people", notice_.people, "a number of people");
      figure = *read;
    } else {
      return;
    }
    figure.by = source_.trust;
    figure.date = sighting_.disclosed;
    figure.source = sighting_.url;
    sighting_.people.push_back(std::move(figure));
  }

  void read_label(std::string_view label, CategorySet& into) {
    if (const auto set = vocabulary_.map_label(source_.labels, label)) {
      into = into | french(label, *set);
      return;
    }
    // "Nom, prénom et adresse": several categories in one label.
    bool cut = false;
    std::size_t begin = 0;
    constexpr std::string_view kJoins[] = {",", ";", "/", " et ", " ou ", " and ", " & ", "(", ")", ":"};
    while (begin < label.size()) {
      std::size_t end = label.size(), width = 0;
      for (const std::string_view join : kJoins) {
        if (const auto at = label.find(join, begin); at < end) {
          end = at;
          width = join.size();
        }
      }
      cut = cut || width != 0;
      if (!cut) break;
      read_piece(label.substr(begin, end - begin), into);
      begin = end + width;
    }
    if (!cut) unmapped(label);
  }

  void read_piece(std::string_view piece, CategorySet& into) {
    while (!piece.empty() && piece.front() == ' ') piece.remove_prefix(1);
    while (!piece.empty() && piece.back() == ' ') piece.remove_suffix(1);
    if (piece.empty()) return;
    if (const auto set = vocabulary_.map_label(source_.labels, piece)) into = into | *set;
    else unmapped(piece);
  }

  /// International lists say "Social security numbers" of every country's; of a French body it is the NIR.
  [[nodiscard]] CategorySet french(std::string_view label, CategorySet set) const {
    const bool ours = sighting_.country == "FR" || (!sighting_.organisations.empty() && !sighting_.organisations.front().id.empty());
    if (!ours || label != "Social security numbers") return set;
    CategorySet nir;
    if (const auto category = vocabulary_.category("nir")) nir.add(*category);
    return nir;
  }

  void unmapped(std::string_view label) {
    if (label.empty() || sighting_.unmapped_labels.size() >= kUnmappedLabels) return;
    sighting_.unmapped_labels.push_back(plain_title(label, kLabelBytes));
  }

  const Notice& notice_;
  const Source& source_;
  const Vocabulary& vocabulary_;
  Instant now_;
  Language language_ = Language::French;
  Sighting sighting_;
};

}  // namespace

Sighting normalise(const Notice& notice, const Source& source, const Vocabulary& vocabulary, Instant now) {
  return Normaliser(notice, source, vocabulary, now).run();
}

}  // namespace vigifuite::feeds
