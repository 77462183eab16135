// SPDX-License-Identifier: AGPL-3.0-or-later
// Company records of datenanfragen.de (CC0): JSON, one file a body; or an array of such records.
#include "feeds/registers/collect.hpp"
#include "schemas/core/json_in.hpp"

namespace vigifuite::feeds::registers {
namespace {

/// "38 avenue X\n75001 Paris\nFrance" on one line, without the country when it is France.
std::string one_line(std::string_view address) {
  std::string out;
  while (!address.empty()) {
    const auto end = address.find('\n');
    const std::string part = clean(address.substr(0, end));
    if (part != "France") out = joined({out, part});
    address = end == std::string_view::npos ? std::string_view{} : address.substr(end + 1);
  }
  return out;
}

Row row_of(JsonValue record, std::uint64_t number) {
  Row row;
  row.line = number;
  row.name = clean(record["name"].text());
  row.town = clean(record["slug"].text());
  row.url = clean(record["web"].text());
  row.email = clean(record["email"].text());
  row.source = "datenanfragen.de (" + clean(record["slug"].text()) + ".json)";
  for (const auto run : record["runs"].items()) row.aliases.push_back(clean(JsonValue(run).text()));
  if (const std::string address = one_line(record["address"].text()); !address.empty()) {
    row.postal = joined({"Délégué à la protection des données", row.name, address});
  }
  if (const std::string form = clean(record["webform"].text()); !form.empty()) row.how = "Formulaire : " + form;
  return row;
}

}  // namespace

Result<Import> read_datenanfragen(std::span<const Reading> files, const Vocabulary& vocabulary) {
  Collector collector(vocabulary, files.front(), source_words("datenanfragen.de", files.front()));
  JsonParser parser;
  std::uint64_t number = 0;
  for (const Reading& reading : files) {
    const auto json = parser.parse(reading.bytes);
    const auto take = [&](JsonValue record) {
      ++number;
      if (!record["name"].is_string() || !record["slug"].is_string())
        collector.refuse(number, Message::RowNotRecord, reading.file);
      else
        collector.take(row_of(record, number));
    };
    if (!json) {
      ++number;
      collector.refuse(number, Message::RowNotJson, reading.file, json.error().text());
    } else if (json->is_array()) {
      for (const auto record : json->items()) take(JsonValue(record));
    } else {
      take(*json);
    }
  }
  return collector.finish();
}

}  // namespace vigifuite::feeds::registers
