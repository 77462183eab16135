// SPDX-License-Identifier: AGPL-3.0-or-later
// When the data were got at.
//
// An announcement dates many things: the attack, its discovery, the complaint, the message itself, the data. The step
//   1. reads every date and every span of dates, as precise as it is written: "du 21 août au 5 septembre 2018",
//      "dans la nuit du 30 au 31 décembre", "mi-février 2026", "03/07/2025", "January 27 and February 4, 2025";
//   2. completes the years: a span shares its year; a date without one takes the latest that is not after publication;
//   3. asks what each dates: the nearest word of the sentence that can be dated decides (attack, detection, or other
//      things such as a complaint), where a comma counts as a longer way; a word right before the next date is that
//      one's; a heading or a question answers for a sentence that says nothing itself ("Quand ? Le mardi 5 mars");
//   4. takes the access; without one the detection; spans before days, days before months and years.
// Most dates of an announcement are the incident's, so only a word that stands near says that one is not; and a span
// is the incident's unless the data are about it ("les commandes passées entre janvier et mars"): nobody announces or
// complains for days on end.
#include <algorithm>
#include <iterator>

#include "feeds/extract/cue_index.hpp"
#include "feeds/extract/date_reader.hpp"
#include "feeds/extract/steps.hpp"

namespace vigifuite::feeds::extract {
namespace {

constexpr std::uint32_t kCommaWay = 4;
constexpr std::uint32_t kClauseWay = 40;  ///< of a semicolon or a colon
constexpr std::uint32_t kOtherReach = 9;  ///< what dates something else stands near: "plainte a été déposée le"
constexpr std::uint32_t kSinceReach = 7;  ///< "depuis, semble-t-il, février"
constexpr std::uint32_t kConditionReach = 14;
constexpr std::uint32_t kApart = 4;      ///< from here on it may as well not be about the date
constexpr std::size_t kMostDates = 500;  ///< of one text

class Dater {
 public:
  explicit Dater(const Parsed& parsed) : parsed_(parsed), document_(parsed.document), marks_(parsed.marks) {}

  std::optional<DatesFact> run() {
    collect();
    for (std::size_t i = 0; i < mentions_.size(); ++i) {
      complete(mentions_[i]);
      judge(i);
    }
    std::erase_if(mentions_, [&](const DateMention& mention) { return after_publication(mention.from); });
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
        i = mention->last;
        if (parsed_.elsewhere[mention->first] || letterhead(*mention, sentence)) continue;
        if (!ends_span(*mention)) mentions_.push_back(*mention);
      }
    }
  }

  /// A number, a month, a day of the week, a part of a month, "premier", "en 2019".
  bool may_begin(std::uint32_t i) const {
    return document_.tokens[i].kind == TokenKind::Number || marks_.on(i, Cue::Calendar) ||
           (parsed_.language == Language::French && marks_.on(i, Cue::Number)) || document_.is_word(i, "premier") ||
           document_.is_word(i, "1er") || document_.is_word(i, "the");
  }

  /// "Paris, le 18 mars 2025" on a line of its own.
  bool letterhead(const DateMention& mention, const Sentence& sentence) const {
    return sentence.shape == Shape::Heading && mention.last >= sentence.last && mention.first >= sentence.first + 3 &&
           mention.first <= sentence.first + 6 && document_.is_word(mention.first - 1, "le") &&
           document_.is_mark(mention.first - 2, ',');
  }

  /// The second end of a span whose ends stand apart: "entre le 12 janvier, date de la mise à jour, et le 3 mars".
  bool ends_span(const DateMention& mention) {
    if (mentions_.empty() || mention.first < 3 || mention.span) return false;
    DateMention& low = mentions_.back();
    const bool article = document_.is_word(mention.first - 1, "le") || document_.is_word(mention.first - 1, "the");
    const std::uint32_t link = mention.first - (article ? 2 : 1);
    const bool joins = document_.is_word(link, "et") || document_.is_word(link, "and");
    const bool led = low.first > 0 && opens_span(low.first - (document_.is_word(low.first - 1, "le") ? 2 : 1));
    if (!joins || !led || low.span || low.sentence != mention.sentence || precision(low.from) != precision(mention.to))
      return false;
    low.to = mention.to;
    low.span = true;
    if (low.from.year == 0) low.from.year = mention.to.year;
    return true;
  }
  bool opens_span(std::uint32_t token) const {
    return token < document_.tokens.size() &&
           (document_.is_word(token, "entre") || document_.is_word(token, "between"));
  }

  /// "repéré le 14", "resté jusqu'au 19": a day of the month of the date before it.
  std::optional<DateMention> bare_day(std::uint32_t at, std::uint32_t end, std::uint32_t sentence) const {
    if (at == 0 || mentions_.empty() || document_.tokens[at].kind != TokenKind::Number) return std::nullopt;
    const DateMention& before = mentions_.back();
    const auto day = document_.whole(at);
    const bool weekday = calendar_at(at - 1) == kWeekday;
    if (precision(before.to) != 3 || (!weekday && sentence - before.sentence > 1) || !day || *day < before.from.day ||
        *day > 31)
      return std::nullopt;
    const bool led = weekday || document_.is_word(at - 1, "le") || document_.is_word(at - 1, "au");
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

  std::int64_t calendar_at(std::uint32_t token) const {
    const CueMatch* match = cue_at(marks_, token, Cue::Calendar);
    return match == nullptr ? 0 : match->value;
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

  void judge(std::size_t index) {
    DateMention& mention = mentions_[index];
    nearest(index);
    if (mention.sentence == 0) return;
    const Sentence& before = document_.sentences[mention.sentence - 1];
    const bool asks = before.shape == Shape::Heading || before.end == '?' || before.end == ':';
    const bool opens = mention.first <= document_.sentences[mention.sentence].first + 2;
    if (asks && (opens || mention.role == Role::Nothing)) from_heading(mention, before);
  }
  void nearest(std::size_t index) {
    DateMention& mention = mentions_[index];
    const Sentence& sentence = document_.sentences[mention.sentence];
    each_cue(marks_, sentence.first, sentence.last, Cue::Dated, [&](const CueMatch& match) {
      if (match.first < mention.last && match.last > mention.first) return;
      auto role = static_cast<Role>(match.value);
      if (role == Role::Since) {
        const bool here = match.last <= mention.first && mention.first - match.last <= kSinceReach;
        mention.since = mention.since || here;
        if (!here || mention.first - match.last > 2 || !document_.word(match.first).starts_with("ouvert")) return;
        role = Role::Exposure;
      }
      const std::uint32_t way = distance(match, mention) / (role == Role::Content && whom(match, mention) ? 3 : 1);
      if (role == Role::Other && told(match, sentence)) role = Role::Detection;
      if (way >= mention.distance || role == Role::Nothing || of_another(match, index)) return;
      if ((role == Role::Other || role == Role::Content) && (way > kOtherReach || names_data(match))) return;
      mention.distance = way;
      mention.role = role;
      mention.open = role == Role::Exposure || role == Role::Weak;
    });
    // What was done to the data may be dated by it too.
    each_cue(marks_, sentence.first, sentence.last, Cue::Hit, [&](const CueMatch& match) {
      const std::uint32_t way = distance(match, mention);
      if (way >= mention.distance || of_another(match, index)) return;
      mention.distance = way;
      mention.role = Role::Weak;
      mention.open = stays_open(document_.word(match.first));
    });
    // "Si vous avez emprunté un livre depuis 2020": whom it concerns.
    each_cue(marks_, sentence.first, mention.first, Cue::Condition, [&](const CueMatch& match) {
      const bool whether = document_.is_word(match.first, "si") || document_.is_word(match.first, "if");
      if (whether && distance(match, mention) <= kConditionReach) mention.role = Role::Content;
    });
  }
  /// "ayant réservé une visite guidée depuis | juin"
  static bool whom(const CueMatch& match, const DateMention& mention) {
    return match.last - match.first >= 2 && match.last <= mention.first && mention.first - match.last <= 5;
  }
  /// What was visible stays so until it is closed; what was stolen does not.
  static bool stays_open(std::string_view word) {
    for (const std::string_view stem : {"expos", "visib", "accessib", "ouvert", "affich", "consultab", "lisib",
                                        "diffus", "publi", "indexe", "viewable", "reachab", "readab"}) {
      if (word.starts_with(stem)) return true;
    }
    return false;
  }
  /// "Prévenue le 10 mars par son hébergeur, …": a clause opens with a participle, and its body is told.
  bool told(const CueMatch& match, const Sentence& sentence) const {
    const std::string_view word = document_.word(match.first);
    const bool participle = word.starts_with("prevenu") || word.starts_with("averti") || word.starts_with("avise") ||
                            word.starts_with("notified") || word.starts_with("warned");
    return participle && match.last == match.first + 1 &&
           (match.first == sentence.first || document_.is_mark(match.first - 1, ','));
  }
  /// The word stands right before a later date, and says what that one dates: "ouvert le 3 juin et | refermé le 10".
  bool of_another(const CueMatch& match, std::size_t index) const {
    if (match.first < mentions_[index].last || index + 1 >= mentions_.size()) return false;
    const DateMention& next = mentions_[index + 1];
    return match.last <= next.first && next.first - match.last <= 2 && next.sentence == mentions_[index].sentence;
  }
  /// The "mail" of "noms, mails et mots de passe" dates nothing.
  bool names_data(const CueMatch& match) const {
    const auto after = std::upper_bound(marks_.mentions.begin(), marks_.mentions.end(), match.first,
                                        [](std::uint32_t at, const Mention& mention) { return at < mention.first; });
    return match.last == match.first + 1 && after != marks_.mentions.begin() && std::prev(after)->last > match.first &&
           !std::prev(after)->categories.empty();
  }
  std::uint32_t distance(const CueMatch& match, const DateMention& mention) const {
    const bool before = match.last <= mention.first;
    const std::uint32_t from = before ? match.last : mention.last, to = before ? mention.first : match.first;
    std::uint32_t way = before ? 0 : 1;
    for (std::uint32_t i = from; i < to; ++i) {
      const Token& token = document_.tokens[i];
      if (token.kind != TokenKind::Mark)
        ++way;
      else if (token.mark == ';' || (token.mark == ':' && i > from))
        way += kClauseWay;
      else if (token.mark != '"')
        way += kCommaWay;
    }
    return way;
  }
  /// "Quand ?" says that the incident is dated; "Quand l'avons-nous appris ?" that its detection is. The words of the
  /// date's own sentence win, unless the heading is a label and nothing more.
  void from_heading(DateMention& mention, const Sentence& heading) const {
    Role asked = Role::Nothing;
    each_cue(marks_, heading.first, heading.last, Cue::Dated, [&](const CueMatch& match) {
      const auto role = static_cast<Role>(match.value);
      if (role != Role::Nothing && role != Role::Since && (role != Role::Label || asked == Role::Nothing)) asked = role;
    });
    if (asked == Role::Nothing || (mention.role != Role::Nothing && asked != Role::Label)) return;
    mention.role = asked;
    mention.distance = kFar / 2;
  }

  // The choice.

  /// How well a date does: what it dates, then how exact it is. 0: not at all.
  int rank(const DateMention& mention) const noexcept {
    const int exact = precision(mention.from);
    const int detail = (exact == 3 ? 4 : 0) + (mention.span ? 2 : 0);
    const bool year = exact == 1;
    if (year && mention.span && mention.distance > 3 && mention.role != Role::Nothing) return 0;
    switch (mention.role) {
      case Role::Access:
      case Role::Exposure: return year ? 26 : 40 + detail;
      case Role::Label: return year ? 26 : 30 + detail;
      case Role::Weak: return year ? 24 : 28 + detail;
      case Role::Detection: return exact == 3 ? 21 : 20;
      case Role::Nothing:
        if (year) return mention.span ? 1 : 0;
        return of_the_day(mention) ? 0 : (mention.span ? 8 : 4) + exact;
      case Role::Closing: return mention.span && exact == 3 ? 9 : 0;
      case Role::Other:
        if (year || of_the_day(mention)) return 0;
        return mention.span ? 22 : mention.distance >= kApart ? exact : 0;
      case Role::Content:
      case Role::Since: return 0;
    }
    return 0;
  }
  /// The day the text itself is of: a letterhead.
  bool of_the_day(const DateMention& mention) const noexcept {
    const PartialDate day = parsed_.published;
    return !mention.span && day.day != 0 && mention.from == TextDate{day.year, day.month, day.day};
  }

  std::optional<DatesFact> choose() const {
    const DateMention* best = nullptr;
    for (const DateMention& mention : mentions_) {
      const int worth = rank(mention), most = best == nullptr ? 0 : rank(*best);
      const bool closer = worth == most && worth > 0 && mention.distance + kCommaWay <= best->distance;
      if (worth > most || closer) best = &mention;
    }
    if (best == nullptr) return std::nullopt;
    DatesFact fact;
    fact.from = best->from;
    fact.to = best->to;
    fact.evidence = parsed_.evidence(best->first, best->last);
    fact.confidence = confidence_of(best->role);
    if (!best->span && (precision(best->from) == 3 || best->since)) extend(*best, fact);
    return fact;
  }

  static float confidence_of(Role role) noexcept {
    switch (role) {
      case Role::Access:
      case Role::Exposure:
      case Role::Label: return 0.9F;
      case Role::Weak:
      case Role::Detection: return 0.75F;
      case Role::Nothing:
      case Role::Closing: return 0.6F;
      case Role::Other:
      case Role::Content:
      case Role::Since: return 0.4F;
    }
    return 0;
  }

  /// The other end of a span told apart: "la première fois le 5 avril, la dernière le 29 avril", "depuis le 27 avril"
  /// with the day it was noticed, "mis en ligne le 6 juin" with the day it was closed.
  void extend(const DateMention& best, DatesFact& fact) const {
    for (const DateMention& mention : mentions_) {
      if (&mention == &best || precision(mention.to) != 3 || mention.span || of_the_day(mention)) continue;
      const bool access = mention.role == Role::Access || mention.role == Role::Exposure || mention.role == Role::Weak;
      if (access && precision(best.from) == 3 && mention.sentence == best.sentence) {
        fact.from = std::min(fact.from, mention.from);
        fact.to = std::max(fact.to, mention.to);
      }
      const std::uint32_t apart = mention.sentence - best.sentence;
      const bool until = document_.is_word(mention.first - std::min(mention.first, 1U), "au");
      const bool closes = mention.role == Role::Closing && mention.first > best.first &&
                          (apart == 0 || (apart <= 4 && (best.open || best.since || until)));
      const bool ends = closes || (mention.role == Role::Detection && best.since);
      if (ends) fact.to = std::max(fact.to, mention.to);
    }
  }

  const Parsed& parsed_;
  const Document& document_;
  const Marks& marks_;
  std::vector<DateMention> mentions_;
};

}  // namespace

std::optional<DatesFact> find_dates(const Parsed& parsed) {
  return Dater(parsed).run();
}

}  // namespace vigifuite::feeds::extract
