// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/match/chain.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "daemon/match/keys.hpp"

namespace vigifuite::match {
namespace {

bool ends_before(const Period& period, const Period& other) {
  return period.to.known() && other.from.known() && period.to.last_day() < other.from.first_day();
}

/// The day after a date, as precise as the date.
PartialDate next_of(PartialDate date) {
  if (!date.known()) return {};
  const std::chrono::year_month_day day{date.last_day() + std::chrono::days{1}};
  PartialDate next{static_cast<std::int16_t>(static_cast<int>(day.year())), 0, 0};
  if (date.month != 0) next.month = static_cast<std::uint8_t>(static_cast<unsigned>(day.month()));
  if (date.day != 0) next.day = static_cast<std::uint8_t>(static_cast<unsigned>(day.day()));
  return next;
}

/// The names a body took after `said`, one of its former names.
std::vector<NameStep> names_since(const Organisation& body, const FormerName& said) {
  std::vector<NameStep> steps;
  PartialDate last = said.borne.to;
  for (const FormerName& other : body.former_names) {
    if (other.borne.from.known() && said.borne.to.known() && other.borne.from > said.borne.to) {
      steps.push_back({other.name, other.borne.from});
      last = std::max(last, other.borne.to);
    }
  }
  std::sort(steps.begin(), steps.end(), [](const NameStep& a, const NameStep& b) { return a.since < b.since; });
  steps.push_back({body.name, next_of(last)});
  return steps;
}

/// All that can be reached from `start` by `next`, over at most kMostSteps; without `start`.
template <class Next>
std::vector<std::string> reached(std::string_view start, const Next& next) {
  std::vector<std::string> found, edge{std::string(start)};
  std::set<std::string, std::less<>> seen{std::string(start)};
  for (std::size_t step = 0; step < kMostSteps && !edge.empty(); ++step) {
    std::vector<std::string> further;
    for (const std::string& id : edge) {
      for (std::string& to : next(id)) {
        if (seen.insert(to).second) further.push_back(std::move(to));
      }
    }
    found.insert(found.end(), further.begin(), further.end());
    edge = std::move(further);
  }
  return found;
}

}  // namespace

std::vector<const ProcessorLink*> way_to(const Organisation& body, std::string_view processor, Period window,
                                         Relation relation, const Vocabulary& vocabulary) {
  struct Came {
    const ProcessorLink* link;
    std::string from;
  };
  std::map<std::string, Came, std::less<>> came{{body.id, {nullptr, {}}}};
  std::vector<std::string> edge{body.id};
  for (std::size_t step = 0; step < kMostSteps && !came.contains(processor); ++step) {
    std::vector<std::string> further;
    for (const std::string& id : edge) {
      const Organisation* at = vocabulary.organisation(id);
      if (at == nullptr) continue;
      for (const ProcessorLink& link : at->processors) {
        if (link.relation && *link.relation != relation) continue;
        if (ends_before(link.period, window) || ends_before(window, link.period)) continue;
        if (came.try_emplace(link.organisation, Came{&link, id}).second) further.push_back(link.organisation);
      }
    }
    edge = std::move(further);
  }
  std::vector<const ProcessorLink*> way;
  auto at = came.find(processor);
  while (at != came.end() && at->second.link != nullptr) {
    way.push_back(at->second.link);
    at = came.find(at->second.from);
  }
  std::reverse(way.begin(), way.end());
  return way;
}

std::vector<std::string> processors_of(const Organisation& body, Relation relation, const Vocabulary& vocabulary) {
  return reached(body.id, [&](const std::string& id) {
    std::vector<std::string> next;
    const Organisation* at = vocabulary.organisation(id);
    if (at == nullptr) return next;
    for (const ProcessorLink& link : at->processors) {
      if (!link.relation || *link.relation == relation) next.push_back(link.organisation);
    }
    return next;
  });
}

std::vector<std::string> customers_of(std::string_view processor, const Vocabulary& vocabulary) {
  return reached(processor, [&](const std::string& id) {
    std::vector<std::string> next;
    for (const Organisation* customer : vocabulary.customers_of(id)) next.push_back(customer->id);
    return next;
  });
}

std::vector<Holder> holders_of(const Tie& tie, const Vocabulary& vocabulary) {
  std::vector<Holder> holders{{tie.organisation, {}}};
  std::set<std::string, std::less<>> seen{tie.organisation.id};
  for (std::size_t i = 0; i < holders.size(); ++i) {
    const Organisation* at = vocabulary.organisation(holders[i].ref.id);
    if (at == nullptr || holders[i].way.size() == kMostSteps) continue;
    for (const Successor& heir : at->successors) {
      // Whoever came after the files had moved has none among them.
      const bool later =
          tie.period.from.known() && heir.since.known() && tie.period.from.first_day() > heir.since.last_day();
      if (later || !seen.insert(heir.organisation).second) continue;
      Holder holder{{heir.organisation, {}, {}}, holders[i].way};
      holder.way.push_back(&heir);
      holders.push_back(std::move(holder));
    }
  }
  return holders;
}

Understood understand(const Tie& tie, const Vocabulary& vocabulary) {
  Understood understood;
  understood.body = vocabulary.organisation(tie.organisation.id);
  if (understood.body == nullptr) return understood;
  const std::string said = fold(tie.organisation.name);
  for (const FormerName& former : understood.body->former_names) {
    if (!said.empty() && fold(former.name) == said) understood.became = names_since(*understood.body, former);
  }
  auto holders = holders_of(tie, vocabulary);
  understood.heirs.assign(std::make_move_iterator(std::next(holders.begin())), std::make_move_iterator(holders.end()));
  understood.note = vocabulary.taken_as(tie.organisation.name);
  return understood;
}

}  // namespace vigifuite::match
