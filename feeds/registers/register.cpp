// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/registers/register.hpp"

#include "schemas/core/json_out.hpp"
#include "schemas/organisation_codec.hpp"

namespace vigifuite::feeds::registers {
namespace {

const Register kRegisters[] = {
    {"cnil-dpo",
     {"Organismes ayant désigné un délégué à la protection des données (CNIL)",
      "Bodies that designated a data protection officer (CNIL)"},
     "Licence Ouverte 2.0",
     "",
     read_cnil_dpo},
    {"annuaire",
     {"Annuaire de l'administration (DILA)", "Directory of the administration (DILA)"},
     "Licence Ouverte 2.0",
     "",
     read_annuaire},
    {"datenanfragen",
     {"Entreprises de datenanfragen.de", "Companies of datenanfragen.de"},
     "CC0 1.0",
     ".json",
     read_datenanfragen},
};

/// What a register adds to a body of the registry: never what the registry says of it already.
Organisation addition(const Organisation& body) {
  Organisation only;
  only.id = body.id;
  only.siren = body.siren;
  only.aliases = body.aliases;
  only.domains = body.domains;
  only.url = body.url;
  only.dpo = body.dpo;
  return only;
}

}  // namespace

std::span<const Register> all() noexcept {
  return kRegisters;
}

const Register* find(std::string_view format) noexcept {
  for (const Register& known : kRegisters) {
    if (known.format == format) return &known;
  }
  return nullptr;
}

std::string document_of(const Import& import, const Register& from, const Reading& first,
                        const Vocabulary& vocabulary) {
  JsonOut out;
  out.begin_object().member("schema", kOwnRegistry).key("about").begin_object();
  out.member("register", from.format).member("title", from.title.fr).member("licence", from.licence);
  if (from.suffix.empty()) out.member_if("file", first.file);
  out.member_if("date", first.date);
  out.member("bodies", import.bodies.size()).end_object().key("items").begin_array();
  for (const Organisation& body : import.bodies) {
    const bool known = vocabulary.organisation(body.id) != nullptr;
    out.begin_object();
    write_members(out, known ? addition(body) : body, vocabulary, known ? Says::Additions : Says::All);
    out.end_object();
  }
  out.end_array().end_object();
  return std::string(out.str());
}

}  // namespace vigifuite::feeds::registers
