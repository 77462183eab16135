// SPDX-License-Identifier: AGPL-3.0-or-later
//
// What is said of each category that a text names: that it leaked, that it did not, or nothing.
//
// The problem: "Vos noms et adresses ont été copiés ; les RIB, conservés ailleurs, ne sont pas concernés, et aucun mot
// de passe ne figure dans le fichier." Four mentions, two answers, and the words that give the answer come now before,
// now after what they speak of.
//
// The idea: no grammar, but the few things of grammar that decide.
//   1. A predicate is a verb that says something of data (hit, holds, stores, is safe, was reset…), negated or not. Its
//      voice says on which side its data stand: a passive looks back at its subject, an active one forward at its
//      object.
//   2. A denying word (aucun, ni, sans, hors…) covers what follows it, up to where its list ends.
//   3. What has neither takes the word of its heading ("Données non concernées :"), of the cell beside it ("Non"), of
//      the answer after it ("Mes coordonnées bancaires ? Non."). What has nothing at all is assumed to have leaked:
//      announcements list what leaked in nominal sentences ("Noms, e-mails et téléphones dans la nature").
//   4. Advice, risks, measures, ways in and ways to tell people are predicates too: they silence the data they speak
//   of.
//
// Nothing looks beyond a sentence but headings, cells, answers and pronouns; a sentence has a bounded length, so the
// whole is linear.
#include <algorithm>
#include <array>

#include "feeds/extract/text_scope.hpp"

namespace vigifuite::feeds::extract {

Scoped TextScope::run() && {
  SentenceScope scope(parsed_);
  for (const Sentence& sentence : parsed_.document.sentences) {
    scope.read(sentence, out_.empty() ? Polarity::Assumed : out_.back().polarity);
    answer_question(sentence, scope);
    if (!correct(sentence, scope)) take_back(sentence, scope);
    refer(sentence, scope);
    enter(sentence, scope);
    for (const Mention& data : scope.data(false)) found_.data.push_back(scope.judge(data, Polarity::Assumed));
    for (const Mention& file : scope.data(true)) found_.containers.push_back(scope.judge(file, Polarity::Assumed));
    const std::size_t before = out_.size();
    if (sentence.shape == Shape::Row) {
      row(sentence, scope);
    } else {
      for (const Mention* mention : scope.mentions()) {
        if (!mention->categories.empty() && !complement(*mention))
          out_.push_back(scope.judge(
              *mention, ticked(sentence, scope, *mention, asked_ != Polarity::Assumed ? asked_ : under_heading_)));
      }
      silence_passing_words(sentence, before);
    }
    correct_within(sentence, before);
    if (before > 0 && before < out_.size() && echoes(sentence.first)) {
      for (std::size_t i = before; i < out_.size(); ++i) out_[i].polarity = out_[before - 1].polarity;
    }
    leave(sentence, scope, before);
  }
  return std::move(found_);
}

/// What the tick or the cross before a mention says, or after it in a line whose first data are followed by one.
Polarity TextScope::ticked(const Sentence& sentence, const SentenceScope& scope, const Mention& mention,
                           Polarity otherwise) const {
  if (!ticks_) return otherwise;
  const Document& document = parsed_.document;
  const auto tick = [&](std::uint32_t token) { return document.is_mark(token, '+') || document.is_mark(token, 'x'); };
  bool ticked_before = false;
  for (std::uint32_t i = sentence.first; i < std::min(scope.first_data(), sentence.last); ++i)
    ticked_before = ticked_before || tick(i);
  if (!ticked_before && scope.first_data() < sentence.last && tick(scope.first_data())) {  // "nom ✓, IBAN ✗"
    const std::uint32_t after = document.is_mark(mention.last, ':') ? mention.last + 1 : mention.last;
    return after < sentence.last ? ticked(after, otherwise) : otherwise;
  }
  for (std::uint32_t i = mention.first; i-- > sentence.first;) {
    if (tick(i)) return ticked(i, otherwise);
  }
  return otherwise;
}

/// What a tick or a cross at `token` says, in a text that has both; `otherwise` when it says nothing.
Polarity TextScope::ticked(std::uint32_t token, Polarity otherwise) const {
  if (!ticks_ || token >= parsed_.document.tokens.size()) return otherwise;
  if (parsed_.document.is_mark(token, '+')) return Polarity::Exposed;
  return parsed_.document.is_mark(token, 'x') ? Polarity::Safe : otherwise;
}

bool TextScope::has_ticks(const Document& document) {
  bool tick = false, cross = false;
  for (const Token& token : document.tokens) {
    tick = tick || (token.kind == TokenKind::Mark && token.mark == '+');
    cross = cross || (token.kind == TokenKind::Mark && token.mark == 'x');
  }
  return tick && cross;
}

/// "l'adresse des parents": whose address it is, and no data of its own.
bool TextScope::complement(const Mention& mention) const {
  if (out_.empty() || mention.categories.size() != 1) return false;
  const Mention& before = out_.back().mention;
  if (before.last >= mention.first || mention.first - before.last > 2) return false;
  for (std::uint32_t i = before.last; i < mention.first; ++i) {
    static constexpr std::array<std::string_view, 9> kOf = {"de", "des", "du", "d", "l", "la", "leur", "leurs", "vos"};
    if (std::find(kOf.begin(), kOf.end(), parsed_.document.word(i)) == kOf.end()) return false;
  }
  const auto has = [&](CategorySet set, std::string_view slug) { return set.has(*parsed_.vocabulary->category(slug)); };
  return has(mention.categories, "family") && (has(before.categories, "postal_address") ||
                                               has(before.categories, "email") || has(before.categories, "phone"));
}

/// "Names only", "Juste des noms".
bool TextScope::restricted(const Sentence& sentence) const {
  for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
    const std::string_view word = parsed_.document.word(i);
    if (word == "only" || word == "just" || word == "juste" || word == "uniquement" || word.starts_with("seul"))
      return true;
  }
  return false;
}

/// "La prison : numéro d'écrou, date de libération": a colon before the first data, and no verb after it.
bool TextScope::announced(const Sentence& sentence, std::size_t from) const {
  if (from >= out_.size()) return false;
  for (std::uint32_t i = sentence.first; i < out_[from].mention.first; ++i) {
    if (parsed_.document.is_mark(i, ':')) return !parsed_.marks.any(i, sentence.last, Cue::Auxiliary);
  }
  return false;
}

/// A list of data, or a word beside a leak, is assumed to have leaked; one word in passing is not.
void TextScope::silence_passing_words(const Sentence& sentence, std::size_t from) {
  if (from == out_.size()) return;
  CategorySet named;
  for (std::size_t i = from; i < out_.size(); ++i) {
    if (out_[i].polarity == Polarity::Assumed || out_[i].polarity == Polarity::Exposed)
      named = named | out_[i].mention.categories;
  }
  const bool list = named.size() > 1 || announced(sentence, from) || restricted(sentence) ||
                    (sentence.shape == Shape::Item && sentence.last - sentence.first <= 12);
  if (list || sentence.end == '?' || parsed_.marks.any(sentence.first, sentence.last, Cue::Leak) ||
      parsed_.marks.any(sentence.first, sentence.last, Cue::Hit) ||
      parsed_.marks.any(sentence.first, sentence.last, Cue::Yes))
    return;
  for (std::size_t i = from; i < out_.size(); ++i) {
    if (out_[i].polarity != Polarity::Assumed) continue;
    out_[i].polarity = Polarity::Silent;
    passing_.push_back(i);
  }
}

/// Does the heading still hold for this sentence?
void TextScope::enter(const Sentence& sentence, const SentenceScope& scope) {
  if (sentence.shape == Shape::Item || sentence.shape == Shape::Row) {
    in_list_ = true;
    return;
  }
  // A heading speaks of the list under it, or of the lines under it that name data and head nothing.
  const bool listed = scope.heading() == Polarity::Assumed && sentence.end != ':' && scope.names_data();
  if (sentence.shape == Shape::Heading && listed && sentence.block <= heading_block_ + 1) {
    heading_block_ = sentence.block;
    return;
  }
  if (sentence.shape == Shape::Heading || in_list_ || sentence.block > heading_block_ + 1) {
    under_heading_ = Polarity::Assumed;
    in_list_ = false;
  }
}

void TextScope::leave(const Sentence& sentence, const SentenceScope& scope, std::size_t before) {
  const bool listed = sentence.shape == Shape::Heading && heading_block_ == sentence.block && sentence.end != ':';
  // "✘ Pas dérobé", over items that are one level down.
  const bool item_heads = sentence.shape == Shape::Item && !scope.names_data() && sentence.last - sentence.first <= 6 &&
                          scope.heading() != Polarity::Assumed && sentence.block != block_before_;
  // "Quelles données ont été volées ?", over the line that answers.
  const Sentence* next = &sentence + 1 < &parsed_.document.sentences.back() + 1 ? &sentence + 1 : nullptr;
  const bool whole = sentence.block != block_before_ && (next == nullptr || next->block != sentence.block);
  const bool asks = sentence.end == '?' && !scope.names_data() && whole && scope.heading() != Polarity::Assumed &&
                    (parsed_.marks.any(sentence.first, sentence.last, Cue::Data) || stands_for_data(sentence));
  if ((sentence.shape == Shape::Heading && !listed) || sentence.end == ':' || item_heads || asks) {
    under_heading_ = scope.heading();
    heading_block_ = sentence.block;
    in_list_ = false;
  }
  // "Que n'a-t-on pas pu lire ? Votre téléphone, votre mot de passe."
  const bool what =
      parsed_.document.word(sentence.first).starts_with("qu") || parsed_.document.is_word(sentence.first, "what");
  const bool safe_asked =
      sentence.end == '?' && !scope.names_data() && !whole && what && scope.heading() == Polarity::Safe;
  asked_ = safe_asked ? Polarity::Safe : Polarity::Assumed;
  worried_ = false;
  for (std::uint32_t i = sentence.first; sentence.end == '?' && i < sentence.last; ++i) {
    const std::string_view word = parsed_.document.word(i);
    worried_ = worried_ || word.starts_with("inquiet") || word.starts_with("craindre") || word.starts_with("worr");
  }
  const auto& said = scope.predicates();
  if (sentence.end == '?' && !said.empty()) {  // "Et mon mot de passe ?" asks what the question before asked
    question_safe_ = std::any_of(said.begin(), said.end(), [](const Predicate& predicate) {
      return predicate.polarity == Polarity::Safe && !predicate.denied;
    });
  }
  std::erase_if(passing_, [&](std::size_t i) { return i < before; });
  block_before_ = sentence.block;
  sentence_from_ = before;
  question_from_ = sentence.end == '?' ? before : out_.size();
  question_to_ = out_.size();
}

/// A row says yes or no in its last cell, or its columns do in their heads.
/// "Et celles qui ne sont pas touchées ?"
bool TextScope::stands_for_data(const Sentence& sentence) const {
  for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
    for (const std::string_view word : {"celles", "ceux", "lesquelles", "quoi", "what", "which"}) {
      if (parsed_.document.is_word(i, word)) return true;
    }
  }
  return false;
}

/// "Protégé | RIB": what the first cell says of those after it, when it names no data.
Polarity TextScope::first_cell(const Sentence& sentence, const std::vector<std::uint32_t>& starts) const {
  if (starts.size() < 2) return Polarity::Assumed;
  const std::uint32_t end = starts[1] - 1;
  if (end == sentence.first || end > sentence.first + 3) return Polarity::Assumed;
  const auto says = [&](Cue cue) { return parsed_.marks.any(sentence.first, end, cue); };
  const std::string_view word = parsed_.document.word(sentence.first);
  for (const std::string_view safe : {"proteg", "preserv", "secur", "safe", "epargn", "intact"}) {
    if (word.starts_with(safe)) return Polarity::Safe;
  }
  if (says(Cue::SafeListing) || says(Cue::No)) return Polarity::Safe;
  return says(Cue::Hit) || says(Cue::Yes) ? Polarity::Exposed : Polarity::Assumed;
}

void TextScope::row(const Sentence& sentence, const SentenceScope& scope) {
  const Document& document = parsed_.document;
  std::size_t column = 0;
  std::vector<std::uint32_t> starts = {sentence.first};
  for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
    if (document.is_mark(i, '|')) starts.push_back(i + 1);
  }
  const std::uint32_t answer = starts.back();
  Polarity said = under_heading_;
  if (answer < sentence.last && starts.size() > 1) {
    if (parsed_.marks.on(answer, Cue::No))
      said = Polarity::Safe;
    else if (parsed_.marks.on(answer, Cue::Yes))
      said = Polarity::Exposed;
    else
      said = ticked(answer, said);
  }
  if (scope.mentions().empty()) read_column_heads(sentence, starts);
  if (said == under_heading_ && scope.first_data() > starts[std::min<std::size_t>(1, starts.size() - 1)]) {
    if (const Polarity first = first_cell(sentence, starts); first != Polarity::Assumed) said = first;
  }
  const Polarity crossed = crossed_column(sentence, starts);
  for (const Mention* mention : scope.mentions()) {
    if (mention->categories.empty()) continue;
    while (column + 1 < starts.size() && starts[column + 1] <= mention->first) ++column;
    const Polarity here = said == Polarity::Assumed && column < heads_.size() ? heads_[column] : said;
    out_.push_back(scope.judge(*mention, here));
    if (crossed != Polarity::Assumed) out_.back().polarity = crossed;
  }
}

/// "Nom | X | " under " | Concerné | Non concerné": what the head of the one column with a cross says.
Polarity TextScope::crossed_column(const Sentence& sentence, const std::vector<std::uint32_t>& starts) const {
  if (std::count(column_says_.begin(), column_says_.end(), Polarity::Safe) == 0) return Polarity::Assumed;
  const Document& document = parsed_.document;
  Polarity said = Polarity::Assumed;
  for (std::size_t i = 1; i < std::min(starts.size(), column_says_.size()); ++i) {
    const std::uint32_t end = i + 1 < starts.size() ? starts[i + 1] - 1 : sentence.last;
    if (end != starts[i] + 1) continue;
    const std::uint32_t cell = starts[i];
    const bool crossed = document.is_word(cell, "x") || document.is_word(cell, "oui") ||
                         document.is_word(cell, "yes") || document.is_mark(cell, '+') || document.is_mark(cell, 'x') ||
                         document.is_mark(cell, '*');
    if (!crossed) continue;
    if (said != Polarity::Assumed) return Polarity::Assumed;
    said = column_says_[i];
  }
  return said;
}

void TextScope::read_column_heads(const Sentence& sentence, const std::vector<std::uint32_t>& starts) {
  column_says_.assign(starts.size(), Polarity::Assumed);
  heads_.assign(starts.size(), Polarity::Assumed);
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const std::uint32_t end = i + 1 < starts.size() ? starts[i + 1] : sentence.last;
    const bool denied =
        parsed_.marks.any(starts[i], end, Cue::SafeListing) || parsed_.marks.any(starts[i], end, Cue::No);
    if (denied || parsed_.marks.any(starts[i], end, Cue::Hit))
      column_says_[i] = denied ? Polarity::Safe : Polarity::Exposed;
    if (denied)
      heads_[i] = Polarity::Safe;
    else if (parsed_.marks.any(starts[i], end, Cue::Data) && parsed_.marks.any(starts[i], end, Cue::Hit))
      heads_[i] = Polarity::Exposed;
  }
  // "Donnée | Concernée ?" heads a column of answers, not of data.
}

Scoped scope(const Parsed& parsed) {
  return TextScope(parsed).run();
}

}  // namespace vigifuite::feeds::extract
