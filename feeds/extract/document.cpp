// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/extract/document.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "schemas/core/text.hpp"

namespace vigifuite::feeds::extract {
namespace {

/// What one character is to us. Letters carry what they fold to.
enum class Kind : std::uint8_t { Space, Line, Letter, Digit, Mark, Joint, Skip };

struct Character {
  Kind kind = Kind::Skip;
  bool upper = false;
  char mark = 0;
  std::uint8_t length = 0;  ///< bytes of `letters`
  std::array<char, 8> letters{};
};

/// Characters that stand for a mark, in runs: what Token::mark calls them.
struct MarkRun {
  std::int32_t first, last;
  char mark;
};
constexpr std::array<MarkRun, 33> kMarks = {{
    {'[', '[', '('},       {'{', '{', '('},       {']', ']', ')'},       {'}', '}', ')'},       {'*', '*', '*'},
    {'>', '>', '*'},       {0x00AB, 0x00AB, '"'}, {0x00AD, 0x00AD, '-'}, {0x00B7, 0x00B7, '*'}, {0x00BB, 0x00BB, '"'},
    {0x2010, 0x2015, '-'}, {0x201C, 0x201E, '"'}, {0x2022, 0x2023, '*'}, {0x2026, 0x2026, '~'}, {0x2039, 0x2039, '"'},
    {0x203A, 0x203A, '*'}, {0x2043, 0x2043, '*'}, {0x2192, 0x2192, '*'}, {0x2212, 0x2212, '-'}, {0x25A0, 0x25A1, '*'},
    {0x25AA, 0x25AA, '*'}, {0x25B8, 0x25BA, '*'}, {0x25CB, 0x25CF, '*'}, {0x25E6, 0x25E6, '*'}, {0x25FE, 0x25FE, '*'},
    {0x2610, 0x2610, 'x'}, {0x2611, 0x2611, '+'}, {0x2612, 0x2612, 'x'}, {0x2705, 0x2705, '+'}, {0x2713, 0x2714, '+'},
    {0x2717, 0x2718, 'x'}, {0x274C, 0x274E, 'x'}, {0x2794, 0x27A4, '*'},
}};

char mark_of(std::int32_t c) noexcept {
  if (c > 0 && c < 0x80 && std::string_view(",;:.?!()/%-\"|").find(static_cast<char>(c)) != std::string_view::npos)
    return static_cast<char>(c);
  for (const MarkRun& run : kMarks) {
    if (c >= run.first && c <= run.last) return run.mark;
  }
  return 0;
}

Character classify(std::int32_t c) {
  Character out;
  if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029) {
    out.kind = Kind::Line;
    return out;
  }
  if (c == '\t') {
    out.kind = Kind::Mark;
    out.mark = '|';
    return out;
  }
  if (c == '\'' || c == 0x2019 || c == 0x02BC || c == 0x2018 || c == 0x00B4 || c == '`') {
    out.kind = Kind::Joint;
    return out;
  }
  if (const char mark = mark_of(c); mark != 0) {
    out.kind = Kind::Mark;
    out.mark = mark;
    return out;
  }
  const auto category = utf8proc_category(c);
  if (category == UTF8PROC_CATEGORY_ZS || c == ' ' || c == '\v' || c == '\f') {
    out.kind = Kind::Space;
  } else if (c >= '0' && c <= '9') {
    out.kind = Kind::Digit;
    out.letters[0] = static_cast<char>(c);
    out.length = 1;
  } else if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) {
    out.kind = Kind::Letter;
    out.upper = category == UTF8PROC_CATEGORY_LU;
    utf8proc_uint8_t written[4];
    const auto bytes = utf8proc_encode_char(c, written);
    const std::string letters = fold({reinterpret_cast<const char*>(written), static_cast<std::size_t>(bytes)});
    const std::string_view kept = clip(letters, out.letters.size());
    out.length = static_cast<std::uint8_t>(kept.size());
    std::copy(kept.begin(), kept.end(), out.letters.begin());
    if (kept.empty()) out.kind = Kind::Skip;
  } else if (category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_CN) {
    out.kind = Kind::Skip;  // an accent written apart, a soft hyphen, a joiner
  } else {
    out.kind = Kind::Space;  // symbols separate words
  }
  return out;
}

/// The characters of French and English, classified once: asking utf8proc for each costs more than all the rest.
constexpr std::int32_t kUsual = 0x2200;
const std::vector<Character>& usual_characters() {
  static const std::vector<Character> table = [] {
    std::vector<Character> made(kUsual);
    for (std::int32_t c = 0; c < kUsual; ++c) made[static_cast<std::size_t>(c)] = classify(c);
    return made;
  }();
  return table;
}

/// The lower case of an ASCII letter; 0 for any other byte.
char lower_ascii(char c) noexcept {
  if (c >= 'a' && c <= 'z') return c;
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : '\0';
}

/// Lines, then tokens, then sentences, in one pass over the bytes.
class Segmenter {
 public:
  Segmenter(std::string_view text, Document spare) : usual_(usual_characters()), document_(std::move(spare)) {
    document_.folded.clear();
    document_.tokens.clear();
    document_.sentences.clear();
    document_.text = clip(text, kMaxTextBytes);
    document_.folded.reserve(document_.text.size());
    document_.tokens.reserve(document_.text.size() / 5 + 8);
  }

  Document run() && {
    const std::string_view text = document_.text;
    while (at_ < text.size()) step();
    end_line();
    return std::move(document_);
  }

 private:
  /// The character at `at`, and its length in bytes. Bytes that are not UTF-8 are skipped one by one.
  const Character& character(std::size_t at, std::size_t& length) {
    const auto byte = static_cast<unsigned char>(document_.text[at]);
    if (byte < 0x80) {
      length = 1;
      return usual_[byte];
    }
    std::int32_t c = 0;
    const auto read = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(document_.text.data() + at),
                                       static_cast<utf8proc_ssize_t>(document_.text.size() - at), &c);
    if (read <= 0) {
      length = 1;
      return usual_[0];
    }
    length = static_cast<std::size_t>(read);
    if (c < kUsual) return usual_[static_cast<std::size_t>(c)];
    rare_ = classify(c);
    return rare_;
  }

  void step() {
    std::size_t length = 0;
    const Character& c = character(at_, length);
    switch (c.kind) {
      case Kind::Letter: return word();
      case Kind::Digit: return number();
      case Kind::Line:
        end_line();
        spaced_ = true;
        break;
      case Kind::Mark:
        if (!checkbox()) mark(c.mark, length);
        return;
      case Kind::Joint: break;
      case Kind::Space: spaced_ = true; break;
      case Kind::Skip: break;
    }
    at_ += length;
  }

  Token& push(TokenKind kind, std::size_t begin, std::size_t end, std::size_t folded) {
    Token token;
    token.kind = kind;
    token.begin = static_cast<std::uint32_t>(begin);
    token.end = static_cast<std::uint32_t>(end);
    token.folded = static_cast<std::uint32_t>(folded);
    token.folded_end = static_cast<std::uint32_t>(document_.folded.size());
    token.spaced = spaced_;
    token.hyphen = hyphen_;
    spaced_ = hyphen_ = false;
    document_.tokens.push_back(token);
    return document_.tokens.back();
  }

  void word() {
    const std::size_t begin = at_, folded = document_.folded.size();
    bool first_upper = false, all_upper = true;
    std::size_t letters = 0, length = 0;
    while (at_ < document_.text.size()) {
      if (const char plain = lower_ascii(document_.text[at_]); plain != 0) {  // most letters are
        const bool upper = document_.text[at_] != plain;
        if (letters++ == 0) first_upper = upper;
        all_upper = all_upper && upper;
        document_.folded.push_back(plain);
        ++at_;
        continue;
      }
      const Character& c = character(at_, length);
      if (c.kind == Kind::Letter) {
        if (letters++ == 0) first_upper = c.upper;
        all_upper = all_upper && c.upper;
      } else if (c.kind == Kind::Digit) {
        all_upper = all_upper && letters > 0;
      } else if (c.kind != Kind::Skip) {
        break;
      }
      document_.folded.append(c.letters.data(), c.length);
      at_ += length;
    }
    if (at_ < document_.text.size() && (document_.text[at_] == '@' || is_web_address(folded))) {
      return address(begin, folded);
    }
    if (letters == 1 && first_upper) letters += dotted_capitals();
    Token& token = push(TokenKind::Word, begin, at_, folded);
    token.capital = first_upper;
    token.capitals = first_upper && all_upper && letters > 1;
  }

  /// The ".A.S." of "R.A.S.", one word: how many letters it adds. A dot that ends the line stays out of it.
  std::size_t dotted_capitals() {
    const std::string_view text = document_.text;
    std::size_t at = at_, letters = 0;
    while (at + 1 < text.size() && text[at] == '.' && text[at + 1] >= 'A' && text[at + 1] <= 'Z') {
      at += 2;
      ++letters;
    }
    const bool closed = letters > 0 && at < text.size() && text[at] == '.';
    if (!closed) return 0;
    for (std::size_t i = at_ + 1; i < at; i += 2) document_.folded.push_back(lower_ascii(text[i]));
    at_ = at + 1 < text.size() && text[at + 1] != '\n' && text[at + 1] != '\r' ? at + 1 : at;
    return letters;
  }

  bool is_web_address(std::size_t folded) const {
    const std::string_view word = std::string_view(document_.folded).substr(folded);
    const std::string_view rest = document_.text.substr(at_, 3);
    return ((word == "http" || word == "https") && rest == "://") || (word == "www" && rest.substr(0, 1) == ".");
  }

  /// "contact@ville.example", "https://…": what it says is no statement. Marks that end a sentence stay out of it.
  void address(std::size_t begin, std::size_t folded) {
    document_.folded.resize(folded);
    const std::string_view text = document_.text;
    while (at_ < text.size() && static_cast<unsigned char>(text[at_]) > ' ' && text[at_] != '<' && text[at_] != '>' &&
           text[at_] != '"' && text[at_] != ')' && static_cast<unsigned char>(text[at_]) != 0xC2)
      ++at_;
    while (at_ > begin && std::string_view(".,;:!?").find(text[at_ - 1]) != std::string_view::npos) --at_;
    push(TokenKind::Address, begin, at_, folded);
  }

  bool digit_at(std::size_t at) const {
    return at < document_.text.size() && document_.text[at] >= '0' && document_.text[at] <= '9';
  }
  std::size_t digits_from(std::size_t at) const {
    std::size_t count = 0;
    while (digit_at(at + count)) ++count;
    return count;
  }
  /// Bytes of a character that may stand between groups of three digits, or 0.
  std::size_t group_mark(std::size_t at) const {
    const std::string_view rest = document_.text.substr(at, 3);
    if (rest.empty()) return 0;
    if (rest.front() == ' ' || rest.front() == '.' || rest.front() == ',' || rest.front() == '\'') return 1;
    if (rest.substr(0, 2) == "\xC2\xA0") return 2;  // no-break space
    if (rest == "\xE2\x80\xAF" || rest == "\xE2\x80\x89" || rest == "\xE2\x80\x99")
      return 3;  // narrow, thin, apostrophe
    return 0;
  }

  /// "10 204", "1,6", "2024". Groups of three digits make one number; so do decimals.
  void number() {
    const std::size_t begin = at_, folded = document_.folded.size();
    std::size_t count = digits_from(at_);
    append_digits(at_, count);
    at_ += count;
    bool grouped = false;
    while (count <= 3) {
      const std::size_t gap = group_mark(at_);
      if (gap == 0 || digits_from(at_ + gap) != 3) break;
      append_digits(at_ + gap, 3);
      at_ += gap + 3;
      grouped = true;
    }
    std::uint8_t decimals = 0;
    if (!grouped && count <= 6 && at_ < document_.text.size() &&
        (document_.text[at_] == ',' || document_.text[at_] == '.')) {
      const std::size_t after = digits_from(at_ + 1);
      const bool date = after > 0 && at_ + 1 + after < document_.text.size() &&
                        document_.text[at_ + 1 + after] == '.' && digit_at(at_ + 2 + after);
      if (after >= 1 && after <= 2 && !date) {
        append_digits(at_ + 1, after);
        at_ += 1 + after;
        decimals = static_cast<std::uint8_t>(after);
      }
    }
    push(TokenKind::Number, begin, at_, folded).decimals = decimals;
  }
  void append_digits(std::size_t at, std::size_t count) { document_.folded.append(document_.text.substr(at, count)); }

  /// "Intact → photo": within a line an arrow announces, where it stands before one as a bullet.
  char within_line(char mark) const {
    if (mark != '*' || document_.tokens.size() <= first_ || document_.text.substr(at_, 3) != "\xE2\x86\x92")
      return mark;
    return ':';
  }

  void mark(char mark, std::size_t length) {
    const std::size_t begin = at_;
    mark = within_line(mark);
    at_ += length;
    const bool letter_before = begin > 0 && !spaced_ && !document_.tokens.empty() &&
                               document_.tokens.back().end == begin && document_.tokens.back().kind != TokenKind::Mark;
    if (mark == '-' && letter_before && joins(at_)) {
      hyphen_ = true;
      return;
    }
    if (mark == '.' && document_.text.substr(begin, 3) == "...") {
      while (at_ < document_.text.size() && document_.text[at_] == '.') ++at_;
      // Dots that lead to an answer: "Téléphone ....... OUI".
      mark = at_ - begin > 3 || (spaced_ && !document_.tokens.empty()) ? '|' : '~';
    }
    push(TokenKind::Mark, begin, at_, document_.folded.size()).mark = mark;
    if (mark == '.' || mark == '?' || mark == '!' || mark == '~') sentence_may_end(mark);
  }

  /// "[x] nom", "[ ] IBAN": a box that is ticked, or not.
  bool checkbox() {
    const std::string_view box = document_.text.substr(at_, 3);
    if (box != "[x]" && box != "[X]" && box != "[ ]") return false;
    push(TokenKind::Mark, at_, at_ + 3, document_.folded.size()).mark = box == "[ ]" ? 'x' : '+';
    at_ += 3;
    return true;
  }

  /// A hyphen between two letters, or between a letter and a digit, is part of a word; between digits it is a range.
  bool joins(std::size_t at) {
    if (at >= document_.text.size()) return false;
    std::size_t length = 0;
    const Kind next = character(at, length).kind;
    if (next == Kind::Letter) return true;
    return next == Kind::Digit && document_.tokens.back().kind == TokenKind::Word;
  }

  /// After ". ? ! …": the sentence ends when white space and then something that can begin one follow.
  void sentence_may_end(char mark) {
    std::size_t at = at_, length = 0;
    // A closing quote or bracket belongs to the sentence it closes.
    while (at < document_.text.size()) {
      const Character& c = character(at, length);
      if (c.kind == Kind::Mark && c.mark == ')')
        at += length;
      else
        break;
    }
    bool space = false;
    while (at < document_.text.size()) {
      const Character& c = character(at, length);
      if (c.kind == Kind::Line) return;  // the line ends it
      if (c.kind != Kind::Space) break;
      space = true;
      at += length;
    }
    if (!space || at >= document_.text.size()) return;
    const Character& next = character(at, length);
    const bool begins = (next.kind == Kind::Letter && next.upper) || next.kind == Kind::Digit ||
                        (next.kind == Kind::Mark && (next.mark == '"' || next.mark == '-' || next.mark == '(' ||
                                                     next.mark == '*' || next.mark == '~'));
    if (!begins && !(mark == '?' || mark == '!')) return;
    if (mark == '.' && abbreviation()) return;
    if (mark == '~' && one_letter_before()) return;
    // « Quoi ? » demande-t-il: the quote goes on in lower case, which `begins` has seen already.
    if (!begins) return;
    end_sentence(mark);
  }

  bool one_letter_before() const {
    const auto& tokens = document_.tokens;
    if (tokens.size() < 2) return false;
    const Token& before = tokens[tokens.size() - 2];
    return before.kind == TokenKind::Word && before.capital && before.folded_end - before.folded == 1;
  }
  bool abbreviation() const {
    static constexpr std::array<std::string_view, 22> kShort = {"m",  "mm",  "mme",  "dr",  "pr",  "st",  "ste", "no",
                                                                "n",  "art", "cf",   "etc", "inc", "ltd", "mr",  "mrs",
                                                                "ms", "co",  "corp", "vs",  "jan", "bd"};
    const auto& tokens = document_.tokens;
    if (tokens.size() < 2) return false;
    const Token& before = tokens[tokens.size() - 2];
    if (before.kind != TokenKind::Word || before.end != tokens.back().begin) return false;
    const std::string_view word = document_.word(static_cast<std::uint32_t>(tokens.size() - 2));
    if (word.size() == 1 && before.capital) return true;
    if (word == "etc" || word == "inc" || word == "ltd" || word == "co" || word == "corp" || word == "st")
      return !next_begins_with_article();
    return std::find(kShort.begin(), kShort.end(), word) != kShort.end();
  }
  /// "Northwind Inc. The data…" ends a sentence where "Northwind Inc. Services" does not.
  bool next_begins_with_article() const {
    const std::string_view rest = document_.text.substr(std::min(at_, document_.text.size()));
    for (const std::string_view start : {" The ", " Le ", " La ", " Les ", " L'", " L’", " We ", " It ", " On ", " In ",
                                         " Un ", " Une ", " This ", " Nous ", " Il ", " Elle ", " A "}) {
      if (rest.substr(0, start.size()) == start) return true;
    }
    return false;
  }

  void end_sentence(char mark) {
    const auto last = static_cast<std::uint32_t>(document_.tokens.size());
    for (std::uint32_t first = first_; first < last; first = std::min(last, first + kMaxSentenceTokens)) {
      Sentence sentence;
      sentence.first = first;
      sentence.last = std::min(last, first + kMaxSentenceTokens);
      sentence.end = sentence.last == last ? mark : '\0';
      sentence.block = line_;
      document_.sentences.push_back(sentence);
    }
    first_ = last;
  }

  void end_line() {
    const auto& tokens = document_.tokens;
    if (first_ < tokens.size()) {
      const Token& last = tokens.back();
      const char mark =
          last.kind == TokenKind::Mark && std::string_view(".?!~:").find(last.mark) != std::string_view::npos
              ? last.mark
              : '\0';
      end_sentence(mark);
    }
    shape_line();
    hyphen_ = false;
    ++line_;
  }

  /// Gives the sentences of the line that just ended their shape.
  void shape_line() {
    auto& sentences = document_.sentences;
    std::size_t start = line_start_;
    line_start_ = sentences.size();
    if (start >= sentences.size()) return;
    const std::uint32_t first = sentences[start].first;
    const std::uint32_t last = sentences.back().last;
    Shape shape = Shape::Prose;
    if (has_mark(first, last, '|')) {
      shape = Shape::Row;
    } else if (bullet(first, last)) {
      shape = Shape::Item;
    } else if (sentences.size() - start == 1 &&
               (sentences.back().end == ':' || (sentences.back().end == 0 && last - first <= 22))) {
      shape = Shape::Heading;
    }
    for (std::size_t i = start; i < sentences.size(); ++i) sentences[i].shape = shape;
    if (sentences.back().end == ':' && shape == Shape::Prose) sentences.back().shape = Shape::Heading;
  }
  bool has_mark(std::uint32_t first, std::uint32_t last, char mark) const {
    for (std::uint32_t i = first; i < last; ++i) {
      if (document_.is_mark(i, mark)) return true;
    }
    return false;
  }
  /// "- ", "• ", "1. ", "a) ", "2) ".
  bool bullet(std::uint32_t first, std::uint32_t last) const {
    if (last - first < 2) return false;
    const Token& lead = document_.tokens[first];
    if (lead.kind == TokenKind::Mark) return std::string_view("-*+x").find(lead.mark) != std::string_view::npos;
    if (lead.kind == TokenKind::Word && lead.folded_end - lead.folded == 1) {
      return document_.is_mark(first + 1, ')') || (document_.word(first) == "o" && !lead.capital) ||
             (document_.is_mark(first + 1, '.') && !lead.capital);
    }
    return lead.kind == TokenKind::Number && lead.folded_end - lead.folded <= 2 &&
           (document_.is_mark(first + 1, ')') || document_.is_mark(first + 1, '.') ||
            document_.is_mark(first + 1, '-'));
  }

  const std::vector<Character>& usual_;
  Document document_;
  Character rare_;
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;
  std::uint32_t first_ = 0;
  std::uint32_t line_ = 0;
  bool spaced_ = true;
  bool hyphen_ = false;
};

}  // namespace

std::optional<std::int64_t> Document::whole(std::uint32_t token) const noexcept {
  if (tokens[token].kind != TokenKind::Number || tokens[token].decimals != 0) return std::nullopt;
  const std::string_view digits = word(token);
  std::int64_t value = 0;
  if (digits.size() > 18 || std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc())
    return std::nullopt;
  return value;
}

double Document::value(std::uint32_t token) const noexcept {
  const std::string_view digits = word(token);
  double value = 0;
  if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc()) return 0;
  for (std::uint8_t i = 0; i < tokens[token].decimals; ++i) value /= 10;
  return value;
}

Document segment(std::string_view text, Document spare) {
  return Segmenter(text, std::move(spare)).run();
}

}  // namespace vigifuite::feeds::extract
