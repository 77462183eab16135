// SPDX-License-Identifier: AGPL-3.0-or-later
// Files made from a letter: what they hold, that nothing from outside breaks out of its place, how pages are laid out.

#include "tests/unit/letters/formats.hpp"

#include <algorithm>
#include <sstream>

#include "daemon/letters/latin_lines.hpp"
#include "daemon/letters/pdf_engine.hpp"
#include "daemon/letters/win_ansi.hpp"
#include "tests/unit/letters/fixture.hpp"

using namespace letters_fixture;

namespace {

letters::Letter about_france_travail(std::string name,
                                     std::string address = "12 rue de l'Exemple\n00000 Exempleville") {
  Profile profile = person("Pôle emploi", "france-travail", {on("2009"), on("2013")}, false);
  profile.identity.name = std::move(name);
  profile.identity.postal_address = std::move(address);
  return letter(france_travail(), profile, Verdict::Likely, ReasonCode::WithinPopulation);
}

/// Words of a page, with where they stand: {x, y} of their upper left corner in points.
struct Placed {
  double x = 0, y = 0, right = 0, bottom = 0;
  std::string word;
};
std::vector<Placed> placed_words(const std::string& pdf, int page) {
  const std::string html =
      run_on(pdf, "pdftotext -bbox -f " + std::to_string(page) + " -l " + std::to_string(page) + " % -");
  std::vector<Placed> out;
  std::istringstream lines(html);
  for (std::string line; std::getline(lines, line);) {
    Placed at;
    char word[512] = {};
    if (std::sscanf(line.c_str(), " <word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\">%500[^<]", &at.x, &at.y,
                    &at.right, &at.bottom, word) == 5) {
      at.word = word;
      out.push_back(at);
    }
  }
  return out;
}

constexpr double kMillimetre = 72 / 25.4;
constexpr const char* kHostile[] = {"<b>Nom</b> & \"guillemets\" 'simples'",
                                    "{{name}} {{{x}}} {{#rule_security}}",
                                    "(a) \\) Tj ET Q endstream endobj %%EOF",
                                    "</title><script>alert(1)</script>",
                                    "<!-- --> ]]> <![CDATA[",
                                    "Nom\u202e\u2066renversé\u2069",
                                    "e\u0301\u0302\u0303\u0304\u0305\u0306",
                                    "[lieu] ⟦nom⟧",
                                    "\x01\x02\x03\x05\x06 Nom",
                                    "Nom\n# Titre\n= 1",
                                    "javascript:alert(1)"};

}  // namespace

TEST_CASE("whatever a name holds, every format shows the same words and the PDF is sound") {
  for (const char* name : kHostile) {
    CAPTURE(name);
    check_formats(about_france_travail(name));
  }
  check_formats(about_france_travail(std::string(300, 'W'), std::string(300, 'i')));
  check_formats(about_france_travail("", ""));
}

TEST_CASE("HTML: a value makes no element, no attribute and no request") {
  for (const char* name : kHostile) {
    const std::string html = written(letters::Format::Html, about_france_travail(name));
    CAPTURE(name);
    CHECK(html.find("<script") == std::string::npos);
    CHECK(html.find("<b>") == std::string::npos);
    CHECK(html.find("<!--") == std::string::npos);
    CHECK(html.find("src=") == std::string::npos);
    CHECK(html.find("url(") == std::string::npos);
    CHECK(html.find("@import") == std::string::npos);
    CHECK(html.find("href=\"http") != std::string::npos);  // the sources of the annex
    CHECK(html.find("href=\"javascript") == std::string::npos);
  }
}

TEST_CASE("HTML: language, title, headings and landmarks are there, and elements are closed in order") {
  const std::string html = written(letters::Format::Html, about_france_travail("Camille Exemple"));
  CHECK(html.starts_with("<!DOCTYPE html>\n<html lang=\"fr\">"));
  CHECK(html.find("<title>Plainte à la CNIL concernant France Travail") != std::string::npos);
  CHECK(html.find("default-src 'none'") != std::string::npos);
  for (const char* element : {"<header>", "<main>", "<address class=\"sender\">", "<h1>", "<h2 id=\"s1\">"}) {
    CHECK_MESSAGE(html.find(element) != std::string::npos, element);
  }
  std::vector<std::string> open;
  for (std::size_t at = html.find("<html"); at != std::string::npos; at = html.find('<', at + 1)) {
    const std::string tag = html.substr(at + 1, html.find('>', at) - at - 1);
    const std::string name = tag.substr(0, tag.find(' '));
    if (name == "br" || name == "meta") continue;
    if (name[0] != '/') {
      open.push_back(name);
      continue;
    }
    REQUIRE(!open.empty());
    CHECK(open.back() == name.substr(1));
    open.pop_back();
  }
  CHECK(open.empty());
}

TEST_CASE("HTML: a value written from right to left is set apart") {
  const std::string html = written(letters::Format::Html, about_france_travail("نور الهدى"));
  CHECK(html.find("<bdi>نور الهدى</bdi>") != std::string::npos);
  CHECK(written(letters::Format::Html, about_france_travail("Camille")).find("<bdi>") == std::string::npos);
}

TEST_CASE("PDF: title, language and date are set, nobody is named in its metadata, and it is tagged") {
  for (const char* name : {"Camille Exemple", "نور الهدى"}) {
    CAPTURE(name);
    const std::string pdf = written(letters::Format::Pdf, about_france_travail(name));
    const std::string info = run_on(pdf, "TZ=UTC pdfinfo -isodates %");
    CHECK(info.find("Plainte à la CNIL concernant France Travail") != std::string::npos);
    CHECK(info.find("2026-11-24T08:00:00Z") != std::string::npos);
    CHECK(info.find("Author") == std::string::npos);
    CHECK(info.find("Tagged:          yes") != std::string::npos);
    CHECK(info.find("(A4)") != std::string::npos);
    CHECK(pdf.find("/Lang (fr)") != std::string::npos);
    CHECK(pdf.find("/ModDate") == std::string::npos);
  }
}

TEST_CASE("PDF: the same letter gives the same bytes, whatever was written before") {
  for (const char* name : {"Camille Exemple", "نور الهدى"}) {
    const letters::Letter made = about_france_travail(name);
    const std::string first = written(letters::Format::Pdf, made);
    (void)written(letters::Format::Pdf, about_france_travail("Łucja Дарья"));
    CHECK(written(letters::Format::Pdf, made) == first);
  }
}

TEST_CASE("PDF: Latin letters use the standard fonts; other scripts are embedded") {
  const std::string latin = run_on(written(letters::Format::Pdf, about_france_travail("Zoé Œuvrard")), "pdffonts %");
  CHECK(latin.find("Helvetica-Bold") != std::string::npos);
  CHECK(latin.find("TrueType") == std::string::npos);
  std::istringstream rows(
      run_on(written(letters::Format::Pdf, about_france_travail("نور Ελένη Łucja")), "pdffonts % | tail -n +3"));
  int fonts = 0;
  for (std::string row; std::getline(rows, row); ++fonts)
    CHECK_MESSAGE(row.find("yes yes yes") != std::string::npos, row);
  CHECK(fonts > 1);
}

TEST_CASE("PDF: any script can be copied out of the file again") {
  for (const char* name : {"Ελένη Παπαδοπούλου", "Дарья Иванова", "Łucja Żółć", "Nguyễn Thị Ánh"}) {
    const std::string pdf = written(letters::Format::Pdf, about_france_travail(name));
    CHECK(words_of_pdf(pdf).find(solid(name)) != std::string::npos);
  }
}

TEST_CASE("PDF: the addressee shows in the window of a French envelope, and nothing else does") {
  const std::string pdf = written(letters::Format::Pdf, about_france_travail("Camille Exemple"));
  bool commission = false, paris = false;
  for (const Placed& at : placed_words(pdf, 1)) {
    commission = commission || at.word == "Commission";
    // What the window may show at some place of the sheet in the envelope: from 90 mm, from 44 to 90 mm.
    const bool may_show = at.right > 90 * kMillimetre && at.bottom > 44 * kMillimetre && at.y < 90 * kMillimetre;
    // What it always shows: from 100 to 190 mm, from 55 to 79 mm.
    const bool shows = at.x >= 100 * kMillimetre && at.right <= 190 * kMillimetre && at.y >= 54.5 * kMillimetre &&
                       at.bottom <= 79.5 * kMillimetre;
    CHECK_MESSAGE(may_show == shows, at.word);
    paris = paris || (shows && at.word == "75334");
  }
  CHECK(commission);
  CHECK(paris);
}

TEST_CASE("PDF: nothing is printed in the margins, and each page says its number") {
  const std::string pdf = written(letters::Format::Pdf, about_france_travail(std::string(300, 'W')));
  int pages = 0;
  const std::string info = run_on(pdf, "pdfinfo %");
  REQUIRE(std::sscanf(info.c_str() + info.find("Pages:"), "Pages: %d", &pages) == 1);
  for (int page = 1; page <= pages; ++page) {
    std::string foot;
    for (const Placed& at : placed_words(pdf, page)) {
      CHECK(at.x >= 24.5 * kMillimetre);
      CHECK(at.right <= 188.5 * kMillimetre);
      CHECK(at.y >= 19 * kMillimetre);
      CHECK(at.bottom <= 286 * kMillimetre);
      if (at.y > 279 * kMillimetre) foot += at.word;
    }
    CHECK(foot == std::to_string(page) + "/" + std::to_string(pages));
  }
}

TEST_CASE("PDF: a heading never ends a page, and no line of a paragraph stands alone") {
  // Letters of many lengths, so that each break falls somewhere else.
  for (int lines = 0; lines < 30; ++lines) {
    std::string rendered = "# Titre\n\n";
    for (int i = 0; i < 30 + lines; ++i) rendered += "Ligne.\n\n";
    for (int i = 0; i < 6; ++i) {
      rendered += "## Section\n\n";
      for (int word = 0; word < 60 + 7 * lines; ++word) rendered += "mot ";
      rendered += "fin\n\n";
    }
    const auto blocks = letters::read_blocks(rendered);
    const auto file =
        letters::write_as(letters::Format::Pdf, {"Titre", Language::French, {}}, blocks, Language::French);
    REQUIRE(file);
    std::istringstream pages(run_on(file->bytes, "pdftotext -raw -enc UTF-8 % -"));
    for (std::string page; std::getline(pages, page, '\f');) {
      std::vector<std::string> rows;
      std::istringstream in(page);
      for (std::string row; std::getline(in, row);) rows.push_back(row);
      if (rows.size() < 3) continue;
      rows.pop_back();  // its number
      CHECK(rows.back() != "Section");
      if (rows.size() > 2) CHECK(!(rows[0].ends_with("fin") && rows[1] == "Section"));
    }
  }
}

TEST_CASE("Latin text is broken at spaces, inside addresses, and anywhere in a word wider than the line") {
  letters::Advances advances{};
  advances.fill(500);
  using letters::Piece;
  const auto rows = [&](std::vector<Piece> pieces) {
    std::vector<std::string> out;
    for (const auto& line : letters::break_lines(pieces, advances, 10, 50)) {  // ten characters a line
      CHECK(line.width <= 50.01);
      std::string row;
      for (const auto& run : line.runs) row += run.room > 0 ? "_" : run.bytes;
      out.push_back(row);
    }
    return out;
  };
  CHECK(rows({{"un deux trois"}}) == std::vector<std::string>{"un deux", "trois"});
  CHECK(rows({{"abcdefghijklmno"}}) == std::vector<std::string>{"abcdefghij", "klmno"});
  CHECK(rows({{"https://a/bcd?e=f", Piece::Look::Url}}) == std::vector<std::string>{"https://a/", "bcd?e=f"});
  CHECK(rows({{"un\u00a0deux trois"}}) == std::vector<std::string>{"un\xa0"
                                                                   "deux",
                                                                   "trois"});
  CHECK(rows({{"[a]", Piece::Look::Plain, 30}, {", le"}}) == std::vector<std::string>{"[a]", "_, le"});
  CHECK(rows({{""}}) == std::vector<std::string>{""});
}

TEST_CASE("WinAnsi holds French, accents written in two parts too, and nothing it lacks passes") {
  CHECK(letters::to_win_ansi("Œuvre à 5 €, « été » – l’an…").has_value());
  CHECK(letters::to_win_ansi("e\u0301") == "\xe9");
  CHECK(letters::to_win_ansi("a\u202f;") == std::string("a\x01;"));
  for (const char* text : {"ł", "\u202e", "e\u0306\u0306", "😀", "\x7f", "\x81", "\u0080", "\xff"})
    CHECK(!letters::to_win_ansi(text).has_value());
}

TEST_CASE("spans keep values, addresses and blanks apart") {
  using Kind = letters::Span::Kind;
  const auto spans = letters::spans_of("Le " + letters::marked("⟦jour⟧") + " à " + letters::marked("Lyon ⟦x") + " " +
                                       letters::marked_url("https://a.invalid/⟦"));
  REQUIRE(spans.size() >= 5);
  CHECK(spans[1].kind == Kind::Blank);
  CHECK(spans[1].text == "jour");
  CHECK(spans[3].kind == Kind::Value);
  CHECK(spans.back().text.find("jour") == std::string::npos);
}

namespace {

letters::Letter in_format(letters::Format format, Language language) {
  const Incident incident = france_travail();
  Profile profile = person("Pôle emploi", "france-travail", {on("2009"), on("2013")}, false);
  profile.language = language;
  return letter(incident, profile, Verdict::Likely, ReasonCode::WithinPopulation, format);
}

void compare_page(const std::string& name, const std::string& made) {
  const std::string path = vigifuite::test::source_dir() + "/tests/golden/letters/" + name;
  if (std::getenv("VIGIFUITE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << made;
  CHECK_MESSAGE(file_text(path) == made, path);
}

}  // namespace

TEST_CASE("summary: one page, in short sentences, in French and in English") {
  for (const Language language : {Language::French, Language::English}) {
    const letters::Letter made = in_format(letters::Format::Summary, language);
    compare_page("resume." + std::string(code_of(language)) + ".txt", made.body);
    CHECK(std::count(made.body.begin(), made.body.end(), '\n') <= 60);
    std::string sentence;
    for (const char c : unwrapped(made.body)) {
      sentence += c;
      if (c != '.' && c != '?' && c != ':') continue;
      // A list of data is long without being hard to read; a sentence is not.
      if (sentence.find(',') == std::string::npos) {
        CHECK_MESSAGE(std::count(sentence.begin(), sentence.end(), ' ') <= 24, sentence);
      }
      sentence.clear();
    }
  }
}

TEST_CASE("summary: what only an attacker says is not in it, and a disputed leak is said to be disputed") {
  Incident incident = free_2024();
  incident.disputed = true;
  const letters::Letter made = letter(incident, person("Free", "free", {on("2022"), {}}, true), Verdict::Possible,
                                      ReasonCode::PopulationUnstated, letters::Format::Summary);
  CHECK(says(made, "Elle est contestée."));
  CHECK(says(made, "peut-être partie"));
}

TEST_CASE("fields: every block fits, is counted, and together they say what the letter says") {
  const letters::Letter made = in_format(letters::Format::Fields, Language::French);
  compare_page("formulaire.fr.txt", made.body);
  const std::string words = solid(made.body);
  for (const letters::Block& block : made.blocks) {
    const bool of_paper = block.kind == letters::BlockKind::Addressee || block.kind == letters::BlockKind::Place ||
                          block.kind == letters::BlockKind::Signature;
    if (!of_paper) CHECK_MESSAGE(words.find(solid(letters::plain(block.text))) != std::string::npos, block.text);
  }
  const auto length = [](std::string_view text) {
    return std::count_if(text.begin(), text.end(),
                         [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  };
  int blocks = 0;
  std::istringstream lines(made.body);
  for (std::string title; std::getline(lines, title);) {
    const std::size_t dash = title.find(" — ");
    if (dash == std::string::npos) continue;
    std::string told, text, line;
    for (const char c : title.substr(dash)) told += c >= '0' && c <= '9' ? std::string(1, c) : "";
    std::getline(lines, line);
    CHECK(line.find_first_not_of('=') == std::string::npos);
    while (std::getline(lines, line) && !line.empty()) text += (text.empty() ? "" : "\n") + line;
    CHECK_MESSAGE(std::to_string(length(text)) == told, title);
    CHECK(length(text) <= 3000);
    ++blocks;
  }
  CHECK(blocks > 6);
}
