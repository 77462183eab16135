// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>

#include "daemon/api/corrections.hpp"
#include "daemon/index/fold.hpp"
#include "schemas/notice_codec.hpp"

// A labelled example is what the text was read as, with the corrections on top: the fold of these alone.

namespace vigifuite::api {
namespace {

/// A member of an example, and which corrections vouch for it.
struct Label {
  std::string_view name;
  CorrectedField field;
};
constexpr Label kLabels[] = {{"exposed", CorrectedField::Exposed},
                             {"not_exposed", CorrectedField::NotExposed},
                             {"organisations", CorrectedField::Organisation},
                             {"processor", CorrectedField::Processor},
                             {"people_affected", CorrectedField::People},
                             {"incident_from", CorrectedField::From},
                             {"incident_to", CorrectedField::To}};

bool says(const Correction& correction, CorrectedField field) {
  return std::find(correction.fields.begin(), correction.fields.end(), field) != correction.fields.end();
}

void write_slugs(JsonOut& out, std::string_view name, CategorySet set, const Vocabulary& vocabulary) {
  out.key(name).begin_array();
  for (const Category category : set) out.value(vocabulary.info(category).slug);
  out.end_array();
}

void write_known(JsonOut& out, std::string_view name, PartialDate date) {
  out.key(name);
  if (date.known())
    out.value(date);
  else
    out.null();
}

/// The facts; none when it is no disclosure.
void write_labels(JsonOut& out, const Incident& facts, bool is_disclosure, const Vocabulary& vocabulary) {
  const Incident none;
  const Incident& labels = is_disclosure ? facts : none;
  out.member("is_disclosure", is_disclosure).key("organisations").begin_array();
  for (const OrganisationRef& ref : labels.organisations) out.value(ref.name);
  out.end_array().key("processor");
  if (labels.processors.empty())
    out.null();
  else
    out.value(labels.processors.front().name);
  out.key("people_affected");
  if (labels.people.empty())
    out.null();
  else
    out.value(labels.people.front().count);
  write_known(out, "incident_from", labels.incident.from);
  write_known(out, "incident_to", labels.incident.to);
  write_slugs(out, "exposed", labels.exposed, vocabulary);
  write_slugs(out, "not_exposed", labels.not_exposed, vocabulary);
}

}  // namespace

void write_example(JsonOut& out, std::string_view id, const Sighting& text, JsonValue notice,
                   const std::vector<Sighting>& corrections, const Vocabulary& vocabulary) {
  std::vector<Sighting> all = corrections;
  all.push_back(text);
  const Incident facts = index::fold(std::string(id), std::move(all));
  const bool is_disclosure = facts.states_facts && facts.status != IncidentStatus::Retracted;
  const bool html = notice["text_is_html"].boolean().value_or(false);
  const Language language = text.title.fr.empty() && !text.title.en.empty() ? Language::English : Language::French;
  out.begin_object().member("id", id).member("format", html ? "html" : "text").member("genre", text.source);
  out.member("lang", code_of(language));
  write_known(out, "published", text.disclosed);
  out.member("text", text_with_title(notice["title"].text(), notice["text"].text(), html));
  write_labels(out, facts, is_disclosure, vocabulary);
  std::string note;
  out.key("skip").begin_array();
  for (const Label& label : kLabels) {
    const bool vouched =
        !is_disclosure || std::any_of(corrections.begin(), corrections.end(), [&](const Sighting& each) {
          return each.correction && !each.withdrawn && says(*each.correction, label.field);
        });
    if (!vouched) out.value(label.name);
  }
  out.end_array();
  for (const Sighting& each : corrections) {
    if (each.correction && !each.withdrawn) note += (note.empty() ? "" : " ") + each.correction->because;
  }
  out.member("note", note).end_object();
}

}  // namespace vigifuite::api
