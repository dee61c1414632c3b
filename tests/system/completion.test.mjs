// Completion in a real bash, and the man page as mandoc and man-db read it: both are made of the table of commands.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { binary, run, temporaryFolder } from "./support/server.mjs";

/** What bash offers after this line; the last word is the one that is being typed. */
function complete(line, cwd) {
  const words = line.split(" ");
  const script = `source <("$0" completion bash) && COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}) && COMP_CWORD=${words.length - 1} && _passerelle && printf '%s\\n' "\${COMPREPLY[@]}"`;
  const done = spawnSync("bash", ["--norc", "-c", script, binary()], { encoding: "utf8", cwd });
  assert.equal(done.status, 0, done.stderr);
  return done.stdout.split("\n").filter(Boolean);
}

const commandsOf = async (...words) => {
  const { stdout } = await run([...words, "--help"]);
  return [...(stdout.split(/^Subcommands:$/m)[1] ?? "").matchAll(/^ {2}(\S+)/gm)].map((match) => match[1]);
};

test("bash completes every command and every verb that --help tells", async () => {
  const commands = await commandsOf();
  assert.ok(commands.length > 20, commands.join(" "));
  assert.deepEqual(complete("passerelle ").filter((word) => !word.startsWith("-")).sort(), [...commands].sort());
  for (const command of ["appointment", "backup", "channel", "completion", "dialogs", "inbox"]) {
    const verbs = await commandsOf(command);
    assert.ok(verbs.length > 0, command);
    assert.deepEqual(complete(`passerelle ${command} `).filter((word) => !word.startsWith("-") && verbs.includes(word)).sort(), [...verbs].sort(), command);
  }
});

test("bash completes the beginning of a word, options, and files where a file is meant", (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "list.csv"), "");
  assert.deepEqual(complete("passerelle appoi"), ["appointment"]);
  assert.deepEqual(complete("passerelle backup key"), ["keygen"]);
  assert.ok(complete("passerelle serve --").includes("--data"));
  assert.ok(complete("passerelle --nothing serve --co").includes("--config"), "an unknown word is no command");
  assert.deepEqual(complete("passerelle serve --config li", folder), ["list.csv"]);
  assert.deepEqual(complete("passerelle appointment import li", folder), ["list.csv"]);
  assert.deepEqual(complete("passerelle appointment add li", folder), [], "no file is meant there");
});

test("a real interactive bash completes the line", (t) => {
  const folder = temporaryFolder(t);
  const rc = join(folder, "rc");
  writeFileSync(rc, `source <("${binary()}" completion bash)\nPS1='> '\nbind 'set bell-style none'\n`);
  const done = spawnSync("bash", ["--rcfile", rc, "-i"], { encoding: "utf8", cwd: folder, input: "echo passerelle; complete -p passerelle\nexit\n", timeout: 20_000 });
  assert.match(done.stdout, /complete -o filenames -F _passerelle passerelle/);
});

test("the scripts for zsh and fish name every command; where such a shell is installed, it can read them", async (t) => {
  const folder = temporaryFolder(t);
  const commands = await commandsOf();
  for (const [shell, check] of [["zsh", ["zsh", "-n"]], ["fish", ["fish", "--no-execute"]]]) {
    const { stdout, code } = await run(["completion", shell]);
    assert.equal(code, 0);
    for (const command of commands) assert.ok(stdout.includes(command), `${shell}: ${command}`);
    const file = join(folder, shell);
    writeFileSync(file, stdout);
    const read = spawnSync(check[0], [...check.slice(1), file], { encoding: "utf8" });
    if (!read.error) assert.equal(read.status, 0, read.stderr);
  }
});

test("the man page is clean to mandoc and man-db, and has every command", async (t) => {
  const folder = temporaryFolder(t);
  const { stdout, code } = await run(["man"]);
  assert.equal(code, 0);
  const file = join(folder, "passerelle.1");
  writeFileSync(file, stdout);
  const lint = spawnSync("mandoc", ["-T", "lint", "-W", "warning", file], { encoding: "utf8" });
  assert.equal(lint.status, 0, lint.stdout + lint.stderr);
  const shown = spawnSync("man", ["--warnings", "-l", file], { encoding: "utf8", env: { ...process.env, MANPAGER: "cat", MANWIDTH: "200", LC_ALL: "C.UTF-8" } });
  assert.equal(shown.status, 0, shown.stderr);
  assert.equal(shown.stderr, "");
  for (const command of await commandsOf()) assert.ok(shown.stdout.includes(`passerelle ${command}`), command);
  assert.match(shown.stdout, /--verify\n? +Only open it/);
});
