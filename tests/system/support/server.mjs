// Starts and stops the real binary: free ports, a data folder of its own, and nothing left behind.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = resolve(fileURLToPath(import.meta.url), "../../../..");
export const sanitized = Boolean(process.env.SANITIZE);

export function binary() {
  const places = ["build/release/passerelle", "build/dev/passerelle"].map((place) => join(repository, place));
  const found = process.env.PASSERELLE ?? places.find((place) => existsSync(place));
  assert.ok(found && existsSync(found), "no program: build one (cmake --workflow --preset dev) or set PASSERELLE");
  return found;
}

export const isRelease = () => (process.env.BUILD_TYPE ?? (binary().includes("/release/") ? "Release" : "")) === "Release";

const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/** A folder that goes when the test ends. */
export function temporaryFolder(test) {
  const folder = mkdtempSync(join(tmpdir(), "passerelle-test-"));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the program to its end. @returns {Promise<{code: number|null, signal: string|null, stdout: string, stderr: string, ms: number}>} */
export function run(args, { cwd = repository, within = 30_000, command = binary(), before = [] } = {}) {
  const started = performance.now();
  const child = spawn(before[0] ?? command, before.length ? [...before.slice(1), command, ...args] : args, {
    cwd, stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  return ended(child, collect(child), within).then((end) => ({ ...end, ms: performance.now() - started }));
}

function collect(child) {
  const text = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (part) => (text.stdout += part));
  child.stderr.setEncoding("utf8").on("data", (part) => (text.stderr += part));
  return text;
}

function ended(child, text, within) {
  return new Promise((settle, fail) => {
    const late = setTimeout(() => {
      child.kill("SIGKILL");
      fail(new Error(`still running after ${within} ms\n${text.stderr}`));
    }, within);
    child.once("error", fail);
    child.once("close", (code, signal) => {
      clearTimeout(late);
      running.delete(child);
      settle({ code, signal, ...text });
    });
  });
}

export class Server {
  static #latest;

  /** Ready when the line on stdout says so. 'before' wraps the command (strace); 'port' 0 is any free one. */
  static async start({ folder, config = "", args = [], before = [], env = {}, cwd = repository, within = 60_000, port = 0 }) {
    const server = new Server();
    server.folder = folder;
    server.data = join(folder, "data");
    const file = join(folder, "passerelle.toml");
    writeFileSync(file, config, { mode: 0o600 });
    const command = [...before, binary(), "serve", "--config", file, "--data", server.data, "--listen", `127.0.0.1:${port}`, ...args];
    const started = performance.now();
    server.child = spawn(command[0], command.slice(1), { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    running.add(server.child);
    Server.#latest = server.child;
    server.text = collect(server.child);
    server.end = ended(server.child, server.text, 600_000);
    await server.#ready(within);
    server.readyAfter = performance.now() - started;
    return server;
  }

  /** Begins to start and is killed so many milliseconds later, ready or not. */
  static async startAndKill(options, ms) {
    const begun = Server.start(options).then((server) => server.kill(), () => {});
    await pause(ms);
    Server.#latest.kill("SIGKILL");
    await begun;
  }

  async #ready(within) {
    const line = /^listening on https?:\/\/127\.0\.0\.1:(\d+) \(admin http:\/\/127\.0\.0\.1:(\d+)\)$/m;
    let over = null;
    this.end.then((end) => (over = end), (error) => (over = { code: error.message }));
    for (const started = performance.now(); performance.now() - started < within; ) {
      const found = line.exec(this.text.stdout);
      if (found) {
        this.port = Number(found[1]);
        this.adminPort = Number(found[2]);
        return;
      }
      if (over) throw new Error(`the server ended with ${over.code ?? over.signal} before it was ready\n${this.text.stderr}`);
      await pause(5);
    }
    this.child.kill("SIGKILL");
    throw new Error(`not ready after ${within} ms\n${this.text.stdout}${this.text.stderr}`);
  }

  /** The server's own process, which under a tracer is the tracer's child. */
  get pid() {
    const children = childrenOf(this.child.pid);
    return children.length === 1 ? children[0] : this.child.pid;
  }

  /** An orderly end: SIGTERM, exit 0, no process left. */
  async stop() {
    const pid = this.pid;
    process.kill(pid, "SIGTERM");
    const end = await this.end;
    assert.equal(end.code, 0, `the server ended with ${end.code ?? end.signal}\n${end.stderr}`);
    assertGone(pid);
    return end;
  }

  async kill() {
    const pid = this.pid;
    if (this.child.exitCode === null && this.child.signalCode === null) process.kill(pid, "SIGKILL");
    await this.end;
    assertGone(pid);
  }

  /** Both ends: what a test hands to its 'after'. */
  async close() {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.stop();
  }
}

export function pause(ms) {
  return new Promise((settle) => setTimeout(settle, ms));
}

/** Waits for a promise, but not longer than so many milliseconds. */
export async function atMost(ms, promise) {
  let late;
  const over = new Promise((settle) => (late = setTimeout(settle, ms)));
  await Promise.race([promise, over]).finally(() => clearTimeout(late));
}

function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

export function assertGone(pid) {
  assert.throws(() => process.kill(pid, 0), { code: "ESRCH" }, `process ${pid} is still there`);
}

/** The database of a data folder, by its ending. */
export function databaseOf(data) {
  const files = readdirSync(data).filter((name) => /\.(db|sqlite3?)$/.test(name));
  assert.equal(files.length, 1, `one database in ${data}: ${readdirSync(data)}`);
  return join(data, files[0]);
}
