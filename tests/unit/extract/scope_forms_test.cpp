// SPDX-License-Identifier: AGPL-3.0-or-later
// The forms in which announcements say what leaked and what did not: one class a test, several wordings each.
#include <doctest/doctest.h>

#include "tests/unit/extract/says.hpp"

using namespace vigifuite;
using vigifuite::test::read;
using vigifuite::test::Said;
using vigifuite::test::says;

TEST_CASE("scope forms: a list of exceptions goes on past what stands apart in it") {
  says("Noms et adresses dérobés. Tout y est, sauf les RIB, dit la mairie, et les avis d'imposition.",
       "name postal_address", "iban tax_data");
  says("Le fichier donne les noms, hormis l'IBAN, tronqué, et le téléphone.", "name", "iban phone");
  says("Les noms sont partis, sauf les e-mails et, précise le club, les RIB.", "name", "email iban");
  says("Seuls les noms et les e-mails ont été exposés, à l'exclusion de toute donnée bancaire ou de santé.",
       "email name", "health iban");
}

TEST_CASE("scope forms: an exception for some persons tells of theirs") {
  says("Names were taken. The files did not hold Social Security numbers, except for 46 members.", "name nir", "",
       Language::English);
  says("Les noms ont été lus. Les RIB n'ont pas été lus, sauf pour 12 clients.", "iban name", "");
}

TEST_CASE("scope forms: a heading that says no, whatever its verb") {
  says("Lu : noms, adresses\nNon lu : bulletins scolaires, dossiers de santé", "name postal_address",
       "education health");
  says("Partis : noms. Pas partis : mots de passe, photos.", "name", "password photo");
  says("Copiés : noms. Jamais collectés : religion, opinions politiques.", "name", "political_opinion religion");
  says("Taken: names. Not taken: passwords, card numbers.", "name", "password payment_card", Language::English);
  says("Oui : nom\nNon déterminé : téléphone", "name", "");
}

TEST_CASE("scope forms: what follows a colon or stands in brackets answers for what is before it") {
  says("Names were taken. Bank details, passwords: not held, not affected.", "name", "iban password",
       Language::English);
  says("- noms : copiés\n- mots de passe : aucun accès\n- IBAN : non copiés", "name", "iban password");
  says("Noms et téléphones copiés (pas les e-mails, ni les mots de passe).", "name phone", "email password");
  says("Noms (oui), IBAN (non), mots de passe (jamais stockés).", "name", "iban password");
  says("Les noms ont fuité ; vos e-mails pas. Vos téléphones non plus.", "name", "email phone");
  says("Les noms ont été volés. Coordonnées bancaires exceptées.", "name", "iban");
}

TEST_CASE("scope forms: without its second half, without its subject, over a whole clause") {
  says("Les noms ont été lus. Le code confidentiel n'a pu être intercepté, ni les photos.", "name", "password photo");
  says("Les noms ont été lus sans que l'on y trouve RIB ni mot de passe.", "name", "iban password");
  says("Les noms ont été exposés sans que l'attaquant ait pu atteindre les mots de passe.", "name", "password");
  says("Names were taken. At no time did the attacker have access to passwords or medical records.", "name",
       "health password", Language::English);
  says("Le pirate n'a pas volé que des noms : les RIB aussi ont été copiés.", "iban name", "");
}

TEST_CASE("scope forms: where data are kept says that they did not leak") {
  says("Les noms ont été volés. Les RIB se trouvaient ailleurs et n'ont pas fui.", "name", "iban");
  says("Les noms ont été volés. Les données de santé se trouvaient sur un autre serveur.", "name", "health");
  says("Les noms ont été volés. Les IBAN figurent dans une base distincte qui n'a pas été atteinte.", "name", "iban");
  says("Names were taken. Dates of birth had been removed from the sheet beforehand.", "name", "birth_date",
       Language::English);
  says("Les noms ont été volés. La mairie précise que les RIB, remis à la banque, n'y étaient pas.", "name", "iban");
}

TEST_CASE("scope forms: what is said after a relative clause decides") {
  says("Noms volés. Les cartes bancaires, que le premier communiqué donnait pour perdues, ne l'ont pas été.", "name",
       "payment_card");
  says("Names were taken. Your password, which we store only in hashed form, was not affected.", "name", "password",
       Language::English);
  says("Noms volés. Les RIB, que le pirate prétendait détenir, n'ont pas été copiés.", "name", "iban");
}

TEST_CASE("scope forms: questions about what is safe, and questions that a list answers") {
  says(
      "Mon RIB est-il à l'abri ? Oui. Mon permis de conduire est-il à l'abri ? Malheureusement non. Et mon mot de "
      "passe ? Oui également.",
      "identity_document", "iban password");
  says("Is my bank account safe? Yes. Are my medical records safe? Unfortunately not.", "health", "iban",
       Language::English);
  says("Qu'a-t-on pu lire ? Votre nom, votre adresse. Que n'a-t-on pas pu lire ? Votre téléphone, votre RIB.",
       "name postal_address", "iban phone");
}

TEST_CASE("scope forms: boxes, and statements said to be true or false") {
  says("[x] nom\n[x] adresse e-mail\n[ ] IBAN\n[ ] mot de passe", "email name", "iban password");
  says("Exposé ☑ nom ☑ e-mail ☐ IBAN ☐ mot de passe", "email name", "iban password");
  says(
      "Vrai : les noms ont été copiés.\nFaux : les cartes bancaires l'auraient été aussi.\nFaux : les certificats "
      "médicaux seraient restés à l'abri.",
      "health name", "payment_card");
  says("Les noms ont été volés. Le pirate affirme détenir des mots de passe, ce que l'entreprise dément.", "name",
       "password");
  says("Names were taken. The hacker claims to have passwords; the company denies this.", "name", "password",
       Language::English);
  says("Names were taken. Our letter, which listed phone numbers, was mistaken on that point.", "name", "phone",
       Language::English);
}

TEST_CASE("scope forms: what only sounds like a denial or a condition") {
  says("Ce ne sont pas les noms qui inquiètent : les RIB ont été volés.", "iban name", "");
  says("Si les noms ont bien été volés, les mots de passe ne l'ont pas été.", "name", "password");
  says("Le code secret à quatre chiffres a été volé avec les noms.", "name password", "");
  says("Nous n'aurons besoin ni de votre mot de passe, ni de votre RIB. Les noms ont été volés.", "name", "");
  says("The staff we had told were unaffected have in fact lost bank details.", "iban", "", Language::English);
}

TEST_CASE("scope forms: a list may leave out the noun it repeats") {
  says("Les numéros de téléphone, de sécurité sociale et de dossier ont été copiés.", "customer_number nir phone", "");
  says("Les noms ont été lus. Les numéros de carte et de compte n'ont pas été exposés.", "name", "iban payment_card");
  says("Les données bancaires et médicales ont été copiées.", "health iban", "");
  says("Ont été copiées les adresses postales et électroniques.", "email postal_address", "");
}

TEST_CASE("scope forms: a word that seldom names data does so within a list of data") {
  says("Copiés : identité, assurance, logement.", "housing insurance name", "");
  says("Ont été volés :\n- noms\n- école\n- dossiers", "education name supporting_documents", "");
  says("Names, school and insurer were taken.", "education insurance name", "", Language::English);
  says("Ni le traitement, ni les noms n'ont été lus. Les e-mails ont été lus.", "email", "health name");
  says("Le traitement de l'incident suit son cours. L'école de commerce a prévenu l'assurance. Noms volés.", "name",
       "");
  says("The school told its insurer. Names were taken.", "name", "", Language::English);
}

TEST_CASE("scope forms: what is said of a file holds for what is in it, when it is safe") {
  says("La base des clients a été volée (noms). Celle des salariés, qui contient les salaires, n'a pas été touchée.",
       "name", "income");
  says("La base des noms a été copiée ; la base de facturation, où figurent les IBAN, est intacte.", "name", "iban");
  says("Names were taken. The payroll server, which holds bank details, was not reached.", "name", "iban",
       Language::English);
  says("Le serveur, qui contient les noms et les IBAN, a été copié.", "iban name", "");
}

TEST_CASE("scope forms: a pronoun takes the data up again") {
  says("On a craint pour les RIB ; ils sont saufs. Les noms, eux, ont été copiés.", "name", "iban");
  says("Our provider holds card details, so these could not have been taken. Names were taken.", "name", "payment_card",
       Language::English);
  says("Hackers claimed to hold passport numbers; the airline says none were stored. Names were taken.", "name",
       "identity_document", Language::English);
  says("Although passwords were hashed, they were also taken.", "password", "", Language::English);
}

TEST_CASE("scope forms: tables with a column for each answer, and ticks after what they tick") {
  const Said table = read(
      "<p>Fuite de données.</p><table><tr><th></th><th>Concerné</th><th>Non "
      "concerné</th></tr><tr><td>Nom</td><td>X</td>"
      "<td></td></tr><tr><td>IBAN</td><td></td><td>X</td></tr></table>",
      Language::French, true);
  CHECK(table.exposed == "name");
  CHECK(table.safe == "iban");
  says("Nom ✓ IBAN ✗ Mot de passe ✗ E-mail ✓", "email name", "iban password");
  says("Données : nom, e-mail. Hors : IBAN, mots de passe.", "email name", "iban password");
}

TEST_CASE("scope forms: where to write, and how the door stood open, are no data") {
  says("Contact : téléphone 01 00 00 00 00, adresse : 1 rue du Port. Les noms ont été exposés.", "name", "");
  says("Le serveur était accessible de l'extérieur sans mot de passe. Les noms ont été exposés.", "name", "");
  says("Les noms ont été exposés, sans mot de passe.", "name", "password");
  says("Faut-il s'inquiéter pour son RIB ? « Absolument pas », répond la mairie. Les noms sont partis.", "name",
       "iban");
}

TEST_CASE("scope forms: what is contrasted with a clause is its contrary") {
  says("À l'inverse des noms et des e-mails, les numéros de carte ne sont pas sortis du système.", "email name",
       "payment_card");
  says("Les RIB ont échappé au pillage, à la différence des noms.", "name", "iban");
  says("Au contraire des adresses, qui ont fuité, les téléphones n'étaient pas renseignés.", "postal_address", "phone");
  says("Unlike names, which were published, home addresses stayed private.", "name", "postal_address",
       Language::English);
}

TEST_CASE("scope forms: nothing but some of it") {
  says("Rien d'autre que des noms et des e-mails n'a été pris.", "email name", "");
  says("Exception faite des noms, aucune donnée n'a été copiée.", "name", "");
  says("Aucune autre donnée que les noms n'a été prise, et notamment aucun mot de passe.", "name", "password");
  says("No data other than names and emails were taken.", "email name", "", Language::English);
}

TEST_CASE("scope forms: what was sought, and what the first cell of a row says") {
  says("Le pirate cherchait des RIB ; il a emporté des noms.", "name", "");
  says("L'assaillant s'est contenté des noms, négligeant les RIB pourtant présents.", "name", "iban");
  says("OUI – nom, date de naissance\nNON – coordonnées bancaires", "birth_date name", "iban");
  const Said table = read(
      "<p>Fuite de "
      "données.</p><table><tr><td>Exposé</td><td>nom</td></tr><tr><td>Protégé</td><td>RIB</td></tr></table>",
      Language::French, true);
  CHECK(table.exposed == "name");
  CHECK(table.safe == "iban");
}

TEST_CASE("scope forms: what is said to be false, and what is not the case of") {
  says("Les noms ont été volés. Il est faux de dire que les mots de passe ont fuité.", "name", "password");
  says("Les noms ont été volés. La rumeur selon laquelle les mots de passe auraient fuité est infondée.", "name",
       "password");
  says("Names were taken. Reports that passwords were stolen are false.", "name", "password", Language::English);
  says("Les RIB sont saufs. On ne peut pas en dire autant des noms.", "name", "iban");
  says("Les noms ont été volés. Ce n'est pas le cas des RIB.", "name", "iban");
}

TEST_CASE("scope forms: a topic, a rest that denies") {
  says("Les noms ont été volés. Côté RIB, rien à signaler.", "name", "iban");
  says("Les noms ont été volés. Concernant vos RIB, aucune compromission n'a été constatée.", "name", "iban");
  says("Names were taken. With regard to bank details, we found no evidence of access.", "name", "iban",
       Language::English);
  says("Oui pour les noms, non pour les mots de passe.", "name", "password");
}

TEST_CASE("scope forms: arrows, reasons before a colon, and a place with a lock") {
  says("Dérobé → nom ; téléphone des parents\nIntact → photo ; moyen de paiement", "name phone", "payment_card photo");
  says("Il a vu votre nom. Ce qu'il n'a pas vu, parce que l'outil ne l'affiche pas : votre adresse, votre RIB.", "name",
       "iban postal_address");
  says("Les noms ont été volés. Les RIB se trouvent dans un coffre séparé, auquel personne n'a eu accès.", "name",
       "iban");
  says("Noms volés. Restent dans le coffre : numéros de carte et mots de passe.", "name", "password payment_card");
  says("Noms volés. CB intactes, mots de passe aussi.", "name", "password payment_card");
  says("Noms volés. Hors du champ : adresses, téléphones et informations bancaires.", "name",
       "iban phone postal_address");
  says("Les adresses, présentes dans d'autres onglets, avaient été supprimées. Les noms ont été lus.", "name",
       "postal_address");
  says("Cards on file were not viewed; the same is true of passwords. Names were viewed.", "name",
       "password payment_card", Language::English);
}

TEST_CASE("scope forms: words that fold to words of data") {
  says("Noms et effets indésirables notés dans le fichier volé.", "name", "");
  says("Il n'a permis de lire ni votre adresse, ni votre RIB. Les noms ont été lus.", "name", "iban postal_address");
  says("Noms, allergies et régimes sans porc ont été lus.", "health name religion", "");
}

TEST_CASE("scope forms: what should not have been, and what is not alone") {
  says("A été envoyé un tableau qui n'aurait jamais dû quitter nos bureaux : noms, salaires.", "income name", "");
  says("Les ordonnances ne sont plus seules en cause : les numéros de Sécu ont été copiés.", "health nir", "");
  says("A file that should never have left our office was sent out: it listed names and salaries.", "income name", "",
       Language::English);
}
