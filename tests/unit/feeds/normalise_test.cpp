// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>

#include <doctest/doctest.h>

#include "feeds/excerpt.hpp"
#include "feeds/normalise.hpp"
#include "feeds/public_link.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds;

namespace {

const Instant kNow = *parse_rfc3339("2026-11-24T12:00:00Z");

std::string date(std::string_view text, Language language = Language::French) {
  const auto read = parse_source_date(text, language, kNow);
  return read ? to_string(*read) : "-";
}

/// "1600000 about", or "-".
std::string people(std::string_view text, Language language = Language::French) {
  const auto read = parse_people(text, language);
  return read ? std::to_string(read->count) + " " + std::string(name_of(read->qualifier)) : "-";
}

Source source_of(Trust trust, Language language = Language::French) {
  Source source;
  source.id = "test";
  source.trust = trust;
  source.language = language;
  return source;
}

Notice fact() {
  Notice notice;
  notice.key = "1";
  notice.title = "Acme";
  notice.organisation = "Acme";
  notice.states_facts = true;
  return notice;
}

Sighting read(const Notice& notice, const Source& source) {
  return normalise(notice, source, Vocabulary::shipped(), kNow);
}

bool exposed(const Sighting& sighting, std::string_view slug) {
  const auto category = Vocabulary::shipped().category(slug);
  REQUIRE(category.has_value());
  return sighting.exposed.has(*category);
}

}  // namespace

TEST_CASE("dates: ISO 8601 in every precision, with and without a time and a zone") {
  CHECK(date("2024-03-13") == "2024-03-13");
  CHECK(date("2018-07-09T22:16:26Z") == "2018-07-09");
  CHECK(date("2026-08-22T07:54:40.024822+00:00") == "2026-08-22");
  CHECK(date("2020-01-12 00:00:00.000000") == "2020-01-12");
  CHECK(date("2024-03") == "2024-03");
  CHECK(date("2024") == "2024");
  CHECK(date("2026-6-9") == "2026-06-09");
  CHECK(date("2026/06/09") == "2026-06-09");
  CHECK(date("20251231") == "2025-12-31");
}

TEST_CASE("dates: words in French and English, mail and JavaScript forms give the local day") {
  CHECK(date("31 décembre 2025") == "2025-12-31");
  CHECK(date("1er août 2024") == "2024-08-01");
  CHECK(date("mercredi 5 févr. 2025") == "2025-02-05");
  CHECK(date("mars 2024") == "2024-03");
  CHECK(date("Wed, 23 Jul 2025 00:00:00 -0500") == "2025-07-23");
  CHECK(date("02 Jul 2025 13:14:54") == "2025-07-02");
  CHECK(date("Jul 23, 2025 00:00:00-0500") == "2025-07-23");
  CHECK(date("2021 Feb 04 12:00:00 AM", Language::English) == "2021-02-04");
  CHECK(date("Wed Dec 31 2025 01:00:00 GMT+0100 (heure normale d’Europe centrale)") == "2025-12-31");
  CHECK(date("Thu, 24 Jul 2025 10:00:00 EDT") == "2025-07-24");
  CHECK(date("July 4th, 2024", Language::English) == "2024-07-04");
}

TEST_CASE("dates: day and month are read in the order of the language unless only one order is possible") {
  CHECK(date("07/08/2024", Language::English) == "2024-07-08");
  CHECK(date("07/08/2024") == "2024-08-07");
  CHECK(date("07/31/2024") == "2024-07-31");
  CHECK(date("31/07/2024", Language::English) == "2024-07-31");
  CHECK(date("31.12.2025") == "2025-12-31");
}

TEST_CASE("dates: what is no date is refused, never guessed") {
  for (const char* text : {"", "n/a", "inconnue", "2024-02-30", "2024-13-01", "00/00/2024", "32/01/2024", "24-12-25",
                           "1969-12-31", "2028-01-01", "12:30", "early 2024", "2024-03-13 and later", "0000-00-00",
                           "Jan 5", "99999999", "11/1/2024 - 10/2/2025", "82Go"}) {
    CHECK_MESSAGE(date(text) == "-", text);
  }
  CHECK(date(std::string(5000, '1')) == "-");
}

TEST_CASE("people: numbers as French and English sources write them") {
  CHECK(people("9 551 étudiants") == "9551 exact");
  CHECK(people("9\xC2\xA0"
               "551\xE2\x80\xAF"
               "000 personnes") == "9551000 exact");
  CHECK(people("1,6 million") == "1600000 about");
  CHECK(people("33M") == "33000000 about");
  CHECK(people("33 millions d'assurés") == "33000000 about");
  CHECK(people("plus de 5 000") == "5000 at_least");
  CHECK(people("Plus de 447 000 personnes concernées. La fuite comprend 3 fichiers.") == "447000 at_least");
  CHECK(people("≈ 120 000 clients notifiés") == "120000 about");
  CHECK(people("jusqu'à 300 patients") == "300 at_most");
  CHECK(people("up to 2.5M users", Language::English) == "2500000 at_most");
  CHECK(people("10,427", Language::English) == "10427 exact");
  CHECK(people("1,234,567 individuals", Language::English) == "1234567 exact");
  CHECK(people("1.234.567 clients") == "1234567 exact");
  CHECK(people("24 312") == "24312 exact");
  CHECK(people("Volume : 12 000 000 de salariés potentiellement concernés (embauches)") == "12000000 exact");
  CHECK(people("Estimation de 7761 personnes") == "7761 about");
  CHECK(people("3,5 milliards de comptes") == "3500000000 about");
  CHECK(people("500+ customers", Language::English) == "500 at_least");
}

TEST_CASE("people: sizes, rows, money, shares and words are no number of people") {
  for (const char* text : {"82Go",
                           "82 Go",
                           "n/a",
                           "lignes",
                           "",
                           "12 000 lignes",
                           "683 936 lignes de données",
                           "40 Go (54 bases SQL)",
                           "50 %",
                           "50%",
                           "3 000 €",
                           "2 millions d'euros",
                           "279 Go de données (225 372 fichiers)",
                           "12 janvier",
                           "41 000 enregistrements",
                           "échantillon de 10 000 lignes",
                           "version 2",
                           "2026-01-02",
                           "10,427",
                           "« Limited subset »",
                           "99999999999999999999",
                           "1,2,3"}) {
    CHECK_MESSAGE(people(text) == "-", text);
  }
  CHECK(people("1.234", Language::English) == "-");
  CHECK(people(std::string(100'000, '9')) == "-");
}

TEST_CASE("links: only public pages are kept") {
  for (const char* url : {"https://www.cnil.fr/fr/x", "http://press.example/a?b=1&c=2", "HTTPS://Press.Example/",
                          "https://cracked.com/a"}) {
    CHECK_MESSAGE(is_public_link(url), url);
  }
  for (const char* url : {"", "ftp://press.example/", "javascript:alert(1)", "//press.example/", "https://",
                          "https://abc.onion/post/1", "http://abc.onion.ws/x", "https://breachforums.st/Thread-x",
                          "https://www.raidforums.com/", "https://t.me/channel", "https://mega.nz/file/x",
                          "https://user@breachforums.is/", "https://press.example/\nX: y", "https://press.example/a b",
                          "https://BreachForums.st./x", "https://localhost/x", "magnet:?xt=urn:btih:0"}) {
    CHECK_MESSAGE(!is_public_link(url), url);
  }
  CHECK_FALSE(is_public_link("https://press.example/" + std::string(2000, 'a')));
  CHECK(host_of("https://www.Acme.example:8443/a") == "acme.example");
  CHECK(host_of("acme.example") == "acme.example");
  CHECK(host_of("https://www.museum/") == "www.museum");  // not a host without its ending
  CHECK(host_of("Acme SA") == "");
}

TEST_CASE("excerpt: links, emphasis and references become text, whatever else goes through the HTML parser") {
  CHECK(excerpt("In <a href=\"https://x.example/?a=1>2\" target='_blank'>March</a> &quot;x&quot; &amp; "
                "<em>y</em>&#233;&#x20AC;",
                true, 500) == "In March \"x\" & yé€");
  CHECK(excerpt("<p>One</p><script>alert(1)</script><p>Two &Eacute;</p>", true, 500).find("alert") ==
        std::string::npos);
  CHECK(excerpt("AT&T & <b>Fils</b> &", true, 500) == "AT&T & Fils &");
  CHECK(excerpt("a < b", true, 500) == "a < b");
  CHECK(excerpt("a\r\nb", false, 500) == "a  b");
  CHECK(excerpt("<b>not closed", true, 500) == "not closed");
  CHECK(excerpt("<a href=\"never closed", true, 500).size() < 30);
  CHECK(excerpt("éééé", true, 3) == "é");
  CHECK(plain_title("  AT&T &amp; Fils  \n SA ", 100) == "AT&T & Fils SA");
  CHECK(plain_title("I &lt;3 you", 100) == "I <3 you");
  CHECK(plain_title("<b>Acme</b>", 100) == "Acme");
  CHECK(plain_title("1 < 2", 100) == "1 < 2");
}

TEST_CASE("normalise: the body is found in the registry by name, alias or domain, and else keeps its words") {
  Notice notice = fact();
  notice.organisation = "Pôle emploi";
  CHECK(read(notice, source_of(Trust::Press)).organisations.at(0).id == "france-travail");
  CHECK(read(notice, source_of(Trust::Press)).public_service);
  notice.organisation = "Un nom quelconque";
  notice.domain = "https://www.francetravail.fr/";
  CHECK(read(notice, source_of(Trust::Press)).organisations.at(0).id == "france-travail");
  notice.domain = "";
  const Sighting unknown = read(notice, source_of(Trust::Press));
  CHECK(unknown.organisations.at(0) == OrganisationRef{"", "Un nom quelconque", ""});
  notice.organisation = "CHU de Rennes";
  CHECK(read(notice, source_of(Trust::Press)).organisation_classes == std::vector<std::string>{"hopitaux-publics"});
}

TEST_CASE("normalise: an attacker only claims; others confirm when they say so; unverified is never certain") {
  Notice notice = fact();
  notice.status = "confirmée";
  CHECK(read(notice, source_of(Trust::Attacker)).status == IncidentStatus::Claimed);
  CHECK(read(notice, source_of(Trust::Aggregator)).status == IncidentStatus::Confirmed);
  notice.status = "Revendiquée";
  CHECK(read(notice, source_of(Trust::Authority)).status == IncidentStatus::Claimed);
  notice.status = "unverified";
  CHECK_FALSE(read(notice, source_of(Trust::Curated)).verified);
  CHECK(read(notice, source_of(Trust::Curated)).status == IncidentStatus::Claimed);
  notice.status = "fabricated";
  CHECK(read(notice, source_of(Trust::Curated)).disputed);
  notice.status = "";
  CHECK(read(notice, source_of(Trust::Press)).status == IncidentStatus::Claimed);
  CHECK(read(notice, source_of(Trust::Authority)).status == IncidentStatus::Confirmed);
  notice.status = "peut-être";
  CHECK(read(notice, source_of(Trust::Press)).status == IncidentStatus::Claimed);
  CHECK(read(notice, source_of(Trust::Press)).doubts.size() == 1);
}

TEST_CASE("normalise: what cannot be read is a doubt, and the rest is kept") {
  Notice notice = fact();
  notice.incident_from = "n/a";
  notice.published = "2027-06-01";
  notice.people = "82Go";
  notice.country = "Syldavie";
  const Sighting sighting = read(notice, source_of(Trust::Press));
  CHECK_FALSE(sighting.incident.known());
  CHECK_FALSE(sighting.disclosed.known());
  CHECK(sighting.people.empty());
  CHECK(sighting.country.empty());
  CHECK(sighting.doubts == std::vector<std::string>{"date of publication `2027-06-01` lies in the future",
                                                    "country `Syldavie` is not one we know",
                                                    "incident date `n/a` is not a date",
                                                    "number of people `82Go` is not a number of people"});
  CHECK(sighting.organisations.size() == 1);
}

TEST_CASE("normalise: a count of zero is no count, one below zero is a doubt") {
  Notice notice = fact();
  notice.people_count = 0;
  CHECK(read(notice, source_of(Trust::Press)).people.empty());
  CHECK(read(notice, source_of(Trust::Press)).doubts.empty());
  notice.people_count = -4;
  CHECK(read(notice, source_of(Trust::Press)).doubts.size() == 1);
  notice.people_count = 12;
  notice.url = "https://press.example/a";
  notice.published = "2026-01-02";
  const Sighting sighting = read(notice, source_of(Trust::Organisation));
  REQUIRE(sighting.people.size() == 1);
  CHECK(sighting.people[0] ==
        PeopleFigure{12, Qualifier::Exact, Trust::Organisation, {2026, 1, 2}, "https://press.example/a"});
}

TEST_CASE("normalise: two dates written as one are the ends of the incident") {
  Notice notice = fact();
  notice.incident_from = "11/1/2024 - 10/2/2025";
  CHECK(read(notice, source_of(Trust::Authority, Language::English)).incident == Period{{2024, 11, 1}, {2025, 10, 2}});
  notice.incident_from = "07/24/2025 , 07/26/2025 , 07/27/2025";
  CHECK(read(notice, source_of(Trust::Authority, Language::English)).incident == Period{{2025, 7, 24}, {2025, 7, 27}});
  notice.incident_from = "2025-02-01";
  notice.incident_to = "2024-02-01";
  CHECK_FALSE(read(notice, source_of(Trust::Press)).incident.known());
}

TEST_CASE("normalise: labels become categories; unknown ones are kept, whole or in their unknown parts") {
  Notice notice = fact();
  const std::string_view labels[] = {"Adresse email", "Identité (Nom, prénom, date de naissance, pointure)",
                                     "Groupe de danse"};
  notice.labels = labels;
  const Sighting sighting = read(notice, source_of(Trust::Press));
  for (const char* slug : {"email", "name", "birth_date"}) CHECK_MESSAGE(exposed(sighting, slug), slug);
  CHECK(std::count(sighting.unmapped_labels.begin(), sighting.unmapped_labels.end(), "Groupe de danse") == 1);
  CHECK(std::count(sighting.unmapped_labels.begin(), sighting.unmapped_labels.end(), "pointure") == 1);
}

TEST_CASE("normalise: an American number of a French body is the NIR") {
  Notice notice = fact();
  const std::string_view labels[] = {"Social security numbers"};
  notice.labels = labels;
  Source source = source_of(Trust::Curated, Language::English);
  source.labels = LabelSet::Hibp;
  CHECK_FALSE(exposed(read(notice, source), "nir"));
  notice.organisation = "France Travail";
  CHECK(exposed(read(notice, source), "nir"));
  CHECK_FALSE(exposed(read(notice, source), "identity_document"));
}

TEST_CASE("normalise: a hundred unknown labels of any size are bounded") {
  std::vector<std::string> texts;
  for (int i = 0; i < 100; ++i) texts.push_back("étiquette inconnue " + std::to_string(i) + std::string(400, 'x'));
  texts.push_back(std::string(300'000, ' ') + "et et et");
  std::string joined;
  for (int i = 0; i < 50'000; ++i) joined += "a et ";
  texts.push_back(joined);
  const std::vector<std::string_view> labels(texts.begin(), texts.end());
  Notice notice = fact();
  notice.labels = labels;
  const Sighting sighting = read(notice, source_of(Trust::Press));
  CHECK(sighting.unmapped_labels.size() == 64);
  for (const std::string& label : sighting.unmapped_labels) CHECK(label.size() <= 128);
}

TEST_CASE("normalise: links go through the filter, once each, and the page of the notice comes first") {
  Notice notice = fact();
  notice.url = "https://tracker.example/1";
  const std::string_view links[] = {"https://press.example/?a=1&amp;b=2", "https://press.example/?a=1&b=2",
                                    "http://x.onion/", "https://tracker.example/1"};
  notice.links = links;
  const Sighting sighting = read(notice, source_of(Trust::Aggregator));
  REQUIRE(sighting.links.size() == 2);
  CHECK(sighting.links[0] == SourceLink{"https://tracker.example/1", LinkKind::Tracker, {}});
  CHECK(sighting.links[1] == SourceLink{"https://press.example/?a=1&b=2", LinkKind::Press, {}});
  CHECK(sighting.url == "https://tracker.example/1");
}

TEST_CASE("normalise: a text item that tells of no leak keeps its words and states no fact") {
  Notice notice;
  notice.key = "guid";
  notice.title = "Nos conseils &amp; les bons gestes";
  notice.text = "<p>Ne donnez jamais votre <b>NIR</b> par téléphone, ni votre mot de passe.</p>";
  notice.text_is_html = true;
  notice.organisation = "Acme";
  const Sighting sighting = read(notice, source_of(Trust::Press));
  CHECK_FALSE(sighting.states_facts);
  CHECK(sighting.title.fr == "Nos conseils & les bons gestes");
  CHECK(sighting.title.en.empty());
  CHECK(sighting.summary.fr.find("votre NIR par téléphone") != std::string::npos);
  CHECK(sighting.organisations.empty());
  CHECK(sighting.exposed.empty());
  notice.language = "en-US";
  CHECK(read(notice, source_of(Trust::Press)).title.fr.empty());
}

TEST_CASE("normalise: a canonical entry keeps its words, takes its source's name, and an attacker's stays a claim") {
  Sighting entry;
  entry.states_facts = true;
  entry.status = IncidentStatus::Confirmed;
  entry.preferred_id = "acme-2024";
  entry.title = {"Acme", "Acme"};
  entry.url = "http://x.onion/";
  entry.links = {{"http://x.onion/", LinkKind::Press, {}}, {"https://press.example/", LinkKind::Press, {}}};
  Notice notice = fact();
  notice.canonical = &entry;
  Source source = source_of(Trust::Curated);
  source.republishes = "other";
  const Sighting sighting = read(notice, source);
  CHECK(sighting.source == "test");
  CHECK(sighting.origin == "other");
  CHECK(sighting.preferred_id == "acme-2024");
  CHECK(sighting.status == IncidentStatus::Confirmed);
  CHECK(sighting.url.empty());
  CHECK(sighting.links.size() == 1);
  CHECK(read(notice, source_of(Trust::Attacker)).status == IncidentStatus::Claimed);
}
