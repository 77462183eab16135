// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

#include "schemas/sighting.hpp"
#include "schemas/source.hpp"

namespace vigifuite::feeds {

/// The categories that a source's labels stand for, added to `set`. Labels that mean none we know are kept in
/// `out.unmapped_labels`, bounded. `french`: the body is in France, where a "social security number" is the NIR.
void read_labels(std::span<const std::string_view> labels, const Source& source, const Vocabulary& vocabulary,
                 bool french, Sighting& out, CategorySet& set);

}  // namespace vigifuite::feeds
