// SPDX-License-Identifier: AGPL-3.0-or-later
// When the data were got at.
//
// An announcement dates many things: the attack, its discovery, the complaint, the message itself, the data. The step
//   1. reads every date and every span of dates, as precise as it is written: "du 21 août au 5 septembre 2018",
//      "dans la nuit du 30 au 31 décembre", "mi-février 2026", "03/07/2025", "January 27 and February 4, 2025";
//   2. completes the years: a span shares its year; a date without one takes the latest that is not after publication;
//   3. asks what each dates: the nearest word of the sentence that can be dated decides (attack, detection, or other
//      things such as a complaint), where a comma counts as a longer way; a heading or a question answers for a
//      sentence that says nothing itself ("Quand ? Le mardi 5 mars");
//   4. takes the access; without one the detection; spans before days, days before months and years.
#include <array>
#include <cstdlib>
#include "feeds/extract/cue_index.hpp"
#include "feeds/extract/date_reader.hpp"
#include "feeds/extract/steps.hpp"

namespace vigifuite::feeds::extract {
namespace {

constexpr std::uint32_t kCommaWay = 4;
constexpr std::uint32_t kSemicolonWay = 40;
constexpr std::size_t kMostDates = 500;  ///< of one text

class Dater {
 public:
  explicit Dater(const Parsed& parsed) : parsed_(parsed), document_(parsed.document), marks_(parsed.marks) {}

  std::optional<DatesFact> run() {
    collect();
    for (DateMention& mention : mentions_) {
      complete(mention);
      judge(mention);
    }
    std::erase_if(mentions_, [&](const DateMention& mention) {
      return after_publication(mention.from) || mention.role == Role::Other;
    });
    return choose();
  }

 private:
  void collect() {
    const bool month_first = writes_month_first(parsed_);
    for (std::uint32_t s = 0; s < document_.sentences.size(); ++s) {
      const Sentence& sentence = document_.sentences[s];
      for (std::uint32_t i = sentence.first; i < sentence.last && mentions_.size() < kMostDates;) {
        std::optional<DateMention> mention;
        if (may_begin(i)) mention = read_date(parsed_, month_first, i, sentence.last);
        if (!mention) mention = bare_day(i, sentence.last, s);
        if (!mention) {
          ++i;
          continue;
        }
        mention->sentence = s;
        if (!parsed_.elsewhere[i]) mentions_.push_back(*mention);
        i = mention->last;
      }
    }
  }

  /// A number, a month, a day of the week, a part of a month, "premier", "en 2019".
  bool may_begin(std::uint32_t i) const {
    return document_.tokens[i].kind == TokenKind::Number || marks_.on(i, Cue::Calendar) ||
           document_.is_word(i, "premier") || document_.is_word(i, "1er") || document_.is_word(i, "the");
  }
  /// "repéré le 14", "resté jusqu'au 19": a day of the month of the date before it.
  std::optional<DateMention> bare_day(std::uint32_t at, std::uint32_t end, std::uint32_t sentence) const {
    if (at == 0 || mentions_.empty() || document_.tokens[at].kind != TokenKind::Number) return std::nullopt;
    const DateMention& before = mentions_.back();
    const auto day = document_.whole(at);
    if (precision(before.to) != 3 || sentence - before.sentence > 1 || !day || *day < before.from.day || *day > 31)
      return std::nullopt;
    const bool led = document_.is_word(at - 1, "le") || document_.is_word(at - 1, "au");
    const bool alone =
        at + 1 >= end || document_.tokens[at + 1].kind == TokenKind::Mark || document_.is_word(at + 1, "et");
    if (parsed_.language != Language::French || !led || !alone) return std::nullopt;
    DateMention mention;
    mention.from = mention.to = before.to;
    mention.from.day = mention.to.day = static_cast<std::uint8_t>(*day);
    mention.first = at;
    mention.last = at + 1;
    return mention;
  }

  // Years.

  PartialDate limit() const {
    if (parsed_.published.known()) return parsed_.published;
    PartialDate latest;
    for (const DateMention& mention : mentions_) {
      if (mention.to.year != 0 && mention.to.month != 0)
        latest = std::max(latest, PartialDate{mention.to.year, mention.to.month, mention.to.day});
    }
    return latest;
  }
  void complete(DateMention& mention) const {
    if (mention.to.year != 0) return;
    const PartialDate last = limit();
    if (!last.known()) return;
    mention.to.year = latest_year(mention.to, last);
    const bool over_new_year = mention.from.month > mention.to.month;
    mention.from.year = static_cast<std::int16_t>(mention.to.year - (over_new_year ? 1 : 0));
  }
  static std::int16_t latest_year(TextDate date, PartialDate last) {
    const bool later = last.month != 0 &&
                       (date.month > last.month || (date.month == last.month && last.day != 0 && date.day > last.day));
    return static_cast<std::int16_t>(last.year - (later ? 1 : 0));
  }
  bool after_publication(TextDate date) const {
    const PartialDate last = parsed_.published;
    if (!last.known() || date.year == 0) return false;
    if (date.year != last.year) return date.year > last.year;
    if (last.month == 0 || date.month == 0 || date.month != last.month)
      return last.month != 0 && date.month > last.month;
    return last.day != 0 && date.day > last.day;
  }

  // Roles.

  void judge(DateMention& mention) {
    nearest(mention, mention.sentence);
    if (mention.role == Role::Other && mention.span && published_) mention.role = Role::Exposure;
    if (mention.role == Role::Nothing && mention.sentence > 0) {
      const Sentence& before = document_.sentences[mention.sentence - 1];
      const bool asks = before.shape == Shape::Heading || before.end == '?' || before.end == ':';
      if (asks) from_heading(mention, before);
    }
  }
  void nearest(DateMention& mention, std::uint32_t index) {
    published_ = false;
    const Sentence& sentence = document_.sentences[index];
    each_cue(marks_, sentence.first, sentence.last, Cue::Dated, [&](const CueMatch& match) {
      if (match.value == static_cast<std::int64_t>(Role::Nothing)) return;
      if (match.first < mention.last && match.last > mention.first) return;
      if (match.value == static_cast<std::int64_t>(Role::Since)) {
        mention.since = mention.since || (match.last <= mention.first && mention.first - match.last <= 2);
        return;
      }
      const std::uint32_t way = distance(match, mention);
      if (way >= mention.distance) return;
      mention.distance = way;
      mention.role = static_cast<Role>(match.value);
      published_ = document_.word(match.first).starts_with("publi") || document_.word(match.first).starts_with("mis");
    });
  }
  std::uint32_t distance(const CueMatch& match, const DateMention& mention) const {
    const bool before = match.last <= mention.first;
    const std::uint32_t from = before ? match.last : mention.last, to = before ? mention.first : match.first;
    std::uint32_t way = before ? 0 : 1;
    for (std::uint32_t i = from; i < to; ++i) {
      const Token& token = document_.tokens[i];
      if (token.kind != TokenKind::Mark)
        ++way;
      else if (token.mark == ';')
        way += kSemicolonWay;
      else
        way += kCommaWay;
    }
    return way;
  }
  void from_heading(DateMention& mention, const Sentence& heading) const {
    each_cue(marks_, heading.first, heading.last, Cue::Dated, [&](const CueMatch& match) {
      if (match.value == static_cast<std::int64_t>(Role::Nothing) ||
          match.value == static_cast<std::int64_t>(Role::Since))
        return;
      mention.role = static_cast<Role>(match.value);
      mention.distance = kFar / 2;
    });
  }

  // The choice.

  static int rank(const DateMention& mention) noexcept {
    const int exact = precision(mention.from);
    const bool day = exact == 3;
    if (exact == 1 && mention.span && mention.distance > 3) return 0;
    switch (mention.role) {
      case Role::Access:
      case Role::Exposure: return 40 + (day ? 4 : 0) + (mention.span ? 2 : 0);
      case Role::Label: return 30 + (mention.span ? 2 : 0);
      case Role::Detection: return day ? 21 : 20;
      case Role::Nothing: return exact == 1 ? 0 : (mention.span ? 8 : 4) + exact;
      case Role::Closing: return mention.span && day ? 9 : 0;
      case Role::Other:
      case Role::Since: return 0;
    }
    return 0;
  }

  std::optional<DatesFact> choose() const {
    const DateMention* best = nullptr;
    for (const DateMention& mention : mentions_) {
      if (rank(mention) > (best == nullptr ? 0 : rank(*best))) best = &mention;
    }
    if (best == nullptr) return std::nullopt;
    DatesFact fact;
    fact.from = best->from;
    fact.to = best->to;
    fact.evidence = parsed_.evidence(best->first, best->last);
    fact.confidence = best->role == Role::Nothing || best->role == Role::Closing ? 0.6F
                      : best->role == Role::Detection                            ? 0.75F
                                                                                 : 0.9F;
    if (!best->span && precision(best->from) == 3) extend(*best, fact);
    return fact;
  }

  /// The other end of a span told apart: "la première fois le 5 avril, la dernière le 29 avril", "depuis le 27 avril"
  /// with the day it was noticed, "mis en ligne le 6 juin" with the day it was closed.
  void extend(const DateMention& best, DatesFact& fact) const {
    for (const DateMention& mention : mentions_) {
      if (&mention == &best || precision(mention.to) != 3 || mention.span) continue;
      const bool access = mention.role == Role::Access || mention.role == Role::Exposure;
      if (access && mention.sentence == best.sentence) {
        fact.from = std::min(fact.from, mention.from);
        fact.to = std::max(fact.to, mention.to);
      }
      const bool opened = best.role == Role::Exposure || best.role == Role::Access;
      const bool ends = (mention.role == Role::Detection && best.since) ||
                        (mention.role == Role::Closing && opened && mention.sentence <= best.sentence + 1);
      if (ends) fact.to = std::max(fact.to, mention.to);
    }
  }

  const Parsed& parsed_;
  const Document& document_;
  const Marks& marks_;
  std::vector<DateMention> mentions_;
  bool published_ = false;  ///< the word that gave the last role is one of publication
};

}  // namespace

std::optional<DatesFact> find_dates(const Parsed& parsed) {
  return Dater(parsed).run();
}

}  // namespace vigifuite::feeds::extract
