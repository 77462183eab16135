// SPDX-License-Identifier: AGPL-3.0-or-later
//
// Is a text about a leak of personal data at all?
//
// The problem: an outage lists "état civil : au guichet", a warning against phishing lists names and IBANs, a denial
// repeats what it denies, a ransomware notice says that nothing is known to have left. All share their words with
// leaks.
//
// The idea: weigh what the scope step found. Categories and data that are said to be hit speak for a leak; data in
// general said to be safe ("aucune donnée n'a été dérobée"), and words that name another kind of text, speak against.
// A denial of everything, a drill and a blocked attempt outweigh a list of data, because they come with one.
#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "feeds/extract/cue_index.hpp"
#include "feeds/extract/steps.hpp"

namespace vigifuite::feeds::extract {
namespace {

/// What the text has of each thing that counts.
struct Signs {
  int exposed = 0;  ///< categories said to be hit
  int assumed = 0;  ///< categories listed
  int safe = 0;     ///< categories said to be safe
  int hit = 0;      ///< data in general, or a leak, affirmed by a predicate
  int leak = 0;     ///< a leak, named and not denied
  int no_leak = 0;  ///< data in general, or a leak, denied
  std::array<int, kCues> cues{};
  std::array<int, kCues> strong{};  ///< those whose value is 1
  Evidence evidence;
  Evidence against;

  [[nodiscard]] bool has(Cue cue) const { return count(cue) > 0; }
  [[nodiscard]] bool has_strong(Cue cue) const { return strong[static_cast<std::size_t>(cue)] > 0; }
  [[nodiscard]] int count(Cue cue) const { return std::min(cues[static_cast<std::size_t>(cue)], 4); }
};

/// Data or a leak, and not some of them: "aucune donnée", not "aucune donnée de santé" nor "la fuite de mots de passe".
bool in_general(const Parsed& parsed, const Mention& data) {
  const Document& document = parsed.document;
  static constexpr std::array<std::string_view, 7> kOf = {"de", "d", "du", "des", "of", "on", "relatives"};
  if (data.last < document.tokens.size()) {
    const bool of =
        std::any_of(kOf.begin(), kOf.end(), [&](std::string_view w) { return document.is_word(data.last, w); });
    // "aucune donnée de client" is all of them
    if (of && cue_at(parsed.marks, data.last + 1, Cue::Person) == nullptr) return false;
  }
  // "hormis ces trois informations", "leurs données ne sont pas concernées": those just spoken of
  static constexpr std::array<std::string_view, 7> kThose = {"ces",   "leurs", "leur", "trois",
                                                             "these", "those", "their"};
  for (const std::string_view word : kThose) {
    if (data.first > 0 && document.is_word(data.first - 1, word)) return false;
  }
  if (parsed.language == Language::French || data.first == 0) return true;
  static constexpr std::array<std::string_view, 16> kWhole = {
      "no",  "any",  "customer", "customers", "personal", "user", "the",     "your",
      "our", "that", "this",     "member",    "patient",  "of",   "student", "client"};
  for (const std::string_view word : kWhole) {
    if (document.is_word(data.first - 1, word)) return true;
  }
  return false;
}

/// "Il dément la présence de pièces d'identité": some data are denied, and no leak.
bool of_some_data(const Parsed& parsed, const CueMatch& denial) {
  const Document& document = parsed.document;
  static constexpr std::array<std::string_view, 8> kPartial = {"dement", "contest", "nie",     "refut",
                                                               "sont",   "est",     "rumeurs", "they"};
  const std::string_view verb = document.word(denial.first);
  if (std::none_of(kPartial.begin(), kPartial.end(), [&](std::string_view stem) { return verb.starts_with(stem); }))
    return false;
  const auto next =
      std::upper_bound(document.sentences.begin(), document.sentences.end(), denial.first,
                       [](std::uint32_t token, const Sentence& sentence) { return token < sentence.first; });
  if (next == document.sentences.begin()) return false;
  const Sentence& sentence = *std::prev(next);
  std::vector<bool> named(sentence.last - sentence.first, false);
  bool some = false;
  auto mention = std::lower_bound(parsed.marks.mentions.begin(), parsed.marks.mentions.end(), sentence.first,
                                  [](const Mention& m, std::uint32_t token) { return m.first < token; });
  for (; mention != parsed.marks.mentions.end() && mention->first < sentence.last; ++mention) {
    if (mention->categories.empty()) continue;
    some = true;
    for (std::uint32_t i = mention->first; i < mention->last; ++i) named[i - sentence.first] = true;
  }
  for (std::uint32_t i = sentence.first; i < sentence.last && some; ++i) {
    if (named[i - sentence.first]) continue;
    some = !parsed.marks.on(i, Cue::Leak) && !parsed.marks.on(i, Cue::Data) && !parsed.marks.on(i, Cue::Attack);
  }
  return some;
}

Signs collect(const Parsed& parsed, const Scoped& scoped) {
  Signs signs;
  for (const ScopedMention& mention : scoped.mentions) {
    if (parsed.elsewhere[mention.mention.first]) continue;
    signs.exposed += mention.polarity == Polarity::Exposed ? 1 : 0;
    signs.assumed += mention.polarity == Polarity::Assumed ? 1 : 0;
    signs.safe += mention.polarity == Polarity::Safe ? 1 : 0;
    if (mention.polarity == Polarity::Exposed && signs.evidence.end == 0)
      signs.evidence = parsed.evidence(mention.mention.first, mention.mention.last);
  }
  for (const ScopedMention& data : scoped.data) {
    if (parsed.elsewhere[data.mention.first]) continue;
    const bool leak = parsed.marks.on(data.mention.first, Cue::Leak);
    if (data.polarity == Polarity::Safe) {
      if (!in_general(parsed, data.mention)) continue;
      ++signs.no_leak;
      signs.against = parsed.evidence(data.mention.first, data.mention.last);
    } else if (data.polarity == Polarity::Exposed || (leak && data.polarity == Polarity::Assumed)) {
      ++(leak ? signs.leak : signs.hit);
      if (signs.evidence.end == 0) signs.evidence = parsed.evidence(data.mention.first, data.mention.last);
    }
  }
  for (const ScopedMention& file : scoped.containers) {
    if (parsed.elsewhere[file.mention.first] || file.polarity != Polarity::Exposed) continue;
    ++signs.hit;
    if (signs.evidence.end == 0) signs.evidence = parsed.evidence(file.mention.first, file.mention.last);
  }
  for (const CueMatch& cue : parsed.marks.cues) {
    if (parsed.elsewhere[cue.first]) continue;
    if (cue.cue == Cue::Denial && cue.value == 0 && of_some_data(parsed, cue)) continue;
    ++signs.cues[static_cast<std::size_t>(cue.cue)];
    if (cue.value == 1) ++signs.strong[static_cast<std::size_t>(cue.cue)];
  }
  return signs;
}

/// What says that it is another kind of text.
int against(const Signs& signs, bool told) {
  const bool unknown = signs.has_strong(Cue::Denial);
  const bool denied = signs.count(Cue::Denial) > (unknown ? signs.strong[static_cast<std::size_t>(Cue::Denial)] : 0);
  const bool stands = denied && !signs.has(Cue::Admits);
  int points = signs.has(Cue::Drill) ? 8 : 0;
  points += stands ? (signs.exposed > 0 ? 3 : 5) : 0;
  points += signs.no_leak > 0 ? (told ? 2 : 4) : 0;
  points += signs.no_leak > 0 && stands ? 3 : 0;
  points += unknown ? (signs.hit > 0 || signs.leak > 0 ? 2 : signs.exposed > 0 ? 4 : 6) : 0;
  points += signs.has(Cue::Blocked) ? 2 : 0;
  // The thief says so, the body does not.
  points += stands && signs.has(Cue::Claims) ? 2 : 0;
  const bool down = signs.count(Cue::Outage) > signs.strong[static_cast<std::size_t>(Cue::Outage)];
  points += down && signs.leak == 0 ? 3 : signs.has(Cue::Outage) ? 1 : 0;
  points += signs.count(Cue::Advisory) > 1 ? 2 * signs.count(Cue::Advisory) : signs.count(Cue::Advisory);
  points += signs.has_strong(Cue::Statistics) ? 8 : signs.count(Cue::Statistics);
  points += signs.count(Cue::Phishing);
  points += signs.has_strong(Cue::Policy) ? 4 + 2 * signs.count(Cue::Policy) : signs.count(Cue::Policy);
  points += signs.has(Cue::Fine) && signs.leak == 0 ? 2 : 0;
  return points;
}

/// Points for a leak, less points against it. The weights are the order of the arguments, no more.
int weigh(const Signs& signs) {
  const bool told = signs.exposed > 0 || signs.hit > 0;
  int points = signs.exposed > 0 ? 4 : signs.assumed > 2 ? 3 : signs.assumed > 0 ? 1 : 0;
  points += signs.exposed > 0 && signs.assumed > 0 ? 1 : 0;
  points += signs.safe > 0 ? 1 : 0;
  points += signs.hit > 0 ? 2 : 0;
  points += signs.leak > 0 ? 2 : 0;
  points += signs.has(Cue::Attack) ? 1 : 0;
  const int contrary = against(signs, told);
  // "Noms et adresses de clients volés", "a adressé par erreur les noms": no verb that is known, and nothing against
  // it.
  const bool done = signs.has(Cue::Hit) || signs.has(Cue::Leak);
  points += signs.assumed > 0 && signs.no_leak == 0 && done && contrary == 0 ? 1 : 0;
  return points - contrary;
}

}  // namespace

Verdict judge_disclosure(const Parsed& parsed, const Scoped& scoped) {
  const Signs signs = collect(parsed, scoped);
  // Who counts those hit has something to announce.
  const bool done = signs.has(Cue::Hit) || signs.has(Cue::Leak) || signs.has(Cue::Attack);
  const bool told = signs.exposed > 0 || signs.hit > 0;
  const bool counted =
      done && signs.assumed + signs.exposed > 0 && against(signs, told) <= 3 && count_people(parsed).has_value();
  const int points = weigh(signs) + (counted ? 1 : 0);
  Verdict verdict;
  verdict.is_disclosure = points >= 2;
  verdict.confidence = points >= 4 || points <= 0 ? 0.9F : 0.6F;
  verdict.evidence = verdict.is_disclosure ? signs.evidence : signs.against;
  return verdict;
}

}  // namespace vigifuite::feeds::extract
