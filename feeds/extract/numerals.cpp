// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads numbers, in digits or in words.
#include <cmath>

#include "feeds/extract/cue_index.hpp"
#include "feeds/extract/figures.hpp"

namespace vigifuite::feeds::extract {
namespace {

constexpr double kMost = 9e9;  ///< nobody counts more persons

class NumeralReader {
 public:
  explicit NumeralReader(const Parsed& parsed) : parsed_(parsed), document_(parsed.document) {}

  /// The number that begins at `at`; last == first when none does.
  Numeral read(std::uint32_t at, std::uint32_t end) {
    out_ = {};
    out_.first = out_.last = at;
    total_ = scale_ = 0;
    current_ = -1;
    bool bare_collective = false;
    for (std::uint32_t i = at; i < end;) {
      if (document_.tokens[i].kind == TokenKind::Number) {
        if (out_.last != at) break;
        digits(i++);
      } else if (const CueMatch* word = cue_at(parsed_.marks, i, Cue::Number); word != nullptr && fits(*word)) {
        bare_collective = bare_collective || (word->value < 0 && current_ < 0);
        add(*word);
        i = word->last;
      } else if (out_.last != at && links(i, end)) {
        ++i;
        continue;
      } else {
        break;
      }
      out_.last = i;
    }
    finish(bare_collective);
    return out_;
  }

 private:
  void digits(std::uint32_t i) {
    const Token& token = document_.tokens[i];
    current_ = document_.value(i);
    out_.digits = true;
    out_.grouped = token.end - token.begin > token.folded_end - token.folded && token.decimals == 0;
    decimals_ = token.decimals != 0;
  }

  /// A word goes on with the number: "trois mille", not "trois quatre"; a lone letter only right after digits: "33M".
  bool fits(const CueMatch& word) const {
    const bool letters = word.last - word.first == 1 && document_.word(word.first).size() <= 3 && word.value <= -1000;
    if (word.value == 1 && current_ == 0.5) return false;  // the "a" of "half a million"
    if (letters && (word.first == 0 || document_.tokens[word.first - 1].kind != TokenKind::Number)) return false;
    if (word.value < 0 || word.value >= 100 || word.value == 0 || current_ < 0) return true;
    if (out_.digits) return false;
    const auto before = static_cast<std::int64_t>(current_);
    if (before % 100 == 0) return true;
    const auto tens = before % 100;
    if (word.value < 10) return before % 10 == 0 && (tens >= 20 || (tens == 10 && word.value >= 7));
    return word.value < 20 && (before % 100 == 60 || before % 100 == 80);
  }

  void add(const CueMatch& word) {
    const double value = static_cast<double>(word.value);
    if (word.value == 0) {
      if (current_ < 0 && scale_ > 0)
        total_ += scale_ / 2;
      else if (current_ == 1 && !linked_)
        current_ = 0.5;
      else
        current_ = std::max(current_, 0.0) + 0.5;
    } else if (word.value < 0 || word.value >= 1000) {
      scale_ = std::abs(value);
      const double times = current_ < 0 ? 1 : current_;
      if (word.value > -1000 && word.value < 0) {
        current_ = times * scale_;  // "une centaine", perhaps "de milliers"
      } else {
        total_ += times * scale_;
        current_ = -1;
      }
      out_.grouped = true;
    } else if (word.value == 100) {
      current_ = (current_ < 0 ? 1 : current_) * 100;
    } else {
      current_ = std::max(current_, 0.0) + value;
    }
    linked_ = false;
  }

  /// "vingt et un", "un million et demi", "two hundred and five", "une centaine de milliers", "half a million".
  bool links(std::uint32_t i, std::uint32_t end) {
    if (i + 1 >= end) return false;
    const CueMatch* next = cue_at(parsed_.marks, i + 1, Cue::Number);
    if (next == nullptr || document_.tokens[i + 1].kind == TokenKind::Number) return false;
    if (document_.is_word(i, "de") || document_.is_word(i, "d"))
      return next->value <= -1000 && current_ >= 10 && !out_.digits;
    if (document_.is_word(i, "a")) return next->value < 0;
    if (document_.is_word(i, "et"))
      linked_ = next->value == 0 || ((next->value == 1 || next->value == 11) && current_ >= 20 && !out_.digits);
    else if (document_.is_word(i, "and"))
      linked_ =
          next->value == 0 || (next->value > 0 && next->value < 100 && !out_.digits && (current_ >= 100 || total_ > 0));
    return linked_;
  }

  void finish(bool bare_collective) {
    out_.value = total_ + std::max(current_, 0.0);
    const bool whole = std::floor(out_.value + 1e-6) >= out_.value - 1e-6;
    const bool small_word = !out_.digits && out_.value < 2;
    out_.valid = out_.last > out_.first && whole && !small_word && !bare_collective && out_.value >= 1 &&
                 out_.value <= kMost && !(decimals_ && scale_ == 0);
    out_.value = std::round(out_.value);
    decimals_ = linked_ = false;
  }

  const Parsed& parsed_;
  const Document& document_;
  Numeral out_;
  double total_ = 0, current_ = -1, scale_ = 0;
  bool decimals_ = false, linked_ = false;
};

}  // namespace

Numeral read_numeral(const Parsed& parsed, std::uint32_t at, std::uint32_t end) {
  return NumeralReader(parsed).read(at, end);
}

}  // namespace vigifuite::feeds::extract
