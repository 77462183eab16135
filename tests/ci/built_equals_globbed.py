#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every *_test.cpp on disk is compiled into a test program that ctest runs, and every e2e/*_test.py is run by ctest (but
under sanitizers, where none is): a test that is not built fails the build."""
import json
import pathlib
import subprocess
import sys

root, build = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
on_disk = {p.resolve() for p in (root / "tests").rglob("*_test.cpp")}
compiled = {pathlib.Path(row["file"]).resolve() for row in json.loads((build / "compile_commands.json").read_text())}
listing = json.loads(subprocess.run(["ctest", "--test-dir", build, "--show-only=json-v1"], capture_output=True, check=True).stdout)
commands = {pathlib.Path(test["command"][0]).resolve() for test in listing["tests"] if "command" in test}

problems = [f"{path}: on disk, but not built" for path in sorted(on_disk - compiled)]
arguments = {pathlib.Path(word).name for test in listing["tests"] for word in test.get("command", [])}
scripts = {path.name for path in (root / "tests/e2e").glob("*_test.py")}
if scripts & arguments:
    problems += [f"{name}: on disk, but not run" for name in sorted(scripts - arguments)]
seen = set()
for program in sorted(commands):
    if not program.name.startswith("unit_"):
        continue
    cases = subprocess.run([program, "--list-test-cases", "--no-intro"], capture_output=True, text=True, check=True).stdout
    seen.update(line for line in cases.splitlines() if line and not line.startswith("[doctest]") and set(line) != {"="})
for path in sorted(on_disk):
    text = path.read_text()
    for line in text.splitlines():
        if line.startswith('TEST_CASE("'):
            child = line.partition('" * doctest::skip()')
            if child[1]:  # the body of a process that another case of the file starts by name
                if text.count(child[0].removeprefix('TEST_CASE(')) < 2:
                    problems.append(f"{path.name}: `{line}` is skipped and nobody starts it")
                continue
            name = line[len('TEST_CASE("'):].rsplit('")', 1)[0].replace('\\"', '"').replace("\\\\", "\\")
            if name not in seen:
                problems.append(f"{path.name}: `{name}` is run by no program")
print("\n".join(problems) or f"{len(on_disk)} test files, {len(seen)} cases, all built and run")
sys.exit(1 if problems else 0)
