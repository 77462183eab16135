// SPDX-License-Identifier: AGPL-3.0-or-later
// The story of an incident in dated sentences: what happened, who announced what, what authorities did, what we
// changed.

#include <algorithm>

#include "daemon/api/views.hpp"
#include "schemas/change_words.hpp"
#include "schemas/messages.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::api {

std::string figure_words(Language language, const PeopleFigure& figure) {
  std::string count = number(language, figure.count);
  switch (figure.qualifier) {
    case Qualifier::Exact: break;
    case Qualifier::About: return say(language, Message::FigureAbout, count);
    case Qualifier::AtLeast: return say(language, Message::FigureAtLeast, count);
    case Qualifier::AtMost: return say(language, Message::FigureAtMost, count);
  }
  return count;
}

namespace {

/// A step of the story. `order` keeps steps of one day in the order in which they make sense.
struct Step {
  PartialDate date;
  int order = 0;
  std::string_view kind;
  Text text;
  std::string source;
};

/// The same sentence in both languages; `words` gives the argument for each.
template <class... Words>
Text both(Message message, const Words&... words) {
  return {say(Language::French, message, words(Language::French)...),
          say(Language::English, message, words(Language::English)...)};
}

Message figure_message(Trust by) noexcept {
  switch (by) {
    case Trust::Curator: return Message::HistoryFigureCurator;
    case Trust::Authority: return Message::HistoryFigureAuthority;
    case Trust::Organisation: return Message::HistoryFigureOrganisation;
    case Trust::Curated: return Message::HistoryFigureCurated;
    case Trust::Press: return Message::HistoryFigurePress;
    case Trust::Aggregator: return Message::HistoryFigureAggregator;
    case Trust::Attacker: return Message::HistoryFigureAttacker;
  }
  return Message::HistoryFigurePress;
}

std::string change_words(Language language, const std::vector<std::string>& changes) {
  std::vector<std::string> words;
  for (const std::string& change : changes) {
    const auto word = change_word(change);
    words.push_back(word ? say(language, *word) : change);
  }
  return list_of(language, words);
}

/// Two records that became one, or one that became two; a person's reason when one decided it.
Text joint_text(const Revision& revision) {
  const auto other = [&](Language) { return revision.other; };
  const auto because = [&](Language) { return revision.because; };
  const auto with_reason = [&](Message bare, Message decided) {
    return revision.because.empty() ? both(bare, other) : both(decided, other, because);
  };
  if (revision.number == 1) return with_reason(Message::HistorySplitFrom, Message::HistorySplitFromBecause);
  const bool merged = std::find(revision.changes.begin(), revision.changes.end(), "merged") != revision.changes.end();
  return merged ? with_reason(Message::HistoryMerged, Message::HistoryMergedBecause)
                : with_reason(Message::HistorySplit, Message::HistorySplitBecause);
}

Text revision_text(const Revision& revision) {
  if (!revision.other.empty()) return joint_text(revision);
  const auto source = [&](Language) { return revision.source; };
  const auto changes = [&](Language language) { return change_words(language, revision.changes); };
  const auto because = [&](Language) { return revision.because; };
  if (!revision.because.empty()) return both(Message::HistoryCorrected, changes, because);
  return revision.number == 1 ? both(Message::HistoryRevisionNew, source)
                              : both(Message::HistoryRevision, source, changes);
}

std::vector<Step> steps_of(const Incident& incident) {
  std::vector<Step> steps;
  if (incident.incident.from.known()) {
    const bool spans = incident.incident.to.day != 0 && incident.incident.to != incident.incident.from;
    const auto until = [&](Language language) { return date(language, incident.incident.to); };
    steps.push_back({incident.incident.from,
                     0,
                     "happened",
                     spans ? both(Message::HistoryHappenedUntil, until) : both(Message::HistoryHappened),
                     {}});
  }
  const auto title = [&](Language language) { return incident.title.in(language); };
  if (incident.disclosed.known())
    steps.push_back({incident.disclosed, 1, "disclosed", both(Message::HistoryDisclosed, title), {}});
  for (const PeopleFigure& figure : incident.people) {
    const auto count = [&](Language language) { return figure_words(language, figure); };
    steps.push_back({figure.date.known() ? figure.date : incident.disclosed, 2, "figure",
                     both(figure_message(figure.by), count), figure.source});
  }
  for (const AuthorityAction& action : incident.actions) {
    const auto who = [&](Language) { return action.authority; };
    const auto what = [&](Language language) { return action.action.in(language); };
    const auto amount = [&](Language language) { return number(language, action.amount_eur.value_or(0)); };
    steps.push_back({action.date, 3, "authority",
                     action.amount_eur ? both(Message::HistoryActionAmount, who, what, amount)
                                       : both(Message::HistoryAction, who, what),
                     action.source});
  }
  for (const Revision& revision : incident.revisions) {
    steps.push_back({date_of(revision.at), 4, "revision", revision_text(revision), revision.source});
  }
  std::stable_sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) {
    return std::pair(a.date, a.order) < std::pair(b.date, b.order);
  });
  return steps;
}

/// The last word, today: nobody confirmed it.
Step still_unconfirmed(const Core& core, PartialDate said) {
  const PartialDate today = date_of(core.now());
  const auto days = [&](Language language) { return number(language, (today.first_day() - said.last_day()).count()); };
  return {today, 5, "unconfirmed", both(Message::HistoryUnconfirmed, days), {}};
}

}  // namespace

Status write_history(JsonOut& out, const Core& core, const Incident& incident) {
  std::vector<Step> steps = steps_of(incident);
  if (const PartialDate said = unconfirmed_since(core, incident); said.known())
    steps.push_back(still_unconfirmed(core, said));
  begin_document(out, "history", core.now());
  out.member("id", incident.id).member_if("title", incident.title).key("items").begin_array();
  for (const Step& step : steps) {
    out.begin_object().member_if("date", step.date).member("kind", step.kind).member_if("text", step.text);
    out.member_if("source", step.source).end_object();
  }
  out.end_array();
  VIGIFUITE_TRY(write_announcements(out, core, incident));
  VIGIFUITE_TRY(write_freshness(out, core));
  out.end_object();
  return Done{};
}

}  // namespace vigifuite::api
