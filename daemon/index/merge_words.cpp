// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/merge_words.hpp"

#include <algorithm>
#include <charconv>

#include "schemas/core/check.hpp"
#include "schemas/core/embedded.hpp"
#include "schemas/core/text.hpp"
#include "schemas/members_in.hpp"

namespace vigifuite::index {
namespace {

constexpr std::size_t kLongWord = 3;  ///< letters of a word whose last "s" may be a plural
constexpr std::string_view kSchema = "vigifuite/merge-words@v1";

/// Takes the first word off `text`.
std::string_view next_word(std::string_view& text) noexcept {
  const auto end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

bool starts_with_words(std::string_view text, std::string_view words) noexcept {
  return text.starts_with(words) && (text.size() == words.size() || text[words.size()] == ' ');
}

/// Where the words `words` begin in `text` after its first word, or npos.
std::size_t find_words(std::string_view text, std::string_view words) noexcept {
  for (auto at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
    if (at > 0 && text[at - 1] == ' ' && starts_with_words(text.substr(at), words)) return at;
  }
  return std::string_view::npos;
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) out += word;
  return out;
}

std::vector<std::string> list(const MembersIn& in, std::string_view name) {
  std::vector<std::string> words;
  in.read(name, words);
  if (words.empty()) in.complain(name, "expected words");
  return words;
}

}  // namespace

Result<MergeWords> MergeWords::load(std::string_view json) {
  JsonParser parser;
  auto document = parser.parse(json);
  if (!document) return in_context("merge words", std::move(document).error());
  Text wrong;
  const MembersIn in(*document, wrong);
  if (in["schema"].text() != kSchema) in.complain("schema", "expected \"vigifuite/merge-words@v1\"");
  const auto set = [&](std::string_view name) {
    const auto words = list(in, name);
    return Words(words.begin(), words.end());
  };
  MergeWords out;
  out.digest_ = digest_of(json);
  out.legal_forms_ = set("legal_forms");
  out.articles_ = set("articles");
  out.joints_ = set("joints");
  out.additions_ = set("group_words");
  for (std::string& word : list(in, "town_words")) out.additions_.insert(std::move(word));
  out.no_name_ = set("no_name");
  out.between_ = list(in, "between_bodies");
  out.through_ = list(in, "through");
  out.added_ = list(in, "added_to_names");
  in.within("again", [&](const MembersIn& again) {
    for (const auto& [name, times] : {std::pair{"any", 1}, {"2", 2}, {"3", 3}, {"4", 4}}) {
      for (std::string& words : list(again, name)) {
        std::string_view rest = words;
        const std::string first(next_word(rest));
        out.phrases_[first].push_back({std::move(words), static_cast<std::uint8_t>(times)});
      }
    }
  });
  if (!wrong.empty()) return in_context("merge words", fail(ErrorKind::Malformed, wrong));
  return out;
}

const MergeWords& MergeWords::shipped() {
  static const MergeWords words = [] {
    auto loaded = load(find_file(embedded_vocabulary(), "merge.json").value_or(""));
    VIGIFUITE_CHECK(loaded.has_value());
    return std::move(*loaded);
  }();
  return words;
}

std::vector<std::string_view> MergeWords::words_of(std::string_view folded, bool bare) const {
  std::vector<std::string_view> words;
  if (no_name_.contains(folded)) return words;
  for (std::string_view rest = folded; !rest.empty();) {
    if (const auto word = next_word(rest); !word.empty()) words.push_back(word);
  }
  const auto cut = [&](const Words& what, bool front, bool back) {
    auto first = words.begin(), last = words.end();
    while (front && last - first > 1 && what.contains(*first)) ++first;
    while (back && last - first > 1 && what.contains(*(last - 1))) --last;
    words.assign(first, last);
  };
  cut(articles_, true, false);
  cut(legal_forms_, true, true);
  if (words.size() > 1) std::erase_if(words, [&](std::string_view word) { return joints_.contains(word); });
  if (bare) cut(additions_, true, true);
  return words;
}

std::string MergeWords::whole(std::string_view folded) const {
  return joined(words_of(folded, false));
}

std::string MergeWords::bare(std::string_view folded) const {
  return joined(words_of(folded, true));
}

std::string MergeWords::sorted(std::string_view folded) const {
  auto words = words_of(folded, false);
  for (std::string_view& word : words) {
    if (word.size() > kLongWord && word.ends_with('s')) word.remove_suffix(1);
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return joined(words);
}

std::string MergeWords::shortened(std::string_view folded) const {
  constexpr std::size_t kEnough = 8;
  auto words = words_of(folded, true);
  if (words.size() < 2) return {};
  words.pop_back();
  std::string out = joined(words);
  return out.size() < kEnough ? std::string() : out;
}

std::string_view MergeWords::without_additions(std::string_view folded) const noexcept {
  for (const std::string& words : added_) {
    const auto at = find_words(folded, words);
    if (at != std::string_view::npos) return folded.substr(0, at - 1);
  }
  return folded;
}

std::string_view MergeWords::through(std::string_view folded) const noexcept {
  for (const std::string& word : through_) {
    if (starts_with_words(folded, word)) return folded.substr(std::min(word.size() + 1, folded.size()));
  }
  return {};
}

std::vector<std::string_view> MergeWords::bodies(std::string_view name) const {
  std::vector<std::string_view> bodies;
  for (std::size_t begin = 0; begin <= name.size();) {
    std::size_t end = name.size(), length = 1;
    for (const std::string& between : between_) {
      const auto at = name.find(between, begin);
      if (at < end) {
        end = at;
        length = between.size();
      }
    }
    if (end > begin) bodies.push_back(name.substr(begin, end - begin));
    begin = end + length;
  }
  return bodies;
}

std::uint8_t MergeWords::times(std::string_view folded) const {
  std::uint8_t times = 0;
  for (std::string_view rest = folded; !rest.empty();) {
    const std::string_view from_here = rest;
    const auto found = phrases_.find(next_word(rest));
    if (found == phrases_.end()) continue;
    for (const Phrase& phrase : found->second) {
      if (starts_with_words(from_here, phrase.words)) times = std::max(times, phrase.times);
    }
  }
  return times;
}

}  // namespace vigifuite::index
