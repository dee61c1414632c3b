// Between the server and a gateway of this machine: passes requests on, or spoils them as the moment's mode says.
import net from "node:net";

/** What can happen to a request, apart from "pass". */
export const troubles = ["reset", "lose", "half", "stall", "slow", "refuse", "500", "429"];

const answers = {
  500: "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
  429: "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n",
};

export class FaultProxy {
  mode = "pass";
  met = {}; // how many requests met each mode

  static async start(test, url) {
    const proxy = new FaultProxy();
    proxy.to = Number(new URL(url).port);
    proxy.clients = new Set();
    proxy.server = net.createServer({ noDelay: true }, (client) => proxy.#welcome(client));
    await new Promise((settle) => proxy.server.listen(0, "127.0.0.1", settle));
    proxy.url = `http://127.0.0.1:${proxy.server.address().port}`;
    test.after(() => proxy.stop());
    return proxy;
  }

  stop() {
    if (!this.server.listening) return undefined;
    const closed = new Promise((settle) => this.server.close(settle));
    this.#drop();
    return closed;
  }

  /** Whoever stalled, or is refused now, learns of it at once. */
  turn(mode) {
    if (this.mode === "stall" || mode === "refuse") this.#drop();
    this.mode = mode;
  }

  #drop() {
    for (const client of this.clients) client.resetAndDestroy();
  }

  #welcome(client) {
    client.on("error", () => {});
    if (this.mode === "refuse") return client.resetAndDestroy();
    this.clients.add(client);
    let bytes = Buffer.alloc(0);
    client.on("close", () => this.clients.delete(client));
    client.on("data", (part) => {
      bytes = Buffer.concat([bytes, part]);
      const end = bytes.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/^content-length: *(\d+)/im.exec(bytes.subarray(0, end).toString("latin1"))?.[1] ?? 0);
      if (bytes.length < end + 4 + length) return;
      const request = bytes.subarray(0, end + 4 + length);
      bytes = bytes.subarray(end + 4 + length);
      this.#meet(client, request, this.mode);
    });
  }

  #meet(client, request, mode) {
    this.met[mode] = (this.met[mode] ?? 0) + 1;
    if (answers[mode]) return client.write(answers[mode]);
    if (mode === "reset") return client.resetAndDestroy();
    if (mode === "stall") return undefined; // until the mode turns
    if (mode === "slow") return setTimeout(() => client.destroyed || this.#pass(client, request, mode), 150);
    return this.#pass(client, request, mode);
  }

  /** A connection for each request, whose end is the answer's. */
  #pass(client, request, mode) {
    const onward = net.connect({ host: "127.0.0.1", port: this.to, noDelay: true });
    const answer = [];
    onward.on("error", () => client.resetAndDestroy());
    onward.on("data", (part) => answer.push(part));
    onward.on("close", () => {
      const whole = Buffer.concat(answer);
      if (client.destroyed) return;
      if (mode === "lose" || whole.length === 0) client.resetAndDestroy();
      else if (mode === "half") client.end(whole.subarray(0, whole.length / 2));
      else client.write(whole);
    });
    onward.write(request.toString("latin1").replace(/^connection: .*\r\n/im, "").replace("\r\n", "\r\nConnection: close\r\n"), "latin1");
  }
}
