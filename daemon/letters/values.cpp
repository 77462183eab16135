// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/values.hpp"

#include <algorithm>
#include <memory>

#include "daemon/letters/facts.hpp"
#include "daemon/letters/french.hpp"
#include "daemon/letters/layout.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::letters {
namespace {

namespace mustache = kainjow::mustache;
using Data = mustache::data;

std::string or_blank(std::string_view value, std::string_view blank, std::size_t max_bytes = 200) {
  std::string flat = flatten(value, max_bytes);
  return flat.empty() ? "⟦" + std::string(blank) + "⟧" : flat;
}

void set(Data& data, const std::string& name, const std::string& value) {
  if (!value.empty()) data.set(name, value);  // an empty string would count as present
}

void set_sender(Data& data, const Identity& identity) {
  std::string address;  // its lines become one
  for (const char c : identity.postal_address) address += c == '\n' ? std::string(", ") : std::string(1, c);
  data.set("sender_name", or_blank(identity.name, "vos prénom et nom"));
  data.set("sender_address", or_blank(address, "votre adresse postale", 300));
  data.set("sender_email", or_blank(identity.email, "votre adresse électronique"));
  set(data, "sender_phone", flatten(identity.phone, 40));
  set(data, "birth_name", flatten(identity.birth_name, 200));
}

std::string notice_delay(const Situation& situation) {
  const PartialDate told = situation.notice != nullptr ? situation.notice->date : PartialDate{},
                    announced = situation.incident->disclosed;
  if (told.day == 0 || announced.day == 0) return {};
  const auto days = (told.first_day() - announced.first_day()).count();
  if (days == 0) return "C'est le jour où l'incident a été rendu public.";
  if (days < 0) return {};
  return "C'est " + number(days) + (days == 1 ? " jour" : " jours") + " après que l'incident a été rendu public.";
}

void set_person(Data& data, const Situation& situation) {
  if (situation.tie != nullptr) {
    const std::string when = period(situation.tie->period, situation.tie->ongoing);
    data.set("tie_known", true);
    data.set("tie_period", when.empty() ? "⟦de quand à quand⟧" : when);
    data.set("tie_ongoing", situation.tie->ongoing);
    data.set("relation_user", situation.is("user"));
    data.set("relation_employee", situation.is("employee"));
    data.set("relation_professional", situation.is("professional"));
  }
  if (situation.is("notified")) {
    const ReceivedNotice unrecorded;
    const ReceivedNotice& notice = situation.notice != nullptr ? *situation.notice : unrecorded;
    const std::string when = on_date(notice.date);
    data.set("notice_date", when.empty() ? "Le ⟦date à laquelle vous avez reçu le message⟧"
                                         : (when[0] == 'l' ? "L" : "E") + when.substr(1));
    data.set("notice_how", or_blank(notice.how, "par quel moyen : courriel, courrier, espace personnel"));
    set(data, "notice_delay", notice_delay(situation));
  }
  data.set("years_since_end", number(situation.years_since_end));
}

void set_dpo(Data& data, const DpoContact& dpo) {
  set(data, "dpo", flatten(dpo.postal, 300));
  set(data, "dpo_email", flatten(dpo.email, 120));
  set(data, "dpo_how", flatten(dpo.how, 900));
  data.set("dpo_source", or_blank(dpo.source, "source non relevée"));
}

void set_body(Data& data, const Situation& situation) {
  const Body& body = situation.body;
  data.set("body", with_article(body.name));
  data.set("body_plain", body.name);
  data.set("of_body", of(body.name));
  data.set("that_body", that(body.name));
  data.set("en_of_body", "of " + body.name);
  data.set("to_body", to(body.name));
  data.set("body_identity", body.identity);
  set(data, "known_as", body.known_as);
  if (body.registry != nullptr) {
    // What we only recall of a body's nature is not asserted in a letter.
    if (situation.is("nature_found")) set(data, "body_nature", flatten(body.registry->legal_nature_fr, 120));
    set_dpo(data, body.registry->dpo);
  }
  set(data, "processors", enumeration(situation.processors));
  set(data, "processors_or", either(situation.processors).fr);
  data.set("several_processors", situation.processors.size() > 1);
  set(data, "joint_names", enumeration(situation.joint));
  std::vector<std::string> all{with_article(body.name)};
  for (const std::string& name : situation.joint) all.push_back(with_article(name));
  data.set("joint_all", enumeration(all));
}

Data row(const Stated& stated) {
  Data data;
  data.set("origin", stated.origin);
  data.set("text", stated.text);
  data.set("count", stated.text);
  set(data, "when", stated.when);
  set(data, "heading", stated.heading);
  return data;
}

Data rows(const std::vector<Stated>& all) {
  Data list{Data::type::list};
  for (const Stated& stated : all) list << row(stated);
  return list;
}

CategorySet of_regime(const Situation& situation, Regime regime) {
  CategorySet set;
  for (const Category category : situation.exposed) {
    if (situation.vocabulary->info(category).regime == regime) set.add(category);
  }
  return set;
}

/// The end of the four years of loi n° 68-1250, art. 1, for harm that arose in the year of the incident.
void set_time_bar(Data& data, const Incident& incident) {
  const PartialDate at = incident_date(incident);
  if (!at.known()) return;
  const PartialDate end{static_cast<std::int16_t>(at.year + 4), 12, 31};
  data.set("bar_public", date(end));
  data.set("en_bar_public", vigifuite::date(Language::English, end));
}

void set_facts(Data& data, const Situation& situation) {
  const Incident& incident = *situation.incident;
  const PublicFacts facts = public_facts(situation);
  data.set("title", flatten(incident.title.in(Language::French)));
  set(data, "disclosed", on_date(incident.disclosed));
  set(data, "incident_period",
      period(incident.incident.from.known() && !incident.incident.to.known()
                 ? Period{incident.incident.from, incident.incident.from}
                 : incident.incident));
  data.set("incident", incident.id);
  set_time_bar(data, incident);
  data.set("revision", std::to_string(incident.revision()));
  if (!incident.complaint_forms.empty()) {
    const ComplaintForm& form = incident.complaint_forms.front();
    data.set("complaint_form", flatten(form.note.in(Language::French), 600));
    data.set("complaint_form_en", flatten(form.note.in(Language::English), 600));
  }
  set(data, "summary", facts_only(incident.summary.in(Language::French)));
  set(data, "people_note", facts_only(incident.people_note.in(Language::French)));
  data.set("origin", facts.origin);
  data.set("populations", rows(facts.populations));
  data.set("figures", rows(facts.figures));
  data.set("actions", rows(facts.actions));
  set(data, "exposed", facts.exposed.text);
  data.set("exposed_origin", facts.exposed.origin);
  set(data, "not_exposed", facts.not_exposed.text);
  data.set("not_exposed_origin", facts.not_exposed.origin);
  set(data, "unmapped", facts.unmapped);
  set(data, "figures_unsourced", facts.figures_unsourced);
  set(data, "joint_sources", facts.joint_source);
  CategorySet high;
  for (const Category category : situation.high_risk) high.add(category);
  set(data, "high_risk", labels(*situation.vocabulary, high));
  set(data, "special", labels(*situation.vocabulary, of_regime(situation, Regime::Article9)));
  Data sources{Data::type::list};
  for (const SourceRow& source : facts.sources) {
    Data each;
    each.set("label", source.label);
    each.set("kind", source.kind);
    set(each, "date", source.date);
    set(each, "gave", source.gave);
    each.set("url", source.url);
    sources << each;
  }
  data.set("sources", sources);
  data.set("undated", std::any_of(facts.sources.begin(), facts.sources.end(),
                                  [](const SourceRow& source) { return source.date.empty(); }));
}

/// The lines of an address book entry: "Délégué…, 1 avenue X, 75000 Paris" in three.
std::vector<std::string> lines_of(std::string_view postal) {
  std::vector<std::string> lines;
  while (!postal.empty()) {
    const std::size_t comma = postal.find(", ");
    if (std::string line = flatten(postal.substr(0, comma), 120); !line.empty()) lines.push_back(std::move(line));
    postal = comma == std::string_view::npos ? std::string_view{} : postal.substr(comma + 2);
  }
  return lines;
}

/// An address has a postal code; without one it is only a name.
bool has_postal_code(std::string_view text) {
  std::size_t digits = 0;
  for (const char c : text) {
    digits = c >= '0' && c <= '9' ? digits + 1 : 0;
    if (digits == 5) return true;
  }
  return false;
}

/// Where to write to the body: what was read of its data protection officer's address, and blanks for the rest. An
/// address that is only recalled is not printed.
std::vector<std::string> body_lines(const Situation& situation) {
  const Body& body = situation.body;
  std::vector<std::string> lines;
  if (situation.is("dpo_found")) {
    lines = lines_of(body.registry->dpo.postal);
    if (body.registry->is_class) lines.insert(lines.begin() + 1, body.identity);
  } else {
    lines = {"Délégué à la protection des données", body.identity};
  }
  if (!situation.is("dpo_found") || !has_postal_code(body.registry->dpo.postal)) {
    lines.emplace_back("⟦adresse postale de l'organisme⟧");
  }
  return lines;
}

void set_addressee(Data& data, const Situation& situation, const LetterRules& letter, const Rules& rules) {
  std::vector<std::string> lines;
  if (letter.addressee == "body" && !situation.body.name.empty()) {
    lines = body_lines(situation);
  } else if (const Addressee* addressee = rules.addressee(letter.addressee)) {
    for (const AddressLine& line : addressee->lines) lines.push_back(fill(line.text, data, false));
    if (!addressee->no_address.empty()) lines.push_back("⟦" + addressee->no_address + "⟧");
  }
  Data list{Data::type::list};
  for (const std::string& line : lines) list << Data{line};
  data.set("addressee", list);
}

void set_course(Data& data, const Situation& situation) {
  for (const auto& [name, value] : situation.dates) {
    data.set(name, date(value));
    data.set("en_" + name, vigifuite::date(Language::English, value));
  }
  const auto tell = [&](const std::string& name, const std::string& kind) {
    const SentLetter& sent = *situation.sent.at(kind);
    data.set(name + "_channel", or_blank(sent.channel, "moyen d'envoi", 120));
    set(data, name + "_proof", flatten(sent.proof, 200));
    const auto answer = situation.answers.find(kind);
    if (answer == situation.answers.end()) return;
    set(data, name + "_reference", flatten(answer->second->reference, 60));
    set(data, name + "_said", flatten(answer->second->what, 600));
  };
  for (const auto& [kind, sent] : situation.sent) tell(kind, kind);
  if (!situation.complaint.empty()) tell("complaint", situation.complaint);
}

void set_losses(Data& data, const Situation& situation) {
  if (situation.request->procedure == nullptr) return;
  Data list{Data::type::list};
  std::int64_t cents = 0, minutes = 0;
  std::vector<const Consequence*> rows;
  for (const Consequence& row : situation.request->procedure->consequences) rows.push_back(&row);
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Consequence* a, const Consequence* b) { return a->date < b->date; });
  for (const Consequence* row : rows) {
    Data each;
    if (const std::string when = on_date(row->date); !when.empty()) {
      each.set("on", (when[0] == 'l' ? "L" : "E") + when.substr(1));
    }
    each.set("what", unstopped(flatten(row->what, 600)));
    if (row->cents.value_or(0) > 0) each.set("cost", money(*row->cents));
    if (row->minutes.value_or(0) > 0) each.set("time", duration(*row->minutes));
    set(each, "proof", flatten(row->proof, 200));
    list << each;
    cents += row->cents.value_or(0);
    minutes += row->minutes.value_or(0);
  }
  data.set("losses", list);
  if (cents > 0) data.set("losses_total", money(cents));
  if (minutes > 0) data.set("losses_time", duration(minutes));
}

/// The notice received against the four items of GDPR art. 34(2), and what else it leaves out.
void set_notice_items(Data& data, const std::vector<NoticeItem>& items) {
  Data list{Data::type::list};
  std::vector<std::string> left_out;
  for (const NoticeItem& item : items) {
    if (!item.mandatory) {
      if (!item.present) left_out.push_back(item.label.fr);
      continue;
    }
    Data each;
    each.set("label", item.label.fr);
    set(each, "words", item.words);
    list << each;
  }
  data.set("notice_items", list);
  std::string others;  // labels hold commas
  for (const std::string& label : left_out) others.append(others.empty() ? "" : " ; ").append(label);
  set(data, "notice_left_out", others);
}

/// Whether each part is printed; a part that rests on something unverified knows what, to say so in its place.
void set_rules(Data& data, const Situation& situation, const LetterRules& letter, const Rules& rules) {
  for (const Rule& rule : letter.rules) {
    if (!applies(rule, rules, situation.conditions, situation.today())) {
      data.set("rule_" + rule.id, false);
      continue;
    }
    std::vector<std::string> doubtful;
    for (const std::string& id : rule.provisions) {
      const Provision& provision = *rules.provision(id);
      if (!provision.read.found) doubtful.push_back(provision.cite);
    }
    if (doubtful.empty()) {
      data.set("rule_" + rule.id, true);
      continue;
    }
    Data part;
    part.set("unverified", " ⟦à faire vérifier avant l'envoi : " + enumeration(doubtful) + "⟧");
    data.set("rule_" + rule.id, part);
  }
  for (const std::string& condition : situation.conditions) data.set("if_" + condition, true);
}

}  // namespace

Data values_of(const Situation& situation, const LetterRules& letter, const Details& details, const Rules& rules) {
  Data data;
  set_sender(data, identity_of(*situation.request->profile, details));
  set_person(data, situation);
  if (!situation.body.name.empty()) set_body(data, situation);
  if (situation.incident != nullptr) set_facts(data, situation);
  for (const LetterInput& asked : letter.inputs) {
    const Input& input = *rules.input(asked.id);
    data.set("in_" + input.id, printed(input, details));
  }
  data.set("kind", letter.kind.id);
  data.set("today", date(situation.today()));
  data.set("rules_checked", date(parse_partial_date(rules.checked).value_or(PartialDate{})));
  data.set("rules_checked_en", rules.checked);
  set_course(data, situation);
  set_losses(data, situation);
  set_notice_items(data, situation.notice_items);
  set_addressee(data, situation, letter, rules);
  set_rules(data, situation, letter, rules);
  return data;
}

std::string fill(std::string_view words, const Data& values, bool mark_values) {
  mustache::mustache compiled{std::string(words)};
  VIGIFUITE_CHECK(compiled.is_valid());  // our own templates
  compiled.set_custom_escape([mark_values](const std::string& value) { return mark_values ? marked(value) : value; });
  return compiled.render(values);
}

std::string fill_letter(const LetterRules& letter, const Data& values) {
  thread_local std::map<std::string, std::unique_ptr<mustache::mustache>, std::less<>> compiled;
  auto& words = compiled[letter.words];
  if (words == nullptr) {
    words = std::make_unique<mustache::mustache>(letter.words);
    VIGIFUITE_CHECK(words->is_valid());  // our own templates
    words->set_custom_escape([](const std::string& value) { return marked(value); });
  }
  return words->render(values);
}

}  // namespace vigifuite::letters
