// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/phrases.hpp"

#include "schemas/messages.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

/// "13 mars 2024, cnil.fr" between brackets, or nothing.
std::string where_and_when(JsonValue source, JsonValue day, Language language) {
  std::string inside = host_of(source.text());
  if (const std::string when = date(language, date_at(day)); !when.empty()) {
    inside += (inside.empty() ? "" : ", ") + when;
  }
  return inside.empty() ? inside : " (" + inside + ")";
}

/// The pages of the French data-protection authority, which a figure can be named after.
bool is_page_of_cnil(std::string_view url) {
  const std::string host = host_of(url);
  return host == "cnil.fr" || (host == "legifrance.gouv.fr" && url.find("/cnil/") != std::string_view::npos);
}

std::string qualified(std::string_view qualifier, const std::string& count, Language language) {
  if (qualifier == "about") return say(language, Message::FigureAbout, count);
  if (qualifier == "at_least") return say(language, Message::FigureAtLeast, count);
  if (qualifier == "at_most") return say(language, Message::FigureAtMost, count);
  return count;
}

std::string failing_sources(JsonValue failing, Instant now, Language language) {
  constexpr std::size_t kNamed = 3;
  std::vector<std::string> names;
  std::size_t count = 0;
  for (const auto element : failing.items()) {
    const JsonValue source(element);
    if (++count > kNamed) continue;
    std::string name = shown(source["name"], language);
    if (name.empty()) name = shown(source["source"], language);
    if (const auto last = parse_rfc3339(source["since"].text())) name += ", " + since(language, now, *last);
    names.push_back(std::move(name));
  }
  std::string out;
  for (const std::string& name : names)
    out += (out.empty() ? "" : say(language, Message::FigureSeparator) + " ") + name;
  return count > kNamed ? out + "…" : out;
}

}  // namespace

std::string shown(JsonValue text, Language language) {
  if (text.is_string()) return printable(text.text());
  const Text both{std::string(text["fr"].text()), std::string(text["en"].text())};
  return printable(both.in(language));
}

PartialDate date_at(JsonValue value) {
  return parse_partial_date(value.text()).value_or(PartialDate{});
}

Instant instant_at(JsonValue value) {
  return parse_rfc3339(value.text()).value_or(Instant{});
}

Period period_at(JsonValue value) {
  return {date_at(value["from"]), date_at(value["to"])};
}

std::string happened(JsonValue value, Language language) {
  const Period when = period_at(value);
  return when.to.known() ? period(language, when) : date(language, when.from);
}

std::string host_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  if (url.starts_with("www.")) url.remove_prefix(4);
  return printable(url);
}

std::string body_name(JsonValue body) {
  if (body.is_string()) return printable(body.text());
  const std::string name = printable(body["name"].text());
  return name.empty() ? printable(body["id"].text()) : name;
}

std::string body_names(JsonValue bodies, Language language) {
  std::vector<std::string> names;
  for (const auto element : bodies.items()) names.push_back(body_name(JsonValue(element)));
  return list_of(language, names);
}

CategoryLabels::CategoryLabels(const Result<Document>& categories, Language language) {
  if (!categories) return;  // slugs are readable enough to say what leaked
  for (const auto element : categories->value["items"].items()) {
    const JsonValue category(element);
    add(category["slug"].text(), shown(category["label"], language));
  }
}

CategoryLabels::CategoryLabels(const Vocabulary& vocabulary, Language language) {
  for (const CategoryInfo& category : vocabulary.categories())
    add(category.slug, printable(category.label.in(language)));
}

void CategoryLabels::add(std::string_view slug, std::string label) {
  for (auto at = label.find("n° "); at != std::string::npos; at = label.find("n° ")) {
    label.replace(at, std::string_view("n° ").size(), "n°\u00A0");  // never at the end of a line
  }
  labels_.emplace(std::string(slug), std::move(label));
}

std::string CategoryLabels::one(std::string_view slug) const {
  const auto found = labels_.find(slug);
  return found == labels_.end() || found->second.empty() ? printable(slug) : found->second;
}

std::string CategoryLabels::of(JsonValue slugs, std::string_view separator) const {
  std::string out;
  for (const auto element : slugs.items()) {
    if (!out.empty()) out += separator;
    out += one(JsonValue(element).text());
  }
  return out;
}

std::string according_to(std::string_view trust, Language language) {
  if (trust == "curator") return say(language, Message::AccordingToCurator);
  if (trust == "authority") return say(language, Message::AccordingToAuthority);
  if (trust == "organisation") return say(language, Message::AccordingToOrganisation);
  if (trust == "curated") return say(language, Message::AccordingToCurated);
  if (trust == "press") return say(language, Message::AccordingToPress);
  if (trust == "aggregator") return say(language, Message::AccordingToAggregator);
  if (trust == "attacker") return say(language, Message::AccordingToAttacker);
  return {};
}

std::string trust_word(std::string_view trust, Language language) {
  if (trust == "curator") return say(language, Message::TrustCurator);
  if (trust == "authority") return say(language, Message::TrustAuthority);
  if (trust == "organisation") return say(language, Message::TrustOrganisation);
  if (trust == "curated") return say(language, Message::TrustCurated);
  if (trust == "press") return say(language, Message::TrustPress);
  if (trust == "aggregator") return say(language, Message::TrustAggregator);
  if (trust == "attacker") return say(language, Message::TrustAttacker);
  return printable(trust);
}

std::string figure(JsonValue figure, Language language) {
  const auto count = figure["count"].integer();
  if (!count || *count < 0) return {};
  std::string out = qualified(figure["qualifier"].text(), people_count(language, *count), language);
  const bool cnil = figure["by"].text() == "authority" && is_page_of_cnil(figure["source"].text());
  const std::string who = cnil ? say(language, Message::AccordingToCnil) : according_to(figure["by"].text(), language);
  if (!who.empty()) out += " " + who;
  return out + where_and_when(figure["source"], figure["date"], language);
}

std::string figures(JsonValue people, Language language) {
  std::string out;
  for (const auto element : people.items()) {
    const std::string one = figure(JsonValue(element), language);
    if (!one.empty()) out += (out.empty() ? "" : say(language, Message::FigureSeparator) + " ") + one;
  }
  return out;
}

std::string status_word(std::string_view status, Language language) {
  if (status == "claimed") return say(language, Message::StatusClaimed);
  if (status == "confirmed") return say(language, Message::StatusConfirmed);
  if (status == "corrected") return say(language, Message::StatusCorrected);
  if (status == "retracted") return say(language, Message::StatusRetracted);
  return printable(status);
}

std::string status_symbol(JsonValue incident) {
  const std::string_view status = incident["status"].text();
  const bool established = status == "confirmed" || status == "corrected";
  return established && incident["verified"].boolean().value_or(true) ? "●" : "○";
}

std::string caution(JsonValue incident, Language language) {
  std::vector<std::string> parts;
  const std::string_view status = incident["status"].text();
  if (incident["unsure"].boolean().value_or(false)) parts.push_back(say(language, Message::CautionUnsure));
  const auto said = [&](std::string_view code) {
    for (const auto reason : incident["reasons"].items()) {
      if (JsonValue(reason)["code"].text() == code) return true;
    }
    return false;
  };
  if (incident["unconfirmed_since"])
    parts.push_back(say(language, Message::CautionUnconfirmed, date(language, date_at(incident["unconfirmed_since"]))));
  else if (status == "claimed" && !said("claim_not_confirmed"))
    parts.push_back(say(language, Message::CautionClaimed));
  if (status == "corrected") parts.push_back(say(language, Message::CautionCorrected));
  if (status == "retracted" && !said("retracted")) parts.push_back(say(language, Message::CautionRetracted));
  if (!incident["verified"].boolean().value_or(true) && !said("unverified"))
    parts.push_back(say(language, Message::CautionUnverified));
  if (incident["disputed"].boolean().value_or(false)) parts.push_back(say(language, Message::CautionDisputed));
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : " ") + part;
  return out;
}

std::string who_spares(JsonValue incident, Language language) {
  for (const auto element : incident["claims"].items()) {
    const JsonValue claim(element);
    if (!claim["not_exposed"]) continue;
    std::string out = according_to(claim["by"].text(), language);
    if (const std::string when = date(language, date_at(claim["date"])); !when.empty()) out += ", " + when;
    return out;
  }
  const std::string when = date(language, date_at(incident["disclosed"]));
  return when.empty() ? when : say(language, Message::AccordingToAnnouncement, when);
}

bool sources_answer(JsonValue freshness) {
  return freshness["fresh"].integer().value_or(0) > 0 && freshness["never"].integer().value_or(0) == 0 &&
         freshness["partial"].integer().value_or(0) == 0 && freshness["failing"].items().size() == 0;
}

void print_freshness(Page& page, JsonValue document, Language language) {
  const JsonValue freshness = document["freshness"];
  if (!freshness) return;
  const Instant now = instant_at(document["generated_at"]);
  const auto newest = parse_rfc3339(freshness["newest"].text());
  if (!newest) {
    page.text(say(language, Message::FreshnessNever));
    return;
  }
  const auto fresh = freshness["fresh"].integer().value_or(0), never = freshness["never"].integer().value_or(0);
  std::string line = say(language, Message::FreshnessRead, ago(language, now, *newest), number(language, fresh));
  if (const std::size_t failing = freshness["failing"].items().size(); failing != 0) {
    line += say(language, Message::FreshnessFailing, failing, failing_sources(freshness["failing"], now, language));
  }
  if (const auto partial = freshness["partial"].integer().value_or(0); partial != 0) {
    line += say(language, plural(language, partial, Message::FreshnessPartial_one, Message::FreshnessPartial_many),
                partial);
  }
  if (never != 0) {
    line += say(language, plural(language, never, Message::FreshnessUnread_one, Message::FreshnessUnread_many), never);
  }
  page.text(line + ". " + say(language, Message::NoGuarantee));
}

std::string shell_word(std::string_view word) {
  constexpr std::string_view kSafe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:@%+=,";
  if (!word.empty() && word.find_first_not_of(kSafe) == std::string_view::npos) return std::string(word);
  if (word.find_first_of("\"$`\\!") == std::string_view::npos) return '"' + std::string(word) + '"';
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace vigifuite::cli
