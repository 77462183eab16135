// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/text_facts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "feeds/doubts.hpp"
#include "feeds/evidence_book.hpp"
#include "feeds/source_facts.hpp"
#include "schemas/notice_codec.hpp"

namespace vigifuite::feeds {
namespace {

static_assert(extract::kSure == 0.01F * kSurePercent, "one threshold, in the extractor and in documents");

std::optional<Language> language_of(const Notice& notice, const Source& source) {
  const std::string_view tag = notice.language.substr(0, 2);
  if (tag == "fr" || tag == "FR") return Language::French;
  if (tag == "en" || tag == "EN") return Language::English;
  return tag.empty() ? std::optional(source.language) : std::nullopt;
}

/// nullopt when the year is not known.
std::optional<PartialDate> known_date(extract::TextDate date) {
  if (date.year == 0) return std::nullopt;
  return PartialDate{date.year, date.month, date.day};
}

std::string interval(const extract::DatesFact& dates) {
  std::string out = extract::to_string(dates.from);
  if (dates.to != extract::TextDate{} && dates.to != dates.from) out += "/" + extract::to_string(dates.to);
  return out;
}

/// Numbers that differ by no more than rounding may ("près de 15 millions", 14 936 670).
bool about_equal(std::int64_t a, std::int64_t b) {
  const std::int64_t more = std::max(a, b), less = std::min(a, b);
  return more - less <= more / 10;
}

/// The facts of one text on their way into a sighting. What the sighting has already, it keeps.
class TextFacts {
 public:
  TextFacts(const extract::Reading& reading, const Source& source, const Vocabulary& vocabulary, Instant now,
            Sighting& out)
      : reading_(reading), source_(source), vocabulary_(vocabulary), now_(now), out_(out), book_(reading.text) {}

  /// A text that announces a leak.
  void read_announcement() {
    out_.states_facts = true;
    out_.status = usual_status(source_.trust);
    book_.note(Fact::Disclosure, {}, reading_.evidence, reading_.confidence);
    read_bodies();
    if (out_.country.empty()) out_.country = source_.country;
    read_rest();
    out_.unsure = reading_.confidence < extract::kSure || out_.organisations.empty();
  }

  /// A description beside data.
  void read_description() {
    if (out_.organisations.empty()) read_bodies();
    read_rest();
  }

 private:
  void read_rest() {
    read_processor();
    read_people();
    read_dates();
    read_categories();
    out_.evidence = book_.take();
  }

  void read_bodies() {
    for (const extract::BodyFact& body : reading_.organisations) {
      book_.note(Fact::Organisation, body.name, body.evidence, body.confidence);
      if (body.confidence < extract::kSure) continue;
      const Organisation* known = vocabulary_.organisation(body.id);
      if (known != nullptr) {
        out_.public_service = out_.public_service || is_public_body(known->legal_nature);
        if (out_.country.empty()) out_.country = source_.country.empty() ? "FR" : source_.country;
      } else if (reading_.language == Language::French) {
        read_kind(body.name, vocabulary_, out_);
      }
      out_.organisations.push_back({body.id, std::string(clip(body.name, kNameBytes)), {}});
    }
  }

  void read_processor() {
    if (!reading_.processor || !out_.processors.empty()) return;
    const extract::BodyFact& body = *reading_.processor;
    book_.note(Fact::Processor, body.name, body.evidence, body.confidence);
    if (body.confidence >= extract::kSure)
      out_.processors.push_back({body.id, std::string(clip(body.name, kNameBytes)), {}});
  }

  void read_people() {
    if (!reading_.people) return;
    const extract::PeopleFact& people = *reading_.people;
    const bool sure = people.confidence >= extract::kSure;
    if (!out_.people.empty()) {
      if (sure && !about_equal(out_.people.front().count, people.count))
        add_doubt(out_, "number of people", std::to_string(people.count), "in the text is another");
      return;
    }
    book_.note(Fact::People, std::to_string(people.count), people.evidence, people.confidence);
    if (!sure) return;
    const Trust by = people.claimed ? Trust::Attacker : source_.trust;
    out_.people.push_back({people.count, people.qualifier, by, out_.disclosed, out_.url});
  }

  void read_dates() {
    if (!reading_.dates) return;
    const extract::DatesFact& dates = *reading_.dates;
    const auto from = known_date(dates.from), to = known_date(dates.to);
    const bool sure = dates.confidence >= extract::kSure;
    if (out_.incident.known()) {
      const Period stated = out_.incident;
      const PartialDate end = stated.to.known() ? stated.to : stated.from;
      const bool apart = from && stated.from.known() &&
                         (from->last_day() < stated.from.first_day() || end.last_day() < from->first_day());
      if (sure && apart) add_doubt(out_, "incident date", interval(dates), "in the text is another");
      return;
    }
    book_.note(Fact::Dates, interval(dates), dates.evidence, dates.confidence);
    if (!sure) return;
    if ((from && from->first_day() > now_) || (from && to && from->first_day() > to->last_day()))
      return add_doubt(out_, "incident date", interval(dates), "in the text makes no sense");
    if (from) out_.incident.from = *from;
    if (to) out_.incident.to = *to;
  }

  void read_categories() {
    const bool listed = !out_.exposed.empty() || !out_.unmapped_labels.empty();
    const CategorySet stated_exposed = out_.exposed, stated_safe = out_.not_exposed;
    for (const extract::CategoryFact& fact : reading_.exposed) {
      const bool sure = fact.confidence >= extract::kSure;
      if (stated_safe.has(fact.category)) {
        if (sure) contradicted(fact, "is said to have leaked in the text");
      } else if (!listed) {
        book_.note(Fact::Exposed, vocabulary_.info(fact.category).slug, fact.evidence, fact.confidence);
        if (sure) out_.exposed.add(fact.category);
      }
    }
    for (const extract::CategoryFact& fact : reading_.not_exposed) {
      const bool sure = fact.confidence >= extract::kSure;
      if (stated_exposed.has(fact.category)) {
        if (sure) contradicted(fact, "is said to be safe in the text");
      } else if (!stated_safe.has(fact.category)) {
        book_.note(Fact::NotExposed, vocabulary_.info(fact.category).slug, fact.evidence, fact.confidence);
        if (sure) out_.not_exposed.add(fact.category);
      }
    }
    out_.not_exposed = out_.not_exposed - out_.exposed;
  }
  void contradicted(const extract::CategoryFact& fact, std::string_view why) {
    add_doubt(out_, "category", vocabulary_.info(fact.category).slug, why);
  }

  const extract::Reading& reading_;
  const Source& source_;
  const Vocabulary& vocabulary_;
  Instant now_;
  Sighting& out_;
  EvidenceBook book_;
};

}  // namespace

void read_text_facts(const Notice& notice, const Source& source, const Vocabulary& vocabulary, Instant now,
                     Sighting& out) {
  if (notice.text.empty() && (notice.states_facts || notice.title.empty())) return;
  std::string whole;
  if (!notice.states_facts) whole = text_with_title(notice.title, notice.text, notice.text_is_html);
  extract::Announcement announcement;
  announcement.text = notice.states_facts ? clip(notice.text, kMaxNoticeText) : std::string_view(whole);
  announcement.html = notice.text_is_html;
  announcement.language = language_of(notice, source);
  announcement.published = out.disclosed;
  const extract::Reading reading = extract::read_announcement(announcement, vocabulary);
  if (!reading.is_disclosure) return;
  TextFacts facts(reading, source, vocabulary, now, out);
  if (notice.states_facts)
    facts.read_description();
  else
    facts.read_announcement();
}

}  // namespace vigifuite::feeds
