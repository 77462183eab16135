// SPDX-License-Identifier: AGPL-3.0-or-later
// The CNIL's open data "Organismes ayant désigné un(e) délégué(e) à la protection des données": CSV, `;`, UTF-8 with a
// byte order mark, 26 columns known by their names, one designation a row; a body may have several.
#include <array>

#include "feeds/encoding.hpp"
#include "feeds/mapped_csv/rows.hpp"
#include "feeds/registers/collect.hpp"

namespace vigifuite::feeds::registers {
namespace {

enum class Column : unsigned char {
  Siren,
  Name,
  Postcode,
  Town,
  Country,
  Date,
  Email,
  Url,
  Phone,
  Address,
  DpoPostcode,
  DpoTown,
  Other
};
constexpr std::size_t kColumns = static_cast<std::size_t>(Column::Other) + 1;
constexpr std::array<std::string_view, kColumns> kTitles = {
    "siren organisme designant",       "nom organisme designant",
    "code postal organisme designant", "ville organisme designant",
    "pays organisme designant",        "date de la designation",
    "moyen contact dpo email",         "moyen contact dpo url",
    "moyen contact dpo telephone",     "moyen contact dpo adresse postale",
    "moyen contact dpo code postal",   "moyen contact dpo ville",
    "moyen contact dpo autre"};
constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);
using Places = std::array<std::size_t, kColumns>;

Places places_of(const mapped_csv::Row& header) {
  Places places;
  places.fill(kAbsent);
  for (std::size_t at = 0; at < header.cells.size(); ++at) {
    const std::string title = fold(header.cells[at]);
    for (std::size_t column = 0; column < kColumns; ++column) {
      if (title == kTitles[column]) places[column] = at;
    }
  }
  return places;
}

/// "25/05/2018" -> "2018-05-25", which sorts by time, as does a date written so already.
std::string sortable(std::string_view date) {
  if (date.size() >= 10 && date[4] == '-' && date[7] == '-') return std::string(date.substr(0, 10));
  if (date.size() != 10 || date[2] != '/' || date[5] != '/') return {};
  return std::string(date.substr(6)) + "-" + std::string(date.substr(3, 2)) + "-" + std::string(date.substr(0, 2));
}

Row row_of(const mapped_csv::Row& cells, const Places& places) {
  const auto cell = [&](Column column) {
    const std::size_t at = places[static_cast<std::size_t>(column)];
    return at < cells.cells.size() ? clean(cells.cells[at]) : std::string();
  };
  Row row;
  row.line = cells.line;
  row.name = cell(Column::Name);
  row.siren = cell(Column::Siren);
  row.town = cell(Column::Town);
  row.since = sortable(cell(Column::Date));
  row.email = cell(Column::Email);
  const std::string town = cell(Column::DpoTown), code = postcode(cell(Column::DpoPostcode));
  if (const std::string address = cell(Column::Address); !address.empty()) {
    row.postal = joined({"Délégué à la protection des données", row.name, address,
                         code + (code.empty() || town.empty() ? "" : " ") + town});
  }
  const std::string url = cell(Column::Url), phone = cell(Column::Phone), other = cell(Column::Other);
  if (!url.empty()) row.how = "Page de contact du délégué : " + url;
  if (row.email.empty() && row.postal.empty() && !other.empty()) row.how = joined({row.how, other});
  if (row.email.empty() && row.postal.empty() && !phone.empty())
    row.how = joined({row.how, "téléphone du délégué : " + phone});
  return row;
}

}  // namespace

Result<Import> read_cnil_dpo(std::span<const Reading> files, const Vocabulary& vocabulary) {
  const Reading& reading = files.front();
  auto text = to_utf8(reading.bytes, {}, MarkupKind::Plain);
  if (!text) return std::move(text).error();
  mapped_csv::RowCutter rows(*text, {';', '"'});
  const mapped_csv::Row* header = rows.next();
  const Places places = header == nullptr ? Places{} : places_of(*header);
  const auto has = [&](Column column) {
    return header != nullptr && places[static_cast<std::size_t>(column)] != kAbsent;
  };
  if (!has(Column::Siren) || !has(Column::Name) || !has(Column::Email)) {
    return fail(ErrorKind::Malformed, Message::RegisterNotCnil, reading.file);
  }
  Collector collector(vocabulary, reading, source_words("liste des délégués de la CNIL", reading));
  while (const mapped_csv::Row* cells = rows.next()) {
    if (cells->too_long)
      collector.refuse(cells->line, Message::RowTooLong);
    else
      collector.take(row_of(*cells, places));
  }
  if (rows.quote_is_open()) collector.refuse(rows.rest().line, Message::RowOpenQuote);
  return collector.finish();
}

}  // namespace vigifuite::feeds::registers
