# SPDX-License-Identifier: AGPL-3.0-or-later
"""validate_json.py SCHEMA DOCUMENT...: checks documents against a JSON Schema with python3-jsonschema.

References to other schemas are looked for beside it.

Exit status: 0 all valid, 1 one is not (says which and where), 77 the validator is not installed.
"""
import json
import pathlib
import sys

try:
    from jsonschema import Draft202012Validator, FormatChecker, RefResolver
except ImportError:
    sys.exit(77)

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
Draft202012Validator.check_schema(schema)
beside = [json.loads(file.read_text(encoding="utf-8")) for file in pathlib.Path(sys.argv[1]).parent.glob("*.schema.json")]
resolver = RefResolver.from_schema(schema, store={each["$id"]: each for each in beside if "$id" in each})
validator = Draft202012Validator(schema, resolver=resolver, format_checker=FormatChecker())
status = 0
for name in sys.argv[2:]:
    with open(name, encoding="utf-8") as file:
        for error in validator.iter_errors(json.load(file)):
            print(f"{name}: {error.json_path}: {error.message[:300]}")
            status = 1
sys.exit(status)
