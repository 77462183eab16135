// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/notice_score.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

#include "schemas/core/json_in.hpp"
#include "schemas/procedure.hpp"

/// A notice as any bytes; then the same bytes as a step typed on a command line, and as a procedure.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace vigifuite;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto items = letters::score_notice(bytes);
  if (items.size() != letters::score_notice({}).size()) std::abort();
  for (const letters::NoticeItem& item : items) {
    if (item.present == item.words.empty() || item.words.size() > 260) std::abort();
  }
  if (const auto sent = parse_sent(bytes); sent && sent->date.day == 0) std::abort();
  if (const auto answer = parse_answer(bytes); answer && answer->date.day == 0) std::abort();
  JsonParser parser;
  const auto json = parser.parse(bytes);
  if (!json) return 0;
  const auto procedure = read_procedure(*json);
  if (!procedure) return 0;
  JsonOut out;
  write(out, *procedure);
  JsonParser again;
  const std::string written(out.str());
  const auto read = again.parse(written);
  if (!read) std::abort();
  const auto back = read_procedure(*read);
  if (!back || *back != *procedure) std::abort();
  return 0;
}
