// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/normalise.hpp"

#include <algorithm>

#include "feeds/doubts.hpp"
#include "feeds/excerpt.hpp"
#include "feeds/public_link.hpp"
#include "feeds/source_facts.hpp"
#include "feeds/text_facts.hpp"

namespace vigifuite::feeds {
namespace {

constexpr std::size_t kTitleBytes = 500;
constexpr std::size_t kExcerptBytes = 2000;
constexpr std::size_t kLabelBytes = 128;
constexpr std::size_t kMaxUnmapped = 64;
constexpr std::size_t kMaxBodies = 256;
constexpr std::size_t kMaxKeptLinks = 64;

/// The kind of page a source's own address is, and whether it is worth more than a link of it.
LinkKind kind_of(Trust trust) noexcept {
  switch (trust) {
    case Trust::Authority: return LinkKind::Authority;
    case Trust::Organisation: return LinkKind::Official;
    case Trust::Press: return LinkKind::Press;
    case Trust::Curator:
    case Trust::Curated:
    case Trust::Aggregator:
    case Trust::Attacker: return LinkKind::Tracker;
  }
  return LinkKind::Tracker;
}

/// What a source may say at most: an attacker only claims, whatever words are used.
void bound_by_trust(Sighting& sighting) {
  if (sighting.trust == Trust::Attacker) sighting.status = IncidentStatus::Claimed;
}

bool speaks_french(std::string_view tag, const Source& source) noexcept {
  if (tag.empty()) return source.language == Language::French;
  return tag.substr(0, 2) == "fr" || tag.substr(0, 2) == "FR";
}

/// One notice on its way to a sighting.
class Normaliser {
 public:
  Normaliser(const Notice& notice, const Source& source, const Vocabulary& vocabulary, Instant now, Sighting& out)
      : out_(out),
        notice_(notice),
        source_(source),
        vocabulary_(vocabulary),
        now_(now),
        language_(speaks_french(notice.language, source) ? Language::French : Language::English) {}

  void run() {
    if (notice_.canonical != nullptr) {
      out_ = *notice_.canonical;
      identify();
      bound_lists();
      drop_private_links();
    } else {
      identify();
      out_.states_facts = notice_.states_facts;
      read_words();
      read_links();
      out_.disclosed = past_date(out_, notice_.published, "date of publication", language_, now_);
      if (notice_.states_facts) read_source_facts(notice_, source_, vocabulary_, language_, now_, out_);
      read_text_facts(notice_, source_, vocabulary_, now_, out_);
    }
    bound_by_trust(out_);
  }

 private:
  void identify() {
    out_.source = source_.id;
    out_.key = notice_.key;
    out_.digest = notice_.digest;
    out_.trust = source_.trust;
    out_.origin = source_.republishes.empty() ? source_.id : source_.republishes;
    out_.first_seen = out_.last_changed = now_;
  }

  std::string& own_words(Text& text) const { return language_ == Language::French ? text.fr : text.en; }

  void read_words() {
    own_words(out_.title) = plain_title(notice_.title, kTitleBytes);
    if (!notice_.text.empty()) {
      own_words(out_.summary) = excerpt(notice_.text, notice_.text_is_html, kExcerptBytes);
    }
    if (!notice_.sector.empty()) out_.sector = plain_title(notice_.sector, kLabelBytes);
  }

  void add_link(std::string_view url, LinkKind kind) {
    if (out_.links.size() >= kMaxKeptLinks) return;
    std::string decoded;
    if (url.find("&amp;") != std::string_view::npos) url = decoded = plain_title(url, url.size());
    if (!is_public_link(url)) return;
    if (std::any_of(out_.links.begin(), out_.links.end(), [&](const SourceLink& l) { return l.url == url; })) return;
    out_.links.push_back({std::string(url), kind, {}});
  }

  void read_links() {
    out_.links.reserve(std::min(notice_.links.size() + 1, kMaxKeptLinks));
    add_link(notice_.url, kind_of(source_.trust));
    if (!out_.links.empty()) out_.url = out_.links.front().url;
    for (const std::string_view link : notice_.links) add_link(link, LinkKind::Press);
  }

  /// A catalogue is written by hand; one that is not must not fill the store.
  void bound_lists() {
    const auto bound = [](auto& list, std::size_t at_most) {
      if (list.size() > at_most) list.erase(list.begin() + static_cast<std::ptrdiff_t>(at_most), list.end());
    };
    bound(out_.organisations, kMaxBodies);
    bound(out_.organisation_classes, kMaxBodies);
    bound(out_.processors, kMaxBodies);
    bound(out_.people, kMaxUnmapped);
    bound(out_.populations, kMaxUnmapped);
    bound(out_.unmapped_labels, kMaxUnmapped);
    bound(out_.links, kMaxKeptLinks);
    bound(out_.actions, kMaxUnmapped);
    bound(out_.complaint_forms, kMaxUnmapped);
    bound(out_.doubts, kMaxDoubts);
    for (std::string* title : {&out_.title.fr, &out_.title.en}) title->resize(clip(*title, kTitleBytes).size());
    for (std::string* summary : {&out_.summary.fr, &out_.summary.en})
      summary->resize(clip(*summary, kExcerptBytes).size());
  }

  /// A catalogue names places too: the same rule holds.
  void drop_private_links() {
    const auto hidden = [](const std::string& url) { return !url.empty() && !is_public_link(url); };
    std::erase_if(out_.links, [&](const SourceLink& link) { return hidden(link.url); });
    if (hidden(out_.url)) out_.url.clear();
    for (PeopleFigure& figure : out_.people) {
      if (hidden(figure.source)) figure.source.clear();
    }
    for (Population& population : out_.populations) {
      if (hidden(population.source)) population.source.clear();
    }
    for (AuthorityAction& action : out_.actions) {
      if (hidden(action.source)) action.source.clear();
    }
    for (ComplaintForm& form : out_.complaint_forms) {
      if (hidden(form.url)) form.url.clear();
    }
  }

  Sighting& out_;
  const Notice& notice_;
  const Source& source_;
  const Vocabulary& vocabulary_;
  Instant now_;
  Language language_;
};

}  // namespace

Sighting normalise(const Notice& notice, const Source& source, const Vocabulary& vocabulary, Instant now) {
  Sighting sighting;
  Normaliser(notice, source, vocabulary, now, sighting).run();
  return sighting;
}

}  // namespace vigifuite::feeds
