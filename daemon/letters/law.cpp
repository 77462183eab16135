// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/law.hpp"

#include <algorithm>

namespace vigifuite::letters {
namespace {

/// The words of a template with "…" where a letter has a value.
std::string without_tags(std::string_view words) {
  std::string out;
  while (!words.empty()) {
    const std::size_t open = std::min(words.find("{{"), words.size());
    out += words.substr(0, open);
    words.remove_prefix(open);
    const std::size_t close = words.find("}}");
    if (close == std::string_view::npos) break;
    if (std::string_view("#^/").find(words[2]) == std::string_view::npos) out += "…";
    words.remove_prefix(close + 2);
  }
  return out;
}

class Inventory {
 public:
  Inventory(const Rules& rules, PartialDate today) : rules_(rules), today_(today) {}

  std::vector<LawItem> take() {
    for (const LetterRules& letter : rules_.letters) {
      letter_ = letter.kind.id;
      for (const Rule& rule : letter.rules) {
        for (const std::string& id : rule.provisions) article(id);
      }
      for (const std::string& delay : {letter.clock.answer, letter.clock.extension, letter.clock.then}) {
        if (const NamedDelay* named = rules_.delay(delay)) article(named->provision);
      }
      for (const Note& note : letter.notes) add(LawItem::Kind::Note, note.id, without_tags(note.text.fr), note.read);
      addressee(letter.addressee);
    }
    std::stable_sort(items_.begin(), items_.end(),
                     [](const LawItem& a, const LawItem& b) { return a.read.found < b.read.found; });
    return std::move(items_);
  }

 private:
  void article(const std::string& id) {
    const Provision& provision = *rules_.provision(id);
    LawItem& item = add(LawItem::Kind::Article, id, provision.cite, provision.read);
    item.from = provision.from;
    item.until = provision.until;
  }

  void addressee(const std::string& id) {
    const Addressee* found = rules_.addressee(id);
    if (found == nullptr) return;
    for (const AddressLine& line : found->lines) {
      const std::string words = without_tags(line.text);
      if (words != "…") add(LawItem::Kind::Address, id, words, line.read);
    }
    for (const Note& way : found->ways) add(LawItem::Kind::Way, way.id, without_tags(way.text.fr), way.read);
  }

  LawItem& add(LawItem::Kind kind, const std::string& id, const std::string& text, const Reading& read) {
    auto known = std::find_if(items_.begin(), items_.end(), [&](const LawItem& item) {
      return item.kind == kind && item.id == id && item.text == text;
    });
    if (known == items_.end()) {
      items_.push_back({kind, id, text, read, {}, {}, stale(read, today_), {}});
      known = std::prev(items_.end());
    }
    if (known->letters.empty() || known->letters.back() != letter_) known->letters.push_back(letter_);
    return *known;
  }

  const Rules& rules_;
  PartialDate today_;
  std::string letter_;
  std::vector<LawItem> items_;
};

std::string_view name_of(LawItem::Kind kind) {
  switch (kind) {
    case LawItem::Kind::Article: return "article";
    case LawItem::Kind::Note: return "note";
    case LawItem::Kind::Address: return "address";
    case LawItem::Kind::Way: return "way";
  }
  return "article";
}

}  // namespace

std::vector<LawItem> law_items(const Rules& rules, PartialDate today) {
  return Inventory(rules, today).take();
}

void write_law(JsonOut& out, Instant now) {
  out.begin_object().member("schema", "vigifuite/law@v1").member("generated_at", now).key("items").begin_array();
  for (const LawItem& item : law_items(shipped_rules(), date_of(now))) {
    out.begin_object().member("kind", name_of(item.kind)).member("id", item.id).member("text", item.text);
    out.member("state", item.read.found ? "found" : "to_verify").member("source", item.read.source);
    out.member("checked", item.read.checked).member_if("from", item.from).member_if("until", item.until);
    out.member("stale", item.stale).key("letters").begin_array();
    for (const std::string& letter : item.letters) out.value(letter);
    out.end_array().end_object();
  }
  out.end_array().end_object();
}

}  // namespace vigifuite::letters
