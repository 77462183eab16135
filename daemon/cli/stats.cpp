// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/commands.hpp"
#include "daemon/cli/phrases.hpp"
#include "schemas/messages.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

constexpr std::size_t kMostRows = 12;    ///< of a table; --json has more
constexpr std::size_t kMostMonths = 12;  ///< the last ones

class StatsPage {
 public:
  StatsPage(Page& page, JsonValue stats, const CategoryLabels& labels, Language language)
      : page_(page), stats_(stats), labels_(labels), language_(language) {}

  void print() {
    counts();
    years();
    bodies();
    sentences();
    table("by_sector", Message::ColSector, [](JsonValue row) { return printable(row["sector"].text()); });
    table("by_processor", Message::ColProcessor, [](JsonValue row) { return body_name(row); });
    categories();
    months();
    page_.blank().text(shown(stats_["note"], language_));
  }

 private:
  [[nodiscard]] std::string count(JsonValue item, const char* name) const {
    return number(language_, item[name].integer().value_or(0));
  }
  /// Nobody gave a number: that is not "none".
  [[nodiscard]] std::string people(JsonValue row) const {
    return row["people"].integer().value_or(0) == 0 ? "–" : count(row, "people");
  }
  [[nodiscard]] std::string title(Message message) const { return say(language_, message); }

  void counts() {
    const auto field = [&](Message what, const char* name) { page_.field(title(what), 22, count(stats_, name), 0); };
    field(Message::StatIncidents, "incidents");
    field(Message::StatConfirmed, "confirmed");
    if (stats_["unsure"].integer().value_or(0) != 0) field(Message::StatUnsure, "unsure");
    field(Message::StatSightings, "sightings");
    field(Message::StatNotices, "notices");
    field(Message::StatSources, "sources");
  }

  [[nodiscard]] Table tallies(Message first) const {
    return Table({{title(first), Table::Align::Left, true},
                  {title(Message::ColIncidents), Table::Align::Right},
                  {title(Message::ColPeople), Table::Align::Right}});
  }

  void years() {
    Table table = tallies(Message::ColYear);
    for (const auto element : stats_["by_year"].items()) {
      const JsonValue year(element);
      table.row({std::to_string(year["year"].integer().value_or(0)), count(year, "incidents"), people(year)});
    }
    page_.blank();
    table.print(page_);
  }

  void bodies() {
    if (stats_["by_service"].items().size() == 0) return;
    Table table = tallies(Message::ColBodies);
    for (const auto element : stats_["by_service"].items()) {
      const JsonValue row(element);
      const bool is_public = row["public_service"].boolean().value_or(false);
      table.row({title(is_public ? Message::StatPublic : Message::StatPrivate), count(row, "incidents"), people(row)});
    }
    page_.blank();
    table.print(page_);
  }

  void sentences() {
    page_.blank();
    const JsonValue through = stats_["through_processor"];
    if (const auto of = through["of"].integer().value_or(0); of > 0) {
      const std::int64_t share = 100 * through["incidents"].integer().value_or(0) / of;
      page_.text(say(language_, Message::StatThrough, count(through, "incidents"), count(through, "of"), share));
    }
    if (const JsonValue delay = stats_["delay_days"]) {
      page_.text(say(language_, Message::StatDelay, count(delay, "median"), count(delay, "nine_in_ten"),
                     count(delay, "incidents")));
    }
    std::vector<std::string> names;
    for (const auto element : stats_["repeated"].items()) {
      if (names.size() == kMostRows) break;
      names.push_back(body_name(JsonValue(element)) + " (" + count(JsonValue(element), "incidents") + ")");
    }
    if (!names.empty()) page_.text(say(language_, Message::StatRepeated, list_of(language_, names)));
  }

  template <class Name>
  void table(const char* rows, Message first, const Name& name) {
    Table table = tallies(first);
    std::size_t shown_rows = 0;
    for (const auto element : stats_[rows].items()) {
      if (shown_rows++ == kMostRows) break;
      const JsonValue row(element);
      table.row({name(row), count(row, "incidents"), people(row)});
    }
    if (shown_rows == 0) return;
    page_.blank();
    table.print(page_);
  }

  void categories() {
    Table table(
        {{title(Message::ColCategory), Table::Align::Left, true}, {title(Message::ColIncidents), Table::Align::Right}});
    for (const auto element : stats_["by_category"].items()) {
      const JsonValue category(element);
      table.row({labels_.one(category["slug"].text()), count(category, "incidents")});
    }
    page_.blank();
    table.print(page_);
  }

  void months() {
    const auto rows = stats_["by_month"].items();
    if (rows.size() == 0) return;
    page_.blank().text(say(language_, Message::StatNotified, printable(stats_["notifications_by"].text())));
    Table table({{title(Message::ColMonth), Table::Align::Left},
                 {title(Message::ColNotified), Table::Align::Right},
                 {title(Message::ColIncidents), Table::Align::Right}});
    std::size_t at = 0;
    for (const auto element : rows) {
      if (at++ + kMostMonths < rows.size()) continue;
      const JsonValue month(element);
      table.row({date(language_, date_at(month["month"])), count(month, "notifications"), count(month, "incidents")});
    }
    table.print(page_);
  }

  Page& page_;
  JsonValue stats_;
  const CategoryLabels& labels_;
  Language language_;
};

}  // namespace

int run_stats(Session& session, const Arguments&) {
  return session.show({"GET", "/api/v1/stats", {}, {}}, [&](Page& page, JsonValue stats) {
    const CategoryLabels labels(session.get("/api/v1/categories"), session.language());
    StatsPage(page, stats, labels, session.language()).print();
    page.blank();
    print_freshness(page, stats, session.language());
  });
}

}  // namespace vigifuite::cli
