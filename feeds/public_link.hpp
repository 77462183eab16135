// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace vigifuite::feeds {

/// Whether an address may be kept and shown: http or https, with a host, of a sane length, and not a place where
/// leaked data or attackers' pages are (hidden services and their gateways, leak forums, paste and drop sites).
bool is_public_link(std::string_view url) noexcept;

/// The host of an http(s) address or of a bare "www.example.fr/page", lower case, without "www." and port; else "".
std::string host_of(std::string_view url_or_host);

}  // namespace vigifuite::feeds
