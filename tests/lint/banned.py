#!/usr/bin/env python3
"""What we never write, and why: a pattern that backtracks, a buffer without end, a comparison that leaks, a test that is off."""
import re
from support.lint import Finding, Tree, code_only, is_cpp, line_of, run

SECRET = r"\b\w*(?:secret|token|signature|hmac|password|mac)_?(?:\(\))?"
HARMLESS = r"(?!\s*(?:nullptr|\"\"|\d|\w*(?:npos|end\(\)|::|\.end|size)))"
EVERYWHERE = {
    r"\bstd::(?:basic_)?regex\w*|#\s*include\s*<regex>": "std::regex backtracks without limit; parse by hand",
    r"\bstd::rand\b|(?<![\w:.>])s?rand\s*\(": "std::rand is guessable; use crypto::random_bytes",
    r"(?<!\w)v?sprintf\s*\(": "sprintf has no end; use fmt::format",
    r"(?<!\w)(?:strcpy|strcat|gets|strtok|alloca)\s*\(": "has no end or keeps state; use std::string",
    r"(?<!\w)memcmp\s*\(": "memcmp tells where it stopped; MACs are compared with crypto::equal, other bytes with ==",
    r"reveal\(\)\s*[!=]=|[!=]=\s*[\w.>-]*reveal\(\)": "a secret compared with == leaks its beginning; use crypto::equal",
    SECRET + r"\s*[!=]=" + HARMLESS: "looks like a secret compared with ==; use crypto::equal",
    r"\.detach\s*\(\s*\)": "a detached thread outlives what it uses; join it",
    r"\busing\s+namespace\s+std\b": "hides where names come from",
}
TESTS = {
    r"\bGTEST_SKIP\s*\(\s*\)\s*;": "a test that is skipped says why: GTEST_SKIP() << \"reason\"",
    r"\bDISABLED_\w+": "a test that is off proves nothing; mend it or take it out",
    r"\bsleep_for\b|\bsleep_until\b|(?<!\w)u?sleep\s*\(": "tests do not sleep; wait for the event with a deadline",
}
SCRIPTS = {
    r"\b(?:test|it|describe)\.(?:only|skip|todo)\b|\b(?:only|skip|todo)\s*:\s*true": "a test that is off, or that turns the others off",
}
MARKS = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")


def rules(path: str) -> dict[str, str]:
    if not is_cpp(path):
        return SCRIPTS
    return EVERYWHERE | (TESTS if path.startswith("tests/") else {})


def check(tree: Tree) -> list[Finding]:
    findings = []
    for path, text in tree.items():
        code = code_only(text) if is_cpp(path) else text
        for pattern, why in rules(path).items():
            findings += [Finding(path, line_of(code, m.start()), f"{m.group().strip()}: {why}") for m in re.finditer(pattern, code)]
        findings += [Finding(path, line_of(text, m.start()), f"{m.group()}: finish it, or open an issue") for m in MARKS.finditer(text)]
    return findings


run(check, lambda p: (is_cpp(p) or p.endswith((".mjs", ".ts"))) and p.startswith(("server/", "adapters/", "tests/", "bench/")),
    bad=[{"server/a.cpp": line} for line in (
        "std::regex r;", "#include <regex>", "int x = std::rand();", "int x = rand();", 'sprintf(b, "x");', "strcpy(a, b);", "memcmp(a, b, 4);",
        "if (token.reveal() == x) {}", "if (x == settings.token.reveal()) {}", "if (signature == expected) {}", "if (given_mac != mac) {}",
        "thread.detach();", "// TO" "DO later")] +
        [{"tests/a.cpp": line} for line in ("GTEST_SKIP();", "TEST(A, DISABLED_b) {}", "std::this_thread::sleep_for(1s);")] +
        [{"tests/a.mjs": "test.skip('x', f);"}, {"tests/a.mjs": "test('x', { only: true }, f);"}],
    good=[{"server/a.cpp": 'fmt::format("memcmp(");\n// strcpy(\nsnprintf(b, n, "x");\nif (crypto::equal(a, b)) {}\nif (token == nullptr) {}\n'
                           'operand();\nif (found == settings.secrets.end()) {}'},
          {"tests/a.cpp": 'GTEST_SKIP() << "no IPv6 here";'}])
