// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/evidence_codec.hpp"

namespace vigifuite {
namespace {

void write_fields(JsonOut& out, std::string_view name, std::span<const CorrectedField> fields) {
  if (fields.empty()) return;
  out.key(name).begin_array();
  for (const CorrectedField field : fields) out.value(words::of(field));
  out.end_array();
}

void read_fields(const MembersIn& in, std::string_view name, std::vector<CorrectedField>& fields) {
  for (const auto element : in.array(name).items()) {
    if (const auto field = words::parse<CorrectedField>(JsonValue(element).text()))
      fields.push_back(*field);
    else
      in.complain(name, Message::MemberWord);
  }
}

}  // namespace

void write_evidence(JsonOut& out, std::span<const Evidence> evidence) {
  if (evidence.empty()) return;
  out.key("evidence").begin_array();
  for (const Evidence& each : evidence) {
    out.begin_object().member_if("source", each.source);
    write_date(out, "date", each.date);
    out.member("sentence", each.sentence).key("facts").begin_array();
    for (const ReadFact& fact : each.facts) {
      out.begin_object().member("fact", words::of(fact.fact)).member_if("value", fact.value);
      out.member_if("words", fact.words).member("confidence", fact.confidence).end_object();
    }
    out.end_array().end_object();
  }
  out.end_array();
}

void read_evidence(const MembersIn& in, std::vector<Evidence>& evidence) {
  in.each("evidence", [&](const MembersIn& item) {
    Evidence& each = evidence.emplace_back();
    item.read("source", each.source);
    item.read("date", each.date);
    item.read("sentence", each.sentence, Need::Required);
    item.each("facts", [&](const MembersIn& row) {
      ReadFact& fact = each.facts.emplace_back();
      row.read_word("fact", fact.fact, Need::Required);
      row.read("value", fact.value);
      row.read("words", fact.words);
      row.read("confidence", fact.confidence, Need::Required);
      if (fact.confidence > 100) row.complain("confidence", "expected a percentage");
    });
  });
}

void write_correction(JsonOut& out, const std::optional<Correction>& correction, const Vocabulary& vocabulary) {
  if (!correction) return;
  out.key("correction").begin_object();
  if (correction->about != SightingRef{}) {
    out.key("about").begin_object().member("source", correction->about.source);
    out.member("key", correction->about.key).end_object();
  }
  write_fields(out, "fields", correction->fields);
  write_fields(out, "whole", correction->whole);
  write_categories(out, "unsaid", correction->unsaid, vocabulary);
  out.member("because", correction->because).member_if("withdrawn_because", correction->withdrawn_because);
  out.end_object();
}

void read_correction(const MembersIn& in, std::optional<Correction>& correction, const Vocabulary& vocabulary) {
  in.within("correction", [&](const MembersIn& item) {
    correction.emplace();
    item.within("about", [&](const MembersIn& about) {
      about.read("source", correction->about.source, Need::Required);
      about.read("key", correction->about.key, Need::Required);
    });
    read_fields(item, "fields", correction->fields);
    read_fields(item, "whole", correction->whole);
    read_categories(item, "unsaid", correction->unsaid, vocabulary);
    item.read("because", correction->because, Need::Required);
    item.read("withdrawn_because", correction->withdrawn_because);
  });
}

void write_correction_notes(JsonOut& out, std::span<const CorrectionNote> notes) {
  if (notes.empty()) return;
  out.key("corrections").begin_array();
  for (const CorrectionNote& note : notes) {
    out.begin_object().member("number", note.number);
    write_instant(out, "at", note.at);
    write_fields(out, "fields", note.fields);
    out.member("because", note.because);
    if (note.withdrawn_at) write_instant(out, "withdrawn_at", *note.withdrawn_at);
    out.member_if("withdrawn_because", note.withdrawn_because).end_object();
  }
  out.end_array();
}

void read_correction_notes(const MembersIn& in, std::vector<CorrectionNote>& notes) {
  in.each("corrections", [&](const MembersIn& item) {
    CorrectionNote& note = notes.emplace_back();
    item.read("number", note.number, Need::Required);
    item.read("at", note.at, Need::Required);
    read_fields(item, "fields", note.fields);
    item.read("because", note.because, Need::Required);
    if (item["withdrawn_at"]) item.read("withdrawn_at", note.withdrawn_at.emplace());
    item.read("withdrawn_because", note.withdrawn_because);
  });
}

}  // namespace vigifuite
