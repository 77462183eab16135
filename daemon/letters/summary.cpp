// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/summary.hpp"

#include <algorithm>

#include "daemon/letters/french.hpp"
#include "schemas/core/check.hpp"
#include "schemas/core/embedded.hpp"
#include "schemas/core/json_in.hpp"
#include "schemas/messages.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::letters {
namespace {

constexpr std::size_t kLabels = 8;  ///< named in one sentence; the letter names them all

std::vector<Text> read_sentences(JsonValue json) {
  std::vector<Text> out;
  for (const auto item : json.items()) {
    out.push_back({std::string(JsonValue(item)["fr"].text()), std::string(JsonValue(item)["en"].text())});
  }
  return out;
}

const std::vector<SummaryWords>& shipped_summaries() {
  static const auto read = [] {
    const auto bytes = find_file(embedded_letters(), "summaries.json");
    VIGIFUITE_CHECK(bytes.has_value());
    return read_summaries(*bytes);
  }();
  VIGIFUITE_CHECK(read.has_value());
  return *read;
}

const SummaryWords* words_for(std::string_view code) {
  for (const SummaryWords& row : shipped_summaries()) {
    if (std::find(row.codes.begin(), row.codes.end(), code) != row.codes.end()) return &row;
  }
  return nullptr;
}

class Summary {
 public:
  Summary(const Request& request, const Vocabulary& vocabulary, Language language)
      : request_(request), vocabulary_(vocabulary), language_(language) {}

  std::vector<Block> write(const Letter& letter, const SummaryFacts& facts) {
    add(BlockKind::Title, say(Message::SummaryTitle, letter.title));
    add(BlockKind::Paragraph, say(Message::SummaryLetterInFrench));
    if (request_.incident != nullptr) happened(*request_.incident, facts.exposed);
    const SummaryWords* words = words_for(facts.code);
    section(Message::SummaryAsks);
    if (words == nullptr) item(facts.purpose.in(language_));
    if (words != nullptr) sentences(words->asks, words->found);
    to_do(letter, facts.code);
    if (words != nullptr) {
      section(Message::SummaryThen);
      sentences(words->then, words->found);
    }
    section(Message::SummaryBeware);
    item(say(Message::SummaryCalls));
    item(say(Message::SummaryHelp));
    return std::move(blocks_);
  }

 private:
  template <class... Args>
  std::string say(Message message, const Args&... args) const {
    return vigifuite::say(language_, message, args...);
  }

  void add(BlockKind kind, std::string text) { blocks_.push_back({kind, 0, true, false, std::move(text)}); }
  void section(Message message) {
    add(BlockKind::Section, say(message));
    number_ = 0;
  }
  void item(std::string text) { add(BlockKind::Item, std::move(text)); }
  template <class... Args>
  void step(Message message, const Args&... args) {
    add(BlockKind::Numbered, say(message, args...));
    blocks_.back().number = ++number_;
  }

  void sentences(const std::vector<Text>& rows, bool found) {
    for (const Text& row : rows) item(row.in(language_) + (found ? "" : " (" + say(Message::FieldsToVerify) + ")"));
  }

  void happened(const Incident& incident, CategorySet exposed) {
    section(Message::SummaryHappened);
    const Message leak = incident.disputed ? Message::SummaryLeakDisputed : Message::SummaryLeak;
    item(say(leak, flatten(incident.title.in(language_))));
    if (incident.disclosed.known()) {
      const std::string when = language_ == Language::French ? on_date(incident.disclosed)
                                                             : (incident.disclosed.day != 0 ? "on " : "in ") +
                                                                   date(language_, incident.disclosed);
      item(say(Message::SummaryDisclosed, when));
    }
    std::vector<std::string> labels;
    bool more = false;
    for (const Category category : exposed) {
      if (labels.size() == kLabels) {
        more = true;
        break;
      }
      labels.push_back(vocabulary_.info(category).label.in(language_));
    }
    if (!labels.empty()) {
      std::string list;
      for (const std::string& label : labels) list += (list.empty() ? "" : ", ") + label;
      item(say(more ? Message::SummaryDataMore : Message::SummaryData, list));
    }
    if (request_.hit == nullptr) return;
    switch (request_.hit->verdict) {
      case Verdict::Affected: item(say(Message::SummaryAffected)); break;
      case Verdict::Likely: item(say(Message::SummaryLikely)); break;
      case Verdict::Possible:
      case Verdict::Undetermined: item(say(Message::SummaryPossible)); break;
      case Verdict::NotAffected: break;
    }
  }

  void to_do(const Letter& letter, std::string_view code) {
    section(Message::SummaryToDo);
    step(Message::SummaryRead);
    if (const auto blanks = static_cast<std::int64_t>(letter.blanks.size()); blanks > 0) {
      step(plural(language_, blanks, Message::SummaryFill_one, Message::SummaryFill_many), number(language_, blanks));
    }
    if (!letter.attachments.empty()) {
      step(Message::SummaryAttach);
      step(Message::SummaryHide);
    }
    step(Message::SummarySign);
    step(code == "L1" || code == "L4" ? Message::SummarySendCnil : Message::SummarySend);
    step(Message::SummaryKeep);
  }

  const Request& request_;
  const Vocabulary& vocabulary_;
  Language language_;
  std::vector<Block> blocks_;
  std::size_t number_ = 0;
};

}  // namespace

Result<std::vector<SummaryWords>> read_summaries(std::string_view json) {
  JsonParser parser;
  const auto document = parser.parse(json);
  if (!document) return document.error();
  std::vector<SummaryWords> out;
  for (const auto item : (*document)["items"].items()) {
    const JsonValue row(item);
    SummaryWords words;
    for (const auto code : row["codes"].items()) words.codes.emplace_back(JsonValue(code).text());
    words.asks = read_sentences(row["asks"]);
    words.then = read_sentences(row["then"]);
    words.found = row["state"].text() == "found";
    if (words.codes.empty() || words.asks.empty() || row["source"].text().empty()) {
      return fail(ErrorKind::Malformed, "letter summaries: an entry without codes, sentences or source");
    }
    out.push_back(std::move(words));
  }
  return out;
}

std::vector<Block> summary_of(const Letter& letter, const SummaryFacts& facts, const Request& request,
                              const Vocabulary& vocabulary) {
  const Language language = request.profile->language;
  std::vector<Block> blocks = Summary(request, vocabulary, language).write(letter, facts);
  if (language == Language::French) {
    for (Block& block : blocks) block.text = typeset(block.text);
  }
  return blocks;
}

Result<Written> write_letter(const Letter& letter, const SummaryFacts& facts, const Request& request,
                             const Vocabulary& vocabulary) {
  const Language reader = request.profile->language;
  if (letter.format == Format::Summary) return Written{to_text(summary_of(letter, facts, request, vocabulary)), {}};
  if (letter.format == Format::Fields) {
    auto fields = fields_of(letter, reader);
    if (!fields) return std::move(fields).error();
    return Written{*std::move(fields), {}};
  }
  return write_as(letter.format, {letter.title, Language::French, letter.generated_at}, letter.blocks, reader);
}

}  // namespace vigifuite::letters
