// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "schemas/incident.hpp"
#include "schemas/profile.hpp"

namespace vigifuite::match {

/// The national head of the network of local funds a registry row stands for ("caf" -> "cnaf"): they keep one file
/// together. Null for other classes: a ministry that supervises universities does not hold their files.
const Organisation* head_of(const Organisation& body, const Vocabulary& vocabulary);

/// Whether an incident happened at a processor that serves more bodies than it names: it names the processor among
/// its bodies, or no body but processors.
bool leaked_at(const Incident& incident, std::string_view processor_key);

/// The keys under which a body of a tie may be meant: itself, the kind it is one of, the head of its network.
std::vector<std::string> own_keys(const OrganisationRef& ref, const Vocabulary& vocabulary);

/// How a tie names a local body: its kind and place; `kind` is null when it names another sort of body.
LocalBody local_body_of(const OrganisationRef& ref, const Vocabulary& vocabulary);

}  // namespace vigifuite::match
