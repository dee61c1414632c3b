#!/usr/bin/env python3
"""Every gateway of the registry has a row in docs/GATEWAYS.md whose proof names tests that exist, a README and a fuzz target."""
import re
from support.lint import Finding, Tree, line_of, run, without_comments
from support.tests import existing_tests

TABLE = "docs/GATEWAYS.md"
REGISTRY = "adapters/registry.cpp"
NO_FUZZ = {"simulator"}  # plain JSON of our own, heard from this machine only
TESTS = existing_tests()
SUITES = {name.split(".")[0] for name in TESTS}
NAMED = re.compile(r"`((?:system|lint)\.\w+|[A-Z]\w*\.(?:\w+|\*))`")


def rows(text: str) -> list[tuple[int, list[str]]]:
    """(line, cells) of the first table whose first head is 'gateway', its head first."""
    found: list[tuple[int, list[str]]] = []
    for number, line in enumerate(text.split("\n"), 1):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and (found or cells[0] == "gateway"):
            found.append((number, cells))
        elif found:
            break
    return [row for row in found if set("".join(row[1])) != {"-"}]


def judge_row(heads: list[str], row: list[str]) -> str | None:
    if len(row) != len(heads):
        return f"{len(row)} cells under {len(heads)} heads"
    if "" in row:
        return f"'{heads[row.index('')]}' is empty; write no where there is none"
    proof = NAMED.findall(row[heads.index("proof")])
    if not any(name.startswith("system.") for name in proof):
        return "the proof names no system test"
    missing = [name for name in proof if name not in TESTS and not (name.endswith(".*") and name[:-2] in SUITES)]
    return f"the proof names {missing[0]}, which is no test" if missing else None


def check(tree: Tree) -> list[Finding]:
    if TABLE not in tree:
        return [Finding(TABLE, 1, "there is no such file")]
    heads, *table = rows(tree[TABLE]) or [(1, [])]
    if "proof" not in heads[1]:
        return [Finding(TABLE, heads[0], "there is no table with the heads 'gateway' and 'proof'")]
    findings = [Finding(TABLE, line, what) for line, row in table if (what := judge_row(heads[1], row))]
    shown = {name: line for line, row in table for name in re.findall(r"adapters/(\w+)/", row[0])}
    code = without_comments(tree[REGISTRY])
    known = {match.group(1): line_of(code, match.start()) for match in re.finditer(r"\b(\w+)::gateway\(\)", code)}
    for name, line in known.items():
        if name not in shown:
            findings.append(Finding(REGISTRY, line, f"{name} has no row in {TABLE} that names adapters/{name}/"))
        if f"adapters/{name}/README.md" not in tree:
            findings.append(Finding(REGISTRY, line, f"{name} has no adapters/{name}/README.md"))
        if name not in NO_FUZZ and f"tests/fuzz/{name}_fuzz.cpp" not in tree:
            findings.append(Finding(REGISTRY, line, f"{name} has no tests/fuzz/{name}_fuzz.cpp"))
    findings += [Finding(TABLE, shown[name], f"{name} is not in the registry") for name in shown.keys() - known.keys()]
    return findings


def planted(row: str, **changes: str) -> Tree:
    tree = {TABLE: f"| gateway | proof |\n|---|---|\n{row}\n", REGISTRY: "  kannel::gateway(),  // x\n",
            "adapters/kannel/README.md": "", "tests/fuzz/kannel_fuzz.cpp": ""}
    return {path: text for path, text in (tree | changes).items() if text != "none"}


GOOD = "| `adapters/kannel/` | `system.kannel`, `KannelRead.*` |"
run(check, lambda p: p in (TABLE, REGISTRY) or re.fullmatch(r"adapters/\w+/README\.md|tests/fuzz/\w+\.cpp", p) is not None,
    bad=[planted("| `adapters/viber/` | `system.viber` |"), planted("| `adapters/kannel/` | tried by hand |"), planted("| `adapters/kannel/` | |"),
         planted("| `adapters/kannel/` | `system.no_such_story` |"), planted("| `adapters/kannel/` | `system.kannel`, `NoSuchSuite.*` |"),
         planted("| `adapters/kannel/` | `system.kannel` | more |"), planted(GOOD, **{"tests/fuzz/kannel_fuzz.cpp": "none"}),
         planted(GOOD, **{"adapters/kannel/README.md": "none"}), planted(GOOD, **{TABLE: "none"}), planted(GOOD, **{TABLE: "words"}),
         planted(f"{GOOD}\n| `adapters/viber/` | `system.viber` |")],
    good=[planted(GOOD)])
