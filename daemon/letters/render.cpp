// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/render.hpp"

#include <kainjow/mustache.hpp>

#include <algorithm>

#include "daemon/letters/facts.hpp"
#include "daemon/letters/french.hpp"
#include "daemon/letters/layout.hpp"
#include "schemas/core/embedded.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::letters {
namespace {

namespace mustache = kainjow::mustache;
using Data = mustache::data;

/// Why there would be no such letter, or nothing.
std::optional<Message> refusal(const Request& request, const LetterRules& letter) {
  const Incident& incident = *request.incident;
  if (incident.status == IncidentStatus::Retracted) return Message::LetterRetracted;
  if (incident.status == IncidentStatus::Claimed) return Message::LetterClaimed;
  if (!incident.verified || incident.unsure) return Message::LetterUnverified;
  if (request.hit == nullptr) return Message::LetterNoTie;
  if (request.hit->verdict == Verdict::NotAffected) return Message::LetterNotAffected;
  const PartialDate at = incident_date(incident);
  if (at.known() && at.last_day() < letter.holds_from.first_day()) return Message::LetterBeforeGdpr;
  const bool told = std::any_of(request.profile->notified.begin(), request.profile->notified.end(),
                                [&](const ReceivedNotice& notice) { return notice.incident == incident.id; });
  if (incident.links.empty() && !told) return Message::LetterNoSource;
  return std::nullopt;
}

std::string or_blank(std::string_view value, std::string_view blank, std::size_t max_bytes = 200) {
  std::string flat = flatten(value, max_bytes);
  return flat.empty() ? "⟦" + std::string(blank) + "⟧" : flat;
}

void set(Data& data, const char* name, const std::string& value) {
  if (!value.empty()) data.set(name, value);  // an empty string would count as present
}

void set_sender(Data& data, const Identity& identity) {
  std::string address;  // its lines become one
  for (const char c : identity.postal_address) address += c == '\n' ? std::string(", ") : std::string(1, c);
  data.set("sender_name", or_blank(identity.name, "vos prénom et nom"));
  data.set("sender_address", or_blank(address, "votre adresse postale", 300));
  data.set("sender_email", or_blank(identity.email, "votre adresse électronique"));
  set(data, "sender_phone", flatten(identity.phone, 40));
}

std::string notice_delay(const Situation& situation) {
  const PartialDate told = situation.notice->date, announced = situation.incident().disclosed;
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
  if (situation.notice != nullptr) {
    const std::string when = on_date(situation.notice->date);
    data.set("notice_date", when.empty() ? "Le ⟦date à laquelle vous avez reçu le message⟧"
                                         : (when[0] == 'l' ? "L" : "E") + when.substr(1));
    data.set("notice_how", or_blank(situation.notice->how, "par quel moyen : courriel, courrier, espace personnel"));
    set(data, "notice_delay", notice_delay(situation));
  }
  data.set("years_since_end", number(situation.years_since_end));
}

/// "Viamedis ou Almerys".
std::string alternatives(const std::vector<std::string>& names) {
  std::string out = enumeration(names);
  const std::size_t at = out.rfind(" et ");
  if (names.size() > 1 && at != std::string::npos) out.replace(at, 4, " ou ");
  return out;
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
    set(data, "dpo", flatten(body.registry->dpo.postal, 300));
    data.set("dpo_source", or_blank(body.registry->dpo.source, "source non relevée"));
  }
  set(data, "processors", enumeration(situation.processors));
  set(data, "processors_or", alternatives(situation.processors));
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

void set_facts(Data& data, const Situation& situation) {
  const Incident& incident = situation.incident();
  const PublicFacts facts = public_facts(situation);
  data.set("title", flatten(incident.title.in(Language::French)));
  set(data, "disclosed", on_date(incident.disclosed));
  set(data, "incident_period",
      period(incident.incident.from.known() && !incident.incident.to.known()
                 ? Period{incident.incident.from, incident.incident.from}
                 : incident.incident));
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

Data data_of(const Situation& situation, const LetterRules& letter, const Rules& rules) {
  const Incident& incident = situation.incident();
  Data data;
  set_sender(data, situation.request->profile->identity);
  set_person(data, situation);
  set_body(data, situation);
  set_facts(data, situation);
  data.set("today", date(date_of(situation.request->now)));
  data.set("incident", incident.id);
  data.set("revision", std::to_string(incident.revision()));
  data.set("rules_checked", date(parse_partial_date(rules.checked).value_or(PartialDate{})));
  data.set("rules_checked_en", rules.checked);
  if (!incident.complaint_forms.empty()) {
    data.set("complaint_form", flatten(incident.complaint_forms.front().note.in(Language::French), 600));
    data.set("complaint_form_en", flatten(incident.complaint_forms.front().note.in(Language::English), 600));
  }
  Data addressee{Data::type::list};
  for (const AddressLine& line : letter.addressee) addressee << Data{line.text};
  data.set("addressee", addressee);
  for (const Rule& rule : letter.rules) data.set("rule_" + rule.id, holds(rule.when, situation.conditions));
  return data;
}

std::string fill(std::string_view words, const Data& data, bool mark_values) {
  mustache::mustache compiled{std::string(words)};
  VIGIFUITE_CHECK(compiled.is_valid());  // our own templates
  compiled.set_custom_escape([mark_values](const std::string& value) { return mark_values ? marked(value) : value; });
  return compiled.render(data);
}

/// What to know beside the letter, in the person's language: the notes that hold, then what rests on unverified law.
std::vector<std::string> warnings_of(const Situation& situation, const LetterRules& letter, const Rules& rules,
                                     const Data& data) {
  const Language language = situation.request->profile->language;
  std::vector<std::string> warnings;
  const auto say = [&](const std::string& words) {
    warnings.push_back(language == Language::French ? plain(typeset(words)) : plain(words));
  };
  for (const Note& note : letter.notes) {
    if (holds(note.when, situation.conditions)) say(fill(note.text.in(language), data, false));
  }
  if (const auto cites = unverified(letter, rules, situation.conditions); !cites.empty()) {
    say(language == Language::French ? "À vérifier par un juriste avant l'envoi : " + enumeration(cites) + "."
                                     : "To be verified by a lawyer before sending: " + enumeration(cites) + ".");
  }
  return warnings;
}

}  // namespace

std::string_view name_of(Format format) noexcept {
  switch (format) {
    case Format::Text: return "text";
    case Format::Markdown: return "markdown";
  }
  return "text";
}

std::optional<Format> parse_format(std::string_view word) noexcept {
  for (const Format format : {Format::Text, Format::Markdown}) {
    if (name_of(format) == word) return format;
  }
  return std::nullopt;
}

std::vector<Kind> kinds() {
  std::vector<Kind> out;
  for (const LetterRules& letter : shipped_rules().letters) out.push_back(letter.kind);
  return out;
}

Result<Letter> render(const Request& request, const Vocabulary& vocabulary) {
  VIGIFUITE_CHECK(request.profile != nullptr && request.incident != nullptr);
  const Rules& rules = shipped_rules();
  const LetterRules* letter = rules.letter(request.kind);
  if (letter == nullptr) {
    std::vector<std::string> known;
    for (const LetterRules& row : rules.letters) known.push_back(row.kind.id);
    return fail(ErrorKind::Config, Message::LetterUnknown, flatten(request.kind, 40), enumeration(known));
  }
  if (const auto reason = refusal(request, *letter)) return fail(ErrorKind::Refused, *reason);
  auto situation = understand(request, vocabulary, rules);
  if (!situation) return std::move(situation).error();

  const auto words = find_file(embedded_letters(), letter->template_name);
  VIGIFUITE_CHECK(words.has_value());
  const Data data = data_of(*situation, *letter, rules);
  const std::vector<Block> blocks = read_blocks(fill(*words, data, true));

  Letter out;
  out.kind = letter->kind.id;
  out.incident = request.incident->id;
  const Organisation* registry = situation->body.registry;
  out.controller = registry != nullptr ? registry->id : situation->body.name;
  out.format = request.format;
  out.generated_at = request.now;
  switch (request.format) {
    case Format::Text: out.body = to_text(blocks); break;
    case Format::Markdown: out.body = to_markdown(blocks); break;
  }
  for (const Block& block : blocks) {
    if (block.kind == BlockKind::Title) out.title = plain(block.text);
    if (block.kind == BlockKind::Attachment) out.attachments.push_back(plain(block.text));
  }
  out.blanks = blanks_of(blocks);
  out.warnings = warnings_of(*situation, *letter, rules, data);
  return out;
}

void write(JsonOut& out, const Letter& letter) {
  const auto list = [&](std::string_view name, const std::vector<std::string>& items) {
    out.key(name).begin_array();
    for (const std::string& item : items) out.value(item);
    out.end_array();
  };
  out.begin_object().member("schema", "vigifuite/letter@v1").member("generated_at", letter.generated_at);
  out.member("kind", letter.kind).member("title", letter.title).member("incident", letter.incident);
  out.member("controller", letter.controller).member("format", name_of(letter.format)).member("body", letter.body);
  list("blanks", letter.blanks);
  list("warnings", letter.warnings);
  list("attachments", letter.attachments);
  out.end_object();
}

void write_kinds(JsonOut& out, Instant now) {
  out.begin_object()
      .member("schema", "vigifuite/letter-kinds@v1")
      .member("generated_at", now)
      .key("items")
      .begin_array();
  for (const Kind& kind : kinds()) {
    out.begin_object()
        .member("id", kind.id)
        .member_if("title", kind.title)
        .member_if("purpose", kind.purpose)
        .end_object();
  }
  out.end_array().end_object();
}

}  // namespace vigifuite::letters
