// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/facts_codec.hpp"

namespace vigifuite {
namespace {

/// `digits` decimal digits of `value` at `at`.
void put(char* at, int value, int digits) noexcept {
  for (int i = digits - 1; i >= 0; --i) {
    at[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

void write_refs(JsonOut& out, std::string_view name, std::span<const OrganisationRef> refs) {
  if (refs.empty()) return;
  out.key(name).begin_array();
  for (const OrganisationRef& ref : refs) {
    out.begin_object().member_if("id", ref.id).member_if("name", ref.name).member_if("domain", ref.domain).end_object();
  }
  out.end_array();
}

void write_people(JsonOut& out, std::span<const PeopleFigure> people) {
  if (people.empty()) return;
  out.key("people").begin_array();
  for (const PeopleFigure& figure : people) {
    out.begin_object().member("count", figure.count).member("qualifier", words::of(figure.qualifier));
    out.member("by", words::of(figure.by));
    write_date(out, "date", figure.date);
    out.member_if("source", figure.source).end_object();
  }
  out.end_array();
}

void write_populations(JsonOut& out, std::span<const Population> populations) {
  if (populations.empty()) return;
  out.key("populations").begin_array();
  for (const Population& population : populations) {
    out.begin_object();
    write_strings(out, "organisations", population.organisations);
    out.member("relation", words::of(population.relation));
    write_date(out, "from", population.period.from);
    write_date(out, "to", population.period.to);
    write_strings(out, "places", population.places);
    out.member_if("kind", population.kind).member("extent", words::of(population.extent));
    if (population.size) out.member("size", *population.size);
    out.member_if("statement", population.statement);
    out.member_if("source", population.source).end_object();
  }
  out.end_array();
}

void write_links(JsonOut& out, std::span<const SourceLink> links) {
  if (links.empty()) return;
  out.key("links").begin_array();
  for (const SourceLink& link : links) {
    out.begin_object().member("url", link.url).member("kind", words::of(link.kind));
    write_date(out, "date", link.date);
    out.end_object();
  }
  out.end_array();
}

void write_actions(JsonOut& out, std::span<const AuthorityAction> actions) {
  if (actions.empty()) return;
  out.key("actions").begin_array();
  for (const AuthorityAction& action : actions) {
    out.begin_object();
    write_date(out, "date", action.date);
    out.member_if("authority", action.authority).member_if("action", action.action);
    if (action.amount_eur) out.member("amount_eur", *action.amount_eur);
    out.member_if("reference", action.reference).member_if("source", action.source).end_object();
  }
  out.end_array();
}

void write_forms(JsonOut& out, std::span<const ComplaintForm> forms) {
  if (forms.empty()) return;
  out.key("complaint_forms").begin_array();
  for (const ComplaintForm& form : forms) {
    out.begin_object().member_if("note", form.note);
    write_date(out, "opened", form.opened);
    write_date(out, "closed", form.closed);
    out.member_if("url", form.url).end_object();
  }
  out.end_array();
}

}  // namespace

void write_date(JsonOut& out, std::string_view name, PartialDate date) {
  if (!date.known()) return;
  char text[10];
  put(text, date.year, 4);
  std::size_t length = 4;
  if (date.month != 0) {
    text[4] = '-';
    put(text + 5, date.month, 2);
    length = 7;
  }
  if (date.month != 0 && date.day != 0) {
    text[7] = '-';
    put(text + 8, date.day, 2);
    length = 10;
  }
  out.key(name).value(std::string_view(text, length));
}

void write_instant(JsonOut& out, std::string_view name, Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date{day};
  const auto seconds = static_cast<int>((instant - day).count());
  char text[] = "0000-00-00T00:00:00Z";
  put(text, static_cast<int>(date.year()), 4);
  put(text + 5, static_cast<int>(static_cast<unsigned>(date.month())), 2);
  put(text + 8, static_cast<int>(static_cast<unsigned>(date.day())), 2);
  put(text + 11, seconds / 3600, 2);
  put(text + 14, seconds / 60 % 60, 2);
  put(text + 17, seconds % 60, 2);
  out.key(name).value(std::string_view(text, 20));
}

void write_strings(JsonOut& out, std::string_view name, std::span<const std::string> strings) {
  if (strings.empty()) return;
  out.key(name).begin_array();
  for (const std::string& text : strings) out.value(std::string_view(text));
  out.end_array();
}

void write_categories(JsonOut& out, std::string_view name, CategorySet set, const Vocabulary& vocabulary) {
  if (set.empty()) return;
  out.key(name).begin_array();
  for (const Category category : set) out.value(std::string_view(vocabulary.info(category).slug));
  out.end_array();
}

void write_facts(JsonOut& out, const FactsView& facts, const Vocabulary& vocabulary) {
  out.member_if("title", facts.title).member_if("summary", facts.summary);
  write_refs(out, "organisations", facts.organisations);
  write_strings(out, "organisation_classes", facts.organisation_classes);
  write_refs(out, "processors", facts.processors);
  out.member_if("country", facts.country).member_if("sector", facts.sector);
  if (facts.public_service) out.member("public_service", true);
  if (facts.incident.known()) {
    out.key("incident").begin_object();
    write_date(out, "from", facts.incident.from);
    write_date(out, "to", facts.incident.to);
    out.end_object();
  }
  write_date(out, "disclosed", facts.disclosed);
  write_people(out, facts.people);
  out.member_if("people_note", facts.people_note);
  write_populations(out, facts.populations);
  write_categories(out, "exposed", facts.exposed, vocabulary);
  write_categories(out, "not_exposed", facts.not_exposed, vocabulary);
  write_strings(out, "unmapped_labels", facts.unmapped_labels);
  write_links(out, facts.links);
  write_actions(out, facts.actions);
  write_forms(out, facts.complaint_forms);
}

void read_refs(const MembersIn& in, std::string_view name, std::vector<OrganisationRef>& refs) {
  in.each(name, [&](const MembersIn& item) {
    OrganisationRef& ref = refs.emplace_back();
    item.read("id", ref.id);
    item.read("name", ref.name);
    item.read("domain", ref.domain);
  });
}

void read_categories(const MembersIn& in, std::string_view name, CategorySet& set, const Vocabulary& vocabulary) {
  const JsonValue array = in.array(name);
  for (const auto element : array.items()) {
    if (const auto category = vocabulary.category(JsonValue(element).text()))
      set.add(*category);
    else
      in.complain(name, "unknown category");
  }
}

void read_people(const MembersIn& in, std::vector<PeopleFigure>& people) {
  in.each("people", [&](const MembersIn& item) {
    PeopleFigure& figure = people.emplace_back();
    item.read("count", figure.count, Need::Required);
    item.read_word("qualifier", figure.qualifier);
    item.read_word("by", figure.by);
    item.read("date", figure.date);
    item.read("source", figure.source);
  });
}

void read_populations(const MembersIn& in, std::vector<Population>& populations) {
  in.each("populations", [&](const MembersIn& item) {
    Population& population = populations.emplace_back();
    item.read("organisations", population.organisations);
    item.read_word("relation", population.relation);
    item.read("from", population.period.from);
    item.read("to", population.period.to);
    item.read("places", population.places);
    item.read("kind", population.kind);
    item.read_word("extent", population.extent);
    item.read("size", population.size);
    item.read("statement", population.statement);
    item.read("source", population.source);
  });
}

void read_links(const MembersIn& in, std::vector<SourceLink>& links) {
  in.each("links", [&](const MembersIn& item) {
    SourceLink& link = links.emplace_back();
    item.read("url", link.url, Need::Required);
    item.read_word("kind", link.kind);
    item.read("date", link.date);
  });
}

void read_actions(const MembersIn& in, std::vector<AuthorityAction>& actions) {
  in.each("actions", [&](const MembersIn& item) {
    AuthorityAction& action = actions.emplace_back();
    item.read("date", action.date);
    item.read("authority", action.authority);
    item.read("action", action.action);
    item.read("amount_eur", action.amount_eur);
    item.read("reference", action.reference);
    item.read("source", action.source);
  });
}

void read_forms(const MembersIn& in, std::vector<ComplaintForm>& forms) {
  in.each("complaint_forms", [&](const MembersIn& item) {
    ComplaintForm& form = forms.emplace_back();
    item.read("note", form.note);
    item.read("opened", form.opened);
    item.read("closed", form.closed);
    item.read("url", form.url);
  });
}

}  // namespace vigifuite
