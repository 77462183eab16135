// SPDX-License-Identifier: AGPL-3.0-or-later

// What `vigifuite doctor` and `backup` ask: rebuild, examine, copy, erase.

#include <algorithm>

#include "daemon/index/keys.hpp"
#include "daemon/index/open_store.hpp"
#include "schemas/messages.hpp"
#include "schemas/system_reason.hpp"

namespace vigifuite::index {
namespace {

constexpr std::uint32_t kRowsPerWrite = 10'000;
constexpr std::size_t kMaxProblems = 100;

Result<Incident> parsed(JsonParser& parser, std::string_view document, const Vocabulary& vocabulary) {
  auto json = parser.parse(document);
  if (!json) return std::move(json).error();
  return read_incident(*json, vocabulary);
}

}  // namespace

Result<std::uint64_t> OpenStore::repair_rows(rocksdb::WriteBatch& batch, const Incident& incident) {
  std::uint64_t repaired = 0;
  const RowFacts facts = facts_of(incident);
  const auto put = [&](Column column, const std::string& key, const std::string& value) {
    batch.Put(database_->handle(column), key, value).PermitUncheckedError();
    ++repaired;
  };
  auto by_date = text(Column::ByDate, date_row_key(facts.date, incident.id));
  if (!by_date) return std::move(by_date).error();
  if (*by_date != encode_row(facts)) put(Column::ByDate, date_row_key(facts.date, incident.id), encode_row(facts));
  for (const std::string& organisation : organisation_keys_of(incident)) {
    auto first = text(Column::ByOrganisation, organisation_row_key(organisation, {}));
    if (!first) return std::move(first).error();
    const auto row = *first ? decode_row(**first) : std::nullopt;
    if (row && row->incident == incident.id) {
      if (row->facts != facts)
        put(Column::ByOrganisation, organisation_row_key(organisation, {}), encode_row(facts, incident.id));
      continue;
    }
    auto own = text(Column::ByOrganisation, organisation_row_key(organisation, incident.id));
    if (!own) return std::move(own).error();
    if (*own != encode_row(facts))
      put(Column::ByOrganisation, organisation_row_key(organisation, incident.id), encode_row(facts));
    if (!row)
      batch.Put(database_->handle(Column::ByOrganisation), organisation_row_key(organisation, {}), encode_row({}))
          .PermitUncheckedError();
  }
  return repaired;
}

Result<std::uint64_t> OpenStore::remove_stray_rows() {
  std::uint64_t removed = 0;
  JsonParser parser;
  rocksdb::WriteBatch batch;
  Status outcome = Done{};
  // Whether the incident still says what the row says. A document that cannot be read keeps its rows.
  const auto stands = [&](std::string_view id, const auto& says) {
    auto document = text(Column::Incident, id);
    if (!document) {
      outcome = std::move(document).error();
      return true;
    }
    if (!*document) return false;
    auto incident = parsed(parser, **document, vocabulary_);
    return !incident || says(*incident);
  };
  const auto remove = [&](Column column, std::string_view key) {
    batch.Delete(database_->handle(column), slice(key)).PermitUncheckedError();
    ++removed;
  };
  VIGIFUITE_TRY(database_->scan(Column::ByDate, {}, false, [&](std::string_view key, std::string_view) {
    const auto row = parse_date_row_key(key);
    const auto says = [&](const Incident& incident) { return facts_of(incident).date == row->date; };
    if (!row || !stands(row->incident, says)) remove(Column::ByDate, key);
    return outcome.has_value();
  }));
  VIGIFUITE_TRY(database_->scan(Column::ByOrganisation, {}, false, [&](std::string_view key, std::string_view value) {
    const auto parts = parse_organisation_row_key(key);
    const auto row = decode_row(value);
    const bool first = parts && parts->tail.empty();
    if (first && row && row->incident.empty()) return true;  // says only that there are others
    const auto says = [&](const Incident& incident) {
      const auto keys = organisation_keys_of(incident);
      return std::binary_search(keys.begin(), keys.end(), parts->head);
    };
    if (!parts || !row || !stands(first ? row->incident : parts->tail, says)) {
      if (first)
        batch.Put(database_->handle(Column::ByOrganisation), slice(key), encode_row({})).PermitUncheckedError();
      else
        remove(Column::ByOrganisation, key);
      removed += first ? 1U : 0U;
    }
    return outcome.has_value();
  }));
  VIGIFUITE_TRY(std::move(outcome));
  if (batch.Count() != 0) VIGIFUITE_TRY(database_->write(batch));
  return removed;
}

Result<std::uint64_t> OpenStore::reindex() {
  // Strays first: the first row of an organisation may name an incident that left it.
  auto changed = remove_stray_rows();
  if (!changed) return std::move(changed).error();
  JsonParser parser;
  rocksdb::WriteBatch batch;
  Status outcome = Done{};
  VIGIFUITE_TRY(database_->scan(Column::Incident, {}, false, [&](std::string_view id, std::string_view document) {
    auto incident = parsed(parser, document, vocabulary_);
    if (!incident) return true;  // `doctor` names it
    incident->id = id;
    auto repaired = repair_rows(batch, *incident);
    if (!repaired) {
      outcome = std::move(repaired).error();
      return false;
    }
    *changed += *repaired;
    if (batch.Count() < kRowsPerWrite) return true;
    outcome = database_->write(batch);
    batch.Clear();
    return outcome.has_value();
  }));
  VIGIFUITE_TRY(std::move(outcome));
  if (batch.Count() != 0) VIGIFUITE_TRY(database_->write(batch));
  return *changed;
}

Result<std::vector<Text>> OpenStore::examine() const {
  Findings findings;
  examine_incidents(findings);
  examine_sightings(findings);
  examine_rows(findings);
  examine_others(findings);
  return std::move(findings.sentences);
}

void OpenStore::examine_column(Column column, Findings& findings, const Check& check) const {
  const auto status = database_->scan(column, {}, false, [&](std::string_view key, std::string_view value) {
    if (Text sentence = check(key, value); !sentence.empty()) findings.sentences.push_back(std::move(sentence));
    return findings.sentences.size() < kMaxProblems;
  });
  if (!status) findings.sentences.push_back(status.error().text());
}

bool OpenStore::has(Column column, std::string_view key) const {
  auto found = text(column, key);
  return found && *found;
}

void OpenStore::examine_incidents(Findings& findings) const {
  JsonParser parser;
  examine_column(Column::Incident, findings, [&](std::string_view id, std::string_view document) -> Text {
    auto incident = parsed(parser, document, vocabulary_);
    if (!incident) return in_both(Message::DoctorIncident, id, incident.error().text());
    if (incident->id != id) return in_both(Message::DoctorIncidentOther, id, incident->id);
    if (!has(Column::ByDate, date_row_key(facts_of(*incident).date, id))) {
      return in_both(Message::DoctorIncidentNoRow, id);
    }
    for (const SightingRef& ref : incident->sightings) {
      if (can_lead(ref.source) && !has(Column::Sighting, item_key(ref.source, ref.key))) {
        return in_both(Message::DoctorIncidentNoSighting, id, ref.source);
      }
    }
    return {};
  });
}

void OpenStore::examine_sightings(Findings& findings) const {
  JsonParser parser;
  examine_column(Column::Sighting, findings, [&](std::string_view key, std::string_view value) -> Text {
    const auto parts = parse_item_key(key);
    const auto stored = decode_sighting(value);
    if (!parts || !stored) return in_both(Message::DoctorSightingForm);
    const auto about = [&](const Text& what) {
      return in_both(Message::DoctorSighting, parts->tail, parts->head, what);
    };
    auto json = parser.parse(stored->document);
    if (!json) return about(json.error().text());
    auto sighting = read_sighting(*json, vocabulary_);
    if (!sighting) return about(sighting.error().text());
    const bool belongs =
        stored->incident.empty() || has(Column::Incident, stored->incident) || has(Column::Redirect, stored->incident);
    return belongs ? Text{} : about(in_both(Message::DoctorSightingNoIncident, stored->incident));
  });
}

void OpenStore::examine_rows(Findings& findings) const {
  examine_column(Column::ByDate, findings, [&](std::string_view key, std::string_view value) -> Text {
    const auto row = parse_date_row_key(key);
    if (row && decode_row(value) && has(Column::Incident, row->incident)) return {};
    return in_both(Message::DoctorDateRow);
  });
  examine_column(Column::ByOrganisation, findings, [&](std::string_view key, std::string_view value) -> Text {
    const auto parts = parse_organisation_row_key(key);
    const auto row = decode_row(value);
    if (parts && row) {
      const std::string_view id = parts->tail.empty() ? row->incident : parts->tail;
      if (id.empty() || has(Column::Incident, id)) return {};
    }
    return in_both(Message::DoctorBodyRow);
  });
}

void OpenStore::examine_others(Findings& findings) const {
  JsonParser parser;
  examine_column(Column::Notice, findings, [&](std::string_view, std::string_view document) -> Text {
    auto json = parser.parse(document);
    return json ? Text{} : in_both(Message::DoctorNotice, json.error().text());
  });
  examine_column(Column::Source, findings, [&](std::string_view source, std::string_view document) -> Text {
    auto json = parser.parse(document);
    if (json && poll::read_source_state(*json)) return {};
    return in_both(Message::DoctorSourceState, source);
  });
  examine_column(Column::Listing, findings, [&](std::string_view key, std::string_view value) -> Text {
    std::vector<ListingEntry> entries;
    if (parse_part_key(key) && decode_listing(value, entries)) return {};
    return in_both(Message::DoctorListing);
  });
}

Status OpenStore::backup(const std::filesystem::path& directory) const {
  std::error_code error;
  if (std::filesystem::exists(directory, error)) {
    return fail(ErrorKind::Config, Message::BackupExists, directory.string());
  }
  if (!std::filesystem::is_directory(directory.parent_path(), error)) {
    return fail(ErrorKind::Config, Message::BackupNoParent, directory.parent_path().string());
  }
  VIGIFUITE_TRY(database_->checkpoint(directory));
  std::filesystem::permissions(directory, std::filesystem::perms::owner_all, error);  // it says who has ties with whom
  if (error) {
    return fail(ErrorKind::Storage, Message::BackupOpenToOthers, directory.string(), system_reason(error.value()));
  }
  return Done{};
}

Status OpenStore::scrub() {
  // The journal goes when everything in it is in files; the erased bytes go when those files are written again.
  VIGIFUITE_TRY(database_->flush());
  for (std::size_t i = static_cast<std::size_t>(kFirstWatchColumn); i < kColumnNames.size(); ++i) {
    VIGIFUITE_TRY(database_->compact(static_cast<Column>(i)));
  }
  return Done{};
}

}  // namespace vigifuite::index
