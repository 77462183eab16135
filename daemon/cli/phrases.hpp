// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Pieces of documents as people read them, shared by the pages.

#include <map>
#include <string>
#include <vector>

#include "daemon/cli/session.hpp"
#include "schemas/core/instant.hpp"
#include "schemas/vocabulary.hpp"

namespace vigifuite::cli {

/// A text of a document in the reader's language: a string, or {"fr", "en"}. Ready to print.
std::string shown(JsonValue text, Language language);

PartialDate date_at(JsonValue value);
Instant instant_at(JsonValue value);
/// {"from", "to"}.
Period period_at(JsonValue value);

/// When it happened. A date alone is that of the event, not of a beginning: "janvier 2024".
std::string happened(JsonValue period, Language language);

/// "cnil.fr" of "https://www.cnil.fr/fr/…".
std::string host_of(std::string_view url);

/// The name of a body: {"id", "name"} or a string.
std::string body_name(JsonValue body);
/// "A, B et C" of an array of bodies.
std::string body_names(JsonValue bodies, Language language);

/// The words for categories, from the `categories` document.
class CategoryLabels {
 public:
  CategoryLabels(const Result<Document>& categories, Language language);
  /// Those of this program, for documents that no store has made.
  CategoryLabels(const Vocabulary& vocabulary, Language language);
  /// "nom, date de naissance"; a slug we have no words for stands for itself.
  [[nodiscard]] std::string of(JsonValue slugs, std::string_view separator = ", ") const;
  [[nodiscard]] std::string one(std::string_view slug) const;

 private:
  void add(std::string_view slug, std::string label);
  std::map<std::string, std::string, std::less<>> labels_;
};

/// "selon l'organisme": who says so, by the trust word of a document.
std::string according_to(std::string_view trust, Language language);

/// "autorité", "organisme", "presse": who speaks.
std::string trust_word(std::string_view trust, Language language);

/// "36 820 828 selon une autorité (legifrance.gouv.fr, 22 janvier 2026)": a number of people is a dated, sourced claim.
std::string figure(JsonValue figure, Language language);
/// All of them, the one shown first by the document first.
std::string figures(JsonValue people, Language language);

/// "confirmée", "revendiquée, non confirmée"…: what is known of the incident itself, in a word or two.
std::string status_word(std::string_view status, Language language);
/// "●" when it is established, "○" when it is only said.
std::string status_symbol(JsonValue incident);
/// What one must know before believing it: claimed, unverified, disputed, corrected, withdrawn; but for what the
/// `reasons` of a check item say already. Empty when confirmed.
std::string caution(JsonValue incident, Language language);

/// "selon l'organisme, 13 mars 2024": who says that the `not_exposed` categories did not leak. May be empty.
std::string who_spares(JsonValue incident, Language language);

/// How old what we know is: "Sources lues il y a 2 h : 18 à jour, 1 en panne (X, depuis mardi)."
void print_freshness(Page& page, JsonValue document, Language language);
/// Every enabled source was read, whole, and none is failing.
bool sources_answer(JsonValue freshness);

/// "vigifuite …" words safe to paste into a shell.
std::string shell_word(std::string_view word);

}  // namespace vigifuite::cli
