// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/evidence_book.hpp"

#include <algorithm>
#include <cmath>

#include "feeds/html_text.hpp"

namespace vigifuite::feeds {
namespace {

constexpr std::uint32_t kSentenceBytes = 600;
constexpr std::uint32_t kBefore = 150;  ///< how much of a longer sentence is kept before the words that matter
constexpr std::size_t kMaxPages = 32;
constexpr std::size_t kMaxFacts = 128;

/// The nearest beginning of a character at or before `at`.
std::uint32_t boundary(std::string_view text, std::uint32_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
  return at;
}

}  // namespace

EvidenceBook::Page EvidenceBook::page_for(extract::Evidence where) const {
  const auto& sentences = document_.sentences;
  Page page{where.begin, where.end, {}};
  if (!sentences.empty()) {
    auto it = std::upper_bound(sentences.begin(), sentences.end(), where.begin,
                               [&](std::uint32_t at, const extract::Sentence& sentence) {
                                 return at < document_.tokens[sentence.first].begin;
                               });
    if (it != sentences.begin()) --it;
    page.begin = document_.tokens[it->first].begin;
    page.end = std::max(document_.tokens[it->last - 1].end, where.end);
    if (where.end != 0) page.begin = std::min(page.begin, where.begin);
  }
  if (page.end - page.begin > kSentenceBytes) {
    const std::uint32_t before = where.begin > kBefore ? where.begin - kBefore : 0;
    page.begin = boundary(text_, std::max(page.begin, before));
    page.end = boundary(text_, std::min(page.end, page.begin + kSentenceBytes));
  }
  page.evidence.sentence = one_line(text_.substr(page.begin, page.end - page.begin));
  return page;
}

void EvidenceBook::note(Fact fact, std::string value, extract::Evidence where, float confidence) {
  if (facts_ >= kMaxFacts) return;
  const auto holds = [&](const Page& page) { return page.begin <= where.begin && where.end <= page.end; };
  auto page = std::find_if(pages_.begin(), pages_.end(), holds);
  if (page == pages_.end()) {
    if (pages_.size() >= kMaxPages) return;
    pages_.push_back(page_for(where));
    if (pages_.back().evidence.sentence.empty()) return pages_.pop_back();
    page = pages_.end() - 1;
  }
  const std::uint32_t end = std::min(where.end, page->end);
  std::string words = where.begin < end ? one_line(text_.substr(where.begin, end - where.begin)) : std::string();
  const auto percent = static_cast<std::uint32_t>(std::lround(std::clamp(confidence, 0.0F, 1.0F) * 100.0F));
  page->evidence.facts.push_back({fact, std::move(value), std::move(words), percent});
  ++facts_;
}

std::vector<Evidence> EvidenceBook::take() {
  std::sort(pages_.begin(), pages_.end(), [](const Page& a, const Page& b) { return a.begin < b.begin; });
  std::vector<Evidence> out;
  for (Page& page : pages_) out.push_back(std::move(page.evidence));
  pages_.clear();
  facts_ = 0;
  return out;
}

}  // namespace vigifuite::feeds
