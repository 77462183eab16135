// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/incident_page.hpp"

#include "daemon/cli/evidence_page.hpp"
#include "schemas/messages.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

constexpr std::size_t kColumns = 15;

class IncidentPage {
 public:
  IncidentPage(Page& page, JsonValue incident, const CategoryLabels& labels, Language language)
      : page_(page), incident_(incident), labels_(labels), language_(language) {}

  void print() {
    heading();
    facts();
    populations();
    categories();
    people();
    actions();
    forms();
    corrections();
    evidence();
    links();
    page_.blank()
        .text(say(language_, Message::IncidentNext))
        .command("vigifuite incident history " + printable(incident_["id"].text()), 2);
  }

 private:
  void field(Message title, const std::string& words) { page_.field(say(language_, title), kColumns, words); }
  /// The next lines of a field that has several.
  void more(const std::string& words) { page_.text(words, kColumns + 4, kColumns + 6); }
  [[nodiscard]] std::string day(JsonValue value) const { return date(language_, date_at(value)); }

  void heading() {
    page_.text(bold(shown(incident_["title"], language_)));
    page_.text(dim(printable(incident_["id"].text())));
    if (const std::string summary = shown(incident_["summary"], language_); !summary.empty()) page_.text(summary);
    page_.blank();
  }

  void facts() {
    field(Message::FieldStatus, status_symbol(incident_) + " " + status_word(incident_["status"].text(), language_));
    field(Message::FieldCaution, caution(incident_, language_));
    field(Message::FieldHappened, happened(incident_["incident"], language_));
    field(Message::FieldDisclosed, day(incident_["disclosed"]));
    field(Message::FieldBodies, body_names(incident_["organisations"], language_));
    field(Message::FieldProcessors, body_names(incident_["processors"], language_));
  }

  void populations() {
    for (const auto element : incident_["populations"].items()) {
      const JsonValue population(element);
      std::string words = shown(population["statement"], language_);
      if (words.empty()) words = period(language_, period_at(population));
      if (words.empty()) continue;
      if (const std::string host = host_of(population["source"].text()); !host.empty()) words += " (" + host + ")";
      if (population["extent"].text() == "part") words += " " + say(language_, Message::OnlyAPart);
      field(Message::FieldPopulation, words);
    }
  }

  void categories() {
    field(Message::FieldLeaked, labels_.of(incident_["exposed"]));
    std::string spared = labels_.of(incident_["not_exposed"]);
    if (const std::string who = who_spares(incident_, language_); !spared.empty() && !who.empty()) {
      spared += " (" + who + ")";
    }
    field(Message::FieldSpared, spared);
    std::string unmapped;
    for (const auto element : incident_["unmapped_labels"].items()) {
      unmapped += (unmapped.empty() ? "" : ", ") + printable(JsonValue(element).text());
    }
    field(Message::FieldUnmapped, unmapped);
  }

  void people() {
    bool first = true;
    for (const auto element : incident_["people"].items()) {
      const std::string words = figure(JsonValue(element), language_);
      if (words.empty()) continue;
      if (first)
        field(Message::FieldPeople, words);
      else
        more(words);
      first = false;
    }
    const std::string note = shown(incident_["people_note"], language_);
    if (first)
      field(Message::FieldPeople, note);
    else if (!note.empty())
      more(note);
  }

  void actions() {
    bool first = true;
    for (const auto element : incident_["actions"].items()) {
      const JsonValue action(element);
      std::string words = day(action["date"]);
      words += (words.empty() ? "" : ", ") + printable(action["authority"].text()) + say(language_, Message::Colon) +
               " " + shown(action["action"], language_);
      if (const auto amount = action["amount_eur"].integer()) words += ", " + number(language_, *amount) + "\u00A0€";
      if (const std::string reference = printable(action["reference"].text()); !reference.empty()) {
        words += " (" + reference + ")";
      }
      if (first)
        field(Message::FieldAuthorities, words);
      else
        more(words);
      first = false;
    }
  }

  void forms() {
    for (const auto element : incident_["complaint_forms"].items()) {
      const JsonValue form(element);
      field(Message::FieldForm, shown(form["note"], language_));
      if (form["url"]) more(printable(form["url"].text()));
    }
  }

  void corrections() {
    bool first = true;
    for (const auto element : incident_["corrections"].items()) {
      const JsonValue note(element);
      std::string words = say(language_, Message::CorrectedLine, note["number"].integer().value_or(0),
                              date(language_, date_of(instant_at(note["at"]))),
                              corrected_fields(note["fields"], language_), printable(note["because"].text()));
      if (note["withdrawn_at"]) {
        words +=
            " (" +
            say(language_, Message::CorrectionWithdrawn, date(language_, date_of(instant_at(note["withdrawn_at"]))),
                printable(note["withdrawn_because"].text())) +
            ")";
      }
      if (first)
        field(Message::FieldCorrected, words);
      else
        more(words);
      first = false;
    }
  }

  /// The sentences of texts, and what was read in each.
  void evidence() {
    for (const auto element : incident_["evidence"].items()) {
      const JsonValue read(element);
      std::string from = printable(read["source"].text());
      if (const std::string when = day(read["date"]); !when.empty()) from += (from.empty() ? "" : ", ") + when;
      field(Message::FieldEvidence, from + say(language_, Message::Colon) + " " + quoted_sentence(read, language_));
      more("→ " + facts_in(read, labels_, language_));
    }
  }

  void links() {
    bool first = true;
    for (const auto element : incident_["links"].items()) {
      const JsonValue link(element);
      if (first) page_.blank().text(say(language_, Message::FieldSources));
      first = false;
      std::string words = kind_word(link["kind"].text());
      if (const std::string when = day(link["date"]); !when.empty()) words += ", " + when;
      page_.text(words + say(language_, Message::Colon), 2, 4).text(printable(link["url"].text()), 4, 4);
    }
  }

  [[nodiscard]] std::string kind_word(std::string_view kind) const {
    if (kind == "official") return say(language_, Message::LinkOfficial);
    if (kind == "authority") return say(language_, Message::LinkAuthority);
    if (kind == "tracker") return say(language_, Message::LinkTracker);
    return say(language_, Message::LinkPress);
  }

  Page& page_;
  JsonValue incident_;
  const CategoryLabels& labels_;
  Language language_;
};

/// The announcements a record rests on: what to type to split one off, and why it is here.
void print_sightings(Page& page, JsonValue history, Language language) {
  bool first = true;
  for (const auto element : history["sightings"].items()) {
    const JsonValue sighting(element);
    if (first) page.blank().text(say(language, Message::HistorySightings));
    first = false;
    const std::string when = date(language, date_at(sighting["date"]));
    std::string words = when.empty() ? "" : when + say(language, Message::Colon) + " ";
    words += printable(sighting["source"].text()) + ":" + printable(sighting["key"].text());
    const std::string because = shown(sighting["because"], language);
    if (!because.empty()) words += say(language, Message::HistoryJoined, because);
    if (sighting["withdrawn"].boolean().value_or(false)) words += say(language, Message::HistoryWithdrawn);
    page.text(words, 2, 4);
  }
}

}  // namespace

void print_incident(Page& page, JsonValue incident, const CategoryLabels& labels, Language language) {
  IncidentPage(page, incident, labels, language).print();
}

void print_history(Page& page, JsonValue history, Language language) {
  page.text(bold(shown(history["title"], language)));
  for (const auto element : history["items"].items()) {
    const JsonValue step(element);
    const std::string when = date(language, date_at(step["date"]));
    std::string words = when.empty() ? "" : when + say(language, Message::Colon) + " ";
    words += shown(step["text"], language);
    const std::string_view source = step["source"].text();
    const std::string host = host_of(source);
    const bool said = step["kind"].text() == "revision";  // the sentence names the source it was read from
    if (!source.empty() && !said) words += " (" + (host.empty() ? printable(source) : host) + ")";
    page.text(words, 2, 4);
  }
  print_claims(page, history, language);
  print_sightings(page, history, language);
  page.blank();
  print_freshness(page, history, language);
}

}  // namespace vigifuite::cli
