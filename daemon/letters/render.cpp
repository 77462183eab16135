// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/render.hpp"

#include <algorithm>

#include "daemon/letters/french.hpp"
#include "daemon/letters/standing.hpp"
#include "daemon/letters/summary.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::letters {
namespace {

Error unknown_kind(const Request& request, const Rules& rules) {
  std::vector<std::string> known;
  for (const LetterRules& row : rules.letters) known.push_back(row.kind.id);
  return fail(ErrorKind::Config, Message::LetterUnknown, flatten(request.kind, 40), in_row(known));
}

std::string said(const Note& note, const Standing& standing) {
  const Language language = standing.situation.request->profile->language;
  const std::string words = fill(note.text.in(language), standing.values, false);
  return plain(language == Language::French ? typeset(words) : words);
}

/// What of the letter was last compared with its source more than a year ago.
std::vector<std::string> old_readings(const Standing& standing, const LetterRules& letter, const Rules& rules) {
  std::vector<std::string> cites;
  const Situation& situation = standing.situation;
  for (const Rule& rule : letter.rules) {
    if (!applies(rule, rules, situation.conditions, situation.today())) continue;
    for (const std::string& id : rule.provisions) {
      const Provision& provision = *rules.provision(id);
      const bool listed = std::find(cites.begin(), cites.end(), provision.cite) != cites.end();
      if (stale(provision.read, situation.today()) && !listed) cites.push_back(provision.cite);
    }
  }
  return cites;
}

/// What to know beside the letter, in the person's language: the notes that hold, then what rests on unverified or old
/// readings of the law.
std::vector<std::string> warnings_of(const Standing& standing, const LetterRules& letter, const Rules& rules) {
  const Situation& situation = standing.situation;
  const bool french = situation.request->profile->language == Language::French;
  std::vector<std::string> warnings;
  for (const Note& note : letter.notes) {
    if (holds(note.when, situation.conditions)) warnings.push_back(said(note, standing));
  }
  const auto list = [&](const std::vector<std::string>& cites, std::string_view fr, std::string_view en) {
    if (cites.empty()) return;
    const std::string words = std::string(french ? fr : en) + enumeration(cites) + ".";
    warnings.push_back(french ? plain(typeset(words)) : words);
  };
  list(unverified(letter, rules, situation.conditions, situation.today()),
       "À vérifier par un juriste avant l'envoi : ", "To be verified by a lawyer before sending: ");
  list(old_readings(standing, letter, rules), "Relus il y a plus d'un an, à relire avant l'envoi : ",
       "Last read over a year ago, to be read again before sending: ");
  return warnings;
}

std::vector<std::string> ways_of(const Standing& standing, const LetterRules& letter, const Rules& rules) {
  std::vector<std::string> ways;
  const Addressee* addressee = rules.addressee(letter.addressee);
  if (addressee == nullptr) return ways;
  for (const Note& way : addressee->ways) {
    if (holds(way.when, standing.situation.conditions)) ways.push_back(said(way, standing));
  }
  return ways;
}

}  // namespace

Result<Letter> render(const Request& request, const Vocabulary& vocabulary) {
  VIGIFUITE_CHECK(request.profile != nullptr);
  const Rules& rules = shipped_rules();
  const LetterRules* letter = rules.letter(request.kind);
  if (letter == nullptr) return unknown_kind(request, rules);
  auto standing = stand(request, *letter, vocabulary, rules);
  if (!standing) return std::move(standing).error();
  if (standing->state != Possible::Now) return fail(ErrorKind::Refused, standing->why);

  Letter out;
  out.kind = letter->kind.id;
  if (request.incident != nullptr && letter->about == About::Incident) out.incident = request.incident->id;
  const Body& body = standing->situation.body;
  if (letter->about != About::Nothing) out.controller = body.registry != nullptr ? body.registry->id : body.name;
  out.format = request.format;
  out.generated_at = request.now;
  out.blocks = read_blocks(fill_letter(*letter, standing->values));
  for (const Block& block : out.blocks) {
    if (block.kind == BlockKind::Title) out.title = plain(block.text);
    if (block.kind == BlockKind::Attachment) out.attachments.push_back(plain(block.text));
  }
  out.blanks = blanks_of(out.blocks);
  std::string code = letter->kind.code;
  if (code == "L5") code += standing->situation.is("public_body") ? 'A' : 'B';
  const SummaryFacts facts{code, letter->kind.purpose, standing->situation.exposed};
  auto written = write_letter(out, facts, request, vocabulary);
  if (!written) return std::move(written).error();
  out.body = std::move(written->bytes);
  out.warnings = warnings_of(*standing, *letter, rules);
  std::move(written->warnings.begin(), written->warnings.end(), std::back_inserter(out.warnings));
  out.ways = ways_of(*standing, *letter, rules);
  return out;
}

}  // namespace vigifuite::letters
