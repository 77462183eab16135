// SPDX-License-Identifier: AGPL-3.0-or-later
// Letters, and which are possible, as published documents.

#include "daemon/letters/rules.hpp"
#include "schemas/core/base64.hpp"

namespace vigifuite::letters {
namespace {

void write_strings(JsonOut& out, std::string_view name, const std::vector<std::string>& items) {
  out.key(name).begin_array();
  for (const std::string& item : items) out.value(item);
  out.end_array();
}

void begin_kinds(JsonOut& out, Instant now) {
  out.begin_object().member("schema", "vigifuite/letter-kinds@v1").member("generated_at", now);
  out.key("items").begin_array();
}

void write_kind(JsonOut& out, const Kind& kind) {
  out.member("id", kind.id).member("code", kind.code);
  write_strings(out, "aliases", kind.aliases);
  out.member_if("title", kind.title).member_if("purpose", kind.purpose).member("first", kind.first);
}

std::string_view name_of(Input::Type type) {
  switch (type) {
    case Input::Type::Text: return "text";
    case Input::Type::Date: return "date";
    case Input::Type::Amount: return "amount";
    case Input::Type::Choice: return "choice";
  }
  return "text";
}

void write_input(JsonOut& out, const Possibility::Asked& asked) {
  const Input& input = *asked.input;
  out.begin_object().member("id", input.id).member("type", name_of(input.type)).member("required", asked.required);
  out.member("given", asked.given).member_if("ask", input.ask).member_if("why", input.why);
  if (input.type == Input::Type::Text) out.member("most", input.most);
  if (!input.choices.empty()) {
    out.key("choices").begin_array();
    for (const Input::Choice& choice : input.choices) {
      out.begin_object().member("id", choice.id).member_if("label", choice.label).end_object();
    }
    out.end_array();
  }
  out.end_object();
}

}  // namespace

std::string_view name_of(Possible possible) noexcept {
  switch (possible) {
    case Possible::Now: return "now";
    case Possible::Later: return "later";
    case Possible::Missing: return "missing";
    case Possible::No: return "no";
  }
  return "no";
}

std::vector<Kind> kinds() {
  std::vector<Kind> out;
  for (const LetterRules& letter : shipped_rules().letters) out.push_back(letter.kind);
  return out;
}

void write(JsonOut& out, const Letter& letter) {
  out.begin_object().member("schema", "vigifuite/letter@v1").member("generated_at", letter.generated_at);
  out.member("kind", letter.kind)
      .member("title", letter.title)
      .member_if("incident", std::string_view(letter.incident));
  out.member_if("controller", std::string_view(letter.controller)).member("format", name_of(letter.format));
  if (is_binary(letter.format))
    out.member("encoding", "base64").member("body", to_base64(letter.body));
  else
    out.member("body", letter.body);
  write_strings(out, "blanks", letter.blanks);
  write_strings(out, "warnings", letter.warnings);
  write_strings(out, "ways", letter.ways);
  write_strings(out, "attachments", letter.attachments);
  out.end_object();
}

void write_kinds(JsonOut& out, Instant now) {
  begin_kinds(out, now);
  for (const Kind& kind : kinds()) {
    out.begin_object();
    write_kind(out, kind);
    out.end_object();
  }
  out.end_array().end_object();
}

void write(JsonOut& out, Instant now, const std::vector<Possibility>& possibilities) {
  begin_kinds(out, now);
  for (const Possibility& possible : possibilities) {
    out.begin_object();
    write_kind(out, possible.kind);
    out.member("possible", name_of(possible.state)).member_if("why", std::string_view(possible.why));
    out.member_if("from", possible.from).key("inputs").begin_array();
    for (const Possibility::Asked& asked : possible.inputs) write_input(out, asked);
    out.end_array().end_object();
  }
  out.end_array().end_object();
}

}  // namespace vigifuite::letters
