// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/extract/lexicon.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "feeds/extract/lexicon_impl.hpp"
#include "feeds/extract/lists.hpp"

namespace vigifuite::feeds::extract {

namespace {

using Impl = Lexicon::Impl;

constexpr std::uint32_t kMostArticles = 3;
constexpr std::size_t kMostSteps = 32;  ///< of one walk through the tree

/// What a word of a text is to a lexicon.
struct WordRange {
  std::uint32_t begin = 0;  ///< its numbers, in Memo::pool; then the nodes they lead to from the root
  std::uint16_t count = 0;
  std::uint16_t roots = 0;
  bool article = false;
  bool leads = false;  ///< an article, or a short word that stands where one does ("ni", "et"): no noun
  std::uint64_t classes = 0;
  std::uint64_t mask = 0;  ///< bit `number % 64` is set for each of its numbers
};

/// The words that a thread met last, and what they are: texts repeat their words, and most words are in no pattern.
/// Bounded: a word takes the place of another, and all are forgotten when the pool is full.
class Memo {
 public:
  /// The memo of this thread for a lexicon. There are two lexicons; a third would push one of them out.
  static Memo& of(const Impl& impl) {
    thread_local std::array<Memo, 2> memos;
    Memo& memo = memos[impl.serial % memos.size()];
    if (memo.serial_ != impl.serial || memo.pool_.size() > kMostNumbers || memo.letters_.size() > kMostLetters) {
      memo.slots_.assign(kSlots, {});
      memo.pool_.clear();
      memo.letters_.clear();
      memo.serial_ = impl.serial;
      memo.number_ = memo.make_number(impl);
    }
    return memo;
  }

  const WordRange& number() const { return number_; }
  const std::uint32_t* at(std::uint32_t place) const { return pool_.data() + place; }
  /// Valid until the next call. `word` is folded and not empty.
  const WordRange& word(std::string_view word, const Impl& impl) {
    Slot& slot = slots_[slot_of(word)];
    if (slot.length == word.size() && std::memcmp(letters_.data() + slot.letters, word.data(), word.size()) == 0)
      return slot.range;
    if (slot.length != word.size()) {
      slot.letters = static_cast<std::uint32_t>(letters_.size());
      letters_.append(word);
    } else {
      letters_.replace(slot.letters, slot.length, word);
    }
    slot.length = static_cast<std::uint32_t>(word.size());
    slot.range = make(word, impl);
    return slot.range;
  }

 private:
  struct Slot {
    std::uint32_t letters = 0;
    std::uint32_t length = 0;
    WordRange range;
  };
  static constexpr std::size_t kSlots = 8192;
  static constexpr std::size_t kMostNumbers = std::size_t{1} << 18U;
  static constexpr std::size_t kMostLetters = std::size_t{1} << 20U;

  /// Its first and last eight bytes, mixed: words are compared whole afterwards.
  static std::size_t slot_of(std::string_view word) {
    std::uint64_t head = 0, tail = 0;
    const std::size_t bytes = std::min<std::size_t>(word.size(), sizeof head);
    std::memcpy(&head, word.data(), bytes);
    std::memcpy(&tail, word.data() + word.size() - bytes, bytes);
    return static_cast<std::size_t>(((head ^ (tail << 1U) ^ word.size()) * 0x9E3779B97F4A7C15U) >> 40U) % kSlots;
  }
  WordRange make(std::string_view word, const Impl& impl) {
    WordRange made;
    made.begin = static_cast<std::uint32_t>(pool_.size());
    impl.words.lookup(word, pool_);
    made.count = static_cast<std::uint16_t>(pool_.size() - made.begin);
    made.article = impl.words.is_article(word);
    made.leads =
        made.article || word == "ni" || word == "et" || word == "ou" || word == "sans" || word.starts_with("aucun");
    for (std::size_t i = made.begin; i < std::size_t{made.begin} + made.count; ++i) {
      const std::uint32_t number = pool_[i];
      made.mask |= std::uint64_t{1} << (number & 63U);
      if (const std::uint32_t node = impl.follow(0, number); node != 0) {
        pool_.push_back(node);
        ++made.roots;
      }
      if (const auto found = impl.classes.find(number); found != impl.classes.end()) made.classes |= found->second;
    }
    return made;
  }
  WordRange make_number(const Impl& impl) {
    WordRange made;
    made.begin = static_cast<std::uint32_t>(pool_.size());
    made.count = 1;
    made.mask = std::uint64_t{1} << kAnyNumber;
    pool_.push_back(kAnyNumber);
    if (const std::uint32_t node = impl.follow(0, kAnyNumber); node != 0) {
      pool_.push_back(node);
      made.roots = 1;
    }
    return made;
  }

  std::uint64_t serial_ = 0;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> pool_;
  std::string letters_;
  WordRange number_;
};

/// The words of one sentence, as numbers.
class TokenWords {
 public:
  TokenWords(const Document& document, const Impl& impl) : document_(document), impl_(impl), memo_(Memo::of(impl)) {}

  /// Looks up the words of one sentence; the others are forgotten.
  void read(const Sentence& sentence) {
    first_ = sentence.first;
    ranges_.clear();
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) ranges_.push_back(range(i));
  }
  [[nodiscard]] const std::uint32_t* begin(std::uint32_t token) const { return memo_.at(at(token).begin); }
  [[nodiscard]] const std::uint32_t* end(std::uint32_t token) const { return begin(token) + at(token).count; }
  [[nodiscard]] std::uint64_t mask(std::uint32_t token) const { return at(token).mask; }
  [[nodiscard]] bool article(std::uint32_t token) const { return at(token).article; }
  [[nodiscard]] bool leads(std::uint32_t token) const { return token >= first_ && at(token).leads; }
  /// The classes its word is in, as bits of cues.
  [[nodiscard]] std::uint64_t classes(std::uint32_t token) const { return at(token).classes; }
  /// A pattern begins with this word.
  [[nodiscard]] bool starts(std::uint32_t token) const { return at(token).roots != 0; }
  /// The nodes that its word leads to from the root.
  [[nodiscard]] const std::uint32_t* roots_begin(std::uint32_t token) const { return end(token); }
  [[nodiscard]] const std::uint32_t* roots_end(std::uint32_t token) const { return end(token) + at(token).roots; }

 private:
  [[nodiscard]] const WordRange& at(std::uint32_t token) const { return ranges_[token - first_]; }
  WordRange range(std::uint32_t token) {
    if (document_.tokens[token].kind == TokenKind::Number) return memo_.number();
    const std::string_view word = document_.word(token);
    if (document_.tokens[token].kind != TokenKind::Word || word.empty()) return {};
    return memo_.word(word, impl_);
  }

  const Document& document_;
  const Impl& impl_;
  Memo& memo_;
  std::vector<WordRange> ranges_;
  std::uint32_t first_ = 0;
};

/// Finds, from one token, the longest match of the categories and of each cue.
class Matcher {
 public:
  Matcher(const Document& document, const Impl& impl, const TokenWords& words)
      : document_(document), impl_(impl), words_(words) {}

  /// Matches end before token `limit`: no phrase goes on into the next sentence.
  void from(std::uint32_t token, std::uint32_t limit) {
    limit_ = limit;
    mention_end = 0;
    cue_ends = 0;
    for (const std::uint32_t* node = words_.roots_begin(token); node != words_.roots_end(token); ++node)
      walk(token + 1, *node, 1);
  }

  /// The same for a phrase whose first word stands at `head`: "numéros de téléphone et de dossier".
  void on(std::uint32_t head, std::uint32_t token, std::uint32_t limit) {
    limit_ = limit;
    mention_end = 0;
    cue_ends = 0;
    for (const std::uint32_t* node = words_.roots_begin(head); node != words_.roots_end(head); ++node)
      walk(token, *node, 1);
    cue_ends = 0;
  }

  std::uint32_t mention_end = 0;
  CategorySet categories;
  bool listed = false;
  std::uint64_t cue_ends = 0;  ///< which of the two below are set
  std::array<std::uint32_t, kCues> ends{};
  std::array<std::int32_t, kCues> values{};

 private:
  void walk(std::uint32_t token, std::uint32_t node, std::size_t depth) {
    const Impl::Node& here = impl_.nodes[node];
    accept(here, token);
    if (depth >= kMostSteps) return;
    if (here.articles) {
      const std::uint32_t after = impl_.follow(node, kAnyArticles);
      std::uint32_t at = token;
      for (std::uint32_t skipped = 0; skipped <= kMostArticles; ++skipped) {
        walk(at, after, depth + 1);
        if (at >= limit_ || !words_.article(at)) break;
        ++at;
      }
    }
    // A quote inside a phrase changes nothing: données « bancaires ».
    if (here.words == 0) return;
    if (token < limit_ && document_.is_mark(token, '"')) ++token;
    if (token >= limit_) return;
    bool taken = false;
    if ((here.words & words_.mask(token)) != 0)
      for (const std::uint32_t* id = words_.begin(token); id != words_.end(token); ++id) {
        if (const std::uint32_t next = impl_.follow(node, *id); next != 0) {
          taken = true;
          walk(token + 1, next, depth + 1);
        }
      }
    if (!taken && document_.tokens[token].capital) {
      if (const std::uint32_t next = impl_.follow(node, kAnyCapital); next != 0) walk(token + 1, next, depth + 1);
    }
  }
  void accept(const Impl::Node& node, std::uint32_t end) {
    for (std::size_t i = node.first_ending; i < std::size_t{node.first_ending} + node.endings; ++i) {
      const Ending& ending = impl_.all_endings[i];
      if (!ending.is_cue) {
        if (end > mention_end) {
          mention_end = end;
          categories = ending.categories;
          listed = ending.listed;
        } else if (end == mention_end && listed && !ending.listed) {
          categories = ending.categories;
          listed = false;
        } else if (end == mention_end && listed == ending.listed) {
          categories = categories | ending.categories;
        }
        continue;
      }
      const auto index = static_cast<std::size_t>(ending.cue);
      const std::uint64_t bit = std::uint64_t{1} << index;
      if ((cue_ends & bit) != 0 && ends[index] >= end) continue;
      cue_ends |= bit;
      ends[index] = end;
      values[index] = ending.value;
    }
  }

  const Document& document_;
  const Impl& impl_;
  const TokenWords& words_;
  std::uint32_t limit_ = 0;
};

/// Cues that lie inside a longer match of Nothing are not there: the "sans" of "sans délai". Those that count, date and
/// name stay: "plus de deux cents".
void drop_hidden(Marks& marks) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> hiding;
  for (const CueMatch& cue : marks.cues) {
    if (cue.cue == Cue::Nothing) hiding.emplace_back(cue.first, cue.last);
  }
  if (hiding.empty()) return;
  std::size_t at = 0;
  std::erase_if(marks.cues, [&](const CueMatch& cue) {
    while (at < hiding.size() && hiding[at].second <= cue.first) ++at;
    return cue.cue < Cue::Earlier && cue.cue != Cue::Nothing && at < hiding.size() && hiding[at].first <= cue.first &&
           cue.last <= hiding[at].second && cue.last - cue.first < hiding[at].second - hiding[at].first;
  });
}

}  // namespace

Marks Lexicon::recognise(const Document& document, Marks spare) const {
  Marks marks = std::move(spare);
  marks.mentions.clear();
  marks.cues.clear();
  const auto count = static_cast<std::uint32_t>(document.tokens.size());
  marks.cover.assign(count, 0);
  TokenWords words(document, *impl_);
  Matcher matcher(document, *impl_, words);
  std::uint32_t mention_end = 0;
  std::array<std::uint32_t, kCues> cue_end{};
  for (const Sentence& sentence : document.sentences) {
    words.read(sentence);
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      marks.cover[i] |= words.classes(i);
      if (const std::uint32_t head = i >= mention_end ? shared_head(document, sentence, i) : i; head != i) {
        matcher.on(head, i, sentence.last);
        const CategorySet shared = matcher.listed ? CategorySet{} : matcher.categories;
        const std::uint32_t end = matcher.mention_end;
        if (words.starts(i)) matcher.from(i, sentence.last);
        if (end > i && !shared.empty() && (!words.starts(i) || matcher.mention_end == 0)) {
          mention_end = end;
          marks.mentions.push_back({i, end, shared, false});
        }
      }
      if (!words.starts(i)) continue;
      matcher.from(i, sentence.last);
      const bool outgrown =
          i < mention_end && matcher.mention_end > mention_end && words.leads(marks.mentions.back().first);
      if (outgrown) marks.mentions.pop_back();
      if (matcher.mention_end > i && (i >= mention_end || outgrown) && !is_misread(document, i)) {
        mention_end = matcher.mention_end;
        marks.mentions.push_back({i, matcher.mention_end, matcher.categories, matcher.listed});
      }
      for (std::uint64_t rest = matcher.cue_ends; rest != 0; rest &= rest - 1) {
        const auto cue = static_cast<std::size_t>(std::countr_zero(rest));
        if (i < cue_end[cue]) continue;
        cue_end[cue] = matcher.ends[cue];
        marks.cues.push_back({i, matcher.ends[cue], static_cast<Cue>(cue), matcher.values[cue]});
      }
    }
  }
  drop_hidden(marks);
  for (const CueMatch& cue : marks.cues) {
    for (std::uint32_t i = cue.first; i < cue.last; ++i)
      marks.cover[i] |= std::uint64_t{1} << static_cast<unsigned>(cue.cue);
  }
  drop_unlisted(document, marks);
  return marks;
}

Language guess_language(std::string_view text) {
  const Document document = segment(clip(text, 8192));
  static constexpr std::array<std::string_view, 16> kFrench = {
      "le", "la", "les", "des", "du", "une", "et", "est", "sont", "vos", "votre", "nous", "dans", "pour", "par", "ont"};
  static constexpr std::array<std::string_view, 16> kEnglish = {
      "the", "of", "and", "to", "was", "were", "your", "our", "we", "is", "are", "that", "with", "by", "been", "this"};
  int french = 0, english = 0;
  for (std::uint32_t i = 0; i < document.tokens.size(); ++i) {
    if (document.tokens[i].kind != TokenKind::Word) continue;
    const std::string_view word = document.word(i);
    french += std::find(kFrench.begin(), kFrench.end(), word) != kFrench.end() ? 1 : 0;
    english += std::find(kEnglish.begin(), kEnglish.end(), word) != kEnglish.end() ? 1 : 0;
  }
  return english > french ? Language::English : Language::French;
}

}  // namespace vigifuite::feeds::extract
