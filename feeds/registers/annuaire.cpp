// SPDX-License-Identifier: AGPL-3.0-or-later
// The directory of the administration: DILA's JSON (`{"service": […]}`, or an array; members may be JSON written as
// text, as its API gives them), and the CSV of a 2019 Ma Dada export (`#id,name,request_email,…`).
#include <map>

#include "feeds/encoding.hpp"
#include "feeds/mapped_csv/rows.hpp"
#include "feeds/registers/collect.hpp"
#include "schemas/core/json_in.hpp"

namespace vigifuite::feeds::registers {
namespace {

/// What the directory calls a kind of local body, and what the registry does.
constexpr std::pair<std::string_view, std::string_view> kKinds[] = {{"mairie", "communes"},
                                                                    {"epci", "communes"},
                                                                    {"caf", "caf"},
                                                                    {"cpam", "cpam"},
                                                                    {"mdph", "mdph"},
                                                                    {"urssaf", "urssaf"},
                                                                    {"ccas", "ccas"},
                                                                    {"carsat", "carsat"},
                                                                    {"cram", "carsat"},
                                                                    {"msa", "msa"},
                                                                    {"prefecture", "prefectures"},
                                                                    {"cg", "departements"},
                                                                    {"cr", "regions"},
                                                                    {"rectorat", "academies"},
                                                                    {"ars", "ars"},
                                                                    {"cci", "cci"},
                                                                    {"mission_locale", "missions-locales"},
                                                                    {"sdis", "sdis"},
                                                                    {"cap_emploi", "cap-emploi"},
                                                                    {"maison_handicapees", "mdph"}};

std::string_view kind_of(std::string_view pivot) noexcept {
  for (const auto& [theirs, ours] : kKinds) {
    if (theirs == pivot) return ours;
  }
  return {};
}

/// "Mairie - Nice" is the mairie of Nice, "Mairie - Évry" that "d'Évry", "Mairie - Le Mans" that "du Mans".
std::string plain_name(std::string_view name) {
  constexpr std::string_view kMairie = "Mairie";
  const auto dash = name.find(" - ");
  if (dash == std::string_view::npos || !name.starts_with(kMairie)) return std::string(name);
  const std::string_view town = name.substr(dash + 3);
  const std::string start(name.substr(0, dash));
  if (town.starts_with("Le ")) return start + " du " + std::string(town.substr(3));
  if (town.starts_with("Les ")) return start + " des " + std::string(town.substr(4));
  const std::string folded = fold(town);
  const bool vowel = !folded.empty() && std::string_view("aeiouy").find(folded.front()) != std::string_view::npos;
  return start + (vowel ? " d'" : " de ") + std::string(town);
}
/// "Mairie - Nice - annexe Saint-Roch" is a desk of the mairie, "CAF de l'Ain - accueil d'Oyonnax" one of the CAF.
bool is_desk(std::string_view name) {
  const std::string words = fold(name);
  for (const std::string_view word :
       {"annexe", "antenne", "deleguee", "permanence", "accueil", "bureau", "succursale", "agence locale"}) {
    if ((" " + words + " ").find(" " + std::string(word) + " ") != std::string::npos) return true;
  }
  return false;
}

/// A member that is a list, or a list written as text; its parser must outlive what it gives.
class ListIn {
 public:
  explicit ListIn(JsonValue member) {
    list_ = member;
    if (!member.is_string() || !member.text().starts_with('[')) return;
    const auto parsed = parser_.parse(member.text());
    list_ = parsed ? *parsed : JsonValue{};
  }
  [[nodiscard]] JsonItems items() const noexcept { return list_.items(); }
  [[nodiscard]] JsonValue first() const noexcept {
    for (const auto item : list_.items()) return JsonValue(item);
    return {};
  }

 private:
  JsonParser parser_;
  JsonValue list_;
};

std::string address_of(JsonValue service) {
  const ListIn addresses(service["adresse"]);
  JsonValue chosen = addresses.first();
  for (const auto element : addresses.items()) {
    if (JsonValue(element)["type_adresse"].text() == "Adresse postale") chosen = JsonValue(element);
  }
  const std::string code = postcode(chosen["code_postal"].text()), town = clean(chosen["nom_commune"].text());
  return joined({clean(chosen["complement1"].text()), clean(chosen["numero_voie"].text()),
                 clean(chosen["service_distribution"].text()),
                 code + (code.empty() || town.empty() ? "" : " ") + town});
}

std::string town_of(JsonValue service) {
  return clean(ListIn(service["adresse"]).first()["nom_commune"].text());
}

Row row_of(JsonValue service, std::uint64_t number, std::string_view kind) {
  Row row;
  row.line = number;
  row.name = plain_name(clean(service["nom"].text()));
  row.siren = clean(service["siren"].text());
  if (row.siren.empty()) row.siren = clean(service["siret"].text());
  row.member_of = kind;
  row.town = town_of(service);
  if (const std::string sign = clean(service["sigle"].text()); !sign.empty()) row.aliases.push_back(sign);
  row.url = clean(ListIn(service["site_internet"]).first()["valeur"].text());
  if (const std::string address = address_of(service); !address.empty()) {
    row.postal = joined({"Délégué à la protection des données", row.name, address});
  }
  std::string general = clean(service["adresse_courriel"].text());
  if (general.empty() || general.starts_with('[')) {
    const ListIn addresses(service["adresse_courriel"]);
    const JsonValue first = addresses.first();
    general = clean(first.is_string() ? first.text() : first["valeur"].text());
  }
  if (looks_like_email(general)) row.how = "Adresse électronique générale : " + general;
  return row;
}

void take_service(Collector& collector, JsonValue service, std::uint64_t number, const Vocabulary& vocabulary) {
  const std::string name = clean(service["nom"].text());
  const std::string_view kind = kind_of(ListIn(service["pivot"]).first()["type_service_local"].text());
  const Organisation* known = vocabulary.resolve(name);
  const bool one_body = known != nullptr && !known->is_class;
  if (name.empty()) return collector.refuse(number, Message::RowNoName);
  const bool branch = one_body && name.find(" - ") != std::string::npos;
  if ((kind.empty() && !one_body) || branch || is_desk(name)) return collector.leave();
  collector.take(row_of(service, number, one_body ? std::string_view{} : kind));
}

Result<Import> read_json(const Reading& reading, const Vocabulary& vocabulary) {
  JsonParser parser;
  const auto root = parser.parse(reading.bytes);
  if (!root) return fail(ErrorKind::Malformed, Message::RowNotJson, reading.file, root.error().text());
  JsonValue list = *root;
  for (const char* member : {"service", "results"}) {
    if ((*root)[member].is_array()) list = (*root)[member];
  }
  if (!list.is_array()) return fail(ErrorKind::Malformed, Message::RegisterNotAnnuaire, reading.file);
  Collector collector(vocabulary, reading, source_words("annuaire de l'administration", reading));
  std::uint64_t number = 0;
  for (const auto element : list.items()) take_service(collector, JsonValue(element), ++number, vocabulary);
  return collector.finish();
}

/// The rows of the CSV, by the titles of its columns.
class Export {
 public:
  Export(const mapped_csv::Row& header) {
    for (std::size_t at = 0; at < header.cells.size(); ++at) places_[header.cells[at]] = at;
  }
  [[nodiscard]] bool good() const {
    return places_.contains("#id") && places_.contains("name") && places_.contains("notes");
  }
  [[nodiscard]] std::string cell(const mapped_csv::Row& row, std::string_view title) const {
    const auto place = places_.find(title);
    return place == places_.end() || place->second >= row.cells.size() ? std::string()
                                                                       : clean(row.cells[place->second]);
  }

 private:
  std::map<std::string, std::size_t, std::less<>> places_;
};

/// "5 rue de l'Hôtel-de-Ville,6364,Nice- Tél : …": what stands before the telephone is the address.
std::string address_in(std::string_view notes, std::string& town) {
  std::string_view address = notes.substr(0, notes.find("- Tél"));
  const auto last = address.rfind(','), code = last == std::string_view::npos ? last : address.rfind(',', last - 1);
  if (last == std::string_view::npos || code == std::string_view::npos) return clean(address);
  town = clean(address.substr(last + 1));
  return joined({clean(address.substr(0, code)), postcode(address.substr(code + 1, last - code - 1)) + " " + town});
}

Result<Import> read_csv(const Reading& reading, std::string_view text, const Vocabulary& vocabulary) {
  constexpr std::size_t kShared = 5;  // an address that so many bodies have is that of whoever made the list
  std::map<std::string, std::size_t> uses;
  for (int pass = 0; pass < 2; ++pass) {
    mapped_csv::RowCutter rows(text, {',', '"'});
    const mapped_csv::Row* header = rows.next();
    if (header == nullptr) break;
    const Export in(*header);
    if (!in.good()) break;
    Collector collector(vocabulary, reading, source_words("annuaire de l'administration", reading));
    while (const mapped_csv::Row* cells = rows.next()) {
      const std::string contact = in.cell(*cells, "request_email");
      if (pass == 0) {
        ++uses[contact];
        continue;
      }
      if (cells->too_long) {
        collector.refuse(cells->line, Message::RowTooLong);
        continue;
      }
      const std::string name = in.cell(*cells, "name"), id = in.cell(*cells, "#id");
      const std::string_view kind = kind_of(std::string_view(id).substr(0, id.find('-')));
      const LocalBody local = vocabulary.local_body(plain_name(name));
      const Organisation* known = vocabulary.resolve(name);
      const bool one_body = known != nullptr && !known->is_class;
      const bool branch = one_body && name.find(" - ") != std::string::npos;
      if (!name.empty() &&
          (branch || is_desk(name) || (kind.empty() && !one_body && (local.kind == nullptr || local.place.empty())))) {
        collector.leave();
        continue;
      }
      Row row;
      row.line = cells->line;
      row.name = plain_name(name);
      row.member_of = one_body ? std::string_view{} : kind;
      row.url = in.cell(*cells, "home_page");
      if (const std::string address = address_in(in.cell(*cells, "notes"), row.town); !address.empty()) {
        row.postal = joined({"Délégué à la protection des données", row.name, address});
      }
      const bool shared = uses[contact] >= kShared;
      if (looks_like_email(contact) && !shared) row.how = "Adresse électronique générale : " + contact;
      if (contact.starts_with("http") && !shared) row.how = "Formulaire : " + contact;
      collector.take(std::move(row));
    }
    if (pass == 1 && rows.quote_is_open()) collector.refuse(rows.rest().line, Message::RowOpenQuote);
    if (pass == 1) return collector.finish();
  }
  return fail(ErrorKind::Malformed, Message::RegisterNotAnnuaire, reading.file);
}

}  // namespace

Result<Import> read_annuaire(std::span<const Reading> files, const Vocabulary& vocabulary) {
  const Reading& reading = files.front();
  auto text = to_utf8(reading.bytes, {}, MarkupKind::Plain);
  if (!text) return std::move(text).error();
  const auto start = text->find_first_not_of(" \t\r\n");
  const bool json = start != std::string::npos && ((*text)[start] == '{' || (*text)[start] == '[');
  return json ? read_json(reading, vocabulary) : read_csv(reading, *text, vocabulary);
}

}  // namespace vigifuite::feeds::registers
