// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/organisation_codec.hpp"

#include <algorithm>

#include "schemas/facts_codec.hpp"
#include "schemas/vocabulary.hpp"

namespace vigifuite {
namespace {

constexpr std::size_t kMaxText = 4000;    // of one member
constexpr std::size_t kMaxListed = 1000;  // items of one list
constexpr std::int64_t kMaxPeople = 10'000'000'000;

void read_text(const MembersIn& in, std::string_view name, std::string& value, Need need = Need::Optional) {
  if (in[name].text().size() > kMaxText)
    in.complain(name, Message::BodyTextLong);
  else
    in.read(name, value, need);
}

/// Adds the strings of a list to those there are, each once.
void read_list(const MembersIn& in, std::string_view name, std::vector<std::string>& list) {
  for (const auto element : in.array(name).items()) {
    const auto text = JsonValue(element).string();
    if (!text || text->empty() || text->size() > kMaxText) return in.complain(name, Message::BodyTextsEmpty);
    if (std::find(list.begin(), list.end(), *text) == list.end()) list.emplace_back(*text);
    if (list.size() > kMaxListed) return in.complain(name, Message::BodyListLong);
  }
}

void read_certainty(const MembersIn& in, std::string_view name, Certainty& certainty) {
  if (in[name].text() == "general_knowledge")
    certainty = Certainty::GeneralKnowledge;
  else
    in.read_word(name, certainty);
}

void read_tribool(const MembersIn& in, std::string_view name, std::optional<bool>& value) {
  if (!in[name]) return;
  bool flag = false;
  in.read(name, flag);
  value = flag;
}

void read_period(const MembersIn& in, Period& period) {
  in.read("from", period.from);
  in.read("until", period.to);
  if (period.from.known() && period.to.known() && period.from.first_day() > period.to.last_day()) {
    in.complain("from", Message::BodyFromAfter);
  }
}

void read_source(const MembersIn& in, Certainty& certainty, std::string& source) {
  read_certainty(in, "certainty", certainty);
  read_text(in, "source", source);
}

/// Of items about one thing, what was said last stands.
template <class Item, class SameThing>
void drop_older(std::vector<Item>& items, const SameThing& same) {
  if (items.size() < 2) return;
  const auto last = std::prev(items.end());
  const auto older = std::find_if(items.begin(), last, [&](const Item& item) { return same(item, *last); });
  if (older != last) items.erase(older);
}

void read_names(const MembersIn& in, Organisation& body) {
  in.each("former_names", [&](const MembersIn& item) {
    item.refuse_others({"name", "from", "until", "certainty", "source"});
    FormerName& former = body.former_names.emplace_back();
    read_text(item, "name", former.name, Need::Required);
    read_period(item, former.borne);
    read_source(item, former.certainty, former.source);
    drop_older(body.former_names, [](const FormerName& a, const FormerName& b) { return a.name == b.name; });
  });
  in.each("successors", [&](const MembersIn& item) {
    item.refuse_others({"organisation", "since", "what", "certainty", "source"});
    Successor& heir = body.successors.emplace_back();
    read_text(item, "organisation", heir.organisation, Need::Required);
    item.read("since", heir.since);
    item.read("what", heir.what);
    read_source(item, heir.certainty, heir.source);
    drop_older(body.successors,
               [](const Successor& a, const Successor& b) { return a.organisation == b.organisation; });
  });
}

void read_parents(const MembersIn& in, Organisation& body) {
  read_text(in, "parent", body.parent);
  in.read("parent_since", body.parent_since);
  read_text(in, "parent_name", body.parent_name);
  in.each("former_parents", [&](const MembersIn& item) {
    item.refuse_others({"organisation", "name", "from", "until", "certainty", "source"});
    FormerParent& parent = body.former_parents.emplace_back();
    read_text(item, "organisation", parent.organisation);
    read_text(item, "name", parent.name);
    if (parent.organisation.empty() == parent.name.empty()) item.complain("organisation", Message::BodyParentOne);
    read_period(item, parent.period);
    read_source(item, parent.certainty, parent.source);
  });
}

void read_processors(const MembersIn& in, Organisation& body) {
  in.each("processors", [&](const MembersIn& item) {
    item.refuse_others(
        {"organisation", "role", "relation", "service", "from", "until", "seen", "certain", "source", "incident"});
    ProcessorLink& link = body.processors.emplace_back();
    read_text(item, "organisation", link.organisation, Need::Required);
    item.read_word("role", link.role);
    if (item["relation"]) item.read_word("relation", link.relation.emplace());
    item.read("service", link.service);
    read_period(item, link.period);
    item.read("seen", link.seen);
    item.read("certain", link.certain);
    read_text(item, "source", link.source);
    drop_older(body.processors,
               [](const ProcessorLink& a, const ProcessorLink& b) { return a.organisation == b.organisation; });
  });
}

void read_people_held(const MembersIn& in, Organisation& body) {
  in.each("people_held", [&](const MembersIn& item) {
    item.refuse_others({"relation", "count", "qualifier", "date", "former", "who", "source"});
    PeopleHeld& held = body.people_held.emplace_back();
    item.read_word("relation", held.relation);
    item.read("count", held.count, Need::Required);
    if (held.count < 1 || held.count > kMaxPeople) item.complain("count", Message::BodyCount);
    item.read_word("qualifier", held.qualifier);
    item.read("date", held.date);
    if (!held.date.known()) item.complain("date", Message::BodyHeldDate);
    item.read("former", held.former);
    item.read("who", held.who);
    read_text(item, "source", held.source, Need::Required);
    drop_older(body.people_held, [](const PeopleHeld& a, const PeopleHeld& b) {
      return a.relation == b.relation && a.date == b.date && a.former == b.former;
    });
  });
}

/// One way to reach a body, and how sure it is. What was copied from a register does not replace what was read.
void read_contact(const MembersIn& dpo, std::string_view name, std::string_view certainty_name, std::string& contact,
                  Certainty& certainty) {
  std::string given;
  read_text(dpo, name, given);
  if (given.empty()) return;
  Certainty how_sure = Certainty::GeneralKnowledge;
  read_certainty(dpo, certainty_name, how_sure);
  if (how_sure == Certainty::Unverified && certainty == Certainty::Found && !contact.empty()) return;
  contact = std::move(given);
  certainty = how_sure;
}

void read_contacts(const MembersIn& in, Organisation& body) {
  in.within("dpo", [&](const MembersIn& dpo) {
    dpo.refuse_others(
        {"postal", "postal_certainty", "email", "email_certainty", "how", "source", "read", "certainty", "example"});
    read_contact(dpo, "postal", "postal_certainty", body.dpo.postal, body.dpo.postal_certainty);
    read_contact(dpo, "email", "email_certainty", body.dpo.email, body.dpo.email_certainty);
    read_text(dpo, "how", body.dpo.how);
    read_text(dpo, "source", body.dpo.source);
    dpo.read("read", body.dpo.read);
  });
  in.within("contact", [&](const MembersIn& contact) { read_text(contact, "postal", body.contact_postal); });
}

void read_law(const MembersIn& in, Organisation& body) {
  read_text(in, "kind", body.kind);
  in.read_word("legal_nature", body.legal_nature);
  read_text(in, "legal_nature_fr", body.legal_nature_fr);
  read_certainty(in, "legal_certainty", body.legal_certainty);
  read_tribool(in, "cnil_fine_possible", body.cnil_fine_possible);
  read_text(in, "damages_court", body.damages_court);
  read_tribool(in, "lawyer_needed_for_damages", body.lawyer_needed_for_damages);
}

void read_categories(const MembersIn& in, Organisation& body, const CategoryOf& category) {
  for (const auto element : in.array("categories").items()) {
    if (const auto known = category(JsonValue(element).text()))
      body.categories.add(*known);
    else
      in.complain("categories", Message::BodyCategory);
  }
}

void write_period(JsonOut& out, const Period& period) {
  write_date(out, "from", period.from);
  write_date(out, "until", period.to);
}

void write_source(JsonOut& out, Certainty certainty, std::string_view source) {
  out.member("certainty", words::of(certainty)).member_if("source", source).end_object();
}

void write_links(JsonOut& out, const Organisation& body) {
  if (!body.successors.empty()) {
    out.key("successors").begin_array();
    for (const Successor& heir : body.successors) {
      out.begin_object().member("organisation", heir.organisation);
      write_date(out, "since", heir.since);
      out.member_if("what", heir.what);
      write_source(out, heir.certainty, heir.source);
    }
    out.end_array();
  }
  if (!body.processors.empty()) {
    out.key("processors").begin_array();
    for (const ProcessorLink& link : body.processors) {
      out.begin_object().member("organisation", link.organisation).member("role", words::of(link.role));
      if (link.relation) out.member("relation", words::of(*link.relation));
      out.member_if("service", link.service);
      write_period(out, link.period);
      write_date(out, "seen", link.seen);
      out.member("certain", link.certain).member_if("source", link.source).end_object();
    }
    out.end_array();
  }
}

void write_parents(JsonOut& out, const Organisation& body) {
  out.member_if("member_of", body.member_of);
  if (body.one_file_with_parent) out.member("one_file_with_parent", true);
  out.member_if("parent", body.parent);
  write_date(out, "parent_since", body.parent_since);
  out.member_if("parent_name", body.parent_name);
  if (body.former_parents.empty()) return;
  out.key("former_parents").begin_array();
  for (const FormerParent& parent : body.former_parents) {
    out.begin_object().member_if("organisation", parent.organisation).member_if("name", parent.name);
    write_period(out, parent.period);
    write_source(out, parent.certainty, parent.source);
  }
  out.end_array();
}

void write_people_held(JsonOut& out, const Organisation& body) {
  if (body.people_held.empty()) return;
  out.key("people_held").begin_array();
  for (const PeopleHeld& held : body.people_held) {
    out.begin_object().member("relation", words::of(held.relation)).member("count", held.count);
    out.member("qualifier", words::of(held.qualifier));
    write_date(out, "date", held.date);
    if (held.former) out.member("former", true);
    out.member_if("who", held.who).member_if("source", held.source).end_object();
  }
  out.end_array();
}

void write_contacts(JsonOut& out, const Organisation& body) {
  const DpoContact& dpo = body.dpo;
  if (!dpo.postal.empty() || !dpo.email.empty() || !dpo.how.empty()) {
    out.key("dpo").begin_object();
    if (!dpo.postal.empty()) {
      out.member("postal", dpo.postal).member("postal_certainty", words::of(dpo.postal_certainty));
    }
    if (!dpo.email.empty()) out.member("email", dpo.email).member("email_certainty", words::of(dpo.email_certainty));
    out.member_if("how", dpo.how).member_if("source", dpo.source);
    write_date(out, "read", dpo.read);
    out.end_object();
  }
  if (!body.contact_postal.empty())
    out.key("contact").begin_object().member("postal", body.contact_postal).end_object();
}

void write_law(JsonOut& out, const Organisation& body) {
  out.member_if("kind", body.kind);
  if (body.legal_nature != LegalNature::Unknown) out.member("legal_nature", words::of(body.legal_nature));
  if (!body.legal_nature_fr.empty()) {
    out.member("legal_nature_fr", body.legal_nature_fr).member("legal_certainty", words::of(body.legal_certainty));
  }
  if (body.cnil_fine_possible) out.member("cnil_fine_possible", *body.cnil_fine_possible);
  out.member_if("damages_court", body.damages_court);
  if (body.lawyer_needed_for_damages) out.member("lawyer_needed_for_damages", *body.lawyer_needed_for_damages);
}

}  // namespace

void read(const MembersIn& in, Organisation& body, const CategoryOf& category, std::string_view besides) {
  in.refuse_others({"id",
                    "name",
                    "siren",
                    "existed",
                    "aliases",
                    "domains",
                    "class",
                    "class_words",
                    "member_of",
                    "one_file_with_parent",
                    "former_names",
                    "successors",
                    "parent",
                    "parent_since",
                    "parent_name",
                    "former_parents",
                    "kind",
                    "legal_nature",
                    "legal_nature_fr",
                    "legal_certainty",
                    "cnil_fine_possible",
                    "damages_court",
                    "lawyer_needed_for_damages",
                    "categories",
                    "processors",
                    "people_held",
                    "dpo",
                    "contact",
                    "url",
                    "certainty",
                    "notes",
                    besides});
  read_text(in, "name", body.name);
  read_text(in, "siren", body.siren);
  if (!body.siren.empty() && !is_siren(body.siren)) in.complain("siren", Message::BodySiren);
  in.within("existed", [&](const MembersIn& existed) { read_period(existed, body.existed); });
  read_list(in, "aliases", body.aliases);
  read_list(in, "domains", body.domains);
  in.read("class", body.is_class);
  read_list(in, "class_words", body.class_words);
  read_text(in, "member_of", body.member_of);
  in.read("one_file_with_parent", body.one_file_with_parent);
  read_names(in, body);
  read_parents(in, body);
  read_law(in, body);
  read_categories(in, body, category);
  read_processors(in, body);
  read_people_held(in, body);
  read_contacts(in, body);
  read_text(in, "url", body.url);
  read_certainty(in, "certainty", body.certainty);
  read_text(in, "notes", body.notes);
}

void write_members(JsonOut& out, const Organisation& body, const Vocabulary& vocabulary, Says says) {
  out.member("id", body.id).member_if("name", body.name).member_if("siren", body.siren);
  if (body.existed.known()) {
    out.key("existed").begin_object();
    write_period(out, body.existed);
    out.end_object();
  }
  write_strings(out, "aliases", body.aliases);
  write_strings(out, "domains", body.domains);
  if (body.is_class) out.member("class", true);
  write_strings(out, "class_words", body.class_words);
  if (!body.former_names.empty()) {
    out.key("former_names").begin_array();
    for (const FormerName& former : body.former_names) {
      out.begin_object().member("name", former.name);
      write_period(out, former.borne);
      write_source(out, former.certainty, former.source);
    }
    out.end_array();
  }
  write_links(out, body);
  write_parents(out, body);
  write_law(out, body);
  write_categories(out, "categories", body.categories, vocabulary);
  write_people_held(out, body);
  write_contacts(out, body);
  out.member_if("url", body.url);
  if (says == Says::All) out.member("certainty", words::of(body.certainty));
  out.member_if("notes", body.notes);
}

bool is_siren(std::string_view digits) noexcept {
  if (digits.size() != 9) return false;
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (digits[i] < '0' || digits[i] > '9') return false;
    const int digit = (digits[i] - '0') * (i % 2 == 0 ? 1 : 2);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 == 0;
}

}  // namespace vigifuite
