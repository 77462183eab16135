// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>

#include "daemon/letters/summary.hpp"
#include "schemas/core/check.hpp"
#include "schemas/core/embedded.hpp"
#include "schemas/core/json_in.hpp"
#include "schemas/messages.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::letters {
namespace {

const OnlineForm& shipped_form() {
  static const auto read = [] {
    const auto bytes = find_file(embedded_letters(), "cnil-form.json");
    VIGIFUITE_CHECK(bytes.has_value());
    return read_form(*bytes);
  }();
  VIGIFUITE_CHECK(read.has_value());
  return *read;
}

/// As a form counts them: a character is a code point.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Where to cut so that at most `most` characters stand before: after a sentence or a word when one ends there.
std::size_t cut(std::string_view text, std::size_t most) {
  std::size_t end = 0;
  for (std::size_t count = 0; end < text.size(); ++end) {
    if ((static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U && count++ == most) break;
  }
  if (end == text.size()) return end;
  const std::size_t space = text.substr(0, end).find_last_of(" \n");
  return space == std::string_view::npos || space == 0 ? end : space + 1;
}

/// Something to paste: what it is, and its text.
struct Field {
  std::string label;
  std::string text;

  void add(const Block& block) {
    if (!text.empty()) text += '\n';
    text += label_of(block) + plain(block.text);
  }
};

std::vector<Field> split(std::vector<Field> fields, std::size_t most, Language language) {
  std::vector<Field> out;
  for (Field& field : fields) {
    if (field.text.empty()) continue;
    if (characters(field.text) <= most) {
      out.push_back(std::move(field));
      continue;
    }
    std::vector<std::string> parts;
    for (std::string_view rest = field.text; !rest.empty();) {
      // At the end of an item when one fits, so that no fact is cut in two.
      std::size_t end = cut(rest, most);
      if (end < rest.size()) {
        const std::size_t line = rest.substr(0, end).rfind('\n');
        if (line != std::string_view::npos && line > end / 2) end = line + 1;
      }
      parts.emplace_back(rest.substr(0, end));
      if (parts.back().ends_with('\n')) parts.back().pop_back();
      rest.remove_prefix(end);
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
      out.push_back(
          {say(language, Message::FieldsPart, field.label, std::to_string(i + 1), std::to_string(parts.size())),
           std::move(parts[i])});
    }
  }
  return out;
}

/// One block for each thing a form asks: who, the subject, then each section of the letter.
std::vector<Field> fields_in(const Letter& letter, Language language) {
  std::vector<Field> fields = {{say(language, Message::FieldsName), {}},
                               {say(language, Message::FieldsContact), {}},
                               {say(language, Message::FieldsSubject), {}},
                               {say(language, Message::FieldsOpening), {}}};
  for (const Block& block : letter.blocks) {
    switch (block.kind) {
      case BlockKind::Sender: fields[fields[0].text.empty() ? 0 : 1].add(block); break;
      case BlockKind::Title: fields[2].add(block); break;
      case BlockKind::Section: fields.push_back({plain(block.text), {}}); break;
      case BlockKind::Addressee:
      case BlockKind::Place:
      case BlockKind::Signature: break;  // a form has its own
      case BlockKind::Numbered:
      case BlockKind::Item:
      case BlockKind::Box:
      case BlockKind::Attachment:
      case BlockKind::Paragraph: fields.back().add(block); break;
    }
  }
  return fields;
}

bool goes_to(const OnlineForm& form, const Letter& letter) {
  return std::find(form.letters.begin(), form.letters.end(), letter.kind) != form.letters.end();
}

std::string rule_under(std::string_view title) {
  return std::string(title) + "\n" + std::string(std::min<std::size_t>(characters(title), 78), '=') + "\n";
}

}  // namespace

Result<OnlineForm> read_form(std::string_view json) {
  JsonParser parser;
  const auto document = parser.parse(json);
  if (!document) return document.error();
  const JsonValue root = *document;
  const auto text = [](JsonValue value) {
    return Text{std::string(value["fr"].text()), std::string(value["en"].text())};
  };
  OnlineForm form;
  for (const auto letter : root["letters"].items()) form.letters.emplace_back(JsonValue(letter).text());
  form.place = root["place"].text();
  form.name = text(root["name"]);
  form.most = static_cast<std::size_t>(root["most"]["characters"].integer().value_or(0));
  form.most_found = root["most"]["state"].text() == "found";
  for (const auto item : root["choices"].items()) {
    const JsonValue row(item);
    form.choices.push_back({text(row["ask"]), text(row["choose"]), row["state"].text() == "found"});
  }
  if (form.letters.empty() || form.most < 100) {
    return fail(ErrorKind::Malformed, "online form: no letters, or blocks shorter than 100 characters");
  }
  return form;
}

Result<std::string> fields_of(const Letter& letter, Language language) {
  const OnlineForm& form = shipped_form();
  if (!goes_to(form, letter)) return fail(ErrorKind::Refused, Message::FieldsNotForThis, format_names());
  std::string out = rule_under(say(language, Message::FieldsTitle, form.name.in(language), form.place));
  out += "\n" + say(language, Message::FieldsHow) + "\n";
  if (!form.most_found) {
    out += say(language, Message::FieldsMost, number(language, static_cast<std::int64_t>(form.most))) + "\n";
  }
  out += "\n" + rule_under(say(language, Message::FieldsChoices));
  for (const OnlineForm::Choice& choice : form.choices) {
    out += "- " + say(language, Message::FieldsChoice, choice.ask.in(language), choice.choose.in(language));
    out += choice.found ? "\n" : " (" + say(language, Message::FieldsToVerify) + ")\n";
  }
  for (const Field& field : split(fields_in(letter, language), form.most, language)) {
    const auto count = static_cast<std::int64_t>(characters(field.text));
    out += "\n" + rule_under(say(language, Message::FieldsCount, field.label, number(language, count)));
    out += field.text + "\n";
  }
  return out;
}

}  // namespace vigifuite::letters
