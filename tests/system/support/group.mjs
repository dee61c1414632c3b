// A program and what it becomes, as one process group. Kannel's smsbox starts itself anew, as a process that is no
// child of ours, whenever bearerbox is gone; it must neither be missed nor be left behind.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { pause } from "./server.mjs";

const running = new Set();
process.on("exit", () => running.forEach((group) => group.signal("SIGKILL")));

export class Group {
  /** What it wrote to stderr. */
  text = "";

  constructor(command, args, { cwd, stdin = "ignore" }) {
    // setpriv becomes the program; if we are killed ourselves, so is it (and smsbox does not start anew without bearerbox).
    this.child = spawn("setpriv", ["--pdeathsig", "KILL", command, ...args], { cwd, detached: true, stdio: [stdin, "ignore", "pipe"] });
    this.child.on("error", (error) => (this.text += error.message));
    this.child.stderr.setEncoding("utf8").on("data", (part) => (this.text += part));
    this.child.stdin?.on("error", () => {});
    this.id = this.child.pid;
    running.add(this);
  }

  /** Its processes; zombies, which only wait for somebody to notice, are none. */
  get members() {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
      try {
        const [state, , group] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
        return Number(group) === this.id && state !== "Z" && state !== "X";
      } catch {
        return false;
      }
    });
  }

  signal(name) {
    if (this.id === undefined) return;
    try {
      process.kill(-this.id, name);
    } catch (error) {
      if (error.code !== "ESRCH") throw error;
    }
  }

  /** @returns whether all of it ended in time */
  async ended(within) {
    const started = performance.now();
    for (; this.id !== undefined && this.members.length > 0; await pause(10)) {
      if (performance.now() - started > within) return false;
    }
    running.delete(this);
    return true;
  }

  async kill(name = "SIGKILL", within = 10_000) {
    this.signal(name);
    if (await this.ended(within)) return;
    this.signal("SIGKILL");
    if (!(await this.ended(within))) throw new Error(`process group ${this.id} does not end`);
  }
}
