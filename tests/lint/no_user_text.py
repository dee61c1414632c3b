#!/usr/bin/env python3
"""No text for people in C++: sentences live in locales/, so that translators see them. What gives one away here is a
letter beyond ASCII in a literal. language/ is left out: letters are its data (scripts, folding tables)."""
import re
import unicodedata
from support.lint import Finding, Tree, is_cpp, literals, run

ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")


def letters(literal: str) -> list[str]:
    decoded = ESCAPE.sub(lambda m: chr(int(m.group(1) or m.group(2), 16)), literal)
    return [c for c in decoded if ord(c) > 127 and unicodedata.category(c)[0] in "LM"]


def check(tree: Tree) -> list[Finding]:
    return [Finding(path, line, f"a literal with '{letters(literal)[0]}' looks like text for people; put it in locales/")
            for path, text in tree.items() for line, literal in literals(text) if letters(literal)]


run(check, lambda p: is_cpp(p) and p.startswith(("server/", "adapters/")) and not p.startswith("server/language/"),
    bad=[{"a.cpp": 'say("Répondez 1");'}, {"a.cpp": 'say("\\u0645\\u0631");'}, {"a.cpp": 'say(R"(ሰላም)");'}],
    good=[{"a.cpp": '// déjà vu\nsay("write name = \\"…\\"");\nsay("a → b");\nchar c = \'"\'; int d = 1\'000;'}])
