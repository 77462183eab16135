// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/normalise.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "feeds/excerpt.hpp"
#include "feeds/public_link.hpp"
#include "feeds/source_words.hpp"

namespace vigifuite::feeds {
namespace {

constexpr std::size_t kTitleBytes = 500;
constexpr std::size_t kNameBytes = 300;
constexpr std::size_t kExcerptBytes = 2000;
constexpr std::size_t kLabelBytes = 128;
constexpr std::size_t kMaxLabelBytes = 1000;  ///< a longer one is a text
constexpr std::size_t kMaxUnmapped = 64;
constexpr std::size_t kMaxBodies = 256;
constexpr std::size_t kMaxKeptLinks = 64;
constexpr std::size_t kMaxDoubts = 16;

bool is_public_body(LegalNature nature) noexcept {
  switch (nature) {
    case LegalNature::State:
    case LegalNature::StatePublicBody:
    case LegalNature::LocalAuthority:
    case LegalNature::PublicHospital:
    case LegalNature::PublicInterestGroup:
    case LegalNature::PrivatePublicService:
    case LegalNature::IndependentAuthority:
    case LegalNature::JudicialAuthority: return true;
    case LegalNature::Association:
    case LegalNature::Mutual:
    case LegalNature::Insurer:
    case LegalNature::Company:
    case LegalNature::Mixed:
    case LegalNature::Unknown: return false;
  }
  return false;
}

/// The kind of page a source's own address is, and whether it is worth more than a link of it.
LinkKind kind_of(Trust trust) noexcept {
  switch (trust) {
    case Trust::Authority: return LinkKind::Authority;
    case Trust::Organisation: return LinkKind::Official;
    case Trust::Press: return LinkKind::Press;
    case Trust::Curator:
    case Trust::Curated:
    case Trust::Aggregator:
    case Trust::Attacker: return LinkKind::Tracker;
  }
  return LinkKind::Tracker;
}

/// What a source may say at most: an attacker only claims, whatever words are used.
void bound_by_trust(Sighting& sighting) {
  if (sighting.trust == Trust::Attacker) sighting.status = IncidentStatus::Claimed;
}

bool speaks_french(std::string_view tag, const Source& source) noexcept {
  if (tag.empty()) return source.language == Language::French;
  return tag.substr(0, 2) == "fr" || tag.substr(0, 2) == "FR";
}

/// One notice on its way to a sighting.
class Normaliser {
 public:
  Normaliser(const Notice& notice, const Source& source, const Vocabulary& vocabulary, Instant now, Sighting& out)
      : out_(out),
        notice_(notice),
        source_(source),
        vocabulary_(vocabulary),
        now_(now),
        language_(speaks_french(notice.language, source) ? Language::French : Language::English) {}

  void run() {
    if (notice_.canonical != nullptr) {
      out_ = *notice_.canonical;
      identify();
      bound_lists();
      drop_private_links();
    } else {
      identify();
      out_.states_facts = notice_.states_facts;
      read_words();
      read_links();
      out_.disclosed = date(notice_.published, "date of publication");
      if (notice_.states_facts) read_facts();
    }
    bound_by_trust(out_);
  }

 private:
  void identify() {
    out_.source = source_.id;
    out_.key = notice_.key;
    out_.digest = notice_.digest;
    out_.trust = source_.trust;
    out_.origin = source_.republishes.empty() ? source_.id : source_.republishes;
    out_.first_seen = out_.last_changed = now_;
  }

  std::string& own_words(Text& text) const { return language_ == Language::French ? text.fr : text.en; }

  void doubt(std::string_view what, std::string_view written, std::string_view why) {
    if (out_.doubts.size() >= kMaxDoubts) return;
    out_.doubts.push_back(fmt::format("{} `{}` {}", what, plain_title(written, 60), why));
  }

  void read_words() {
    own_words(out_.title) = plain_title(notice_.title, kTitleBytes);
    if (!notice_.text.empty()) {
      own_words(out_.summary) = excerpt(notice_.text, notice_.text_is_html, kExcerptBytes);
    }
    if (!notice_.sector.empty()) out_.sector = plain_title(notice_.sector, kLabelBytes);
  }

  void add_link(std::string_view url, LinkKind kind) {
    if (out_.links.size() >= kMaxKeptLinks) return;
    std::string decoded;
    if (url.find("&amp;") != std::string_view::npos) url = decoded = plain_title(url, url.size());
    if (!is_public_link(url)) return;
    if (std::any_of(out_.links.begin(), out_.links.end(), [&](const SourceLink& l) { return l.url == url; })) return;
    out_.links.push_back({std::string(url), kind, {}});
  }

  void read_links() {
    out_.links.reserve(std::min(notice_.links.size() + 1, kMaxKeptLinks));
    add_link(notice_.url, kind_of(source_.trust));
    if (!out_.links.empty()) out_.url = out_.links.front().url;
    for (const std::string_view link : notice_.links) add_link(link, LinkKind::Press);
  }

  /// A catalogue is written by hand; one that is not must not fill the store.
  void bound_lists() {
    const auto bound = [](auto& list, std::size_t at_most) {
      if (list.size() > at_most) list.erase(list.begin() + static_cast<std::ptrdiff_t>(at_most), list.end());
    };
    bound(out_.organisations, kMaxBodies);
    bound(out_.organisation_classes, kMaxBodies);
    bound(out_.processors, kMaxBodies);
    bound(out_.people, kMaxUnmapped);
    bound(out_.populations, kMaxUnmapped);
    bound(out_.unmapped_labels, kMaxUnmapped);
    bound(out_.links, kMaxKeptLinks);
    bound(out_.actions, kMaxUnmapped);
    bound(out_.complaint_forms, kMaxUnmapped);
    bound(out_.doubts, kMaxDoubts);
    for (std::string* title : {&out_.title.fr, &out_.title.en}) title->resize(clip(*title, kTitleBytes).size());
    for (std::string* summary : {&out_.summary.fr, &out_.summary.en})
      summary->resize(clip(*summary, kExcerptBytes).size());
  }

  /// A catalogue names places too: the same rule holds.
  void drop_private_links() {
    const auto hidden = [](const std::string& url) { return !url.empty() && !is_public_link(url); };
    std::erase_if(out_.links, [&](const SourceLink& link) { return hidden(link.url); });
    if (hidden(out_.url)) out_.url.clear();
    for (PeopleFigure& figure : out_.people) {
      if (hidden(figure.source)) figure.source.clear();
    }
    for (Population& population : out_.populations) {
      if (hidden(population.source)) population.source.clear();
    }
    for (AuthorityAction& action : out_.actions) {
      if (hidden(action.source)) action.source.clear();
    }
    for (ComplaintForm& form : out_.complaint_forms) {
      if (hidden(form.url)) form.url.clear();
    }
  }

  /// A date of the past; what is not one is a doubt.
  PartialDate date(std::string_view written, std::string_view what) {
    if (written.empty()) return {};
    const auto parsed = parse_source_date(written, language_, now_);
    if (!parsed) {
      doubt(what, written, "is not a date");
      return {};
    }
    // A day ahead is only another time zone.
    if (parsed->first_day() > now_ + std::chrono::days(1)) {
      doubt(what, written, "lies in the future");
      return {};
    }
    return *parsed;
  }

  void read_facts() {
    read_bodies();
    read_country();
    read_period();
    read_status();
    read_people();
    read_labels(notice_.labels, out_.exposed);
    read_labels(notice_.safe_labels, out_.not_exposed);
    // "hashed passwords leaked, clear ones did not": one category, and it leaked.
    out_.not_exposed = out_.not_exposed - out_.exposed;
  }

  void read_bodies() {
    if (!notice_.organisation.empty() || !notice_.domain.empty()) {
      OrganisationRef ref{{}, plain_title(notice_.organisation, kNameBytes), {}};
      if (!notice_.domain.empty()) ref.domain = host_of(notice_.domain);
      if (ref.name.empty()) ref.name = ref.domain;
      body_ = vocabulary_.resolve(ref.name, ref.domain);
      if (body_ != nullptr) {
        ref.id = body_->id;
        out_.public_service = is_public_body(body_->legal_nature);
      } else if (language_ == Language::French) {
        read_kind(ref.name);
      }
      if (!ref.name.empty()) out_.organisations.push_back(std::move(ref));
    }
    if (!notice_.processor.empty()) {
      OrganisationRef ref{{}, plain_title(notice_.processor, kNameBytes), {}};
      if (const Organisation* processor = vocabulary_.resolve(ref.name)) ref.id = processor->id;
      if (!ref.name.empty()) out_.processors.push_back(std::move(ref));
    }
  }

  /// "CHU de Rennes": not a row of the registry, but one of a kind that is.
  void read_kind(std::string_view name) {
    const Organisation* kind = vocabulary_.class_of(name);
    if (kind == nullptr) return;
    out_.organisation_classes.push_back(kind->id);
    out_.public_service = is_public_body(kind->legal_nature);
  }

  void read_country() {
    if (!notice_.country.empty()) {
      out_.country = country_code(notice_.country);
      if (out_.country.empty() && fold(notice_.country) != "unknown")
        doubt("country", notice_.country, "is not one we know");
    }
    if (out_.country.empty()) out_.country = source_.country;
  }

  /// "11/1/2024 - 10/2/2025" and "02/05/2026 , 02/13/2026" are two ends written as one date.
  bool read_range(std::string_view written) {
    for (const std::string_view between : {" - ", " – ", " , ", " to ", " au "}) {
      const auto first = written.find(between);
      if (first == std::string_view::npos) continue;
      const auto last = written.rfind(between);
      const auto from = parse_source_date(written.substr(0, first), language_, now_);
      const auto to = parse_source_date(written.substr(last + between.size()), language_, now_);
      if (!from || !to || from->first_day() > to->last_day() || to->first_day() > now_ + std::chrono::days(1))
        return false;
      out_.incident = {*from, *to};
      return true;
    }
    return false;
  }

  void read_period() {
    if (notice_.incident_from.size() > 12 && read_range(notice_.incident_from)) return;
    out_.incident.from = date(notice_.incident_from, "incident date");
    out_.incident.to = date(notice_.incident_to, "end of the incident");
    if (out_.incident.from.known() && out_.incident.to.known() &&
        out_.incident.from.first_day() > out_.incident.to.last_day()) {
      doubt("incident dates", fmt::format("{} – {}", notice_.incident_from, notice_.incident_to),
            "are in the wrong order");
      out_.incident = {};
    }
  }

  void read_status() {
    // An authority, or the body itself, confirms by publishing; any other source only when it says so.
    const bool confirms = source_.trust == Trust::Authority || source_.trust == Trust::Organisation;
    out_.status = confirms ? IncidentStatus::Confirmed : IncidentStatus::Claimed;
    if (notice_.status.empty()) return;
    if (const auto word = parse_status_word(notice_.status)) {
      out_.status = word->status;
      out_.verified = word->verified;
      out_.disputed = word->disputed;
    } else {
      doubt("status", notice_.status, "is not a word we know");
    }
  }

  void read_people() {
    PeopleFigure figure;
    if (notice_.people_count) {
      figure.count = *notice_.people_count;
      if (figure.count < 0) doubt("number of people", fmt::format("{}", figure.count), "is below zero");
    } else if (!notice_.people.empty()) {
      const auto parsed = parse_people(notice_.people, language_);
      if (!parsed) {
        doubt("number of people", notice_.people, "is not a number of people");
        return;
      }
      figure = *parsed;
    }
    if (figure.count <= 0) return;  // lists write 0 where they do not know
    figure.by = source_.trust;
    figure.date = out_.disclosed;
    figure.source = out_.url;
    out_.people.push_back(std::move(figure));
  }

  void add_unmapped(std::string_view label) {
    if (out_.unmapped_labels.size() >= kMaxUnmapped) return;
    std::string kept = plain_title(label, kLabelBytes);
    if (kept.empty() ||
        std::find(out_.unmapped_labels.begin(), out_.unmapped_labels.end(), kept) != out_.unmapped_labels.end())
      return;
    out_.unmapped_labels.push_back(std::move(kept));
  }

  /// An American number, unless the body is French: then the number is the NIR, with its own regime.
  CategorySet in_france(CategorySet set, std::string_view label) const {
    if (label.size() != 23 || (out_.country != "FR" && body_ == nullptr)) return set;
    if (fold(label) != "social security numbers") return set;
    const auto nir = vocabulary_.category("nir");
    const auto document = vocabulary_.category("identity_document");
    if (!nir || !document) return set;
    set.remove(*document);
    set.add(*nir);
    return set;
  }

  void read_labels(std::span<const std::string_view> labels, CategorySet& set) {
    for (const std::string_view written : labels) {
      const std::string_view label = clip(written, kMaxLabelBytes);
      if (const auto mapped = vocabulary_.map_label(source_.labels, label)) {
        set = set | in_france(*mapped, label);
      } else {
        read_compound(label, set);
      }
    }
  }

  /// "Coordonnées (email, téléphone)": the words inside are labels too; those that are not known are kept.
  void read_compound(std::string_view label, CategorySet& set) {
    constexpr std::string_view kBetween = ",;/:()[]\n";
    bool any = false;
    std::vector<std::string_view> unknown;
    for (std::size_t at = 0; at <= label.size();) {
      const std::size_t end = std::min(label.find_first_of(kBetween, at), label.size());
      read_part(label.substr(at, end - at), set, any, unknown);
      at = end + 1;
    }
    if (!any) return add_unmapped(label);
    for (const std::string_view part : unknown) add_unmapped(part);
  }

  void read_part(std::string_view part, CategorySet& set, bool& any, std::vector<std::string_view>& unknown) const {
    for (const std::string_view joint : {" et ", " and ", " & ", " ou "}) {
      const auto at = part.find(joint);
      if (at == std::string_view::npos) continue;
      if (vocabulary_.map_label(source_.labels, part)) break;
      read_part(part.substr(0, at), set, any, unknown);
      return read_part(part.substr(at + joint.size()), set, any, unknown);
    }
    if (part.find_first_not_of(" \t\r.") == std::string_view::npos) return;
    if (const auto mapped = vocabulary_.map_label(source_.labels, part)) {
      set = set | *mapped;
      any = true;
    } else if (unknown.size() < kMaxUnmapped) {
      unknown.push_back(part);
    }
  }

  Sighting& out_;
  const Notice& notice_;
  const Source& source_;
  const Vocabulary& vocabulary_;
  Instant now_;
  Language language_;
  const Organisation* body_ = nullptr;
};

}  // namespace

Sighting normalise(const Notice& notice, const Source& source, const Vocabulary& vocabulary, Instant now) {
  Sighting sighting;
  Normaliser(notice, source, vocabulary, now, sighting).run();
  return sighting;
}

}  // namespace vigifuite::feeds
