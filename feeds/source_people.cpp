// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "feeds/normalise.hpp"

namespace vigifuite::feeds {
namespace {

/// More people than there are accounts of all people: above it, it is not a count.
constexpr double kMostPeople = 2e10;

struct Marker {
  std::string_view words;  ///< folded
  std::optional<Qualifier> qualifier;
};
// What may stand before the number. Longer ones first, so that "pas plus de" is not read as "plus de".
constexpr std::array<Marker, 46> kMarkers = {{
    {"no more than", Qualifier::AtMost},
    {"not more than", Qualifier::AtMost},
    {"pas plus de", Qualifier::AtMost},
    {"moins de", Qualifier::AtMost},
    {"less than", Qualifier::AtMost},
    {"fewer than", Qualifier::AtMost},
    {"jusqu a", Qualifier::AtMost},
    {"up to", Qualifier::AtMost},
    {"at most", Qualifier::AtMost},
    {"au plus", Qualifier::AtMost},
    {"under", Qualifier::AtMost},
    {"maximum", Qualifier::AtMost},
    {"plus de", Qualifier::AtLeast},
    {"plus d", Qualifier::AtLeast},
    {"au moins", Qualifier::AtLeast},
    {"more than", Qualifier::AtLeast},
    {"at least", Qualifier::AtLeast},
    {"over", Qualifier::AtLeast},
    {"minimum", Qualifier::AtLeast},
    {"au minimum", Qualifier::AtLeast},
    {"environ", Qualifier::About},
    {"pres de", Qualifier::About},
    {"pres d", Qualifier::About},
    {"autour de", Qualifier::About},
    {"quelque", Qualifier::About},
    {"quelques", Qualifier::About},
    {"estimation de", Qualifier::About},
    {"estimation", Qualifier::About},
    {"estime a", Qualifier::About},
    {"estimated", Qualifier::About},
    {"about", Qualifier::About},
    {"around", Qualifier::About},
    {"approximately", Qualifier::About},
    {"approx", Qualifier::About},
    {"nearly", Qualifier::About},
    {"almost", Qualifier::About},
    {"some", Qualifier::About},
    {"roughly", Qualifier::About},
    {"circa", Qualifier::About},
    {"volume total", std::nullopt},
    {"volume", std::nullopt},
    {"nombre", std::nullopt},
    {"total", std::nullopt},
    {"soit", std::nullopt},
    {"les", std::nullopt},
    {"the", std::nullopt},
}};

struct Multiplier {
  std::string_view word;
  double factor;
};
constexpr std::array<Multiplier, 14> kMultipliers = {{
    {"k", 1e3},
    {"mille", 1e3},
    {"thousand", 1e3},
    {"milliers", 1e3},
    {"m", 1e6},
    {"mio", 1e6},
    {"million", 1e6},
    {"millions", 1e6},
    {"md", 1e9},
    {"mds", 1e9},
    {"bn", 1e9},
    {"milliard", 1e9},
    {"milliards", 1e9},
    {"billion", 1e9},
}};

/// Words between the number and the noun that say nothing of what is counted.
constexpr std::array<std::string_view, 14> kFillers = {"de",      "d",         "des",    "of",        "unique",
                                                       "uniques", "anciens",   "former", "autres",    "comptes",
                                                       "jeunes",  "different", "such",   "individual"};

// What a person is called: the beginnings of the words, folded. A row, a file or a message is not a person.
constexpr std::array<std::string_view, 78> kPeople = {
    "abonne",      "account",       "adherent",      "administre", "adresse",    "affected",     "agent",
    "allocataire", "assure",        "beneficiaire",  "candidat",   "caregiver",  "citizen",      "citoyen",
    "client",      "collaborateur", "compte",        "concern",    "concitoyen", "consommateur", "consumer",
    "contact",     "contribuable",  "customer",      "demandeur",  "detenu",     "donateur",     "donor",
    "e mail",      "electeur",      "eleve",         "email",      "emails",     "employe",      "enseignant",
    "etudiant",    "femme",         "fonctionnaire", "francais",   "habitant",   "homme",        "identit",
    "impact",      "individu",      "inscrit",       "internaute", "joueur",     "licencie",     "locataire",
    "medecin",     "member",        "membre",        "militaire",  "minor",      "parent",       "particulier",
    "passager",    "passenger",     "patient",       "people",     "person",     "player",       "policier",
    "praticien",   "professeur",    "professionnel", "profil",     "prospect",   "resident",     "salarie",
    "soignant",    "student",       "subscriber",    "touche",     "usager",     "user",         "utilisateur",
    "victim",
};

std::string_view first_word(std::string_view text) noexcept {
  return text.substr(0, text.find(' '));
}

void drop_word(std::string_view& text) noexcept {
  const auto space = text.find(' ');
  text = space == std::string_view::npos ? std::string_view{} : text.substr(space + 1);
}

/// Reads what stands before the number; nothing when it has words we do not know.
std::optional<Qualifier> qualifier_of(std::string_view before, bool& understood) {
  std::optional<Qualifier> qualifier;
  understood = true;
  if (before.find("≈") != std::string_view::npos || before.find('~') != std::string_view::npos)
    qualifier = Qualifier::About;
  if (before.find('>') != std::string_view::npos) qualifier = Qualifier::AtLeast;
  if (before.find('<') != std::string_view::npos) qualifier = Qualifier::AtMost;
  const std::string folded = fold(before);
  std::string_view rest = folded;
  while (!rest.empty()) {
    const auto marker = std::find_if(kMarkers.begin(), kMarkers.end(), [&](const Marker& m) {
      return rest.substr(0, m.words.size()) == m.words &&
             (rest.size() == m.words.size() || rest[m.words.size()] == ' ');
    });
    if (marker != kMarkers.end()) {
      if (!qualifier) qualifier = marker->qualifier;
      rest.remove_prefix(std::min(rest.size(), marker->words.size() + 1));
    } else if (first_word(rest) == "de" || first_word(rest) == "d" || first_word(rest) == "a") {
      drop_word(rest);
    } else {
      understood = false;
      return std::nullopt;
    }
  }
  return qualifier;
}

constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

/// The length of the space at the start of `text` that may stand between thousands; 0 when there is none.
std::size_t thousands_space(std::string_view text) noexcept {
  for (const std::string_view space : {" ", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "'", "\xE2\x80\x99"}) {
    if (text.substr(0, space.size()) == space) return space.size();
  }
  return 0;
}

bool three_digits_then_none(std::string_view text) noexcept {
  return text.size() >= 3 && is_digit(text[0]) && is_digit(text[1]) && is_digit(text[2]) &&
         (text.size() == 3 || !is_digit(text[3]));
}

struct Figure {
  std::string digits;  ///< without separators
  std::string decimals;
  char mark = 0;  ///< the one ',' or '.' whose meaning depends on the language
  std::size_t marks = 0;
  std::size_t length = 0;
};

/// Reads digits, separators of thousands, and at most one decimal part.
Figure read_figure(std::string_view text) {
  Figure figure;
  std::size_t at = 0;
  while (at < text.size() && is_digit(text[at]) && figure.digits.size() < 15) figure.digits.push_back(text[at++]);
  while (at < text.size() && figure.digits.size() < 15) {
    const std::size_t space = thousands_space(text.substr(at));
    if (space != 0 && figure.digits.size() >= 1 && three_digits_then_none(text.substr(at + space))) {
      figure.digits.append(text.substr(at + space, 3));
      at += space + 3;
      continue;
    }
    const char c = text[at];
    if ((c != ',' && c != '.') || at + 1 >= text.size() || !is_digit(text[at + 1])) break;
    if (figure.mark != 0 && figure.mark != c) break;
    if (!three_digits_then_none(text.substr(at + 1))) {  // a decimal part: it ends the figure
      if (figure.marks != 0) break;
      for (++at; at < text.size() && is_digit(text[at]); ++at) figure.decimals.push_back(text[at]);
      break;
    }
    figure.mark = c;
    ++figure.marks;
    figure.digits.append(text.substr(at + 1, 3));
    at += 4;
  }
  figure.length = at;
  return figure;
}

/// One mark before three digits: thousands where the language writes them so, else decimals of a multiplied number.
bool settle_mark(Figure& figure, Language language, bool multiplied) {
  if (figure.marks != 1) return true;
  const char decimal_mark = language == Language::French ? ',' : '.';
  if (figure.mark != decimal_mark) return true;
  if (!multiplied) return false;  // "10,427" in French is ten people and a half
  figure.decimals = figure.digits.substr(figure.digits.size() - 3);
  figure.digits.resize(figure.digits.size() - 3);
  return true;
}

bool counts_people(std::string_view noun) {
  while (std::find(kFillers.begin(), kFillers.end(), first_word(noun)) != kFillers.end() && !noun.empty()) {
    if (first_word(noun) == "comptes") return true;
    drop_word(noun);
  }
  if (noun.empty()) return true;
  return std::any_of(kPeople.begin(), kPeople.end(),
                     [&](std::string_view start) { return noun.substr(0, start.size()) == start; });
}

/// Folded words up to the end of the sentence that has the number.
std::string words_after(std::string_view text) {
  for (const std::string_view end : {". ", "\n", "(", ";", "—", "–"}) text = text.substr(0, text.find(end));
  return fold(clip(text, 200));
}

}  // namespace

std::optional<PeopleFigure> parse_people(std::string_view text, Language language) {
  text = clip(text, 400);
  const auto start = text.find_first_of("0123456789");
  if (start == std::string_view::npos) return std::nullopt;
  bool understood = false;
  const std::optional<Qualifier> said = qualifier_of(text.substr(0, start), understood);
  if (!understood) return std::nullopt;
  Figure figure = read_figure(text.substr(start));
  std::string_view tail = text.substr(start + figure.length);
  if (!tail.empty() && is_digit(tail.front())) return std::nullopt;
  const bool plus = !tail.empty() && tail.front() == '+';
  if (plus) tail.remove_prefix(1);
  for (const std::string_view unit : {"€", "$", "£", "%"}) {
    if (clip(tail, 20).find(unit) != std::string_view::npos) return std::nullopt;
  }
  const std::string words = words_after(tail);
  std::string_view noun = words;
  double factor = 1;
  for (const Multiplier& multiplier : kMultipliers) {
    if (first_word(noun) == multiplier.word) factor = multiplier.factor;
  }
  const bool multiplied = factor > 1;
  if (multiplied) drop_word(noun);
  if (!counts_people(noun) || !settle_mark(figure, language, multiplied)) return std::nullopt;
  if (!multiplied && !figure.decimals.empty()) return std::nullopt;
  const std::string number = figure.digits + "." + figure.decimals.substr(0, 9) + "0";
  double value = 0;
  if (std::from_chars(number.data(), number.data() + number.size(), value).ec != std::errc()) return std::nullopt;
  value = std::round(value * factor);
  if (value > kMostPeople) return std::nullopt;
  PeopleFigure people;
  people.count = static_cast<std::int64_t>(value);
  people.qualifier = said.value_or(plus ? Qualifier::AtLeast : multiplied ? Qualifier::About : Qualifier::Exact);
  return people;
}

}  // namespace vigifuite::feeds
