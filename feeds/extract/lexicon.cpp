// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/extract/lexicon.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <functional>
#include <optional>
#include <unordered_map>

#include "schemas/core/check.hpp"
#include "schemas/core/embedded.hpp"

namespace vigifuite::feeds::extract {
namespace {

constexpr std::size_t kMaxSequences = 8192;  ///< one pattern may stand for so many
constexpr std::size_t kMaxWords = 16;        ///< of one sequence
constexpr std::uint32_t kMostArticles = 3;

constexpr std::array<std::string_view, kCues> kCueWords = {
#define CUE(word, name, meaning) word,
#include "feeds/extract/cues.def"
#undef CUE
};

/// The cues that are classes of words: bits.
constexpr std::uint64_t kWordClasses = 0
#define CUE(word, name, meaning)
#define WORD_CLASS(word, name, meaning) | (std::uint64_t{1} << static_cast<unsigned>(Cue::name))
#include "feeds/extract/cues.def"
#undef CUE
    ;
constexpr bool is_word_class(Cue cue) noexcept {
  return (kWordClasses >> static_cast<unsigned>(cue) & 1U) != 0;
}

std::optional<Cue> cue_of(std::string_view word) {
  for (std::size_t i = 0; i < kCues; ++i) {
    if (kCueWords[i] == word) return static_cast<Cue>(i);
  }
  return std::nullopt;
}

/// Singular and masculine, roughly and the same for pattern and text: "données" and "donnée" are one, so are
/// "médicales" and "médicaux". Takes and gives folded words.
std::string_view stem(std::string_view word, std::string& buffer) {
  const auto ends = [&](std::string_view tail) {
    return word.size() > tail.size() && word.substr(word.size() - tail.size()) == tail;
  };
  if (word.size() <= 3) return word;
  if (word.size() > 4 && ends("ies")) {
    buffer.assign(word.substr(0, word.size() - 3)).push_back('y');
    return buffer;
  }
  if (word.size() > 5 && ends("aux") && !ends("eaux")) {
    buffer.assign(word.substr(0, word.size() - 2)).push_back('l');
    return buffer;
  }
  if (ends("sses") || ends("shes") || ends("ches") || ends("xes")) {
    word.remove_suffix(2);
  } else if ((ends("s") && !ends("ss") && !ends("us")) || ends("x")) {
    word.remove_suffix(1);
  }
  while (word.size() > 3 && word.back() == 'e') word.remove_suffix(1);
  return word;
}

/// Words that may stand between the words of a pattern at '~'.
constexpr std::array<std::string_view, 52> kArticles = {
    "le",   "la",    "les",   "l",     "un",      "une",  "des",      "du",        "de",    "d",     "au",
    "aux",  "vos",   "votre", "nos",   "notre",   "leur", "leurs",    "son",       "sa",    "ses",   "ce",
    "cet",  "cette", "ces",   "mon",   "ma",      "mes",  "certains", "certaines", "a",     "en",    "the",
    "an",   "your",  "our",   "their", "his",     "her",  "its",      "this",      "these", "those", "any",
    "some", "of",    "for",   "to",    "certain", "dite", "dites",    "dit"};

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>()(text); }
};
using WordIds = std::unordered_map<std::string, std::uint32_t, StringHash, std::equal_to<>>;

constexpr std::uint32_t kNoWord = 0;
constexpr std::uint32_t kAnyArticles = 1;
constexpr std::uint32_t kAnyNumber = 2;
constexpr std::uint32_t kAnyCapital = 3;
constexpr std::uint32_t kFirstWord = 4;

/// One step of a pattern's sequence: '=word', 'word', 'word*', "~" or "#".
using Sequence = std::vector<std::string>;

/// Turns a pattern into the sequences it stands for.
class PatternReader {
 public:
  explicit PatternReader(std::string_view pattern) : pattern_(pattern) {}

  /// What is wrong, or nothing.
  std::optional<std::string> read(std::vector<Sequence>& out) {
    out = alternatives();
    if (wrong_.empty() && at_ < pattern_.size()) wrong_ = "a ')' closes nothing";
    if (!wrong_.empty()) return wrong_;
    for (const Sequence& sequence : out) {
      if (sequence.size() > kMaxWords) return fmt::format("stands for more than {} words in a row", kMaxWords);
      const bool words = std::any_of(sequence.begin(), sequence.end(), [](const auto& w) { return w != "~"; });
      if (!words || sequence.front() == "~") return "must begin with a word";
    }
    return std::nullopt;
  }

 private:
  std::vector<Sequence> alternatives() {
    std::vector<Sequence> all;
    do {
      for (Sequence& sequence : sequence_set()) all.push_back(std::move(sequence));
      if (all.size() > kMaxSequences) wrong_ = "stands for too many word sequences";
    } while (wrong_.empty() && take('|'));
    return all;
  }
  std::vector<Sequence> sequence_set() {
    std::vector<Sequence> made = {{}};
    while (wrong_.empty()) {
      while (take(' ')) {
      }
      if (at_ == pattern_.size() || pattern_[at_] == '|' || pattern_[at_] == ')') break;
      std::vector<Sequence> next = element();
      if (take('?')) next.emplace_back();
      std::vector<Sequence> joined;
      for (const Sequence& before : made) {
        for (const Sequence& after : next) {
          joined.push_back(before);
          joined.back().insert(joined.back().end(), after.begin(), after.end());
        }
      }
      made = std::move(joined);
      if (made.size() > kMaxSequences) wrong_ = "stands for too many word sequences";
    }
    return made;
  }
  std::vector<Sequence> element() {
    if (take('(')) {
      std::vector<Sequence> inner = alternatives();
      if (!take(')') && wrong_.empty()) wrong_ = "a '(' is not closed";
      if (take('*')) {
        for (Sequence& sequence : inner) {
          if (sequence.empty() || sequence.back().find_first_of("=~#^") != std::string::npos)
            wrong_ = "has a '*' after a group whose last words cannot be longer";
          else if (!sequence.back().ends_with('*'))
            sequence.back().push_back('*');
        }
      }
      return inner;
    }
    if (take('~')) return {{"~"}};
    if (take('#')) return {{"#"}};
    if (take('^')) return {{"^"}};
    const std::size_t start = at_;
    while (at_ < pattern_.size() && std::string_view(" |()?").find(pattern_[at_]) == std::string_view::npos) ++at_;
    const std::string word(pattern_.substr(start, at_ - start));
    const std::string_view bare = std::string_view(word).substr(word.starts_with('=') ? 1 : 0);
    const std::string_view letters = bare.ends_with('*') ? bare.substr(0, bare.size() - 1) : bare;
    if (letters.empty() || fold(letters) != letters || letters.find(' ') != std::string_view::npos)
      wrong_ = fmt::format("`{}` is not a folded word (write `{}`)", word, fold(letters));
    return {{word}};
  }
  bool take(char c) {
    if (at_ >= pattern_.size() || pattern_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  std::string wrong_;
};

/// What a sequence ends in: categories, or a cue.
struct Ending {
  bool is_cue = false;
  Cue cue = Cue::Negator;
  std::int64_t value = 0;
  CategorySet categories;
};

/// What can follow after the words that lead here, and what they mean.
struct Node {
  std::uint32_t first_ending = 0;
  std::uint16_t endings = 0;
  bool articles = false;  ///< an edge for '~'
  bool words = false;     ///< an edge for a word, a number or a capital
};

}  // namespace

struct Lexicon::Impl {
  WordIds exact, stems;
  std::vector<std::pair<std::string, std::uint32_t>> prefixes;  ///< sorted
  std::array<std::vector<std::uint32_t>, 256> prefixes_by_letter;
  std::unordered_map<std::uint64_t, std::uint32_t> edges;  ///< node and word id -> node; while loading
  /// The same for looking up: open addressing, half empty. Most lookups fail, at the first slot.
  std::vector<std::pair<std::uint64_t, std::uint32_t>> table;
  std::vector<std::vector<Ending>> endings{1};               ///< per node; while loading
  std::vector<Node> nodes{1};                                ///< the first is the root
  std::vector<Ending> all_endings;                           ///< those of a node side by side
  std::unordered_map<std::uint32_t, std::uint64_t> classes;  ///< word id -> its word classes
  std::uint32_t next_word = kFirstWord;
  WordIds articles;

  std::uint32_t id_in(WordIds& ids, std::string_view word) {
    const auto [it, added] = ids.try_emplace(std::string(word), next_word);
    if (added) ++next_word;
    return it->second;
  }
  std::uint32_t id_of(std::string_view word) {
    if (word == "~") return kAnyArticles;
    if (word == "#") return kAnyNumber;
    if (word == "^") return kAnyCapital;
    if (word.starts_with('=')) return id_in(exact, word.substr(1));
    if (word.ends_with('*')) {
      word.remove_suffix(1);
      for (const auto& [prefix, id] : prefixes) {
        if (prefix == word) return id;
      }
      prefixes.emplace_back(word, next_word);
      return next_word++;
    }
    std::string buffer;
    return id_in(stems, stem(word, buffer));
  }

  static std::uint64_t edge(std::uint32_t node, std::uint32_t word) { return (std::uint64_t{node} << 32U) | word; }

  void add(const Sequence& sequence, const Ending& ending) {
    if (ending.is_cue && is_word_class(ending.cue)) {
      classes[id_of(sequence.front())] |= std::uint64_t{1} << static_cast<unsigned>(ending.cue);
      return;
    }
    std::uint32_t node = 0;
    for (const std::string& word : sequence) {
      const std::uint32_t id = id_of(word);
      const auto [it, added] = edges.try_emplace(edge(node, id), static_cast<std::uint32_t>(endings.size()));
      if (added) {
        endings.emplace_back();
        nodes.emplace_back();
      }
      (id == kAnyArticles ? nodes[node].articles : nodes[node].words) = true;
      node = it->second;
    }
    endings[node].push_back(ending);
  }

  void finish() {
    for (std::uint32_t i = 0; i < prefixes.size(); ++i)
      prefixes_by_letter[static_cast<unsigned char>(prefixes[i].first.front())].push_back(i);
    for (const std::string_view word : kArticles) articles.emplace(std::string(word), kAnyArticles);
    table.assign(std::bit_ceil(2 * edges.size() + 2), {kNoEdge, 0});
    for (const auto& [key, node] : edges) {
      std::size_t slot = slot_of(key);
      while (table[slot].first != kNoEdge) slot = (slot + 1) & (table.size() - 1);
      table[slot] = {key, node};
    }
    edges.clear();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      nodes[i].first_ending = static_cast<std::uint32_t>(all_endings.size());
      nodes[i].endings = static_cast<std::uint16_t>(endings[i].size());
      all_endings.insert(all_endings.end(), endings[i].begin(), endings[i].end());
    }
    endings.clear();
  }
  static constexpr std::uint64_t kNoEdge = UINT64_MAX;
  [[nodiscard]] std::size_t slot_of(std::uint64_t key) const {
    return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15U) >> 32U) & (table.size() - 1);
  }

  [[nodiscard]] std::uint32_t follow(std::uint32_t node, std::uint32_t word) const {
    const std::uint64_t key = edge(node, word);
    for (std::size_t slot = slot_of(key);; slot = (slot + 1) & (table.size() - 1)) {
      if (table[slot].first == key) return table[slot].second;
      if (table[slot].first == kNoEdge) return 0;
    }
  }

  /// The ids a word of a text answers to.
  void ids_of(std::string_view word, std::vector<std::uint32_t>& out) const {
    if (const auto it = exact.find(word); it != exact.end()) out.push_back(it->second);
    std::string buffer;
    if (const auto it = stems.find(stem(word, buffer)); it != stems.end()) out.push_back(it->second);
    for (const std::uint32_t i : prefixes_by_letter[static_cast<unsigned char>(word.front())]) {
      if (word.starts_with(prefixes[i].first)) out.push_back(prefixes[i].second);
    }
  }
};

namespace {

/// Word ids of every token, found once per different word.
class TokenIds {
 public:
  TokenIds() : memo_(kMemo) {}

  /// Looks up the words of one sentence; the others are forgotten.
  template <class Impl>
  void read(const Document& document, const Impl& impl, const Sentence& sentence) {
    first_ = sentence.first;
    ranges_.clear();
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) ranges_.push_back(range(document, impl, i));
  }
  [[nodiscard]] const std::uint32_t* begin(std::uint32_t token) const { return pool_.data() + at(token).begin; }
  [[nodiscard]] const std::uint32_t* end(std::uint32_t token) const { return begin(token) + at(token).count; }
  [[nodiscard]] bool article(std::uint32_t token) const { return at(token).article; }
  /// An article, or a short word that stands where one does ("ni", "et"): no noun.
  [[nodiscard]] bool leads(std::uint32_t token) const { return token >= first_ && at(token).leads; }
  /// The classes its word is in, as bits of cues.
  [[nodiscard]] std::uint64_t classes(std::uint32_t token) const { return at(token).classes; }
  /// A pattern begins with this word.
  [[nodiscard]] bool starts(std::uint32_t token) const { return at(token).roots != 0; }
  /// The nodes that its word leads to from the root.
  [[nodiscard]] const std::uint32_t* roots_begin(std::uint32_t token) const { return end(token); }
  [[nodiscard]] const std::uint32_t* roots_end(std::uint32_t token) const { return end(token) + at(token).roots; }

 private:
  struct Range {
    std::uint32_t begin = 0;
    std::uint16_t count = 0;
    std::uint16_t roots = 0;  ///< they follow the ids in the pool
    bool article = false;
    bool leads = false;
    std::uint64_t classes = 0;
  };
  struct Known {
    std::uint32_t token = UINT32_MAX;
    Range range;
  };
  static constexpr std::size_t kMemo = 16384;

  [[nodiscard]] const Range& at(std::uint32_t token) const { return ranges_[token - first_]; }

  /// Its first and last eight bytes, mixed: words are compared whole afterwards.
  static std::size_t slot_of(std::string_view word) {
    std::uint64_t head = 0, tail = 0;
    const std::size_t bytes = std::min<std::size_t>(word.size(), sizeof head);
    std::memcpy(&head, word.data(), bytes);
    std::memcpy(&tail, word.data() + word.size() - bytes, bytes);
    return static_cast<std::size_t>(((head ^ (tail << 1U) ^ word.size()) * 0x9E3779B97F4A7C15U) >> 40U) % kMemo;
  }

  template <class Impl>
  Range range(const Document& document, const Impl& impl, std::uint32_t token) {
    if (document.tokens[token].kind == TokenKind::Number) return number_range(impl);
    const std::string_view word = document.word(token);
    if (document.tokens[token].kind != TokenKind::Word || word.empty()) return {};
    Known& known = memo_[slot_of(word)];
    if (known.token != UINT32_MAX && document.word(known.token) == word) return known.range;
    Range made;
    made.begin = static_cast<std::uint32_t>(pool_.size());
    impl.ids_of(word, pool_);
    made.count = static_cast<std::uint16_t>(pool_.size() - made.begin);
    made.article = impl.articles.find(word) != impl.articles.end();
    made.leads =
        made.article || word == "ni" || word == "et" || word == "ou" || word == "sans" || word.starts_with("aucun");
    for (std::size_t i = made.begin; i < std::size_t{made.begin} + made.count; ++i) {
      if (const std::uint32_t node = impl.follow(0, pool_[i]); node != 0) {
        pool_.push_back(node);
        ++made.roots;
      }
      if (const auto found = impl.classes.find(pool_[i]); found != impl.classes.end()) made.classes |= found->second;
    }
    known = {token, made};
    return made;
  }
  template <class Impl>
  Range number_range(const Impl& impl) {
    if (number_.count == 0) {
      number_ = {static_cast<std::uint32_t>(pool_.size()), 1, 0, false, false, 0};
      pool_.push_back(kAnyNumber);
      if (const std::uint32_t node = impl.follow(0, kAnyNumber); node != 0) {
        pool_.push_back(node);
        number_.roots = 1;
      }
    }
    return number_;
  }

  std::vector<Known> memo_;
  std::vector<std::uint32_t> pool_;
  std::vector<Range> ranges_;
  std::uint32_t first_ = 0;
  Range number_;
};

/// Finds, from one token, the longest match of the categories and of each cue.
template <class Impl>
class Matcher {
 public:
  Matcher(const Document& document, const Impl& impl, const TokenIds& ids)
      : document_(document), impl_(impl), ids_(ids) {}

  /// Matches end before token `limit`: no phrase goes on into the next sentence.
  void from(std::uint32_t token, std::uint32_t limit) {
    limit_ = limit;
    mention_end = 0;
    cue_ends = 0;
    for (const std::uint32_t* node = ids_.roots_begin(token); node != ids_.roots_end(token); ++node)
      walk(token + 1, *node, 1);
  }

  std::uint32_t mention_end = 0;
  CategorySet categories;
  std::uint64_t cue_ends = 0;  ///< which of the two below are set
  std::array<std::uint32_t, kCues> ends{};
  std::array<std::int64_t, kCues> values{};

 private:
  void walk(std::uint32_t token, std::uint32_t node, std::size_t depth) {
    const Node& here = impl_.nodes[node];
    accept(here, token);
    if (depth >= 2 * kMaxWords) return;
    if (here.articles) {
      const std::uint32_t after = impl_.follow(node, kAnyArticles);
      std::uint32_t at = token;
      for (std::uint32_t skipped = 0; skipped <= kMostArticles; ++skipped) {
        walk(at, after, depth + 1);
        if (at >= limit_ || !ids_.article(at)) break;
        ++at;
      }
    }
    // A quote inside a phrase changes nothing: données « bancaires ».
    if (!here.words) return;
    if (token < limit_ && document_.is_mark(token, '"')) ++token;
    if (token >= limit_) return;
    bool taken = false;
    for (const std::uint32_t* id = ids_.begin(token); id != ids_.end(token); ++id) {
      if (const std::uint32_t next = impl_.follow(node, *id); next != 0) {
        taken = true;
        walk(token + 1, next, depth + 1);
      }
    }
    if (!taken && document_.tokens[token].capital) {
      if (const std::uint32_t next = impl_.follow(node, kAnyCapital); next != 0) walk(token + 1, next, depth + 1);
    }
  }
  void accept(const Node& node, std::uint32_t end) {
    for (std::size_t i = node.first_ending; i < std::size_t{node.first_ending} + node.endings; ++i) {
      const Ending& ending = impl_.all_endings[i];
      if (!ending.is_cue) {
        if (end > mention_end) {
          mention_end = end;
          categories = ending.categories;
        } else if (end == mention_end) {
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
  const TokenIds& ids_;
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

/// Reads one file into the lexicon of a language.
class FileReader {
 public:
  template <class Add>
  FileReader(std::string_view name, const Vocabulary& vocabulary, Add add)
      : name_(name), vocabulary_(vocabulary), add_(std::move(add)) {}

  Status read(std::string_view bytes, std::string_view language) {
    try {
      const toml::table file = toml::parse(bytes);
      for (const auto& [key, node] : file) {
        if (key != "fr" && key != "en" && key != "any") return wrong(key.str(), "is not fr, en or any");
        if (key == language || key == "any") VIGIFUITE_TRY(section(node));
      }
    } catch (const toml::parse_error& error) {
      return fail(ErrorKind::Malformed,
                  fmt::format("{}:{}: {}", name_, error.source().begin.line, error.description()));
    }
    return Done{};
  }

 private:
  Error wrong(std::string_view key, std::string_view why) const {
    return fail(ErrorKind::Malformed, fmt::format("{}: `{}` {}", name_, key, why));
  }
  Status section(const toml::node& node) {
    if (!node.is_table()) return wrong("fr, en, any", "must be tables");
    for (const auto& [key, inner] : *node.as_table()) {
      if (!inner.is_table()) return wrong(key.str(), "must be a table");
      if (key == "categories")
        VIGIFUITE_TRY(categories(*inner.as_table()));
      else if (key == "cues")
        VIGIFUITE_TRY(cues(*inner.as_table()));
      else
        return wrong(key.str(), "is neither categories nor cues");
    }
    return Done{};
  }
  Status categories(const toml::table& table) {
    for (const auto& [key, node] : table) {
      Ending ending;
      std::string_view rest = key.str();
      while (!rest.empty() && rest != "none") {
        const std::string_view slug = rest.substr(0, rest.find('+'));
        const auto category = vocabulary_.category(slug);
        if (!category) return wrong(slug, "is not a category");
        ending.categories.add(*category);
        rest.remove_prefix(std::min(rest.size(), slug.size() + 1));
      }
      VIGIFUITE_TRY(patterns(key.str(), node, ending));
    }
    return Done{};
  }
  Status cues(const toml::table& table) {
    for (const auto& [key, node] : table) {
      const auto cue = cue_of(key.str());
      if (!cue) return wrong(key.str(), "is not a cue (feeds/extract/cues.def)");
      Ending ending;
      ending.is_cue = true;
      ending.cue = *cue;
      if (is_word_class(*cue) && node.is_table()) return wrong(key.str(), "is a class of words: it takes a list");
      if (!node.is_table()) {
        VIGIFUITE_TRY(patterns(key.str(), node, ending));
        continue;
      }
      for (const auto& [value, list] : *node.as_table()) {
        const std::string_view digits = value.str();
        if (std::from_chars(digits.data(), digits.data() + digits.size(), ending.value).ec != std::errc())
          return wrong(digits, "must be a whole number");
        VIGIFUITE_TRY(patterns(key.str(), list, ending));
      }
    }
    return Done{};
  }
  Status patterns(std::string_view key, const toml::node& node, const Ending& ending) {
    if (!node.is_array()) return wrong(key, "must be a list of patterns");
    for (const toml::node& item : *node.as_array()) {
      const auto pattern = item.value_exact<std::string>();
      if (!pattern) return wrong(key, "must hold texts in quotes");
      std::vector<Sequence> sequences;
      if (const auto complaint = PatternReader(*pattern).read(sequences))
        return wrong(key, fmt::format("holds `{}`, which {}", *pattern, *complaint));
      for (const Sequence& sequence : sequences) {
        const bool one = sequence.size() == 1 && sequence.front() != "#" && sequence.front() != "^";
        if (ending.is_cue && is_word_class(ending.cue) && !one)
          return wrong(key, fmt::format("is a class of words, and `{}` is not one word", *pattern));
        add_(sequence, ending);
      }
    }
    return Done{};
  }

  std::string_view name_;
  const Vocabulary& vocabulary_;
  std::function<void(const Sequence&, const Ending&)> add_;
};

}  // namespace

Lexicon::Lexicon(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon::~Lexicon() = default;

Result<Lexicon> Lexicon::load(const std::vector<std::pair<std::string_view, std::string_view>>& files,
                              Language language, const Vocabulary& vocabulary) {
  auto impl = std::make_unique<Impl>();
  for (const auto& [name, bytes] : files) {
    FileReader reader(name, vocabulary,
                      [&](const Sequence& sequence, const Ending& ending) { impl->add(sequence, ending); });
    VIGIFUITE_TRY(reader.read(bytes, code_of(language)));
  }
  impl->finish();
  return Lexicon(std::move(impl));
}

const Lexicon& Lexicon::shipped(Language language) {
  const auto load_shipped = [](Language wanted) {
    std::vector<std::pair<std::string_view, std::string_view>> files;
    for (const EmbeddedFile& file : embedded_lexicon()) files.emplace_back(file.name, file.bytes);
    auto lexicon = load(files, wanted, Vocabulary::shipped());
    if (!lexicon) fmt::print(stderr, "{}\n", lexicon.error().what);
    VIGIFUITE_CHECK(lexicon.has_value());
    return std::move(lexicon).value();
  };
  static const Lexicon french = load_shipped(Language::French);
  static const Lexicon english = load_shipped(Language::English);
  return language == Language::French ? french : english;
}

Marks Lexicon::recognise(const Document& document) const {
  Marks marks;
  const auto count = static_cast<std::uint32_t>(document.tokens.size());
  marks.cover.assign(count, 0);
  TokenIds ids;
  Matcher<Impl> matcher(document, *impl_, ids);
  std::uint32_t mention_end = 0;
  std::array<std::uint32_t, kCues> cue_end{};
  for (const Sentence& sentence : document.sentences) {
    ids.read(document, *impl_, sentence);
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      marks.cover[i] |= ids.classes(i);
      if (!ids.starts(i)) continue;
      matcher.from(i, sentence.last);
      const bool outgrown =
          i < mention_end && matcher.mention_end > mention_end && ids.leads(marks.mentions.back().first);
      if (outgrown) marks.mentions.pop_back();
      if (matcher.mention_end > i && (i >= mention_end || outgrown)) {
        mention_end = matcher.mention_end;
        marks.mentions.push_back({i, matcher.mention_end, matcher.categories});
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
