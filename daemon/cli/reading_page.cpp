// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/reading_page.hpp"

#include <algorithm>

#include "daemon/cli/evidence_page.hpp"
#include "schemas/evidence.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

constexpr std::size_t kColumns = 15;
constexpr std::int64_t kPlainly = 80;  ///< from this percentage on it is not said

/// How each fact is named and shown, in the order in which they are listed.
struct Row {
  Fact fact;
  Message field;
  Message inline_mark;
  Ink ink;
};
constexpr Row kRows[] = {
    {Fact::Organisation, Message::FieldBodies, Message::FactOrganisation, Ink::Body},
    {Fact::Processor, Message::FieldProcessors, Message::FactProcessor, Ink::Processor},
    {Fact::People, Message::FieldPeople, Message::FactPeople, Ink::People},
    {Fact::Dates, Message::FieldHappened, Message::FactDates, Ink::Dates},
    {Fact::Exposed, Message::FieldLeaked, Message::FactExposed, Ink::Exposed},
    {Fact::NotExposed, Message::FieldSpared, Message::FactNotExposed, Ink::Safe},
    {Fact::Disclosure, Message::FieldStatus, Message::FactDisclosureMark, Ink::Disclosure},
};

const Row* row_of(JsonValue fact) {
  const auto kind = parse_fact(fact["fact"].text());
  const auto* row =
      std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& each) { return each.fact == kind; });
  return row == std::end(kRows) ? nullptr : row;
}

std::int64_t confidence_of(JsonValue fact) {
  return fact["confidence"].integer().value_or(0);
}

/// "60 %" when it is worth saying.
std::string with_confidence(std::string words, JsonValue fact, Language language) {
  const std::int64_t percent = confidence_of(fact);
  if (percent >= kPlainly) return words;
  const Message message = percent < kSurePercent ? Message::ReadingUnsure : Message::ReadingPercent;
  return words + " (" + say(language, message, percent) + ")";
}

/// Inks every word between spaces: a line that is broken there carries no underline over.
std::string ink_words(Ink ink, std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n\t", at), text.size());
    if (end > at) out += inked(ink, text.substr(at, end - at));
    if (end < text.size()) out += text[end];
    at = end + 1;
  }
  return out;
}

/// Bytes of the text, without what would act as a mark of ours.
std::string plain(std::string_view text) {
  std::string out(text);
  std::erase_if(out, [](char c) { return c >= 0 && c < 0x20 && c != '\n' && c != '\t'; });
  return out;
}

struct Mark {
  std::size_t begin = 0, end = 0;
  const Row* row = nullptr;
};

/// Where facts are proved, in order, none within another.
std::vector<Mark> marks_of(JsonValue reading, std::size_t size) {
  std::vector<Mark> marks;
  for (const auto element : reading["facts"].items()) {
    const JsonValue fact(element);
    const auto begin = fact["begin"].integer(), end = fact["end"].integer();
    const Row* row = row_of(fact);
    if (!begin || !end || row == nullptr || *begin < 0 || *end <= *begin) continue;
    const auto last = static_cast<std::size_t>(*end);
    if (last <= size) marks.push_back({static_cast<std::size_t>(*begin), last, row});
  }
  std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
    if (a.begin != b.begin) return a.begin < b.begin;
    return a.row->fact != Fact::Disclosure && b.row->fact == Fact::Disclosure;
  });
  std::size_t done = 0;
  std::erase_if(marks, [&](const Mark& mark) {
    if (mark.begin < done) return true;
    done = mark.end;
    return false;
  });
  return marks;
}

std::string marked_text(JsonValue reading, bool coloured, Language language) {
  const std::string_view text = reading["text"].text();
  std::string out;
  std::size_t done = 0;
  for (const Mark& mark : marks_of(reading, text.size())) {
    out += plain(text.substr(done, mark.begin - done));
    const std::string words = plain(text.substr(mark.begin, mark.end - mark.begin));
    out += coloured ? ink_words(mark.row->ink, words) : "[" + say(language, mark.row->inline_mark, words) + "]";
    done = mark.end;
  }
  return out + plain(text.substr(done));
}

std::string legend(Language language) {
  std::string out;
  for (const Row& row : kRows) {
    out += (out.empty() ? "" : ", ") + ink_words(row.ink, say(language, row.inline_mark, "…"));
  }
  return out;
}

std::string value_words(JsonValue fact, const CategoryLabels& labels, Language language) {
  std::string words = fact_value(fact, labels, language);
  if (fact["claimed"].boolean().value_or(false)) words += " " + say(language, Message::AccordingToAttacker);
  return with_confidence(std::move(words), fact, language);
}

void print_facts(Page& page, JsonValue reading, const CategoryLabels& labels, Language language) {
  for (const Row& row : kRows) {
    if (row.fact == Fact::Disclosure) continue;
    std::string values;
    for (const auto element : reading["facts"].items()) {
      const JsonValue fact(element);
      if (row_of(fact) != &row) continue;
      values += (values.empty() ? "" : ", ") + value_words(fact, labels, language);
    }
    page.field(say(language, row.field), kColumns, values);
  }
}

void print_item(Page& page, JsonValue item, const CategoryLabels& labels, Language language) {
  const PartialDate day = date_at(item["disclosed"]);
  page.blank().text((day.known() ? to_string(day) + "  " : "") + bold(shown(item["title"], language)), 0, 2);
  const auto field = [&](Message title, const std::string& words) {
    page.field(say(language, title), kColumns, words);
  };
  if (!item["states_facts"].boolean().value_or(false))
    return field(Message::FieldStatus, say(language, Message::ProbeText));
  field(Message::FieldStatus, status_word(item["status"].text(), language));
  field(Message::FieldCaution, why_unsure(item, labels, language));
  field(Message::FieldBodies, body_names(item["organisations"], language));
  field(Message::FieldProcessors, body_names(item["processors"], language));
  field(Message::FieldHappened, happened(item["incident"], language));
  field(Message::FieldPeople, figures(item["people"], language));
  field(Message::FieldLeaked, labels.of(item["exposed"]));
  field(Message::FieldSpared, labels.of(item["not_exposed"]));
  for (const auto element : item["evidence"].items()) {
    field(Message::FieldEvidence, quoted_sentence(JsonValue(element), language));
  }
  for (const auto element : item["doubts"].items()) {
    field(Message::ProbeDoubt, printable(JsonValue(element).text()));
  }
}

}  // namespace

void print_reading(Page& page, JsonValue reading, const CategoryLabels& labels, Language language) {
  const bool is_disclosure = reading["is_disclosure"].boolean().value_or(false);
  std::string verdict = say(language, is_disclosure ? Message::ReadingLeak : Message::ReadingNoLeak);
  for (const auto element : reading["facts"].items()) {
    const JsonValue fact(element);
    if (parse_fact(fact["fact"].text()) == Fact::Disclosure) verdict = with_confidence(verdict, fact, language);
  }
  page.text(bold(verdict));
  print_facts(page, reading, labels, language);
  page.blank().text(say(language, Message::ReadingText) + (page.coloured() ? " (" + legend(language) + ")" : ""));
  const std::string text = marked_text(reading, page.coloured(), language);
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.find_first_not_of(" \t\r") == std::string_view::npos)
      page.blank();
    else
      page.text(line, 2, 2);
  }
}

void print_probe(Page& page, JsonValue probe, const CategoryLabels& labels, Language language) {
  const auto count = [&](const char* name) { return number(language, probe[name].integer().value_or(0)); };
  page.text(say(language, Message::ProbeRead, printable(probe["format"].text()), count("records"), count("notices"),
                count("rejects")));
  if (const std::string broken = shown(probe["broken_at"], language); !broken.empty())
    page.text(say(language, Message::ProbeBroken, broken));
  for (const auto element : probe["reject_samples"].items())
    page.text("✗ " + shown(JsonValue(element), language), 2, 4);
  std::string unmapped;
  for (const auto element : probe["unmapped"].items())
    unmapped += (unmapped.empty() ? "" : ", ") + printable(JsonValue(element).text());
  page.field(say(language, Message::FieldUnmapped), kColumns, unmapped);
  for (const auto element : probe["items"].items()) print_item(page, JsonValue(element), labels, language);
}

}  // namespace vigifuite::cli
