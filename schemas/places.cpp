// SPDX-License-Identifier: AGPL-3.0-or-later
// Source: the official geographic code (INSEE), departments and regions since 1 January 2016; Corsica and overseas as
// one department each.
#include "schemas/places.hpp"

#include <algorithm>

#include "schemas/core/text.hpp"

namespace vigifuite {
namespace {

struct Department {
  std::string_view name, region;
};

constexpr std::string_view kAra = "auvergne rhone alpes", kBfc = "bourgogne franche comte", kBre = "bretagne",
                           kCvl = "centre val de loire", kCor = "corse", kEst = "grand est", kHdf = "hauts de france",
                           kIdf = "ile de france", kNor = "normandie", kNaq = "nouvelle aquitaine", kOcc = "occitanie",
                           kPdl = "pays de la loire", kPac = "provence alpes cote d azur";

constexpr Department kDepartments[] = {{"ain", kAra},
                                       {"allier", kAra},
                                       {"ardeche", kAra},
                                       {"cantal", kAra},
                                       {"drome", kAra},
                                       {"isere", kAra},
                                       {"loire", kAra},
                                       {"haute loire", kAra},
                                       {"puy de dome", kAra},
                                       {"rhone", kAra},
                                       {"savoie", kAra},
                                       {"haute savoie", kAra},
                                       {"cote d or", kBfc},
                                       {"doubs", kBfc},
                                       {"jura", kBfc},
                                       {"nievre", kBfc},
                                       {"haute saone", kBfc},
                                       {"saone et loire", kBfc},
                                       {"yonne", kBfc},
                                       {"territoire de belfort", kBfc},
                                       {"cotes d armor", kBre},
                                       {"finistere", kBre},
                                       {"ille et vilaine", kBre},
                                       {"morbihan", kBre},
                                       {"cher", kCvl},
                                       {"eure et loir", kCvl},
                                       {"indre", kCvl},
                                       {"indre et loire", kCvl},
                                       {"loir et cher", kCvl},
                                       {"loiret", kCvl},
                                       {"corse du sud", kCor},
                                       {"haute corse", kCor},
                                       {"ardennes", kEst},
                                       {"aube", kEst},
                                       {"marne", kEst},
                                       {"haute marne", kEst},
                                       {"meurthe et moselle", kEst},
                                       {"meuse", kEst},
                                       {"moselle", kEst},
                                       {"bas rhin", kEst},
                                       {"haut rhin", kEst},
                                       {"vosges", kEst},
                                       {"aisne", kHdf},
                                       {"nord", kHdf},
                                       {"oise", kHdf},
                                       {"pas de calais", kHdf},
                                       {"somme", kHdf},
                                       {"paris", kIdf},
                                       {"seine et marne", kIdf},
                                       {"yvelines", kIdf},
                                       {"essonne", kIdf},
                                       {"hauts de seine", kIdf},
                                       {"seine saint denis", kIdf},
                                       {"val de marne", kIdf},
                                       {"val d oise", kIdf},
                                       {"calvados", kNor},
                                       {"eure", kNor},
                                       {"manche", kNor},
                                       {"orne", kNor},
                                       {"seine maritime", kNor},
                                       {"charente", kNaq},
                                       {"charente maritime", kNaq},
                                       {"correze", kNaq},
                                       {"creuse", kNaq},
                                       {"dordogne", kNaq},
                                       {"gironde", kNaq},
                                       {"landes", kNaq},
                                       {"lot et garonne", kNaq},
                                       {"pyrenees atlantiques", kNaq},
                                       {"deux sevres", kNaq},
                                       {"vienne", kNaq},
                                       {"haute vienne", kNaq},
                                       {"ariege", kOcc},
                                       {"aude", kOcc},
                                       {"aveyron", kOcc},
                                       {"gard", kOcc},
                                       {"haute garonne", kOcc},
                                       {"gers", kOcc},
                                       {"herault", kOcc},
                                       {"lot", kOcc},
                                       {"lozere", kOcc},
                                       {"hautes pyrenees", kOcc},
                                       {"pyrenees orientales", kOcc},
                                       {"tarn", kOcc},
                                       {"tarn et garonne", kOcc},
                                       {"loire atlantique", kPdl},
                                       {"maine et loire", kPdl},
                                       {"mayenne", kPdl},
                                       {"sarthe", kPdl},
                                       {"vendee", kPdl},
                                       {"alpes de haute provence", kPac},
                                       {"hautes alpes", kPac},
                                       {"alpes maritimes", kPac},
                                       {"bouches du rhone", kPac},
                                       {"var", kPac},
                                       {"vaucluse", kPac},
                                       {"guadeloupe", "guadeloupe"},
                                       {"martinique", "martinique"},
                                       {"guyane", "guyane"},
                                       {"reunion", "reunion"},
                                       {"mayotte", "mayotte"}};

/// "la Gironde" -> "gironde", "l'Île-de-France" -> "ile de france".
std::string bare(std::string_view name) {
  std::string folded = fold(name);
  for (const std::string_view article : {"de la ", "de l ", "du ", "des ", "de ", "d ", "la ", "le ", "les ", "l "}) {
    if (folded.starts_with(article)) return folded.substr(article.size());
  }
  return folded;
}

const Department* department(std::string_view bare_name) {
  const auto found = std::find_if(std::begin(kDepartments), std::end(kDepartments),
                                  [&](const Department& one) { return one.name == bare_name; });
  return found == std::end(kDepartments) ? nullptr : found;
}

bool is_region(std::string_view bare_name) {
  return std::any_of(std::begin(kDepartments), std::end(kDepartments),
                     [&](const Department& one) { return one.region == bare_name; });
}

}  // namespace

std::optional<bool> lies_in(std::string_view inner, PlaceKind kind, std::span<const std::string> places) {
  const std::string name = bare(inner);
  const Department* mine = kind == PlaceKind::District ? department(name) : nullptr;
  const bool known = mine != nullptr || (kind == PlaceKind::District && is_region(name));
  bool told = known;
  for (const std::string& place : places) {
    const std::string outer = bare(place);
    if (outer == name || (mine != nullptr && mine->region == outer)) return true;
    const Department* theirs = department(outer);
    const bool within_mine = theirs != nullptr && theirs->region == name;  // a region, of which one department is meant
    told = told && !within_mine && (theirs != nullptr || is_region(outer));
  }
  return told ? std::optional(false) : std::nullopt;
}

}  // namespace vigifuite
