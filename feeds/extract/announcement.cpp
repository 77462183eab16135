// SPDX-License-Identifier: AGPL-3.0-or-later
//
// Reading an announcement like a careful person.
//
// Most leaks are announced in sentences: "Vos noms et adresses ont été copiés chez notre prestataire Axerno entre le 3
// et le 5 mars ; vos coordonnées bancaires ne sont pas concernées. Ne communiquez jamais votre mot de passe." From
// these a person needs to know: is it a leak, whose, through whom, how many people, when, which data left, which did
// not. Getting one of them wrong has a price. To say that bank details leaked when the text says they did not frightens
// people for nothing, and is the worst that can happen here; to say nothing of a password that leaked leaves them
// exposed.
//
// There is no model that learned from examples. There are words, kept in data files (lexicon/*.toml, French and
// English), and a few rules on how words act on one another. So each answer can be explained by the words it rests on,
// which is why every fact carries the bytes that prove it; the same text always gives the same answer, on any machine,
// with no download; and whoever finds a mistake can mend it, with a line in a file or a rule, and a text for
// tests/extraction.
//
// The steps, each a file:
//   segment    document.cpp    bytes -> lines, sentences, items, rows of tables; words without case or accents
//   (utf8proc) recognise  lexicon.cpp     words -> mentions of data ("date de naissance"), and cues: words that act
//   (denies, was
//                              stolen, keeps, advises, counts people, begins the mention of another incident…)
//   elsewhere  elsewhere.cpp   what speaks of another incident or another victim is set aside, with its figures and
//   dates scope      scope.cpp       for each mention: exposed, safe, assumed or silent, by the predicates and denials
//   around it judge      disclosure.cpp  is it a leak of personal data at all? An outage, a denial, a drill, advice are
//   not bodies     bodies.cpp      who was entrusted with the data, and through which named provider they left people
//   people.cpp      how many persons, among all the numbers of a text dates      dates.cpp       when the data were got
//   at, among all its dates settle     here            what is said twice is said once; what is said both ways is
//   decided
//
// How sure a fact is: 0.9 when a predicate says it, 0.7 when it stands in a list of what leaked without a verb of its
// own, 0.6 when the text says both and one had to be chosen; bodies, people and dates grade theirs in their files.
// Below kSure a fact is kept and shown to a curator, and alerts nobody. The verdict is sure when the arguments on one
// side outweigh the others clearly, and not when they nearly balance.
//
// Everything is linear in the text and bounded: a sentence is cut at kMaxSentenceTokens, a text at kMaxTextBytes.
#include "feeds/extract/announcement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "feeds/extract/steps.hpp"
#include "feeds/html_text.hpp"

namespace vigifuite::feeds::extract {
namespace {

/// Each category once, with its evidence. A category said to be exposed and said to be safe: the later statement about
/// the same words holds; about different words ("échanges avec l'assistance", "messages privés") it is exposed.
/// One that is only assumed to be exposed is safe when that is said.
class CategorySettler {
 public:
  CategorySettler(const Parsed& parsed, Reading& reading) : parsed_(parsed), reading_(reading) {}

  void settle(const std::vector<ScopedMention>& mentions) {
    for (const ScopedMention& scoped : mentions) {
      for (const Category category : scoped.mention.categories) note(category, scoped);
    }
    for (const Category category : seen_) {
      const Said& said = said_[category.index];
      const bool safe = said.safe != nullptr && !(said.exposed != nullptr && outweighs(*said.exposed, *said.safe));
      if (safe)
        add(reading_.not_exposed, category, *said.safe, 0.9F);
      else if (said.exposed != nullptr)
        add(reading_.exposed, category, *said.exposed, said.safe == nullptr ? 0.9F : 0.6F);
      else if (said.assumed != nullptr)
        add(reading_.exposed, category, *said.assumed, 0.7F);
    }
  }

 private:
  /// What was said last of a category, with each polarity.
  struct Said {
    const ScopedMention* exposed = nullptr;
    const ScopedMention* assumed = nullptr;
    const ScopedMention* safe = nullptr;
  };

  void note(Category category, const ScopedMention& scoped) {
    if (scoped.polarity == Polarity::Silent) return;
    Said& said = said_[category.index];
    if (said.exposed == nullptr && said.assumed == nullptr && said.safe == nullptr) seen_.push_back(category);
    if (scoped.polarity == Polarity::Exposed) said.exposed = &scoped;
    if (scoped.polarity == Polarity::Assumed) said.assumed = &scoped;
    if (scoped.polarity == Polarity::Safe) said.safe = &scoped;
  }
  [[nodiscard]] bool outweighs(const ScopedMention& exposed, const ScopedMention& safe) const {
    const Document& document = parsed_.document;
    const auto words = [&](const ScopedMention& scoped) {
      const std::uint32_t begin = document.tokens[scoped.mention.first].folded;
      return std::string_view(document.folded)
          .substr(begin, document.tokens[scoped.mention.last - 1].folded_end - begin);
    };
    return words(exposed) != words(safe) || exposed.mention.first > safe.mention.first;
  }
  void add(std::vector<CategoryFact>& facts, Category category, const ScopedMention& scoped, float confidence) {
    facts.push_back({category, parsed_.evidence(scoped.mention.first, scoped.mention.last), confidence});
  }

  const Parsed& parsed_;
  Reading& reading_;
  std::array<Said, 64> said_{};
  std::vector<Category> seen_;
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kItemWords = {
    {{"<![CDATA[", ""}, {"]]>", ""}, {"<title>", "<h1>"}, {"</title>", "</h1>"}}};

/// The text of a page, of a fragment, or of an item cut out of a feed: there a title is a line that is read, what is
/// in CDATA is text, and the description may be HTML that was escaped once more.
std::string plain_text(std::string_view html) {
  std::string item;
  if (html.substr(0, 64).find("<item") != std::string_view::npos) {
    html = clip(html, kMaxHtmlBytes);
    for (std::size_t i = 0; i < html.size();) {
      const std::string_view rest = html.substr(i);
      const auto* const found = std::find_if(kItemWords.begin(), kItemWords.end(),
                                             [&](const auto& word) { return rest.starts_with(word.first); });
      item += found == kItemWords.end() ? rest.substr(0, 1) : found->second;
      i += found == kItemWords.end() ? 1 : found->first.size();
    }
    html = item;
  }
  std::string text = html_to_text(html, HtmlLayout::Structure);
  for (const std::string_view tag : {"</p>", "<br>", "<br/>", "<br />", "</li>", "</b>"}) {
    if (text.find(tag) != std::string::npos) return html_to_text(text, HtmlLayout::Structure);
  }
  return text;
}

}  // namespace

std::string to_string(TextDate date) {
  std::string out = date.year != 0 ? fmt::format("{:04}", date.year) : std::string("-");
  if (date.month != 0) out += fmt::format("-{:02}", date.month);
  if (date.month != 0 && date.day != 0) out += fmt::format("-{:02}", date.day);
  return out;
}

Parsed parse_announcement(std::string_view text, Language language, PartialDate published, const Vocabulary& vocabulary,
                          Parsed spare) {
  Parsed parsed = std::move(spare);
  parsed.document = segment(text, std::move(parsed.document));
  parsed.language = language;
  parsed.marks = Lexicon::shipped(language).recognise(parsed.document, std::move(parsed.marks));
  parsed.published = published;
  parsed.vocabulary = &vocabulary;
  mark_elsewhere(parsed);
  return parsed;
}

namespace {

constexpr std::size_t kMostSpareTokens = std::size_t{1} << 16U;  ///< a longer text takes its memory with it

void read_facts(const Parsed& parsed, Reading& reading) {
  const Scoped scoped = scope(parsed);
  const Verdict verdict = judge_disclosure(parsed, scoped);
  reading.is_disclosure = verdict.is_disclosure;
  reading.confidence = verdict.confidence;
  reading.evidence = verdict.evidence;
  if (!verdict.is_disclosure) return;
  CategorySettler(parsed, reading).settle(scoped.mentions);
  Bodies bodies = find_bodies(parsed);
  reading.organisations = std::move(bodies.organisations);
  reading.processor = std::move(bodies.processor);
  reading.people = count_people(parsed);
  reading.dates = find_dates(parsed);
}

}  // namespace

Reading read_announcement(const Announcement& announcement, const Vocabulary& vocabulary) {
  thread_local Parsed spare;  // announcements come by thousands: each uses the memory of the one before
  Reading reading;
  reading.text =
      announcement.html ? plain_text(announcement.text) : std::string(clip(announcement.text, kMaxTextBytes));
  reading.language = announcement.language ? *announcement.language : guess_language(reading.text);
  Parsed parsed =
      parse_announcement(reading.text, reading.language, announcement.published, vocabulary, std::move(spare));
  read_facts(parsed, reading);
  if (parsed.document.tokens.capacity() <= kMostSpareTokens) spare = std::move(parsed);
  return reading;
}

}  // namespace vigifuite::feeds::extract
