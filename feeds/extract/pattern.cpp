// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/extract/pattern.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "schemas/core/text.hpp"

namespace vigifuite::feeds::extract {
namespace {

constexpr std::size_t kMaxSequences = 8192;  ///< one pattern may stand for so many
constexpr std::size_t kMaxWords = 16;        ///< of one sequence

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

}  // namespace

std::optional<std::string> read_pattern(std::string_view pattern, std::vector<Sequence>& out) {
  return PatternReader(pattern).read(out);
}

}  // namespace vigifuite::feeds::extract
