// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/reason_text.hpp"

#include <algorithm>
#include <span>
#include <tuple>

#include "schemas/messages.hpp"
#include "schemas/wording.hpp"

namespace vigifuite {
namespace {

/// The two forms of a reason's sentence: without and with the quoted words (the same when quoting adds nothing).
struct Forms {
  Message plain;
  Message quoted;
};

Forms forms_of(ReasonCode code) noexcept {
  using enum Message;
  switch (code) {
    case ReasonCode::Notified: return {ReasonNotified, ReasonNotified};
    case ReasonCode::WithinPopulation: return {ReasonWithinPopulation, ReasonWithinPopulationQuoted};
    case ReasonCode::WithinPartOfPopulation: return {ReasonWithinPartOfPopulation, ReasonWithinPartOfPopulationQuoted};
    case ReasonCode::CurrentAtIncident: return {ReasonCurrentAtIncident, ReasonCurrentAtIncident};
    case ReasonCode::ThroughProcessor: return {ReasonThroughProcessor, ReasonThroughProcessor};
    case ReasonCode::ClaimNotConfirmed: return {ReasonClaimNotConfirmed, ReasonClaimNotConfirmed};
    case ReasonCode::PeriodImprecise: return {ReasonPeriodImprecise, ReasonPeriodImpreciseQuoted};
    case ReasonCode::PeriodUnknown: return {ReasonPeriodUnknown, ReasonPeriodUnknownQuoted};
    case ReasonCode::PopulationUnstated: return {ReasonPopulationUnstated, ReasonPopulationUnstated};
    case ReasonCode::LocalBodyUnnamed: return {ReasonLocalBodyUnnamed, ReasonLocalBodyUnnamed};
    case ReasonCode::OutsidePeriod: return {ReasonOutsidePeriod, ReasonOutsidePeriodQuoted};
    case ReasonCode::OutsideRelation: return {ReasonOutsideRelation, ReasonOutsideRelationQuoted};
    case ReasonCode::AfterIncident: return {ReasonAfterIncident, ReasonAfterIncident};
    case ReasonCode::Unverified: return {ReasonUnverified, ReasonUnverified};
    case ReasonCode::Retracted: return {ReasonRetracted, ReasonRetracted};
    case ReasonCode::ProcessorOtherTime: return {ReasonProcessorOtherTime, ReasonProcessorOtherTime};
    case ReasonCode::Renamed: return {ReasonRenamed, ReasonRenamed};
    case ReasonCode::TakenOver: return {ReasonTakenOver, ReasonTakenOver};
    case ReasonCode::OutsidePlace: return {ReasonOutsidePlace, ReasonOutsidePlaceQuoted};
    case ReasonCode::PlaceUnknown: return {ReasonPlaceUnknown, ReasonPlaceUnknownQuoted};
    case ReasonCode::OnlyKind: return {ReasonOnlyKind, ReasonOnlyKindQuoted};
  }
  return {ReasonUnverified, ReasonUnverified};
}

/// "de 2009 à 2013", "en 2015", "jusqu'en 2018": how long a tie held, to follow a verb.
std::string stay(Language language, const Period& period) {
  const auto& [from, to] = period;
  const bool days = from.day != 0 && to.day != 0;
  if (from.known() && to.known() && from != to) {
    return say(language, days ? Message::FromDayToDay : Message::FromYearToYear, date(language, from),
               date(language, to));
  }
  if (from.known() && to.known()) return say(language, days ? Message::OnDay : Message::InYear, date(language, from));
  if (from.known()) return vigifuite::period(language, period);
  return say(language, to.day != 0 ? Message::UntilDay : Message::UntilYear, date(language, to));
}

/// A date to the month: the day of a change of name or of a contract helps nobody.
std::string month(Language language, PartialDate when) {
  when.day = 0;
  return date(language, when);
}

/// Since when, and how sure: " depuis 2019", " (constaté en février 2024, à vérifier)".
std::string standing(Language language, const ChainStep& step) {
  const auto& [from, to] = step.period;
  std::string words;
  if (from.known() && to.known())
    words = say(language, Message::ChainBetween, month(language, from), month(language, to));
  else if (from.known())
    words = say(language, Message::ChainSince, month(language, from));
  else if (to.known())
    words = say(language, Message::ChainUntil, month(language, to));
  else if (step.seen.known())
    words = say(language, Message::ChainSeen, month(language, step.seen));
  if (step.certain) return words;
  const std::string unsure = say(language, Message::ChainUnsure);  // " (à vérifier)"
  if (!words.ends_with(')')) return words + unsure;
  words.pop_back();
  return words + ", " + unsure.substr(2);
}

/// Words without the full stop and the marks that stand around the whole of them.
std::string_view bare(std::string_view quote) {
  constexpr std::string_view kMarks[] = {".", " ", "\u00A0", "\u202F", "«", "»", "“", "”", "\""};
  bool again = true;
  while (again) {
    again = false;
    for (const std::string_view mark : kMarks) {
      if (quote.ends_with(mark)) {
        quote.remove_suffix(mark.size());
        again = true;
      }
      if (mark != "." && quote.starts_with(mark)) {
        quote.remove_prefix(mark.size());
        again = true;
      }
    }
  }
  return quote;
}

/// « … » or “…”; a quotation inside it takes the inner marks.
std::string quoted(Language language, std::string_view words) {
  constexpr std::pair<std::string_view, std::string_view> kFrench[] = {{"«\u00A0", "“"}, {"«\u202F", "“"}, {"«", "“"},
                                                                       {"\u00A0»", "”"}, {"\u202F»", "”"}, {"»", "”"}};
  constexpr std::pair<std::string_view, std::string_view> kEnglish[] = {{"“", "‘"}, {"”", "’"}};
  const bool french = language == Language::French;
  std::string inner(words);
  const auto soften = [&](std::string_view outer, std::string_view mark) {
    for (auto at = inner.find(outer); at != std::string::npos; at = inner.find(outer, at)) {
      inner.replace(at, outer.size(), mark);
    }
  };
  for (const auto& [outer, mark] : french ? std::span<const std::pair<std::string_view, std::string_view>>(kFrench)
                                          : std::span<const std::pair<std::string_view, std::string_view>>(kEnglish)) {
    soften(outer, mark);
  }
  return french ? "«\u00A0" + inner + "\u00A0»" : "“" + inner + "”";
}

/// Who is affected, as it follows a colon: a source's own words as a quotation, ours as a part of the sentence.
std::string population_words(Language language, const ReasonWords& words) {
  std::string_view statement = words.quote;
  if (!words.is_quotation) {
    while (statement.ends_with('.')) statement.remove_suffix(1);
  } else {
    statement = bare(statement);
  }
  if (statement.empty()) return {};
  std::string out = words.is_quotation ? quoted(language, statement) : uncapitalised(std::string(statement));
  if (!words.host.empty()) out.append(" (").append(words.host).append(")");
  return out;
}

template <class Enum>
std::optional<Enum> find_name(std::string_view word, Enum last) noexcept {
  for (unsigned i = 0; i <= static_cast<unsigned>(last); ++i) {
    if (name_of(static_cast<Enum>(i)) == word) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string label(Language language, Verdict verdict) {
  switch (verdict) {
    case Verdict::Affected: return say(language, Message::VerdictAffected);
    case Verdict::Likely: return say(language, Message::VerdictLikely);
    case Verdict::Possible: return say(language, Message::VerdictPossible);
    case Verdict::NotAffected: return say(language, Message::VerdictNotAffected);
    case Verdict::Undetermined: return say(language, Message::VerdictUndetermined);
  }
  return {};
}

std::string tie_sentence(Language language, Relation relation, const Period& period, bool ongoing) {
  const bool work = relation == Relation::Employee;
  if (ongoing && !period.from.known()) {
    return say(language, work ? Message::TieWorkOngoingOpen : Message::TieUserOngoingOpen);
  }
  if (ongoing) {
    std::string start = date(language, period.from);
    if (period.from.day != 0) start = say(language, Message::SinceThe, start);
    return say(language, work ? Message::TieWorkOngoing : Message::TieUserOngoing, start);
  }
  if (!period.known()) return say(language, work ? Message::TieWorkUnknown : Message::TieUserUnknown);
  return say(language, work ? Message::TieWorkPeriod : Message::TieUserPeriod, stay(language, period));
}

std::string sentence(Language language, ReasonCode code, const ReasonWords& words) {
  const Forms forms = forms_of(code);
  const std::string body =
      words.organisation.empty() ? say(language, Message::ThisBody) : std::string(words.organisation);
  const std::string who = population_words(language, words);
  const std::string tie = tie_sentence(language, words.relation, words.period, words.ongoing);
  if (code == ReasonCode::OutsidePeriod && !words.population.known()) {
    return say(language, Message::ReasonOtherDates, body, tie);
  }
  return say(language, who.empty() ? forms.plain : forms.quoted, body, tie, who, stay(language, words.population));
}

std::string renamed_sentence(Language language, std::string_view said, const std::vector<NameStep>& became) {
  std::string names;
  for (const NameStep& step : became) {
    const std::string one =
        step.since.known() ? say(language, Message::NamesStep, step.name, month(language, step.since)) : step.name;
    names = names.empty() ? one : say(language, Message::NamesThen, names, one);
  }
  return say(language, Message::ReasonRenamedTo, names, said);
}

std::string heir_words(Language language, std::string_view body, const Text& what, PartialDate since) {
  std::string words(body);
  if (since.known()) words += say(language, Message::TakenOverIn, month(language, since));
  const std::string& files = what.in(language);
  if (!files.empty()) words += say(language, Message::TakenOverWhat, files);
  return words;
}

std::string chain_sentences(Language language, std::string_view customer_kind,
                            const std::vector<std::vector<ChainStep>>& chains) {
  struct Told {
    std::string who, work, standing;
    bool shares;
    std::vector<std::string> whom;
  };
  std::vector<Told> told;
  const bool insurer = customer_kind == "complementary_insurer";
  for (const auto& chain : chains) {
    std::string who = say(language, insurer ? Message::YourInsurer : Message::YourBody);
    for (const ChainStep& step : chain) {
      Told one{
          std::move(who), step.service.in(language), standing(language, step), step.role != LinkRole::Processor, {}};
      who = step.name.empty() ? step.organisation : step.name;
      const auto same = std::find_if(told.begin(), told.end(), [&](const Told& other) {
        return std::tie(other.who, other.work, other.standing, other.shares) ==
               std::tie(one.who, one.work, one.standing, one.shares);
      });
      Told& into = same == told.end() ? told.emplace_back(std::move(one)) : *same;
      if (std::find(into.whom.begin(), into.whom.end(), who) == into.whom.end()) into.whom.push_back(who);
    }
  }
  std::string text;
  for (const Told& one : told) {
    const Message form = one.work.empty() ? Message::ChainWorks
                         : one.shares     ? Message::ChainShares
                                          : Message::ChainEntrusts;
    text +=
        (text.empty() ? "" : " ") + say(language, form, one.who, one.work, list_of(language, one.whom), one.standing);
  }
  return text;
}

std::optional<Verdict> parse_verdict(std::string_view word) noexcept {
  return find_name(word, Verdict::Undetermined);
}

std::optional<ReasonCode> parse_reason_code(std::string_view word) noexcept {
  return find_name(word, ReasonCode::OnlyKind);
}

}  // namespace vigifuite
