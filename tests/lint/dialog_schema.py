#!/usr/bin/env python3
"""The JSON Schema that editors use takes every shipped dialog, and refuses the planted mistakes that it can see: those of
tests/dialogs/mistakes whose second line says so. What it cannot see it must not refuse for another reason."""
import json
import re
import jsonschema
import yaml
from support.lint import Finding, Tree, run

SCHEMA = "dialogs/dialog.schema.json"
MISTAKES = "tests/dialogs/mistakes/"
REFUSES, CANNOT_SEE = "# the schema refuses it", "# the schema cannot see it"


class Words(yaml.SafeLoader):
    """YAML 1.2, as editors and we read it: 'yes' and 'on' are words."""


Words.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag in ("tag:yaml.org,2002:int", "tag:yaml.org,2002:null")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}
Words.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def refused(schema: dict, text: str) -> str:
    """Why the schema does not take this file; empty: it does."""
    try:
        dialog = yaml.load(text, Words)
    except yaml.YAMLError:
        return ""  # editors say so by themselves
    error = jsonschema.exceptions.best_match(jsonschema.Draft7Validator(schema).iter_errors(dialog))
    return "" if error is None else error.message.splitlines()[0][:200]


def check_mistake(path: str, text: str, why: str) -> list[Finding]:
    lines = text.splitlines()
    said = lines[1] if len(lines) > 1 else ""
    if said not in (REFUSES, CANNOT_SEE):
        return [Finding(path, 2, f"needs a line '{REFUSES}' or '{CANNOT_SEE}'")]
    if said == REFUSES and not why:
        return [Finding(path, 2, "the schema takes it")]
    return [Finding(path, 2, f"the schema refuses it: {why}")] if said == CANNOT_SEE and why else []


def check(tree: Tree) -> list[Finding]:
    schema = json.loads(tree[SCHEMA])
    jsonschema.Draft7Validator.check_schema(schema)
    findings = []
    for path, text in tree.items():
        if path == SCHEMA:
            continue
        why = refused(schema, text)
        if path.startswith(MISTAKES) and path.count("/") == MISTAKES.count("/"):
            findings += check_mistake(path, text, why)
        elif why:
            findings.append(Finding(path, 1, f"the schema refuses it: {why}"))
    return findings


def wanted(path: str) -> bool:
    return path == SCHEMA or (path.startswith(("dialogs/", MISTAKES)) and path.endswith(".yaml")
                              and not path.endswith("association.yaml"))


SMALL = '{"type": "object", "required": ["dialog"], "properties": {"yes": {"const": true}, "is": {"enum": ["yes"]}}}'


def planted(path: str, text: str) -> Tree:
    return {SCHEMA: SMALL, path: text}


run(check, wanted,
    bad=[planted("dialogs/d.yaml", "steps: {}"), planted("dialogs/d.yaml", "dialog: d\nyes: 1"),
         planted(MISTAKES + "m.yaml", f"# finds\n{REFUSES}\ndialog: d"), planted(MISTAKES + "m.yaml", "dialog: d"),
         planted(MISTAKES + "m.yaml", f"# finds\n{CANNOT_SEE}\nyes: true"),
         planted(MISTAKES + "association/dialogs/d.yaml", f"# finds\n{REFUSES}\nyes: true")],
    good=[planted("dialogs/d.yaml", "dialog: d\nyes: true\nis: yes"), planted(MISTAKES + "m.yaml", f"# finds\n{REFUSES}\nyes: true"),
          planted(MISTAKES + "m.yaml", f"# finds\n{CANNOT_SEE}\ndialog: d")])
