// SPDX-License-Identifier: AGPL-3.0-or-later

// extract_bench [MEBIBYTES [LINES.jsonl]]: reads announcements, a few hundred bytes each, until so many bytes were
// read; and single texts of one and of ten mebibytes, for the shapes that a careless reader would be quadratic in. One
// core. Against: one RE2 pass over the same announcements that looks for the numbers and the words of a handful of
// categories, and simdjson's check that they are UTF-8.

#include <fmt/format.h>
#include <re2/re2.h>
#include <simdjson.h>
#include <time.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "feeds/extract/announcement.hpp"
#include "schemas/core/json_in.hpp"

namespace {

using namespace vigifuite;
using namespace vigifuite::feeds::extract;

double cpu_seconds() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

struct Sample {
  std::string words;
  bool html = false;
  Language language = Language::French;
};

/// Announcements as they come: a communiqué, an e-mail, a list, a page, a feed item, an English notice.
std::vector<Sample> usual_texts() {
  return {
      {"La mairie de Lonzac informe ses administrés que son prestataire Cantinéo a été victime d'une intrusion entre "
       "le 3 "
       "et le 5 mars 2025. Les noms, adresses et numéros de téléphone de 12 300 familles ont été copiés. Les "
       "coordonnées "
       "bancaires, conservées à la trésorerie, ne sont pas concernées, et aucun mot de passe ne figure dans le "
       "fichier.",
       false, Language::French},
      {"Objet : vos données personnelles\n\nBonjour,\nUne personne non autorisée a consulté votre nom, votre date de "
       "naissance et votre numéro d'adhérent. Votre IBAN et votre mot de passe n'ont pas été atteints. Ne communiquez "
       "jamais votre code par téléphone.\nL'équipe Sportalia",
       false, Language::French},
      {"Incident du 6/02/2026\nDonnées concernées :\n- nom, prénom\n- adresse e-mail\n- copie de la CNI\nDonnées non "
       "concernées :\n- numéro de sécurité sociale\n- RIB\nCandidats : 21 907",
       false, Language::French},
      {"<div><h2>Violation de donn&eacute;es</h2><p>Le <b>CHU de Brévannes</b> a constat&eacute; le 14&nbsp;juin 2024 "
       "une "
       "exfiltration.</p><table><tr><td>Groupe sanguin</td><td>oui</td></tr><tr><td>RIB</td><td>non</td></tr></table>"
       "<p>1&nbsp;150 agents sont concern&eacute;s.</p></div>",
       true, Language::French},
      {"Notice of Data Incident - Harrow Clinics. On March 2, 2025 we learned that an unauthorized party accessed "
       "files "
       "between January 27 and February 4, 2025. They contained names, dates of birth and Social Security numbers. "
       "Financial account information was not involved. We are notifying approximately 118,000 individuals.",
       false, Language::English},
      {"Deux interpellations après le cambriolage de la piscine. Le conseil municipal se réunira jeudi pour voter le "
       "budget ; "
       "la circulation sera interrompue rue des Lilas pendant les travaux, et les habitants sont invités à s'inscrire "
       "au "
       "concours de fleurissement avant le 15 mai.",
       false, Language::French}};
}

/// `text` members of lines of JSON, when a file of announcements is given.
std::vector<Sample> texts_of(const char* path) {
  std::vector<Sample> texts;
  std::ifstream file(path);
  JsonParser parser;
  for (std::string line; std::getline(file, line);) {
    auto json = parser.parse(line);
    if (!json) continue;
    texts.push_back({std::string((*json)["text"].text()), (*json)["format"].text() == "html",
                     (*json)["lang"].text() == "en" ? Language::English : Language::French});
  }
  return texts;
}

struct Run {
  std::size_t bytes = 0;
  double seconds = 0;
  [[nodiscard]] double mebibytes_per_second() const {
    return seconds > 0 ? static_cast<double>(bytes) / 1048576.0 / seconds : 0;
  }
};

template <class Read>
Run repeat(const std::vector<Sample>& texts, std::size_t bytes, Read read) {
  Run run;
  const double start = cpu_seconds();
  while (run.bytes < bytes) {
    for (const Sample& text : texts) {
      read(text);
      run.bytes += text.words.size();
    }
  }
  run.seconds = cpu_seconds() - start;
  return run;
}

std::string repeated(std::string_view unit, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += unit;
  return text;
}

void linear(std::string_view what, std::string_view unit, const Vocabulary& vocabulary) {
  double seconds[2] = {0, 0};
  for (const std::size_t i : {0U, 1U}) {
    const std::string text = repeated(unit, (i == 0 ? std::size_t{1} : std::size_t{10}) << 20U);
    for (int best = 0; best < 3; ++best) {
      const double start = cpu_seconds();
      (void)read_announcement({text, false, Language::French, {}}, vocabulary);
      const double took = cpu_seconds() - start;
      seconds[i] = best == 0 ? took : std::min(seconds[i], took);
    }
  }
  fmt::print("  {:<34} 1 MiB {:7.1f} ms   10 MiB {:8.1f} ms   x{:.1f}   {:.0f} MiB/s\n", what, seconds[0] * 1e3,
             seconds[1] * 1e3, seconds[1] / seconds[0], 10 / seconds[1]);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t bytes = (argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 64) << 20U;
  const std::vector<Sample> texts = argc > 2 ? texts_of(argv[2]) : usual_texts();
  if (texts.empty() || bytes == 0) {
    fmt::print(stderr, "extract_bench: nothing to read\n");
    return 2;
  }
  const Vocabulary& vocabulary = Vocabulary::shipped();
  std::size_t facts = 0;
  const auto extract = [&](const Sample& text) {
    const Reading reading =
        read_announcement({text.words, text.html, text.language, PartialDate{2025, 6, 15}}, vocabulary);
    facts += reading.exposed.size() + reading.not_exposed.size() + reading.organisations.size();
  };
  for (const Sample& text : texts) extract(text);  // the lexicon is read once

  const re2::RE2 pattern(
      "(?i)(\\d[\\d  ]*|donn[ée]es?|mots? de passe|iban|rib|adresses?|t[ée]l[ée]phones?|noms?|pr[ée]noms?|num[ée]ros?|"
      "passwords?|names?|address(?:es)?|bank details)");
  std::size_t found = 0;
  const auto scan = [&](const Sample& text) {
    re2::StringPiece rest(text.words);
    while (re2::RE2::FindAndConsume(&rest, pattern)) ++found;
  };
  const auto check = [&](const Sample& text) {
    found += simdjson::validate_utf8(text.words.data(), text.words.size()) ? 1U : 0U;
  };

  fmt::print("announcements ({} texts, {} MiB in all, one core)\n", texts.size(), bytes >> 20U);
  fmt::print("  read_announcement                  {:8.1f} MiB/s\n",
             repeat(texts, bytes, extract).mebibytes_per_second());
  fmt::print("  RE2, a dozen of words and numbers  {:8.1f} MiB/s\n", repeat(texts, bytes, scan).mebibytes_per_second());
  fmt::print("  simdjson, UTF-8 only               {:8.1f} MiB/s\n",
             repeat(texts, bytes, check).mebibytes_per_second());
  fmt::print("one long text\n");
  linear("negations", "ni les noms ni aucun mot de passe, ", vocabulary);
  linear("sentences that deny", "Aucun mot de passe n'a été volé. ", vocabulary);
  linear("brackets that never close", "(les noms ( ", vocabulary);
  linear("capitalised words", "Alpha Beta Gamma Delta ", vocabulary);
  linear("bodies", "La mairie de Lonzac annonce une fuite. ", vocabulary);
  linear("numbers", "12 300 clients et 4 500 patients, ", vocabulary);
  linear("dates", "le 3 mars 2025 et le 5 avril ", vocabulary);
  linear("questions", "Mon RIB ? Non. ", vocabulary);
  linear("items", "- mots de passe\n", vocabulary);
  linear("one word", "a", vocabulary);
  return facts + found == 0 ? 1 : 0;
}
