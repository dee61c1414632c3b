#!/usr/bin/env python3
"""The core does no I/O, reads no clock and draws no random number: the same arguments give the same turn."""
import re
from support.lint import Finding, Tree, code_only, is_cpp, line_of, run

PURE = ("server/dialog/", "server/language/", "server/channel/", "server/domain/", "server/translation/", "adapters/")
IMPURE = {
    r'#\s*include\s*<(fstream|iostream|filesystem|random|thread|future|cstdio|syncstream)>': "does I/O, waits or draws",
    r'#\s*include\s*<(sys/|netinet/|arpa/|unistd|fcntl|poll|netdb)[^>]*>': "talks to the operating system",
    r'#\s*include\s*[<"]boost/(asio|beast|process)': "does I/O",
    r'#\s*include\s*"base/(descriptor|file|log|task|timer)\.hpp"': "does I/O or waits",
    r'\b(system_clock|steady_clock|high_resolution_clock)\s*::\s*now\b': "reads the clock; take a TimePoint",
    r'\b(SystemClock|getNow|gettimeofday|clock_gettime|localtime\w*)\b': "reads the clock; take a TimePoint",
    r'(?<![\w.>:])(std::)?time\s*\(\s*(nullptr|NULL|0|&)': "reads the clock; take a TimePoint",
    r'\b(random_device|mt19937(_64)?|random_bytes|random_ref|arc4random)\b': "draws a random number; take it as an argument",
    r'\b(getenv|fopen|ifstream|ofstream|printf|fprintf|cout|cerr|system)\s*(\(|<<|>>)': "does I/O",
}


def check(tree: Tree) -> list[Finding]:
    findings = []
    for path, text in tree.items():
        code = code_only(text)
        for pattern, why in IMPURE.items():
            for match in re.finditer(pattern, code):
                findings.append(Finding(path, line_of(code, match.start()), f"{match.group().strip()} in a pure layer: {why}"))
    return findings


run(check, lambda p: is_cpp(p) and p.startswith(PURE),
    bad=[{"a.cpp": line} for line in (
        "#include <fstream>", "#include <iostream>", "#include <sys/socket.h>", '#include "base/file.hpp"', '#include "base/descriptor.hpp"', "#include <boost/asio/post.hpp>",
        "auto t = std::chrono::system_clock::now();", "std::random_device d;", "auto r = crypto::random_ref();", "time(nullptr);",
        "SystemClock clock;", 'getenv("HOME");')],
    good=[{"a.cpp": '#include <chrono>\n#include "base/zone.hpp"\n// system_clock::now\nauto s = "<fstream> printf(";\nint local_time(int now);\n'
                    'x.time(0);'}])
