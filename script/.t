#!/usr/bin/env bash
# Builds and runs every test; the last line is 'N passed, N failed', summed over all. script/test --quick: the unit
# tests and lints of the release build only. What fails is told on the way, and nothing is skipped because of it.
set -euo pipefail
cd "$(dirname "$0")/.."

passed=0
failed=0
jobs=$(nproc)
fuzz_seconds=${FUZZ_SECONDS:-15}
# System tests that take minutes run in the release build only.
slow='^system\.(crash|load|soak)'

count() { # PASSED FAILED
  passed=$((passed + $1))
  failed=$((failed + $2))
}

phase() { # TITLE COMMAND…: a command that does not count for itself counts as one failure when it fails
  local title=$1 begin=$SECONDS
  shift
  printf '\n== %s\n' "$title"
  "$@" || count 0 1
  printf -- '-- %s: %d s\n' "$title" $((SECONDS - begin))
}

one() { # COMMAND…: a single test
  if "$@"; then count 1 0; else count 0 1; fi
}

build() { # PRESET [TARGET…]
  local preset=$1 log="build/$1.configure.log"
  shift
  mkdir -p build
  cmake --preset "$preset" -DPASSERELLE_TESTS="$([[ $preset == fuzz ]] && echo OFF || echo ON)" >"$log" 2>&1 || { cat "$log"; return 1; }
  cmake --build --preset "$preset" ${1:+--target "$@"}
}

run() { # PRESET [CTEST OPTION…]
  local folder=build/docs_lint log=build/docs_lint/ctest.log
  shift
  ctest --test-dir "$folder" -j "$jobs" --output-on-failure --no-tests=error --timeout 300 "$@" | tee "$log" | grep -vE '^ +Start |^ *[0-9]+/[0-9]+ Test .* Passed ' || true
  # '98% tests passed, 2 tests failed out of 120'; without that line ctest itself failed.
  local total bad
  read -r bad total < <(sed -nE 's/^[0-9]+% tests passed, ([0-9]+) tests failed out of ([0-9]+)$/\1 \2/p' "$log"; echo "1 1")
  count $((total - bad)) "$bad"
}

fuzz() {
  local target name crashes
  for target in build/fuzz/fuzz_*; do
    [[ -x $target ]] || continue
    name=${target##*/fuzz_}
    crashes=build/fuzz/found/$name/
    mkdir -p "$crashes" "build/fuzz/corpus/$name"
    echo "fuzzing $name"
    one fuzz_one "$target" "$name" "$crashes" >"build/fuzz/$name.log" 2>&1
  done
}

# The committed inputs first, each once; then new ones, kept in build/.
fuzz_one() { # TARGET NAME CRASHES
  "$1" -runs=0 "tests/fuzz/corpus/$2" &&
    "$1" -max_total_time="$fuzz_seconds" -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$3" "build/fuzz/corpus/$2" "tests/fuzz/corpus/$2"
}

true
[[ ! -x build/node/bin/node ]] || export PATH="$PWD/build/node/bin:$PATH"
export UBSAN_OPTIONS=print_stacktrace=1 TSAN_OPTIONS=halt_on_error=1

phase 'b' true
if [[ ${1-} == --quick ]]; then
  phase 'release: unit tests and lints' run release -R '^(lint|dialogs)\.'
else
  phase 'release: all tests' run release
  phase 'demo' one script/server --check
  phase 'README' one script/readme-check
  phase 'asan: build' build asan
  phase 'asan: tests' run asan -E "^lint\.|$slow"
  phase 'tsan: build' build tsan store_tests net_tests
  phase 'tsan: concurrent tests' run tsan -L '^(store|net)$'
  phase 'fuzz: build' build fuzz fuzz_targets
  phase "fuzz: $fuzz_seconds s a target" fuzz
fi

printf '\n%d passed, %d failed\n' "$passed" "$failed"
[[ $failed == 0 ]]
