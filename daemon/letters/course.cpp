// SPDX-License-Identifier: AGPL-3.0-or-later
// What follows from the letters already sent: what was answered, and which delays have passed.

#include <algorithm>

#include "daemon/letters/french.hpp"
#include "daemon/letters/situation.hpp"
#include "schemas/messages.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::letters {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

PartialDate day(sys_days value) {
  return date_of(Instant(value));
}

/// An answer that settles the letter, well or badly.
bool settles(Outcome outcome) {
  return outcome == Outcome::Partial || outcome == Outcome::Refused || outcome == Outcome::Complete;
}

/// The answer that counts is the last that settles something, else the last.
std::pair<bool, PartialDate> rank(const Answer& answer) {
  return {settles(answer.outcome), answer.date};
}

/// Steps of one kind, from the whole procedure.
class Course {
 public:
  Course(Situation& situation, const Rules& rules, const LetterRules& letter)
      : situation_(situation), rules_(rules), letter_(letter) {}

  void weigh() {
    const Procedure& procedure = *situation_.request->procedure;
    for (const SentLetter& sent : procedure.sent) {
      if (rules_.letter(sent.kind) == &letter_ && (sent_ == nullptr || sent_->date <= sent.date)) sent_ = &sent;
    }
    if (sent_ == nullptr) return;
    say("sent");
    situation_.sent.emplace(letter_.kind.id, sent_);
    date("_sent", sent_->date);
    if (sent_->delivered.known()) {
      say("delivered");
      date("_delivered", sent_->delivered);
    }
    read_answers(procedure);
    run_clock();
  }

 private:
  void say(std::string_view word) { situation_.conditions.insert(letter_.kind.id + ":" + std::string(word)); }
  void date(std::string_view which, PartialDate value) {
    situation_.dates.insert_or_assign(letter_.kind.id + std::string(which), value);
  }

  /// Delays run from the day it arrived; when that is not known, from the day it was sent.
  [[nodiscard]] sys_days start() const {
    return (sent_->delivered.known() ? sent_->delivered : sent_->date).first_day();
  }

  [[nodiscard]] Delay delay(std::string_view id) const {
    const NamedDelay* named = rules_.delay(id);
    return named == nullptr ? Delay{} : named->delay;
  }

  void read_answers(const Procedure& procedure) {
    for (const Answer& answer : procedure.answers) {
      if (rules_.letter(answer.kind) != &letter_ || answer.date < sent_->date) continue;
      if (!settles(answer.outcome)) say(name_of(answer.outcome));
      if (answer.outcome == Outcome::Extended) extended_ = &answer;
      if (answer_ == nullptr || rank(*answer_) <= rank(answer)) answer_ = &answer;
    }
    if (answer_ == nullptr) return;
    if (settles(answer_->outcome)) say(name_of(answer_->outcome));
    situation_.answers.emplace(letter_.kind.id, answer_);
    date("_answered", answer_->date);
  }

  void run_clock() {
    Delay answer = delay(letter_.clock.answer);
    if (answer.none() || !holds(letter_.clock.when, situation_.conditions)) return;
    sys_days due = end_of(start(), answer);
    // An extension counts when it was announced in time (GDPR art. 12(3)).
    if (extended_ != nullptr && extended_->date.first_day() <= due) {
      const Delay more = delay(letter_.clock.extension);
      answer.months += more.months;
      answer.days += more.days;
      due = end_of(start(), answer);
    }
    date("_due", day(due));
    const sys_days today = situation_.today().first_day();
    const bool settled = answer_ != nullptr && settles(answer_->outcome);
    if (today > due && !settled) say("due");
    const Delay then = delay(letter_.clock.then);
    if (then.none()) return;
    // The day told to the person is the earliest it can be; only after the latest is it too late.
    const sys_days answered = settled ? answer_->date.first_day() : start();
    const Delay waited = settled ? Delay{} : answer;
    date("_until", day(add_months(answered, waited.months + then.months) + days{waited.days + then.days}));
    if (today > end_of(settled ? answered : due, then)) say("closed");
  }

  Situation& situation_;
  const Rules& rules_;
  const LetterRules& letter_;
  const SentLetter* sent_ = nullptr;
  const Answer* answer_ = nullptr;
  const Answer* extended_ = nullptr;
};

std::optional<Error> check_day(PartialDate value, PartialDate today) {
  if (!value.known() || value.first_day() <= today.first_day()) return std::nullopt;
  const Text when{vigifuite::date(Language::French, value), vigifuite::date(Language::English, value)};
  return fail(ErrorKind::Malformed, Message::StepAhead, when);
}

std::optional<Error> check_kind(std::string_view kind, const Rules& rules) {
  if (rules.letter(kind) != nullptr) return std::nullopt;
  return fail(ErrorKind::Malformed, Message::StepUnknown, flatten(kind, 40));
}

/// What came of the last complaint to the CNIL.
void weigh_complaint(Situation& situation) {
  const std::string& kind = situation.complaint;
  Conditions& conditions = situation.conditions;
  conditions.insert("complaint_sent");
  const auto answer = situation.answers.find(kind);
  // An acknowledgement alone is neither progress nor outcome (GDPR art. 78(2)).
  if (answer != situation.answers.end() && answer->second->outcome != Outcome::Acknowledged) {
    conditions.insert("complaint_answered");
  } else if (situation.is(kind + ":due")) {
    conditions.insert("complaint_silent");
  }
  if (situation.is(kind + ":acknowledged")) conditions.insert("complaint_acknowledged");
  if (situation.is(kind + ":closed")) conditions.insert("complaint_closed");
  if (kind == "cnil-silence") conditions.insert("about_access");
  for (const std::string_view which : {"_sent", "_delivered", "_answered", "_due", "_until"}) {
    const auto date = situation.dates.find(kind + std::string(which));
    if (date != situation.dates.end()) situation.dates.emplace("complaint" + std::string(which), date->second);
  }
}

}  // namespace

void weigh_course(Situation& situation, const Rules& rules) {
  if (situation.request->procedure == nullptr) return;
  for (const LetterRules& letter : rules.letters) {
    Course(situation, rules, letter).weigh();
    const auto sent = situation.sent.find(letter.kind.id);
    if (letter.addressee != "cnil" || sent == situation.sent.end()) continue;
    const auto before = situation.sent.find(situation.complaint);
    if (before == situation.sent.end() || before->second->date <= sent->second->date) {
      situation.complaint = letter.kind.id;
    }
  }
  if (!situation.complaint.empty()) weigh_complaint(situation);
}

std::optional<Error> check_course(const Procedure& procedure, const Rules& rules, PartialDate today) {
  for (const SentLetter& sent : procedure.sent) {
    if (auto error = check_kind(sent.kind, rules)) return error;
    if (auto error = check_day(sent.date, today)) return error;
    if (auto error = check_day(sent.delivered, today)) return error;
  }
  for (const Answer& answer : procedure.answers) {
    if (auto error = check_kind(answer.kind, rules)) return error;
    if (auto error = check_day(answer.date, today)) return error;
    const LetterRules* letter = rules.letter(answer.kind);
    const bool follows = std::any_of(procedure.sent.begin(), procedure.sent.end(), [&](const SentLetter& sent) {
      return rules.letter(sent.kind) == letter && sent.date <= answer.date;
    });
    if (follows) continue;
    return fail(ErrorKind::Malformed, Message::StepOrphan, letter->kind.id);
  }
  for (const Consequence& consequence : procedure.consequences) {
    if (auto error = check_day(consequence.date, today)) return error;
  }
  return std::nullopt;
}

}  // namespace vigifuite::letters
