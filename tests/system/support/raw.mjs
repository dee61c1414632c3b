// A raw socket: sends any bytes, and tells what came back and how the connection ended.
import net from "node:net";

/**
 * @param {Array<Buffer|string>|Buffer|string} parts written one after the other
 * @returns {Promise<{text: string, closed: boolean, refused: boolean, statuses: number[], ms: number}>}
 *   closed: the server ended the connection; if not, we did at the deadline.
 * With 'finish' we say that nothing more will come, and go on listening.
 */
export function exchange(port, parts, { within = 5_000, until, finish = false } = {}) {
  const started = performance.now();
  return new Promise((settle) => {
    const socket = net.connect({ host: "127.0.0.1", port, noDelay: true });
    let bytes = "";
    let closed = false;
    let refused = false;
    const late = setTimeout(() => socket.destroy(), within);
    socket.setEncoding("latin1");
    socket.on("data", (part) => {
      bytes += part;
      if (until?.(bytes)) socket.destroy();
    });
    socket.on("error", (error) => {
      closed = true;  // ECONNRESET, EPIPE: the other side is gone
      refused = error.code === "ECONNREFUSED";
    });
    socket.on("end", () => (closed = true));
    socket.on("close", () => {
      clearTimeout(late);
      const statuses = [...bytes.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((found) => Number(found[1]));
      settle({ text: bytes, closed, refused, statuses, ms: performance.now() - started });
    });
    socket.on("connect", () => {
      for (const part of [parts].flat()) socket.write(part);
      if (finish) socket.end();
    });
  });
}

/** A connection that stays until its owner ends it. */
export function hold(port, bytes = "") {
  return new Promise((settle, fail) => {
    const socket = net.connect({ host: "127.0.0.1", port });
    const held = { socket, text: "", closed: false };
    held.ended = new Promise((over) => socket.on("close", () => over((held.closed = true))));
    socket.setEncoding("latin1").on("data", (part) => (held.text += part));
    socket.once("connect", () => {
      if (bytes) socket.write(bytes);
      settle(held);
    });
    socket.on("error", (error) => (socket.connecting ? fail(error) : undefined));
  });
}
