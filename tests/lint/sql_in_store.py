#!/usr/bin/env python3
"""SQL and SQLite live in server/store/ only; every other room speaks in nouns."""
import re
from support.lint import Finding, Tree, code_only, is_cpp, line_of, literals, run

STATEMENT = re.compile(
    r"\b(SELECT\s.+\sFROM|SELECT\s+\w+\(|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|(CREATE|DROP|ALTER)\s+(TABLE|INDEX|VIEW|TRIGGER)"
    r"|PRAGMA\s+\w+|VACUUM\s+INTO|BEGIN\s+IMMEDIATE|SAVEPOINT\s+\w+|ROLLBACK\s+TO)", re.I | re.S)


def check(tree: Tree) -> list[Finding]:
    findings = []
    for path, text in tree.items():
        if path.startswith("server/store/"):
            continue
        findings += [Finding(path, line, "SQL outside server/store/") for line, literal in literals(text) if STATEMENT.search(literal)]
        code = code_only(text)
        findings += [Finding(path, line_of(code, m.start()), "SQLite outside server/store/") for m in re.finditer(r"\bsqlite3\w*", code)]
    return findings


run(check, lambda p: is_cpp(p) and p.startswith(("server/", "adapters/")),
    bad=[{"server/inbox/a.cpp": line} for line in (
        'run("SELECT id FROM person");', 'run("insert or ignore into inbound(id) values(?)");', 'run(R"(\nUPDATE part SET state = 1)");',
        'run("PRAGMA user_version");', "#include <sqlite3.h>")],
    good=[{"server/store/a.cpp": 'run("SELECT id FROM person");\n#include <sqlite3.h>',
           "server/inbox/a.cpp": '// SELECT id FROM person\nlog::info("select"); f("please select one from the list".size());'.replace(" one from", " one of")}])
