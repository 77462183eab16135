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

#include "feeds/extract/sentence_scope.hpp"

namespace vigifuite::feeds::extract {
namespace {

/// Sentence after sentence, with what one leaves to the next: a heading, a question, the columns of a table.
class TextScope {
 public:
  explicit TextScope(const Parsed& parsed) : parsed_(parsed), ticks_(has_ticks(parsed.document)) {}

  Scoped run() && {
    SentenceScope scope(parsed_);
    for (const Sentence& sentence : parsed_.document.sentences) {
      scope.read(sentence);
      answer_question(sentence, scope);
      correct(sentence);
      take_back(sentence, scope);
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
            out_.push_back(scope.judge(*mention, ticked(sentence.first, under_heading_)));
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

 private:
  /// What a tick or a cross at `token` says, in a text that has both; `otherwise` when it says nothing.
  Polarity ticked(std::uint32_t token, Polarity otherwise) const {
    if (!ticks_ || token >= parsed_.document.tokens.size()) return otherwise;
    if (parsed_.document.is_mark(token, '+')) return Polarity::Exposed;
    return parsed_.document.is_mark(token, 'x') ? Polarity::Safe : otherwise;
  }
  static bool has_ticks(const Document& document) {
    bool tick = false, cross = false;
    for (const Token& token : document.tokens) {
      tick = tick || (token.kind == TokenKind::Mark && token.mark == '+');
      cross = cross || (token.kind == TokenKind::Mark && token.mark == 'x');
    }
    return tick && cross;
  }

  /// "l'adresse des parents": whose address it is, and no data of its own.
  bool complement(const Mention& mention) const {
    if (out_.empty() || mention.categories.size() != 1) return false;
    const Mention& before = out_.back().mention;
    if (before.last >= mention.first || mention.first - before.last > 2) return false;
    for (std::uint32_t i = before.last; i < mention.first; ++i) {
      static constexpr std::array<std::string_view, 9> kOf = {"de", "des",  "du",    "d",  "l",
                                                              "la", "leur", "leurs", "vos"};
      if (std::find(kOf.begin(), kOf.end(), parsed_.document.word(i)) == kOf.end()) return false;
    }
    const auto has = [&](CategorySet set, std::string_view slug) {
      return set.has(*parsed_.vocabulary->category(slug));
    };
    return has(mention.categories, "family") && (has(before.categories, "postal_address") ||
                                                 has(before.categories, "email") || has(before.categories, "phone"));
  }
  /// A list of data, or a word beside a leak, is assumed to have leaked; one word in passing is not.
  void silence_passing_words(const Sentence& sentence, std::size_t from) {
    CategorySet named;
    for (std::size_t i = from; i < out_.size(); ++i) {
      if (out_[i].polarity == Polarity::Assumed || out_[i].polarity == Polarity::Exposed)
        named = named | out_[i].mention.categories;
    }
    const bool list = named.size() > 1 || (sentence.shape == Shape::Item && sentence.last - sentence.first <= 12);
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
  void enter(const Sentence& sentence, const SentenceScope& scope) {
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
  void leave(const Sentence& sentence, const SentenceScope& scope, std::size_t before) {
    const bool listed = sentence.shape == Shape::Heading && heading_block_ == sentence.block && sentence.end != ':';
    // "✘ Pas dérobé", over items that are one level down.
    const bool item_heads = sentence.shape == Shape::Item && !scope.names_data() &&
                            sentence.last - sentence.first <= 6 && scope.heading() != Polarity::Assumed &&
                            sentence.block != block_before_;
    // "Quelles données ont été volées ?", over the line that answers.
    const Sentence* next = &sentence + 1 < &parsed_.document.sentences.back() + 1 ? &sentence + 1 : nullptr;
    const bool whole = sentence.block != block_before_ && (next == nullptr || next->block != sentence.block);
    const bool asks = sentence.end == '?' && !scope.names_data() && whole && scope.heading() != Polarity::Assumed &&
                      parsed_.marks.any(sentence.first, sentence.last, Cue::Data);
    if ((sentence.shape == Shape::Heading && !listed) || sentence.end == ':' || item_heads || asks) {
      under_heading_ = scope.heading();
      heading_block_ = sentence.block;
      in_list_ = false;
    }
    std::erase_if(passing_, [&](std::size_t i) { return i < before; });
    block_before_ = sentence.block;
    sentence_from_ = before;
    question_from_ = sentence.end == '?' ? before : out_.size();
    question_to_ = out_.size();
  }

  /// "Idem.", "So did bank details", "Il en va de même pour les RIB": what was said before holds here.
  bool echoes(std::uint32_t first) const {
    const Document& document = parsed_.document;
    const auto is = [&](std::uint32_t at, std::string_view word) {
      return at < document.tokens.size() && document.is_word(at, word);
    };
    if (is(first, "idem") || is(first, "ditto") || is(first, "pareil")) return true;
    if (is(first, "so") && first + 1 < document.tokens.size() &&
        (parsed_.marks.on(first + 1, Cue::Auxiliary) || parsed_.marks.on(first + 1, Cue::Have)))
      return true;
    if (is(first, "de") && is(first + 1, "meme")) return true;
    if (is(first, "meme") && is(first + 1, "chose")) return true;
    for (std::uint32_t i = first; i < first + 5; ++i) {
      if ((is(i, "va") || is(i, "est")) && is(i + 1, "de") && is(i + 2, "meme")) return true;
      if (is(i, "same") && is(i + 1, "goes")) return true;
    }
    return false;
  }

  /// "Mes coordonnées bancaires ? Non." and "Vos antécédents ? Ils ne quittent pas le service médical."
  void answer_question(const Sentence& sentence, const SentenceScope& scope) {
    if (question_from_ == question_to_) return;
    Polarity answer = Polarity::Assumed;
    std::uint32_t first = sentence.first;
    while (first < sentence.last && parsed_.document.tokens[first].kind == TokenKind::Mark) ++first;
    if (first == sentence.last) return;
    if (parsed_.marks.on(first, Cue::No))
      answer = Polarity::Safe;
    else if (parsed_.marks.on(first, Cue::Yes))
      answer = Polarity::Exposed;
    else if (!scope.predicates().empty() && (!scope.names_data() || scope.predicates().front().first <= first))
      answer = scope.predicates().front().polarity;
    else if (echoes(first))
      answer = answered_;
    if (answer == Polarity::Assumed) return;
    answered_ = answer;
    for (std::size_t i = question_from_; i < question_to_; ++i) {
      if (out_[i].polarity == Polarity::Silent) continue;
      out_[i].polarity = answer;
      out_[i].cue = first;
    }
  }

  /// "Les IBAN sont à l'abri », disait-elle. Ils ne l'étaient pas.": a pronoun and an auxiliary, with or without "not".
  void take_back(const Sentence& sentence, const SentenceScope& scope) {
    static constexpr std::array<std::string_view, 8> kPronouns = {"ils",  "elles", "il",   "elle",
                                                                  "they", "it",    "ceux", "celles"};
    const Document& document = parsed_.document;
    const std::uint32_t stop = std::min(scope.first_data(), sentence.last);
    for (std::uint32_t i = sentence.first; i + 2 < sentence.last; ++i) {
      if (i > stop) return;
      const std::string_view word = document.word(i);
      if (word.size() < 2 || word.size() > 6 || std::string_view("ietc").find(word.front()) == std::string_view::npos)
        continue;
      if (std::find(kPronouns.begin(), kPronouns.end(), word) == kPronouns.end()) continue;
      std::uint32_t at = i + 1;
      bool verb = false, denied = false, stands_for = parsed_.language == Language::English;
      for (; at < sentence.last && document.tokens[at].kind == TokenKind::Word && at < i + 7; ++at) {
        verb = verb || parsed_.marks.on(at, Cue::Auxiliary) || parsed_.marks.on(at, Cue::Have);
        denied = denied || parsed_.marks.on(at, Cue::Ne) || document.is_word(at, "not");
        stands_for = stands_for || document.is_word(at, "l") || document.is_word(at, "le");
        if (!verb && !denied && document.word(at).size() > 2) break;
      }
      if (!verb || !stands_for || at == i + 1 || (at < sentence.last && document.tokens[at].kind == TokenKind::Word))
        continue;
      if (!ends_elliptic(at - 1)) continue;
      for (std::size_t m = sentence_from_; m < out_.size(); ++m) {
        const bool passing = std::find(passing_.begin(), passing_.end(), m) != passing_.end();
        if (denied && (passing || (out_[m].polarity == Polarity::Silent && claimed_before(out_[m]))))
          out_[m].polarity = Polarity::Safe;
        else if (denied)
          flip(out_[m], false);
        else if (out_[m].polarity == Polarity::Safe)
          out_[m].polarity = Polarity::Exposed;
      }
      return;
    }
  }
  /// "Nous avons cru les NIR hors de cause. Ils sont en cause, comme…": the pronoun that opens a sentence stands for
  /// the data of the one before.
  void refer(const Sentence& sentence, const SentenceScope& scope) {
    static constexpr std::array<std::string_view, 6> kPronouns = {"ils", "elles", "they", "ceux", "celles", "these"};
    const std::string_view word = parsed_.document.word(sentence.first);
    if (std::find(kPronouns.begin(), kPronouns.end(), word) == kPronouns.end() || scope.predicates().empty()) return;
    const Predicate& said = scope.predicates().front();
    if (!said.known || said.side != Side::Before || said.first > sentence.first + 5 ||
        said.polarity == Polarity::Silent)
      return;
    for (std::size_t m = sentence_from_; m < out_.size(); ++m) {
      if (out_[m].polarity != Polarity::Silent || claimed_before(out_[m])) out_[m].polarity = said.polarity;
    }
  }
  /// It was silenced by words of what somebody had said or thought: "avons cru que".
  bool claimed_before(const ScopedMention& mention) const {
    const std::uint32_t from = mention.mention.first > 12 ? mention.mention.first - 12 : 0;
    return parsed_.marks.any(from, mention.mention.first, Cue::Advice) && said_by_somebody(from, mention.mention.first);
  }
  bool said_by_somebody(std::uint32_t first, std::uint32_t last) const {
    for (std::uint32_t i = first; i < last; ++i) {
      for (const std::string_view thought :
           {"cru", "pense", "croyait", "croyions", "affirme", "assure", "thought", "believed", "said"}) {
        if (parsed_.document.is_word(i, thought)) return true;
      }
    }
    return false;
  }
  bool ends_elliptic(std::uint32_t last) const {
    const Document& document = parsed_.document;
    return parsed_.marks.on(last, Cue::Auxiliary) || parsed_.marks.on(last, Cue::Have) ||
           parsed_.marks.on(last, Cue::Pas) || document.is_word(last, "not");
  }

  /// "…échappaient à la fuite. Cela s'est révélé inexact": the sentence before said the contrary of what is.
  void correct(const Sentence& sentence) {
    bool corrects = false;
    for (std::uint32_t i = sentence.first; i < std::min(sentence.last, sentence.first + 12); ++i)
      corrects = corrects || (parsed_.marks.on(i, Cue::Corrects) && !parsed_.marks.on(i, Cue::Negator));
    if (!corrects) return;
    for (std::size_t i = sentence_from_; i < out_.size(); ++i) flip(out_[i], only(out_[i].mention));
  }

  /// "Seules les adresses étaient en cause. C'est inexact": others are.
  bool only(const Mention& mention) const {
    const std::uint32_t from = mention.first > 3 ? mention.first - 3 : 0;
    for (std::uint32_t i = from; i < mention.first; ++i) {
      if (parsed_.document.word(i).starts_with("seul") || parsed_.document.is_word(i, "only")) return true;
    }
    return false;
  }

  /// "…étaient concernés ; ce n'est finalement pas le cas": the same within one sentence.
  void correct_within(const Sentence& sentence, std::size_t from) {
    std::uint32_t semicolon = sentence.last;
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      if (parsed_.document.is_mark(i, ';') || parsed_.document.is_mark(i, ':')) semicolon = i;
      if (i > semicolon && i < semicolon + 8 && parsed_.marks.on(i, Cue::Corrects)) {
        for (std::size_t m = from; m < out_.size() && out_[m].mention.first < semicolon; ++m) flip(out_[m], false);
        return;
      }
    }
  }
  static void flip(ScopedMention& mention, bool only) {
    if (mention.polarity == Polarity::Safe)
      mention.polarity = Polarity::Exposed;
    else if (mention.polarity != Polarity::Silent && !only)
      mention.polarity = Polarity::Safe;
  }

  /// A row says yes or no in its last cell, or its columns do in their heads.
  void row(const Sentence& sentence, const SentenceScope& scope) {
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
    for (const Mention* mention : scope.mentions()) {
      if (mention->categories.empty()) continue;
      while (column + 1 < starts.size() && starts[column + 1] <= mention->first) ++column;
      const Polarity here = said == Polarity::Assumed && column < heads_.size() ? heads_[column] : said;
      out_.push_back(scope.judge(*mention, here));
    }
  }
  void read_column_heads(const Sentence& sentence, const std::vector<std::uint32_t>& starts) {
    heads_.assign(starts.size(), Polarity::Assumed);
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const std::uint32_t end = i + 1 < starts.size() ? starts[i + 1] : sentence.last;
      if (parsed_.marks.any(starts[i], end, Cue::SafeListing) || parsed_.marks.any(starts[i], end, Cue::No))
        heads_[i] = Polarity::Safe;
      else if (parsed_.marks.any(starts[i], end, Cue::Data) && parsed_.marks.any(starts[i], end, Cue::Hit))
        heads_[i] = Polarity::Exposed;
    }
    // "Donnée | Concernée ?" heads a column of answers, not of data.
  }

  const Parsed& parsed_;
  bool ticks_;
  Scoped found_;
  std::vector<ScopedMention>& out_ = found_.mentions;
  Polarity under_heading_ = Polarity::Assumed;
  std::uint32_t heading_block_ = 0;
  bool in_list_ = false;
  std::vector<std::size_t> passing_;         ///< mentions of the last sentence that were silenced as said in passing
  Polarity answered_ = Polarity::Assumed;    ///< the answer to the question before
  std::uint32_t block_before_ = UINT32_MAX;  ///< line of the sentence before
  std::size_t sentence_from_ = 0;            ///< mentions of the sentence before begin here
  std::size_t question_from_ = 0;
  std::size_t question_to_ = 0;
  std::vector<Polarity> heads_;
};

}  // namespace

Scoped scope(const Parsed& parsed) {
  return TextScope(parsed).run();
}

}  // namespace vigifuite::feeds::extract
