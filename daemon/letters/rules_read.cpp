// SPDX-License-Identifier: AGPL-3.0-or-later
// From schemas/letters/*.json and *.mustache to Rules. Each document holds any of the members "articles", "delays",
// "joint_controllers", "addressees", "inputs", "gates", "notes" and "letter"; what they share is read first, so that
// their order does not matter.

#include <algorithm>
#include <map>

#include "daemon/letters/rules.hpp"
#include "schemas/core/json_in.hpp"

namespace vigifuite::letters {
namespace {

Error bad(std::string_view where, std::string_view what) {
  return fail(ErrorKind::Malformed, "letter rules: " + std::string(where) + ": " + std::string(what));
}

/// "found" or "to_verify"; every statement of law says which.
Result<Reading> read_reading(JsonValue json, std::string_view where) {
  Reading reading{std::string(json["source"].text()), std::string(json["checked"].text()), false};
  const auto checked = parse_partial_date(reading.checked);
  if (reading.source.empty() || !checked || checked->day == 0) return bad(where, "no source or no date");
  const std::string_view state = json["state"].text();
  if (state != "found" && state != "to_verify") return bad(where, "state is neither `found` nor `to_verify`");
  reading.found = state == "found";
  return reading;
}

std::vector<std::string> read_strings(JsonValue json) {
  std::vector<std::string> out;
  for (const auto item : json.items()) out.emplace_back(JsonValue(item).text());
  return out;
}

Text read_text(JsonValue json) {
  return {std::string(json["fr"].text()), std::string(json["en"].text())};
}

bool whole(const Text& text) {
  return !text.fr.empty() && !text.en.empty();
}

/// 10 of "L10B".
int number_of(std::string_view code) {
  int number = 0;
  for (const char c : code) {
    if (c >= '0' && c <= '9') number = number * 10 + (c - '0');
  }
  return number;
}

/// What goes with letters and is read elsewhere (summary.hpp).
bool is_beside(std::string_view schema) {
  return schema == "vigifuite/letter-summaries@v1" || schema == "vigifuite/online-form@v1";
}

template <class Row>
bool has(const std::vector<Row>& rows, std::string_view id) {
  return std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return row.id == id; });
}

class Reader {
 public:
  explicit Reader(std::span<const EmbeddedFile> files) : files_(files) {}

  Result<Rules> read() {
    std::vector<std::pair<JsonParser, JsonValue>> documents;
    documents.reserve(files_.size());
    for (const EmbeddedFile& file : files_) {
      if (!file.name.ends_with(".json")) continue;
      auto& [parser, json] = documents.emplace_back();
      auto parsed = parser.parse(file.bytes);
      if (!parsed) return in_context("letter rules: " + std::string(file.name), std::move(parsed).error());
      json = *parsed;
      if (is_beside(json["schema"].text())) {
        documents.pop_back();
        continue;
      }
      if (json["schema"].text() != "vigifuite/letter-rules@v1") return bad(file.name, "not vigifuite/letter-rules@v1");
      if (json["letter"]) kinds_.emplace_back(json["letter"]["id"].text());
    }
    using Step = Status (Reader::*)(JsonValue);
    for (const Step step : {&Reader::read_law, &Reader::read_delays, &Reader::read_notice, &Reader::read_inputs,
                            &Reader::read_addressees, &Reader::read_shared, &Reader::read_letter}) {
      for (const auto& [parser, json] : documents) VIGIFUITE_TRY((this->*step)(json));
    }
    std::sort(rules_.letters.begin(), rules_.letters.end(), [](const LetterRules& a, const LetterRules& b) {
      return std::pair(number_of(a.kind.code), a.kind.code) < std::pair(number_of(b.kind.code), b.kind.code);
    });
    return std::move(rules_);
  }

 private:
  Status read_law(JsonValue json) {
    if (const auto years = json["old_data_years"].integer()) rules_.old_data_years = *years;
    for (const auto member : json["articles"].members()) {
      const JsonValue row(member.value);
      auto reading = read_reading(row, member.key);
      if (!reading) return std::move(reading).error();
      Provision provision{std::string(member.key), std::string(row["cite"].text()), {}, {}, *std::move(reading)};
      const std::string_view from = row["from"].text(), until = row["until"].text();
      provision.from = parse_partial_date(from).value_or(PartialDate{});
      provision.until = parse_partial_date(until).value_or(PartialDate{});
      if (provision.cite.empty()) return bad(member.key, "no `cite`");
      if (!provision.from.known()) return bad(member.key, "no `from` date");
      if (!until.empty() && !provision.until.known()) return bad(member.key, "`until` is not a date");
      if (rules_.checked.empty() || provision.read.checked < rules_.checked) rules_.checked = provision.read.checked;
      rules_.provisions.push_back(std::move(provision));
    }
    for (const auto item : json["joint_controllers"].items()) {
      const JsonValue row(item);
      auto reading = read_reading(row, "joint_controllers");
      if (!reading) return std::move(reading).error();
      rules_.joint_controllers.push_back({read_strings(row["organisations"]), *std::move(reading)});
    }
    return Done{};
  }

  Status read_delays(JsonValue json) {
    for (const auto member : json["delays"].members()) {
      const JsonValue row(member.value);
      NamedDelay delay{std::string(member.key), {}, std::string(row["article"].text())};
      delay.delay.months = static_cast<int>(row["months"].integer().value_or(0));
      delay.delay.days = static_cast<int>(row["days"].integer().value_or(0));
      if (delay.delay.none()) return bad(delay.id, "a delay needs `months` or `days`");
      if (rules_.provision(delay.provision) == nullptr)
        return bad(delay.id, "unknown article `" + delay.provision + "`");
      rules_.delays.push_back(std::move(delay));
    }
    return Done{};
  }

  Status read_notice(JsonValue json) {
    if (!json["notice"]) return Done{};
    if (auto reading = read_reading(json["notice"], "notice"); !reading) return std::move(reading).error();
    for (const auto item : json["notice"]["items"].items()) {
      const JsonValue row(item);
      NoticeRule rule{std::string(row["id"].text()),
                      read_text(row["label"]),
                      row["mandatory"].boolean().value_or(false),
                      {},
                      read_strings(row["never"])};
      for (const auto together : row["any"].items()) rule.any.push_back(read_strings(JsonValue(together)));
      if (!whole(rule.label) || rule.any.empty()) return bad(rule.id, "an item of a notice needs `label` and `any`");
      rules_.notice.push_back(std::move(rule));
    }
    return Done{};
  }

  Status read_inputs(JsonValue json) {
    constexpr std::pair<std::string_view, Input::Type> kTypes[] = {{"text", Input::Type::Text},
                                                                   {"date", Input::Type::Date},
                                                                   {"amount", Input::Type::Amount},
                                                                   {"choice", Input::Type::Choice}};
    for (const auto member : json["inputs"].members()) {
      const JsonValue row(member.value);
      Input input;
      input.id = member.key;
      const auto* type = std::find_if(std::begin(kTypes), std::end(kTypes),
                                      [&](const auto& word) { return word.first == row["type"].text(); });
      if (type == std::end(kTypes)) return bad(input.id, "`type` is none of text, date, amount, choice");
      input.type = type->second;
      input.past = row["past"].boolean().value_or(false);
      input.identity = row["identity"].boolean().value_or(false);
      input.most = static_cast<std::size_t>(row["most"].integer().value_or(300));
      input.ask = read_text(row["ask"]);
      input.why = read_text(row["why"]);
      input.blank = row["blank"].text();
      for (const auto choice : row["choices"].members()) {
        input.choices.push_back({std::string(choice.key), read_text(JsonValue(choice.value))});
        if (!whole(input.choices.back().label)) return bad(input.id, "a choice needs its words in both languages");
      }
      if (!whole(input.ask) || !whole(input.why) || input.blank.empty()) {
        return bad(input.id, "an input needs `ask` and `why` in both languages, and `blank`");
      }
      if ((input.type == Input::Type::Choice) != (input.choices.size() > 1)) return bad(input.id, "wrong `choices`");
      rules_.inputs.push_back(std::move(input));
    }
    return Done{};
  }

  Status read_addressees(JsonValue json) {
    for (const auto member : json["addressees"].members()) {
      const JsonValue row(member.value);
      Addressee addressee{std::string(member.key), {}, std::string(row["no_address"].text()), {}};
      for (const auto item : row["lines"].items()) {
        auto reading = read_reading(JsonValue(item), member.key);
        if (!reading) return std::move(reading).error();
        addressee.lines.push_back({std::string(JsonValue(item)["text"].text()), *std::move(reading)});
      }
      const LetterRules any;
      for (const auto item : row["ways"].items()) {
        auto way = read_note(JsonValue(item), any);
        if (!way) return std::move(way).error();
        addressee.ways.push_back(*std::move(way));
      }
      rules_.addressees.push_back(std::move(addressee));
    }
    return Done{};
  }

  Status read_shared(JsonValue json) {
    const LetterRules any;
    for (const auto member : json["gates"].members()) {
      auto gate = read_gate(member.key, JsonValue(member.value), any);
      if (!gate) return std::move(gate).error();
      gates_.emplace(member.key, *std::move(gate));
    }
    for (const auto item : json["notes"].items()) {
      auto note = read_note(JsonValue(item), any);
      if (!note) return std::move(note).error();
      std::string id = note->id;
      notes_.emplace(std::move(id), *std::move(note));
    }
    return Done{};
  }

  [[nodiscard]] bool known(std::string_view name, const LetterRules& letter) const {
    const auto plain = condition_names();
    if (std::find(plain.begin(), plain.end(), name) != plain.end()) return true;
    const auto asked = [&](std::string_view id) { return has(letter.inputs, id) ? rules_.input(id) : nullptr; };
    if (name.starts_with("has:")) return asked(name.substr(4)) != nullptr;
    if (name.starts_with("past:")) return asked(name.substr(5)) != nullptr;
    if (name.starts_with("older:")) {
      const std::string_view rest = name.substr(6);
      const std::string_view what = rest.substr(0, rest.find(':'));
      return (what == "incident" || asked(what) != nullptr) && rules_.delay(rest.substr(what.size() + 1)) != nullptr;
    }
    if (const auto equals = name.find('='); equals != std::string_view::npos) {
      const Input* input = asked(name.substr(0, equals));
      return input != nullptr && has(input->choices, name.substr(equals + 1));
    }
    const auto colon = name.find(':');
    const auto words = step_words();
    return colon != std::string_view::npos &&
           std::find(kinds_.begin(), kinds_.end(), name.substr(0, colon)) != kinds_.end() &&
           std::find(words.begin(), words.end(), name.substr(colon + 1)) != words.end();
  }

  [[nodiscard]] Result<std::vector<std::string>> read_when(JsonValue json, std::string_view where,
                                                           const LetterRules& letter) const {
    std::vector<std::string> when = read_strings(json["when"]);
    for (const std::string_view word : when) {
      const std::string_view name = word.starts_with('!') ? word.substr(1) : word;
      if (!known(name, letter)) return bad(where, "unknown condition `" + std::string(name) + "`");
    }
    return when;
  }

  [[nodiscard]] Result<Note> read_note(JsonValue row, const LetterRules& letter) const {
    Note note;
    note.id = row["id"].text();
    auto when = read_when(row, note.id, letter);
    if (!when) return std::move(when).error();
    auto reading = read_reading(row, note.id);
    if (!reading) return std::move(reading).error();
    note.when = *std::move(when);
    note.text = read_text(row["text"]);
    note.read = *std::move(reading);
    if (!whole(note.text)) return bad(note.id, "a note needs its words in both languages");
    return note;
  }

  [[nodiscard]] Result<Gate> read_gate(std::string_view id, JsonValue row, const LetterRules& letter) const {
    Gate gate;
    gate.id = id;
    auto when = read_when(row, id, letter);
    if (!when) return std::move(when).error();
    gate.when = *std::move(when);
    gate.text = read_text(row["text"]);
    gate.until = row["until"].text();
    const std::string_view state = row["state"].text();
    if (state != "no" && state != "later" && state != "missing")
      return bad(id, "`state` is none of no, later, missing");
    gate.state = state == "no" ? Possible::No : state == "later" ? Possible::Later : Possible::Missing;
    if (gate.when.empty() || !whole(gate.text)) return bad(id, "a gate needs `when`, and its words in both languages");
    return gate;
  }

  Status read_letter(JsonValue json) {
    const JsonValue row = json["letter"];
    if (!row) return Done{};
    LetterRules letter;
    letter.kind = {std::string(row["id"].text()), std::string(row["code"].text()),
                   read_strings(row["aliases"]),  read_text(row["title"]),
                   read_text(row["purpose"]),     row["first"].boolean().value_or(false)};
    const std::string& id = letter.kind.id;
    letter.kind.aliases.insert(letter.kind.aliases.begin(), letter.kind.code);
    const auto from = parse_partial_date(row["holds_from"].text());
    if (!from || id.empty()) return bad(id, "no id or no `holds_from` date");
    letter.holds_from = *from;
    const std::string_view about = row["about"].text();
    if (about != "incident" && about != "body" && about != "nothing") return bad(id, "`about` what?");
    letter.about = about == "incident" ? About::Incident : about == "body" ? About::Body : About::Nothing;
    letter.addressee = row["addressee"].text();
    if (letter.addressee != "none" && rules_.addressee(letter.addressee) == nullptr)
      return bad(id, "no such addressee");
    VIGIFUITE_TRY(read_clock(row["clock"], letter));
    VIGIFUITE_TRY(read_asked(row, letter));
    VIGIFUITE_TRY(read_parts(row, letter));
    VIGIFUITE_TRY(read_words(row["template"].text(), letter));
    rules_.letters.push_back(std::move(letter));
    return Done{};
  }

  Status read_clock(JsonValue json, LetterRules& letter) const {
    for (const auto& [name, value] :
         {std::pair{"answer", &letter.clock.answer}, std::pair{"extension", &letter.clock.extension},
          std::pair{"then", &letter.clock.then}}) {
      *value = json[name].text();
      if (!value->empty() && rules_.delay(*value) == nullptr)
        return bad(letter.kind.id, "unknown delay `" + *value + "`");
    }
    auto when = read_when(json, letter.kind.id, letter);
    if (!when) return std::move(when).error();
    letter.clock.when = *std::move(when);
    return Done{};
  }

  /// The inputs first: conditions name them.
  Status read_asked(JsonValue json, LetterRules& letter) const {
    for (const auto item : json["inputs"].items()) {
      const JsonValue row(item);
      letter.inputs.push_back({std::string(row["id"].text()), row["required"].boolean().value_or(false), {}});
      if (rules_.input(letter.inputs.back().id) == nullptr) return bad(letter.inputs.back().id, "no such input");
    }
    std::size_t index = 0;
    for (const auto item : json["inputs"].items()) {
      LetterInput& input = letter.inputs[index++];
      auto when = read_when(JsonValue(item), input.id, letter);
      if (!when) return std::move(when).error();
      input.when = *std::move(when);
    }
    return Done{};
  }

  Status read_parts(JsonValue json, LetterRules& letter) const {
    for (const auto item : json["gates"].items()) {
      const JsonValue row(item);
      if (row.is_string()) {
        const auto shared = gates_.find(row.text());
        if (shared == gates_.end()) return bad(row.text(), "no such gate");
        letter.gates.push_back(shared->second);
        continue;
      }
      auto gate = read_gate(row["id"].text(), row, letter);
      if (!gate) return std::move(gate).error();
      letter.gates.push_back(*std::move(gate));
    }
    for (const auto item : json["rules"].items()) {
      const JsonValue row(item);
      Rule rule{std::string(row["id"].text()), {}, read_strings(row["articles"])};
      auto when = read_when(row, rule.id, letter);
      if (!when) return std::move(when).error();
      rule.when = *std::move(when);
      for (const std::string& id : rule.provisions) {
        if (rules_.provision(id) == nullptr) return bad(rule.id, "unknown article `" + id + "`");
      }
      letter.rules.push_back(std::move(rule));
    }
    for (const auto item : json["notes"].items()) {
      const JsonValue row(item);
      if (row.is_string()) {
        const auto shared = notes_.find(row.text());
        if (shared == notes_.end()) return bad(row.text(), "no such note");
        letter.notes.push_back(shared->second);
        continue;
      }
      auto note = read_note(row, letter);
      if (!note) return std::move(note).error();
      letter.notes.push_back(*std::move(note));
    }
    return Done{};
  }

  /// A line "{{> facts}}" stands for the file part-facts.mustache.
  Status read_words(std::string_view name, LetterRules& letter) const {
    const auto words = find_file(files_, name);
    if (!words) return bad(letter.kind.id, "no template `" + std::string(name) + "`");
    letter.template_name = name;
    std::string_view rest = *words;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size() - 1);
      const std::string_view line = rest.substr(0, end + 1);
      rest.remove_prefix(end + 1);
      if (!line.starts_with("{{> ")) {
        letter.words += line;
        continue;
      }
      const std::string part = "part-" + std::string(line.substr(4, line.find('}') - 4)) + ".mustache";
      const auto included = find_file(files_, part);
      if (!included) return bad(letter.kind.id, "no template `" + part + "`");
      letter.words += *included;
    }
    return Done{};
  }

  std::span<const EmbeddedFile> files_;
  std::vector<std::string> kinds_;
  std::map<std::string, Gate, std::less<>> gates_;
  std::map<std::string, Note, std::less<>> notes_;
  Rules rules_;
};

}  // namespace

Result<Rules> read_rules(std::span<const EmbeddedFile> files) {
  return Reader(files).read();
}

}  // namespace vigifuite::letters
