// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/french.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace vigifuite::letters {
namespace {

constexpr std::string_view kNoBreak = "\u00a0";
constexpr std::string_view kNarrow = "\u202f";

constexpr std::array<std::string_view, 12> kMonths = {"janvier",   "février", "mars",     "avril",
                                                      "mai",       "juin",    "juillet",  "août",
                                                      "septembre", "octobre", "novembre", "décembre"};

enum class Article { None, Le, La, Elided, Les };

struct Head {
  std::string_view word;
  Article article;
};

/// First words, folded, that take an article: common nouns and the acronyms that stand for them.
constexpr Head kHeads[] = {
    {"academie", Article::Elided},
    {"administration", Article::Elided},
    {"agence", Article::Elided},
    {"agences", Article::Les},
    {"anah", Article::Elided},
    {"apec", Article::Elided},
    {"assistance", Article::Elided},
    {"association", Article::Elided},
    {"banque", Article::La},
    {"cabinets", Article::Les},
    {"caf", Article::La},
    {"caisse", Article::La},
    {"caisses", Article::Les},
    {"carsat", Article::La},
    {"ccas", Article::Le},
    {"centre", Article::Le},
    {"centres", Article::Les},
    {"cfdt", Article::La},
    {"chambre", Article::La},
    {"chambres", Article::Les},
    {"chu", Article::Le},
    {"cliniques", Article::Les},
    {"cnaf", Article::La},
    {"cnam", Article::La},
    {"cnav", Article::La},
    {"cnfpt", Article::Le},
    {"cnil", Article::La},
    {"commission", Article::La},
    {"commune", Article::La},
    {"communes", Article::Les},
    {"communaute", Article::La},
    {"conseil", Article::Le},
    {"cpam", Article::La},
    {"delegation", Article::La},
    {"departement", Article::Le},
    {"departements", Article::Les},
    {"dgccrf", Article::La},
    {"dgfip", Article::La},
    {"dinum", Article::La},
    {"direction", Article::La},
    {"ecole", Article::Elided},
    {"etablissement", Article::Elided},
    {"federation", Article::La},
    {"gendarmerie", Article::La},
    {"groupement", Article::Le},
    {"groupements", Article::Les},
    {"hopital", Article::Elided},
    {"hopitaux", Article::Les},
    {"insee", Article::Elided},
    {"institut", Article::Elided},
    {"laboratoire", Article::Le},
    {"laboratoires", Article::Les},
    {"lycee", Article::Le},
    {"lycees", Article::Les},
    {"mairie", Article::La},
    {"maison", Article::La},
    {"maisons", Article::Les},
    {"mdph", Article::La},
    {"metropole", Article::La},
    {"ministere", Article::Le},
    {"mission", Article::La},
    {"missions", Article::Les},
    {"msa", Article::La},
    {"mutualite", Article::La},
    {"mutuelle", Article::La},
    {"office", Article::Elided},
    {"ofii", Article::Elided},
    {"ofpra", Article::Elided},
    {"organismes", Article::Les},
    {"parquet", Article::Le},
    {"plateforme", Article::La},
    {"police", Article::La},
    {"prefecture", Article::La},
    {"rectorat", Article::Le},
    {"region", Article::La},
    {"regions", Article::Les},
    {"reseaux", Article::Les},
    {"sdis", Article::Le},
    {"service", Article::Le},
    {"services", Article::Les},
    {"societe", Article::La},
    {"syndicat", Article::Le},
    {"union", Article::Elided},
    {"universite", Article::Elided},
    {"universites", Article::Les},
    {"unss", Article::Elided},
    {"urssaf", Article::Elided},
    {"ville", Article::La},
};

/// Folded beginnings whose h forbids elision.
constexpr std::string_view kAspirated[] = {"haut",  "havre",   "herault",  "hambourg", "handicap",
                                           "halle", "hongrie", "hollande", "houilles", "hub"};

struct Named {
  Article article = Article::None;
  std::string rest;
};

Named name_with_article(std::string_view name) {
  // "la CAF" as a person writes it brings its own article; "La Poste" is a proper name and keeps it.
  constexpr std::pair<std::string_view, Article> kOwn[] = {{"le ", Article::Le},
                                                           {"la ", Article::La},
                                                           {"les ", Article::Les},
                                                           {"l'", Article::Elided},
                                                           {"l’", Article::Elided}};
  for (const auto& [words, article] : kOwn) {
    if (name.starts_with(words)) return {article, std::string(name.substr(words.size()))};
  }
  const std::string folded = fold(name);
  const std::string_view head = std::string_view(folded).substr(0, folded.find(' '));
  const auto found =
      std::find_if(std::begin(kHeads), std::end(kHeads), [&](const Head& row) { return row.word == head; });
  return {found == std::end(kHeads) ? Article::None : found->article, std::string(name)};
}

bool elides(std::string_view name) {
  const std::string folded = fold(name);
  if (folded.empty()) return false;
  const auto is_vowel = [](char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; };
  if (folded[0] == 'h') {
    return std::none_of(std::begin(kAspirated), std::end(kAspirated),
                        [&](std::string_view start) { return folded.starts_with(start); });
  }
  if (folded[0] == 'y') return folded.size() > 1 && !is_vowel(folded[1]);
  return is_vowel(folded[0]);
}

std::string day_of(PartialDate value) {
  return value.day == 1 ? "1er" : std::to_string(value.day);
}

std::string join(std::string_view a, std::string_view separator, std::string_view b) {
  return std::string(a).append(separator).append(b);
}

/// "du 6 février au 5 mars 2024": what the two days share is said once.
std::string days(PartialDate from, PartialDate to) {
  std::string start = day_of(from);
  if (from.year != to.year)
    start = date(from);
  else if (from.month != to.month)
    start = join(start, kNoBreak, kMonths[from.month - 1U]);
  return "du " + start + " au " + date(to);
}

bool speaks_to_the_reader(std::string_view sentence) {
  const std::string words = " " + fold(sentence) + " ";
  for (const std::string_view word : {" votre ", " vos ", " verifiez ", " a verifier "}) {
    if (words.find(word) != std::string::npos) return true;
  }
  for (std::size_t at = words.find(" vous "); at != std::string::npos; at = words.find(" vous ", at + 1)) {
    if (!std::string_view(words).substr(0, at).ends_with(" rendez")) return true;
  }
  return false;
}

std::string counted(std::int64_t value, std::string_view one, std::string_view many, bool elide) {
  constexpr std::int64_t kMillion = 1'000'000;
  if (value >= kMillion && value % (kMillion / 10) == 0) {  // "19,2 millions", never rounded
    std::string said = number(value / kMillion);
    if (const std::int64_t tenths = value % kMillion / (kMillion / 10); tenths != 0)
      said += "," + std::to_string(tenths);
    said.append(kNoBreak).append(value < 2 * kMillion ? "million " : "millions ");
    return said.append(elide ? "d'" : "de ").append(many);
  }
  return number(value) + std::string(kNoBreak) + std::string(value == 1 ? one : many);
}

struct Cleaner {
  std::string out;
  int marks = 0;

  void add(utf8proc_int32_t c) {
    const utf8proc_category_t kind = utf8proc_category(c);
    if (kind == UTF8PROC_CATEGORY_CC || kind == UTF8PROC_CATEGORY_ZL || kind == UTF8PROC_CATEGORY_ZP) c = ' ';
    // Format characters turn text round or hide in it; the others have no glyph.
    if (kind == UTF8PROC_CATEGORY_CF || kind == UTF8PROC_CATEGORY_CS || kind == UTF8PROC_CATEGORY_CO ||
        kind == UTF8PROC_CATEGORY_CN) {
      return;
    }
    const bool mark = kind == UTF8PROC_CATEGORY_MN || kind == UTF8PROC_CATEGORY_ME;
    marks = mark ? marks + 1 : 0;
    if (marks > 3) return;
    if (c == '[' || c == 0x27E6) c = '(';
    if (c == ']' || c == 0x27E7) c = ')';
    if (c == ' ' && (out.empty() || out.back() == ' ')) return;
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto size = utf8proc_encode_char(c, bytes.data());
    out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
  }
};

std::string joined(const std::vector<std::string>& items, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i != 0) out += i + 1 == items.size() ? last : ", ";
    out += items[i];
  }
  return out;
}

}  // namespace

std::string flatten(std::string_view outside, std::size_t max_bytes) {
  Cleaner cleaner;
  // What is far beyond the cap is never looked at: a name of a megabyte costs what one of a kilobyte costs.
  std::string_view rest = clip(outside, max_bytes * 4);
  while (!rest.empty()) {
    utf8proc_int32_t c = 0;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(rest.data()),
                                         static_cast<utf8proc_ssize_t>(rest.size()), &c);
    cleaner.add(length > 0 ? c : 0xFFFD);
    rest.remove_prefix(length > 0 ? static_cast<std::size_t>(length) : 1);
  }
  std::string out = std::move(cleaner.out);
  while (!out.empty() && out.back() == ' ') out.pop_back();
  if (out.size() <= max_bytes && rest.size() == 0 && outside.size() <= max_bytes * 4) return out;
  return std::string(clip(out, max_bytes)) + "…";
}

std::string facts_only(std::string_view text) {
  const std::string flat = flatten(text, 1200);
  std::string out;
  std::size_t start = 0;
  while (start < flat.size()) {
    std::size_t end = flat.find(". ", start);
    end = end == std::string::npos ? flat.size() : end + 1;
    const std::string sentence = flat.substr(start, end - start);
    if (!speaks_to_the_reader(sentence)) out.append(out.empty() ? "" : " ").append(sentence);
    start = end;
    while (start < flat.size() && flat[start] == ' ') ++start;
  }
  return out;
}

std::string date(PartialDate value) {
  if (!value.known()) return {};
  const std::string year = std::to_string(value.year);
  if (value.month == 0) return year;
  const std::string month = join(kMonths[value.month - 1U], kNoBreak, year);
  return value.day == 0 ? month : join(day_of(value), kNoBreak, month);
}

std::string on_date(PartialDate value) {
  if (!value.known()) return {};
  return (value.day == 0 ? "en " : "le ") + date(value);
}

std::string period(const Period& value, bool ongoing) {
  const auto& [from, to] = value;
  if (from.known() && to.known()) {
    if (from == to) return on_date(from);
    if (from.day != 0 && to.day != 0) return days(from, to);
    if (from.month != 0 && to.month != 0 && from.year == to.year && from.day == 0 && to.day == 0) {
      return (from.month == 4 || from.month == 8 || from.month == 10 ? "d'" : "de ") +
             std::string(kMonths[from.month - 1U]) + " à " + date(to);
    }
    const bool vowel = from.day == 0 && (from.month == 4 || from.month == 8 || from.month == 10);
    return (from.day != 0 ? "du " : vowel ? "d'" : "de ") + date(from) + (to.day != 0 ? " au " : " à ") + date(to);
  }
  if (from.known())
    return (ongoing ? (from.day != 0 ? "depuis le " : "depuis ") : (from.day != 0 ? "à partir du " : "à partir de ")) +
           date(from);
  if (to.known()) return (to.day != 0 ? "jusqu'au " : "jusqu'en ") + date(to);
  return {};
}

std::string number(std::int64_t value) {
  const std::string digits = std::to_string(value < 0 ? -value : value);
  std::string out = value < 0 ? "-" : "";
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i != 0 && (digits.size() - i) % 3 == 0) out += kNarrow;
    out += digits[i];
  }
  return out;
}

std::string euros(std::int64_t amount) {
  return counted(amount, "euro", "euros", true);
}

std::string money(std::int64_t cents) {
  std::string out = number(cents / 100);
  if (const std::int64_t rest = cents % 100; rest != 0) out += (rest < 10 ? ",0" : ",") + std::to_string(rest);
  return out.append(kNoBreak).append(cents < 200 ? "euro" : "euros");
}

std::string duration(std::int64_t minutes) {
  const auto counted_word = [](std::int64_t value, std::string_view one, std::string_view many) {
    return number(value).append(kNoBreak).append(value == 1 ? one : many);
  };
  const std::int64_t hours = minutes / 60, rest = minutes % 60;
  if (hours == 0) return counted_word(rest, "minute", "minutes");
  const std::string whole = counted_word(hours, "heure", "heures");
  return rest == 0 ? whole : whole + " et " + counted_word(rest, "minute", "minutes");
}

std::string people(const PeopleFigure& figure) {
  const std::string count = counted(figure.count, "personne", "personnes", false);
  switch (figure.qualifier) {
    case Qualifier::Exact: return count;
    case Qualifier::About: return "environ " + count;
    case Qualifier::AtLeast: return "au moins " + count;
    case Qualifier::AtMost: return "au plus " + count;
  }
  return count;
}

std::string enumeration(const std::vector<std::string>& items) {
  return joined(items, " et ");
}

Text in_row(const std::vector<std::string>& items) {
  return {joined(items, " et "), joined(items, " and ")};
}

Text either(const std::vector<std::string>& items) {
  return {joined(items, " ou "), joined(items, " or ")};
}

std::string with_article(std::string_view name) {
  const Named named = name_with_article(name);
  switch (named.article) {
    case Article::None: return named.rest;
    case Article::Le: return "le " + named.rest;
    case Article::La: return "la " + named.rest;
    case Article::Elided: return "l'" + named.rest;
    case Article::Les: return "les " + named.rest;
  }
  return named.rest;
}

std::string of(std::string_view name) {
  const Named named = name_with_article(name);
  switch (named.article) {
    case Article::None: return (elides(named.rest) ? "d'" : "de ") + named.rest;
    case Article::Le: return "du " + named.rest;
    case Article::La: return "de la " + named.rest;
    case Article::Elided: return "de l'" + named.rest;
    case Article::Les: return "des " + named.rest;
  }
  return named.rest;
}

std::string to(std::string_view name) {
  const Named named = name_with_article(name);
  switch (named.article) {
    case Article::None: return "à " + named.rest;
    case Article::Le: return "au " + named.rest;
    case Article::La: return "à la " + named.rest;
    case Article::Elided: return "à l'" + named.rest;
    case Article::Les: return "aux " + named.rest;
  }
  return named.rest;
}

std::string that(std::string_view name) {
  const Named named = name_with_article(name);
  if (named.article == Article::None && elides(named.rest)) return "qu'" + named.rest;
  return "que " + with_article(name);
}

std::string typeset(std::string_view text) {
  constexpr std::string_view kBound[] = {"«", "n°", "article", "articles", "paragraphe"};
  constexpr std::string_view kCounted[] = {"janvier", "février", "mars ",     "avril",   "mai ",     "juin",
                                           "juillet", "août",    "septembre", "octobre", "novembre", "décembre",
                                           "ans",     "jours",   "heures",    "Go"};
  std::string out;
  out.reserve(text.size() + 16);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != ' ' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const std::string_view after = text.substr(i + 1);
    const bool binds_before = std::any_of(std::begin(kBound), std::end(kBound), [&](std::string_view word) {
      return out.ends_with(word) && (out.size() == word.size() || word[0] == '\xc2' ||
                                     !std::isalpha(static_cast<unsigned char>(out[out.size() - word.size() - 1])));
    });
    const bool counts = std::isdigit(static_cast<unsigned char>(out.empty() ? ' ' : out.back())) != 0 &&
                        std::any_of(std::begin(kCounted), std::end(kCounted),
                                    [&](std::string_view word) { return after.starts_with(word); });
    if (after[0] == ':' || after.starts_with("»") || binds_before || counts)
      out += kNoBreak;
    else if (after[0] == ';' || after[0] == '?' || after[0] == '!')
      out += kNarrow;
    else
      out += ' ';
  }
  return out;
}

}  // namespace vigifuite::letters
