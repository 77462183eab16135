# SPDX-License-Identifier: AGPL-3.0-or-later
"""validate_json.py SCHEMA DOCUMENT...: checks documents against a JSON Schema with python3-jsonschema.

Exit status: 0 all valid, 1 one is not (says which and where), 77 the validator is not installed.
"""
import json
import sys

try:
    from jsonschema import Draft202012Validator, FormatChecker
except ImportError:
    sys.exit(77)

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema, format_checker=FormatChecker())
status = 0
for name in sys.argv[2:]:
    with open(name, encoding="utf-8") as file:
        for error in validator.iter_errors(json.load(file)):
            print(f"{name}: {error.json_path}: {error.message[:300]}")
            status = 1
sys.exit(status)
