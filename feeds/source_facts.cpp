// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/source_facts.hpp"

#include <fmt/format.h>

#include "feeds/doubts.hpp"
#include "feeds/excerpt.hpp"
#include "feeds/normalise.hpp"
#include "feeds/public_link.hpp"
#include "feeds/source_labels.hpp"
#include "feeds/source_words.hpp"

namespace vigifuite::feeds {
namespace {

class SourceFacts {
 public:
  SourceFacts(const Notice& notice, const Source& source, const Vocabulary& vocabulary, Language language, Instant now,
              Sighting& out)
      : notice_(notice), source_(source), vocabulary_(vocabulary), language_(language), now_(now), out_(out) {}

  void read() {
    read_bodies();
    read_country();
    read_period();
    read_status();
    read_people();
    const bool french = out_.country == "FR" || body_ != nullptr;
    read_labels(notice_.labels, source_, vocabulary_, french, out_, out_.exposed);
    read_labels(notice_.safe_labels, source_, vocabulary_, french, out_, out_.not_exposed);
    // "hashed passwords leaked, clear ones did not": one category, and it leaked.
    out_.not_exposed = out_.not_exposed - out_.exposed;
  }

 private:
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
        read_kind(ref.name, vocabulary_, out_);
      }
      if (!ref.name.empty()) out_.organisations.push_back(std::move(ref));
    }
    if (!notice_.processor.empty()) {
      OrganisationRef ref{{}, plain_title(notice_.processor, kNameBytes), {}};
      if (const Organisation* processor = vocabulary_.resolve(ref.name)) ref.id = processor->id;
      if (!ref.name.empty()) out_.processors.push_back(std::move(ref));
    }
  }

  void read_country() {
    if (!notice_.country.empty()) {
      out_.country = country_code(notice_.country);
      if (out_.country.empty() && fold(notice_.country) != "unknown")
        add_doubt(out_, "country", notice_.country, "is not one we know");
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
    out_.incident.from = past_date(out_, notice_.incident_from, "incident date", language_, now_);
    out_.incident.to = past_date(out_, notice_.incident_to, "end of the incident", language_, now_);
    if (out_.incident.from.known() && out_.incident.to.known() &&
        out_.incident.from.first_day() > out_.incident.to.last_day()) {
      add_doubt(out_, "incident dates", fmt::format("{} – {}", notice_.incident_from, notice_.incident_to),
                "are in the wrong order");
      out_.incident = {};
    }
  }

  void read_status() {
    out_.status = usual_status(source_.trust);
    if (notice_.status.empty()) return;
    if (const auto word = parse_status_word(notice_.status)) {
      out_.status = word->status;
      out_.verified = word->verified;
      out_.disputed = word->disputed;
    } else {
      add_doubt(out_, "status", notice_.status, "is not a word we know");
    }
  }

  void read_people() {
    PeopleFigure figure;
    if (notice_.people_count) {
      figure.count = *notice_.people_count;
      if (figure.count < 0) add_doubt(out_, "number of people", fmt::format("{}", figure.count), "is below zero");
    } else if (!notice_.people.empty()) {
      const auto parsed = parse_people(notice_.people, language_);
      if (!parsed) {
        add_doubt(out_, "number of people", notice_.people, "is not a number of people");
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

  const Notice& notice_;
  const Source& source_;
  const Vocabulary& vocabulary_;
  Language language_;
  Instant now_;
  Sighting& out_;
  const Organisation* body_ = nullptr;
};

}  // namespace

IncidentStatus usual_status(Trust trust) noexcept {
  const bool confirms = trust == Trust::Authority || trust == Trust::Organisation;
  return confirms ? IncidentStatus::Confirmed : IncidentStatus::Claimed;
}

void read_kind(std::string_view name, const Vocabulary& vocabulary, Sighting& out) {
  const Organisation* kind = vocabulary.class_of(name);
  if (kind == nullptr) return;
  out.organisation_classes.push_back(kind->id);
  out.public_service = is_public_body(kind->legal_nature);
}

void read_source_facts(const Notice& notice, const Source& source, const Vocabulary& vocabulary, Language language,
                       Instant now, Sighting& out) {
  SourceFacts(notice, source, vocabulary, language, now, out).read();
}

}  // namespace vigifuite::feeds
