// Strangers at the door: many connections that send as little as keeps them alive, and what became of each.
import { readFileSync } from "node:fs";
import net from "node:net";

/** The memory of a process, in MB. */
export const residentMb = (pid) => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;

/** The value below which so much of the list lies. */
export const quantile = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];

export class Crowd {
  members = []; // {kind, opened, closed, text}: milliseconds of performance.now(); closed 0 while it stands

  constructor(port) {
    this.port = port;
    this.hand = setInterval(() => this.#drip(), 1_000);
  }

  /** So many connections that begin with 'bytes' and then send 'piece' every second; if 'again', they come again after a moment. */
  join(kind, count, bytes, { piece = "", again = false } = {}) {
    return Promise.all(Array.from({ length: count }, () => this.#enter({ kind, bytes, piece, again })));
  }

  of(kind) {
    return this.members.filter((member) => member.kind === kind);
  }

  #enter(way) {
    return new Promise((settle) => {
      const member = { ...way, opened: performance.now(), closed: 0, text: "" };
      member.socket = net.connect({ host: "127.0.0.1", port: this.port });
      this.members.push(member);
      member.socket.setEncoding("latin1").on("data", (part) => (member.text += part));
      member.socket.once("connect", () => {
        member.socket.write(way.bytes);
        settle();
      });
      member.socket.on("error", () => {});
      member.socket.on("close", () => {
        member.closed = performance.now();
        settle();
        if (way.again && this.hand) setTimeout(() => this.hand && this.#enter(way), 250);
      });
    });
  }

  #drip() {
    for (const { socket, piece } of this.members) if (piece && socket.writable) socket.write(piece);
  }

  leave() {
    clearInterval(this.hand);
    this.hand = null;
    for (const { socket } of this.members) socket.destroy();
  }
}
