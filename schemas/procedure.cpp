// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/procedure.hpp"

#include <algorithm>

#include "schemas/facts_codec.hpp"

namespace vigifuite {

template <>
struct words::Table<Outcome> {
  static constexpr Outcome last = Outcome::Complete;
  static constexpr std::array<std::string_view, 5> words = {"acknowledged", "extended", "partial", "refused",
                                                            "complete"};
};

std::string_view name_of(Outcome outcome) noexcept {
  return words::of(outcome);
}

namespace {

constexpr std::string_view kSchema = "vigifuite/procedure@v1";
constexpr std::size_t kMostRows = 1000, kMostCases = 200, kMaxText = 2000;
constexpr std::int64_t kMostCents = 100'000'000'000;  // a thousand million euros
constexpr std::int64_t kMostMinutes = 60 * 24 * 366;
/// As typed, in the order of the enumerators.
constexpr std::array<std::string_view, 5> kTypedOutcomes = {"accuse", "prolongation", "partielle", "refus", "complete"};

void read_short(const MembersIn& in, std::string_view name, std::string& value, Need need = Need::Optional) {
  if (in[name].text().size() > kMaxText)
    in.complain(name, Message::MemberLong);
  else
    in.read(name, value, need);
}

/// Delays are counted from a day: a month or a year will not do.
void read_day(const MembersIn& in, std::string_view name, PartialDate& day, Need need) {
  in.read(name, day);
  if (day.known() && day.day == 0) in.complain(name, Message::StepNotDay);
  if (!day.known() && need == Need::Required) in.complain(name, Message::MemberMissing);
}

void read_amount(const MembersIn& in, std::string_view name, std::optional<std::int64_t>& value, std::int64_t most) {
  in.read(name, value);
  if (value && (*value < 0 || *value > most)) in.complain(name, Message::MemberRange);
}

template <class Row, class ReadOne>
void read_rows(const MembersIn& in, std::string_view name, std::vector<Row>& rows, const ReadOne& read_one) {
  in.each(name, [&](const MembersIn& item) {
    if (rows.size() == kMostRows) return item.complain({}, Message::StepTooMany);
    read_one(item, rows.emplace_back());
  });
}

void read_sent(const MembersIn& in, SentLetter& sent) {
  in.refuse_others({"kind", "date", "delivered", "channel", "proof"});
  read_short(in, "kind", sent.kind, Need::Required);
  read_day(in, "date", sent.date, Need::Required);
  read_day(in, "delivered", sent.delivered, Need::Optional);
  read_short(in, "channel", sent.channel);
  read_short(in, "proof", sent.proof);
  if (sent.delivered.known() && sent.date.known() && sent.delivered < sent.date) {
    in.complain("delivered", Message::StepDeliveredBefore);
  }
}

void read_answer(const MembersIn& in, Answer& answer) {
  in.refuse_others({"kind", "date", "outcome", "reference", "what"});
  read_short(in, "kind", answer.kind, Need::Required);
  read_day(in, "date", answer.date, Need::Required);
  in.read_word("outcome", answer.outcome, Need::Required);
  read_short(in, "reference", answer.reference);
  read_short(in, "what", answer.what);
}

void read_consequence(const MembersIn& in, Consequence& consequence) {
  in.refuse_others({"date", "what", "cents", "minutes", "proof"});
  in.read("date", consequence.date);
  read_short(in, "what", consequence.what, Need::Required);
  read_amount(in, "cents", consequence.cents, kMostCents);
  read_amount(in, "minutes", consequence.minutes, kMostMinutes);
  read_short(in, "proof", consequence.proof);
}

void read_members(const MembersIn& in, Procedure& procedure) {
  in.refuse_others({"schema", "sent", "answers", "consequences"});
  if (in["schema"].present() && in["schema"].text() != kSchema) {
    in.complain("schema", Message::StepSchema);
  }
  read_rows(in, "sent", procedure.sent, read_sent);
  read_rows(in, "answers", procedure.answers, read_answer);
  read_rows(in, "consequences", procedure.consequences, read_consequence);
}

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// "acces=2026-09-01,a,b": the kind, the day, and at most `most` parts after it (the last takes the rest).
struct Typed {
  std::string kind;
  PartialDate date;
  std::vector<std::string> rest;
};

Result<Typed> parse_typed(std::string_view text, std::size_t most, std::string_view form) {
  const auto wrong = [&](std::string_view what) {
    return fail(ErrorKind::Malformed, std::string(what) + "; write it as " + std::string(form));
  };
  if (text.size() > kMaxText) return wrong("longer than 2,000 bytes");
  const std::size_t equals = text.find('=');
  Typed typed;
  typed.kind = trimmed(text.substr(0, equals));
  if (equals == std::string_view::npos || typed.kind.empty()) return wrong("no kind of letter before `=`");
  std::string_view rest = text.substr(equals + 1);
  const std::size_t comma = rest.find(',');
  const auto date = parse_partial_date(trimmed(rest.substr(0, comma)));
  if (!date || date->day == 0) return wrong("what follows `=` is not a day");
  typed.date = *date;
  rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
  while (!rest.empty()) {
    const std::size_t end = typed.rest.size() + 1 == most ? std::string_view::npos : rest.find(',');
    typed.rest.emplace_back(trimmed(rest.substr(0, end)));
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  typed.rest.resize(most);
  return typed;
}

}  // namespace

void write(JsonOut& out, const Procedure& procedure) {
  out.begin_object().member("schema", kSchema).key("sent").begin_array();
  for (const SentLetter& sent : procedure.sent) {
    out.begin_object().member("kind", sent.kind).member_if("date", sent.date).member_if("delivered", sent.delivered);
    out.member_if("channel", sent.channel).member_if("proof", sent.proof).end_object();
  }
  out.end_array().key("answers").begin_array();
  for (const Answer& answer : procedure.answers) {
    out.begin_object().member("kind", answer.kind).member_if("date", answer.date);
    out.member("outcome", name_of(answer.outcome)).member_if("reference", answer.reference);
    out.member_if("what", answer.what).end_object();
  }
  out.end_array().key("consequences").begin_array();
  for (const Consequence& consequence : procedure.consequences) {
    out.begin_object().member_if("date", consequence.date).member("what", consequence.what);
    if (consequence.cents) out.member("cents", *consequence.cents);
    if (consequence.minutes) out.member("minutes", *consequence.minutes);
    out.member_if("proof", consequence.proof).end_object();
  }
  out.end_array().end_object();
}

void write_members(JsonOut& out, const Case& followed) {
  out.member("incident", followed.incident).member_if("opened", followed.opened).member_if("closed", followed.closed);
  out.member_if("because", followed.because).key("procedure");
  write(out, followed.procedure);
}

void write(JsonOut& out, const Case& followed) {
  out.begin_object();
  write_members(out, followed);
  out.end_object();
}

void read_cases(const MembersIn& in, std::vector<Case>& cases) {
  in.each("cases", [&](const MembersIn& item) {
    if (cases.size() == kMostCases) return item.complain({}, Message::CaseTooMany);
    item.refuse_others({"incident", "opened", "closed", "because", "procedure"});
    Case& followed = cases.emplace_back();
    read_short(item, "incident", followed.incident, Need::Required);
    read_day(item, "opened", followed.opened, Need::Required);
    read_day(item, "closed", followed.closed, Need::Optional);
    read_short(item, "because", followed.because);
    item.within("procedure", [&](const MembersIn& steps) { read_members(steps, followed.procedure); });
  });
}

Result<Procedure> read_procedure(JsonValue json) {
  Text wrong;
  Procedure procedure;
  read_members(MembersIn(json, wrong), procedure);
  if (!wrong.empty()) return fail(ErrorKind::Malformed, Message::Within, in_both(Message::StepNamed), wrong);
  return procedure;
}

Result<SentLetter> parse_sent(std::string_view text) {
  auto typed = parse_typed(text, 2, "acces=2026-09-01 or acces=2026-09-01,lettre recommandée,avis de réception");
  if (!typed) return std::move(typed).error();
  return SentLetter{typed->kind, typed->date, {}, typed->rest[0], typed->rest[1]};
}

Result<Answer> parse_answer(std::string_view text) {
  constexpr std::string_view kForm =
      "acces=2026-09-20,refus (accuse, prolongation, partielle, refus or complete), then the file number if any";
  auto typed = parse_typed(text, 2, kForm);
  if (!typed) return std::move(typed).error();
  const auto outcome = std::find(kTypedOutcomes.begin(), kTypedOutcomes.end(), typed->rest[0]);
  if (outcome == kTypedOutcomes.end()) {
    return fail(ErrorKind::Malformed, "what was answered is missing or unknown; write it as " + std::string(kForm));
  }
  return Answer{typed->kind, typed->date, static_cast<Outcome>(outcome - kTypedOutcomes.begin()), typed->rest[1], {}};
}

}  // namespace vigifuite
