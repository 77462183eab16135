#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Refuses an include that is not an edge of tests/layering.txt, and sources no CMakeLists names."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
allowed = {}
for line in (root / "tests/layering.txt").read_text().splitlines():
    line = line.split("#")[0].strip()
    if line:
        room, _, targets = line.partition("->")
        allowed[room.strip()] = set(targets.split())


def room_of(path):
    parts = pathlib.PurePosixPath(path).parts
    if parts[0] in ("schemas", "feeds"):
        return parts[0]
    return "/".join(parts[:2]) if len(parts) > 2 else parts[0]


problems = []
files = [p for top in ("schemas", "feeds", "daemon") for p in (root / top).rglob("*.[ch]pp")]
for path in files:
    name = path.relative_to(root).as_posix()
    here = room_of(name)
    for number, line in enumerate(path.read_text().splitlines(), 1):
        found = re.match(r'\s*#include "((?:schemas|feeds|daemon)/[^"]+)"', line)
        if not found:
            continue
        there = room_of(found.group(1))
        if there in (here, "schemas") or there in allowed.get(here, set()):
            continue
        problems.append(f"{name}:{number}: {here} may not include {there} ({found.group(1)})")

# The only doors: a library is included in the files named here and nowhere else.
doors = {
    "simdjson.h": {"schemas/core/json_element.hpp", "schemas/core/json_out.cpp"},
    "curl/curl.h": "daemon/ops/",
    "rocksdb/": "daemon/index/",
    "spdlog/": "daemon/ops/",
    "microhttpd.h": "daemon/http/",
}
for path in files:
    name = path.relative_to(root).as_posix()
    for library, where in doors.items():
        if f"#include <{library}" in path.read_text():
            if not (name.startswith(where) if isinstance(where, str) else name in where):
                problems.append(f"{name}: includes <{library}…>: only {where} may")

listed = "\n".join(p.read_text() for top in ("schemas", "feeds", "daemon") for p in (root / top).rglob("CMakeLists.txt"))
for path in files:
    if path.suffix == ".cpp" and path.name != "adapter.cpp" and path.name not in listed:
        problems.append(f"{path.relative_to(root)}: no CMakeLists.txt builds it")

print("\n".join(problems) or f"{len(files)} files, every include is an edge of tests/layering.txt")
sys.exit(1 if problems else 0)
