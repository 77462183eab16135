// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Public registers of bodies, read into a sysadmin's own list: reviewed by a person before it counts. What they say of
// contacts is marked as unverified, with the register and the date. Pure.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/organisation.hpp"
#include "schemas/vocabulary.hpp"

namespace vigifuite::feeds::registers {

/// What is read.
struct Reading {
  std::string_view bytes;
  std::string file;  ///< its name, kept as a part of the source
  PartialDate date;  ///< of the register, kept with every contact
};

/// One row that was refused, and why.
struct RefusedRow {
  std::uint64_t line = 0;  ///< in the file; the number of the record where the format has no lines
  Text reason;
};

/// What a register gave.
struct Import {
  std::vector<Organisation> bodies;  ///< by id; those the registry knows have only what the register adds
  std::uint64_t rows = 0;
  std::uint64_t known = 0;  ///< bodies of the registry that are completed
  std::uint64_t added = 0;  ///< new bodies
  std::uint64_t left = 0;   ///< rows that are no body of their own: a branch, a desk
  std::uint64_t refused = 0;
  std::vector<RefusedRow> samples;  ///< the first refused ones
};

/// A register that can be imported.
struct Register {
  std::string_view format;  ///< "cnil-dpo"
  Text title;
  std::string_view licence;  ///< of the data, as their publisher states it
  std::string_view suffix;   ///< of the files in a folder, when it is one file a body: ".json"; else empty
  Result<Import> (*read)(std::span<const Reading> files, const Vocabulary& vocabulary);
};

/// All of them, in the order in which they are listed.
std::span<const Register> all() noexcept;
/// The one of this name, or null.
const Register* find(std::string_view format) noexcept;

/// The document that a person reviews and puts among their own lists ("vigifuite/own-organisations@v1").
std::string document_of(const Import& import, const Register& from, const Reading& first, const Vocabulary& vocabulary);

// Each in a file of its own.
Result<Import> read_cnil_dpo(std::span<const Reading> files, const Vocabulary& vocabulary);
Result<Import> read_annuaire(std::span<const Reading> files, const Vocabulary& vocabulary);
Result<Import> read_datenanfragen(std::span<const Reading> files, const Vocabulary& vocabulary);

}  // namespace vigifuite::feeds::registers
