// SPDX-License-Identifier: AGPL-3.0-or-later
// What stands in a list of data. "Assurance", "école" or "dossiers" name no data in most sentences; they do between
// "identité" and "RIB", or alone on a line of a list.
#include "feeds/extract/lists.hpp"

#include <algorithm>
#include <array>

namespace vigifuite::feeds::extract {
namespace {

/// Words that stand before a noun of a list and change nothing.
bool determiner(const Document& document, std::uint32_t token) {
  static constexpr std::array<std::string_view, 22> kWords = {
      "le",  "la",  "les", "l",  "vos", "votre", "leur", "leurs", "son",   "sa",  "ses",
      "nos", "des", "du",  "de", "d",   "un",    "une",  "the",   "their", "his", "your"};
  return document.tokens[token].kind == TokenKind::Word &&
         std::find(kWords.begin(), kWords.end(), document.word(token)) != kWords.end();
}
bool conjunction(const Document& document, std::uint32_t token) {
  static constexpr std::array<std::string_view, 7> kWords = {"et", "ou", "ni", "and", "or", "nor", "puis"};
  return document.tokens[token].kind == TokenKind::Word &&
         std::find(kWords.begin(), kWords.end(), document.word(token)) != kWords.end();
}

/// Only a comma or a conjunction, and determiners, stand in [first, last): what is around them is one list.
bool links(const Document& document, std::uint32_t first, std::uint32_t last) {
  if (last - first > 4) return false;
  bool linked = false;
  for (std::uint32_t i = first; i < last; ++i) {
    if (document.is_mark(i, ',') || document.is_mark(i, '/') || document.is_mark(i, ';') || conjunction(document, i))
      linked = true;
    else if (!determiner(document, i))
      return false;
  }
  return linked;
}

/// One mention between its neighbours, which may be missing.
class Neighbourhood {
 public:
  Neighbourhood(const Document& document, const Marks& marks, const Sentence& sentence)
      : document_(document), marks_(marks), sentence_(sentence) {}

  bool in_list(const Mention* before, const Mention& mention, const Mention* after) const {
    if (!ends(mention.last)) return false;
    if (before != nullptr && before->first >= sentence_.first && links(document_, before->last, mention.first))
      return true;
    if (!begins(mention.first)) return false;
    if (denied(mention.first)) return true;
    if (after != nullptr && !after->listed && after->last <= sentence_.last &&
        links(document_, mention.last, after->first))
      return true;
    if (opens(mention.first) && after != nullptr && after->first < sentence_.last &&
        (document_.is_mark(mention.last, ',') || conjunction(document_, mention.last)))
      return true;
    return alone(mention);
  }

 private:
  /// After it the list goes on, or ends, or a verb speaks of it; no complement ("école de commerce").
  bool ends(std::uint32_t token) const {
    if (token >= sentence_.last || document_.tokens[token].kind == TokenKind::Mark || conjunction(document_, token))
      return true;
    for (const Cue cue : {Cue::Hit, Cue::Auxiliary, Cue::Have, Cue::Ne, Cue::Safe}) {
      if (marks_.on(token, cue)) return true;
    }
    return false;
  }
  /// Before it, and its determiner, a list begins: a line, a colon, a bracket, a verb or a denial that lists.
  bool begins(std::uint32_t token) const {
    while (token > sentence_.first && determiner(document_, token - 1)) --token;
    if (token == sentence_.first) return true;
    if (document_.tokens[token - 1].kind == TokenKind::Mark)
      return std::string_view(":(*-+x|").find(document_.tokens[token - 1].mark) != std::string_view::npos;
    for (const Cue cue : {Cue::Hit, Cue::Holds, Cue::Reaches, Cue::Negator}) {
      if (marks_.on(token - 1, cue)) return true;
    }
    return false;
  }
  /// "Rien sur leur santé", "ni paiement".
  bool denied(std::uint32_t token) const {
    while (token > sentence_.first && determiner(document_, token - 1)) --token;
    return token > sentence_.first && marks_.on(token - 1, Cue::Negator);
  }
  /// A colon or a bracket right before it.
  bool opens(std::uint32_t token) const {
    while (token > sentence_.first && determiner(document_, token - 1)) --token;
    return token > sentence_.first &&
           (document_.is_mark(token - 1, ':') || (document_.is_mark(token - 1, '(') && token > sentence_.first + 1));
  }
  /// The whole of a line of a list, or of a cell.
  bool alone(const Mention& mention) const {
    const bool closes = mention.last >= sentence_.last || document_.is_mark(mention.last, '|') ||
                        mention.last + 1 == sentence_.last ||
                        (document_.is_mark(mention.last, ':') &&
                         document_.tokens[mention.last + 1].kind != TokenKind::Number);  // "parents : 1.735"
    if (!closes) return false;
    return sentence_.shape == Shape::Row || (sentence_.shape == Shape::Item && mention.first <= sentence_.first + 2);
  }

  const Document& document_;
  const Marks& marks_;
  const Sentence& sentence_;
};

}  // namespace

std::uint32_t shared_head(const Document& document, const Sentence& sentence, std::uint32_t token) {
  static constexpr std::array<std::string_view, 24> kHeads = {
      "numero",    "numeros",    "n",       "donnee",      "donnees", "information", "informations", "coordonnees",
      "adresse",   "adresses",   "date",    "dates",       "copie",   "copies",      "identifiants", "codes",
      "situation", "situations", "releves", "historiques", "lieu",    "dossiers",    "certificats",  "justificatifs"};
  if (token < sentence.first + 2 || !(document.is_mark(token - 1, ',') || conjunction(document, token - 1)))
    return token;
  std::uint32_t words = 0;  // of one part of the list
  for (std::uint32_t i = token; i > sentence.first && i + 16 > token;) {
    --i;
    if (document.is_mark(i, ',') || conjunction(document, i)) {
      words = 0;
      continue;
    }
    if (document.tokens[i].kind != TokenKind::Word || ++words > 4) return token;
    if (std::find(kHeads.begin(), kHeads.end(), document.word(i)) != kHeads.end()) return i;
  }
  return token;
}

bool is_misread(const Document& document, std::uint32_t token) {
  if (document.is_word(token, "notes") || document.is_word(token, "note") ||
      document.is_word(token, "paye")) {  // "notés"
    const Token& word = document.tokens[token];
    return document.text.substr(word.begin, word.end - word.begin).find("\xC3\xA9") != std::string_view::npos;
  }
  if (!document.is_word(token, "n")) return false;
  const std::string_view rest = document.text.substr(document.tokens[token].end, 3);
  return rest.starts_with('\'') || rest.starts_with("\xE2\x80\x99");
}

void drop_unlisted(const Document& document, Marks& marks) {
  std::size_t kept = 0, sentence = 0;
  for (std::size_t i = 0; i < marks.mentions.size(); ++i) {
    const Mention mention = marks.mentions[i];
    while (document.sentences[sentence].last <= mention.first) ++sentence;
    const Mention* before = kept > 0 ? &marks.mentions[kept - 1] : nullptr;
    const Mention* after = i + 1 < marks.mentions.size() ? &marks.mentions[i + 1] : nullptr;
    const Neighbourhood around(document, marks, document.sentences[sentence]);
    if (mention.listed && !around.in_list(before, mention, after)) continue;
    marks.mentions[kept++] = mention;
  }
  marks.mentions.resize(kept);
}

}  // namespace vigifuite::feeds::extract
