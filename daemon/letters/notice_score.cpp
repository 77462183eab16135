// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/notice_score.hpp"

#include <algorithm>

#include "daemon/letters/french.hpp"
#include "daemon/letters/rules.hpp"

namespace vigifuite::letters {
namespace {

constexpr std::size_t kMostBytes = std::size_t{256} << 10U;
constexpr std::size_t kMostSentences = 5000;
constexpr std::size_t kMostWords = 240;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

struct Sentence {
  std::string_view raw;
  std::string folded;  ///< with a space at each end
};

/// Cut after ". ", "! ", "? ", at line ends and bullets; an address or "art. 34" inside a line may be cut too, which
/// costs nothing here.
std::vector<Sentence> sentences_of(std::string_view text) {
  std::vector<Sentence> sentences;
  std::size_t start = 0;
  const auto cut = [&](std::size_t end) {
    const std::string_view raw = text.substr(start, end - start);
    std::string folded = fold(raw);
    if (!folded.empty()) sentences.push_back({raw, " " + folded + " "});
    start = end;
  };
  for (std::size_t i = 0; i < text.size() && sentences.size() < kMostSentences; ++i) {
    const bool stop = text[i] == '.' || text[i] == '!' || text[i] == '?';
    const bool ends = stop && (i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n');
    if (ends || text[i] == '\n') cut(i + 1);
  }
  if (sentences.size() < kMostSentences) cut(text.size());
  return sentences;
}

bool has_email(std::string_view raw) {
  for (std::size_t at = raw.find('@'); at != std::string_view::npos; at = raw.find('@', at + 1)) {
    const auto word = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (at > 0 && word(raw[at - 1]) && raw.find('.', at) != std::string_view::npos) return true;
  }
  return false;
}

/// Four digits or more in a row of groups: "09 69 39 00 00", "3949".
bool has_phone(std::string_view raw) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (is_digit(raw[i])) {
      ++digits;
    } else if ((raw[i] != ' ' && raw[i] != '.' && raw[i] != '-') || digits == 0) {
      if (digits >= 10) return true;
      digits = 0;
    }
  }
  return digits >= 10;
}

bool has_date(const Sentence& sentence) {
  constexpr std::string_view kMonths[] = {" janvier ",   " fevrier ", " mars ",     " avril ",
                                          " mai ",       " juin ",    " juillet ",  " aout ",
                                          " septembre ", " octobre ", " novembre ", " decembre "};
  const bool month = std::any_of(std::begin(kMonths), std::end(kMonths), [&](std::string_view name) {
    const std::size_t at = sentence.folded.find(name);
    return at != std::string::npos && at > 0 && (is_digit(sentence.folded[at - 1]) || sentence.folded[at - 1] == 'r');
  });
  if (month) return true;
  for (std::size_t at = sentence.raw.find('/'); at != std::string_view::npos; at = sentence.raw.find('/', at + 1)) {
    if (at >= 2 && at + 3 < sentence.raw.size() && is_digit(sentence.raw[at - 1]) && is_digit(sentence.raw[at + 1]) &&
        sentence.raw.find('/', at + 1) == at + 3) {
      return true;
    }
  }
  return false;
}

/// A phrase, folded; "vigilan*" is the beginning of a word; "<date>", "<email>" and "<phone>" are what they say.
bool says(const Sentence& sentence, std::string_view phrase) {
  if (phrase == "<email>") return has_email(sentence.raw);
  if (phrase == "<phone>") return has_phone(sentence.raw);
  if (phrase == "<date>") return has_date(sentence);
  std::string wanted = " " + std::string(phrase);
  if (wanted.ends_with('*'))
    wanted.pop_back();
  else
    wanted += ' ';
  return sentence.folded.find(wanted) != std::string::npos;
}

bool shows(const NoticeRule& rule, const Sentence& sentence) {
  const auto present = [&](const std::string& phrase) { return says(sentence, phrase); };
  if (std::any_of(rule.never.begin(), rule.never.end(), present)) return false;
  return std::any_of(rule.any.begin(), rule.any.end(), [&](const std::vector<std::string>& together) {
    return std::all_of(together.begin(), together.end(), present);
  });
}

}  // namespace

std::vector<NoticeItem> score_notice(std::string_view text) {
  const std::vector<Sentence> sentences = sentences_of(clip(text, kMostBytes));
  std::vector<NoticeItem> items;
  for (const NoticeRule& rule : shipped_rules().notice) {
    NoticeItem& item = items.emplace_back(NoticeItem{rule.id, rule.label, rule.mandatory, false, {}});
    const auto shown = std::find_if(sentences.begin(), sentences.end(),
                                    [&](const Sentence& sentence) { return shows(rule, sentence); });
    if (shown == sentences.end()) continue;
    item.present = true;
    item.words = flatten(shown->raw, kMostWords);
  }
  return items;
}

}  // namespace vigifuite::letters
