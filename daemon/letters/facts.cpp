// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/facts.hpp"

#include <algorithm>
#include <array>

#include "daemon/letters/french.hpp"
#include "daemon/letters/layout.hpp"

namespace vigifuite::letters {
namespace {

constexpr std::size_t kMostSources = 40;
constexpr std::size_t kMostRows = 12;  ///< of figures, populations, acts: a letter, not a file

/// A page about the incident, where its kind is known.
struct Page {
  std::string url;
  std::optional<LinkKind> kind;
  PartialDate date;
};

bool printable(std::string_view url) {
  // Pages where stolen data can be had are never printed, whoever listed them.
  return !marked_url(url).empty() && url.find(".onion") == std::string_view::npos;
}

std::vector<Page> pages_of(const Situation& situation) {
  const Incident& incident = *situation.incident;
  std::vector<Page> pages;
  const auto add = [&](std::string_view url, std::optional<LinkKind> kind, PartialDate when) {
    if (!printable(url) || pages.size() >= kMostSources) return;
    const bool known = std::any_of(pages.begin(), pages.end(), [&](const Page& page) { return page.url == url; });
    if (!known) pages.push_back({std::string(url), kind, when});
  };
  for (const LinkKind kind : {LinkKind::Authority, LinkKind::Official, LinkKind::Press, LinkKind::Tracker}) {
    for (const SourceLink& link : incident.links) {
      if (link.kind == kind) add(link.url, link.kind, link.date);
    }
  }
  for (const PeopleFigure& figure : incident.people) {
    if (figure.by != Trust::Attacker) add(figure.source, std::nullopt, {});
  }
  for (const Population& population : incident.populations) add(population.source, std::nullopt, {});
  for (const AuthorityAction& action : incident.actions) add(action.source, std::nullopt, {});
  add(situation.joint_source, LinkKind::Press, {});
  return pages;
}

std::string kind_words(const Page& page) {
  if (!page.kind) return "page publique";
  switch (*page.kind) {
    case LinkKind::Official: return "page de l'organisme ou d'un ministère";
    case LinkKind::Authority: return "page d'une autorité";
    case LinkKind::Press: return "presse ou site d'information";
    case LinkKind::Tracker: return "site de suivi des fuites";
  }
  return "page publique";
}

std::string said_in(LinkKind kind) {
  switch (kind) {
    case LinkKind::Official: return "annoncé par l'organisme";
    case LinkKind::Authority: return "indiqué par une autorité";
    case LinkKind::Press: return "rapporté par la presse";
    case LinkKind::Tracker: return "signalé par un site de suivi";
  }
  return {};
}

bool is_decision(const AuthorityAction& action) {
  return action.amount_eur.has_value() || !action.reference.empty();
}

class Origins {
 public:
  explicit Origins(const Situation& situation) : situation_(situation), pages_(pages_of(situation)) {}

  [[nodiscard]] const std::vector<Page>& pages() const { return pages_; }

  [[nodiscard]] std::string label(std::string_view url) const {
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      if (pages_[i].url == url) return "S" + std::to_string(i + 1);
    }
    return {};
  }

  /// Of a fact whose own page is not recorded: every kind of source it may come from. Never more than that.
  [[nodiscard]] std::string general() const {
    std::string words;
    for (const LinkKind kind : {LinkKind::Official, LinkKind::Authority, LinkKind::Press, LinkKind::Tracker}) {
      const bool has = std::any_of(pages_.begin(), pages_.end(), [&](const Page& page) {
        return page.kind == kind && page.url != situation_.joint_source;
      });
      if (!has || (kind == LinkKind::Tracker && !words.empty())) continue;
      words += (words.empty() ? "" : " ou ") + said_in(kind);
    }
    return words.empty() ? "⟦source de ce fait à indiquer⟧" : tagged(words, refs());
  }

  /// Of a statement read at `url`, by somebody when `speaker` names them.
  [[nodiscard]] std::string at(std::string_view url, std::string speaker) const {
    const auto page = std::find_if(pages_.begin(), pages_.end(), [&](const Page& row) { return row.url == url; });
    if (page == pages_.end()) return speaker.empty() ? general() : tagged(speaker, {});
    const LinkKind kind = page->kind.value_or(LinkKind::Press);
    if (speaker.empty()) return tagged(said_in(kind), label(url));
    // Who says it is one thing, where it was read another.
    if (kind == LinkKind::Press || kind == LinkKind::Tracker) speaker += ", " + said_in(kind);
    return tagged(speaker, label(url));
  }

  [[nodiscard]] std::string of_figure(const PeopleFigure& figure) const {
    switch (figure.by) {
      case Trust::Authority: return at(figure.source, authority_of(figure));
      case Trust::Organisation: return at(figure.source, said_in(LinkKind::Official));
      case Trust::Press: return tagged(said_in(LinkKind::Press), label(figure.source));
      case Trust::Aggregator: return tagged(said_in(LinkKind::Tracker), label(figure.source));
      case Trust::Curator:
      case Trust::Curated:
      case Trust::Attacker: return at(figure.source, {});
    }
    return general();
  }

  [[nodiscard]] std::string of_action(const AuthorityAction& action) const {
    const auto page =
        std::find_if(pages_.begin(), pages_.end(), [&](const Page& row) { return row.url == action.source; });
    if (page == pages_.end() || page->kind != LinkKind::Authority) return at(action.source, {});
    return tagged((is_decision(action) ? "établi par " : "indiqué par ") + with_article(flatten(action.authority, 120)),
                  label(action.source));
  }

  /// Of the categories: the body's or an authority's own words when a claim of theirs covers all of them.
  [[nodiscard]] std::string of_categories(CategorySet set, bool exposed) const {
    for (const Trust by : {Trust::Authority, Trust::Organisation}) {
      for (const CategoryClaim& claim : situation_.incident->claims) {
        const CategorySet said = exposed ? claim.exposed : claim.not_exposed;
        if (claim.by != by || !(set - said).empty()) continue;
        return tagged(said_in(by == Trust::Authority ? LinkKind::Authority : LinkKind::Official), refs());
      }
    }
    return general();
  }

 private:
  static std::string tagged(const std::string& words, const std::string& where) {
    return "[" + words + "]" + (where.empty() ? "" : " (" + where + ")");
  }

  /// "S1 à S4": every page but trackers, unless there are only trackers.
  [[nodiscard]] std::string refs() const {
    std::vector<std::size_t> numbers;
    const auto collect = [&](bool trackers) {
      for (std::size_t i = 0; i < pages_.size(); ++i) {
        const bool is_tracker = pages_[i].kind == LinkKind::Tracker;
        if (is_tracker == trackers && pages_[i].url != situation_.joint_source) numbers.push_back(i + 1);
      }
    };
    collect(false);
    if (numbers.empty()) collect(true);
    if (numbers.empty()) return {};
    const auto name = [](std::size_t n) { return "S" + std::to_string(n); };
    if (numbers.size() > 2 && numbers.back() - numbers.front() + 1 == numbers.size()) {
      return name(numbers.front()) + "\u00a0à\u00a0" + name(numbers.back());
    }
    std::vector<std::string> names;
    for (const std::size_t n : numbers) names.push_back(name(n));
    return enumeration(names);
  }

  [[nodiscard]] std::string authority_of(const PeopleFigure& figure) const {
    for (const AuthorityAction& action : situation_.incident->actions) {
      const bool same_page = !figure.source.empty() && action.source == figure.source;
      if (!same_page && !(figure.date.known() && action.date == figure.date)) continue;
      return (is_decision(action) ? "établi par " : "indiqué par ") + with_article(flatten(action.authority, 120));
    }
    return said_in(LinkKind::Authority);
  }

  const Situation& situation_;
  std::vector<Page> pages_;
};

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string with_stop(std::string text) {
  if (!text.empty() && std::string_view(".!?").find(text.back()) == std::string_view::npos && !text.ends_with("…"))
    text += '.';
  return text;
}

std::string dated(const PeopleFigure& figure) {
  return people(figure) + (figure.date.known() ? " (" + date(figure.date) + ")" : "");
}

void add_figures(PublicFacts& facts, const Origins& origins, const Incident& incident) {
  std::vector<std::string> unsourced;
  for (const PeopleFigure& figure : incident.people) {
    if (figure.by == Trust::Attacker || facts.figures.size() >= kMostRows) continue;
    Stated stated{people(figure), {}, {}, origins.of_figure(figure)};
    stated.when = on_date(figure.date);
    facts.figures.push_back(std::move(stated));
    if (origins.label(figure.source).empty()) unsourced.push_back(dated(figure));
  }
  facts.figures_unsourced = enumeration(unsourced);
}

void add_actions(PublicFacts& facts, const Origins& origins, const Incident& incident) {
  for (const AuthorityAction& action : incident.actions) {
    const std::string text = facts_only(action.action.in(Language::French));
    if (text.empty() || facts.actions.size() >= kMostRows) continue;
    std::string heading = flatten(action.authority, 120);
    if (action.date.known()) heading += ", " + date(action.date);
    if (!action.reference.empty()) heading += ", " + flatten(action.reference, 60);
    if (action.amount_eur) heading += ", " + euros(*action.amount_eur);
    facts.actions.push_back({capitalised(with_stop(text)), {}, heading, origins.of_action(action)});
  }
}

void add_sources(PublicFacts& facts, const Origins& origins, const Incident& incident) {
  for (const Page& page : origins.pages()) {
    std::vector<std::string> gave;
    for (const PeopleFigure& figure : incident.people) {
      if (figure.by != Trust::Attacker && figure.source == page.url) gave.push_back(dated(figure));
    }
    facts.sources.push_back(
        {origins.label(page.url), kind_words(page), date(page.date), marked_url(page.url), enumeration(gave)});
  }
}

}  // namespace

std::string labels(const Vocabulary& vocabulary, CategorySet set) {
  std::string out;  // labels hold commas and "ou"
  for (const Category category : set) {
    out.append(out.empty() ? "" : " ; ").append(vocabulary.info(category).label.in(Language::French));
  }
  return out;
}

PublicFacts public_facts(const Situation& situation) {
  const Incident& incident = *situation.incident;
  const Origins origins(situation);
  PublicFacts facts;
  facts.origin = origins.general();
  for (const Population& population : incident.populations) {
    const auto& ids = population.organisations;
    const bool of_another = !ids.empty() && situation.body.registry != nullptr &&
                            std::find(ids.begin(), ids.end(), situation.body.registry->id) == ids.end();
    const std::string text = facts_only(population.statement.in(Language::French));
    if (text.empty() || of_another || facts.populations.size() >= kMostRows) continue;
    facts.populations.push_back({with_stop(text), {}, {}, origins.at(population.source, {})});
  }
  add_figures(facts, origins, incident);
  add_actions(facts, origins, incident);
  add_sources(facts, origins, incident);
  facts.exposed = {
      labels(*situation.vocabulary, situation.exposed), {}, {}, origins.of_categories(situation.exposed, true)};
  facts.not_exposed = {labels(*situation.vocabulary, situation.not_exposed),
                       {},
                       {},
                       origins.of_categories(situation.not_exposed, false)};
  std::vector<std::string> words;
  for (const std::string& label : incident.unmapped_labels) {
    if (words.size() < kMostRows) words.push_back("« " + flatten(label, 80) + " »");
  }
  facts.unmapped = enumeration(words);
  facts.joint_source = origins.label(situation.joint_source);
  return facts;
}

}  // namespace vigifuite::letters
