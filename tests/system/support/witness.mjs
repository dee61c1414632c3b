// Stands between Kannel and us, and remembers what we said yes to. It changes nothing unless told.
import http from "node:http";
import { freePort } from "./kannel.mjs";

export class Witness {
  /** Ids of the texts that we answered with 200; and by a message's reference, its requests that were reported as delivered. */
  texts = new Set();
  delivered = new Map();
  /** Ids that Kannel has been refused, and will bring again. */
  waiting = new Set();
  /** When Kannel last asked for something. */
  last = 0;
  /** Called once, when the next text has come and before we see it. */
  beforeText = null;
  /** Type of the reports that are lost on their way to us. */
  lost = "";

  static async start(test, { to }) {
    const witness = new Witness();
    witness.to = to;
    witness.port = await freePort();
    witness.server = http.createServer((request, response) => witness.#pass(request, response));
    await new Promise((settle) => witness.server.listen(witness.port, "127.0.0.1", settle));
    test.after(() => {
      witness.server.close();
      witness.server.closeAllConnections();
    });
    return witness;
  }

  #pass(request, response) {
    this.last = Date.now();
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("error", () => {});
    request.on("end", () => {
      const query = Object.fromEntries(new URL(request.url, "http://127.0.0.1").searchParams);
      if (this.lost !== "" && query.type === this.lost) {
        response.writeHead(200).end();
        return;
      }
      if (query.id && this.beforeText) {
        this.beforeText();
        this.beforeText = null;
      }
      const onward = { host: "127.0.0.1", port: this.to, method: request.method, path: request.url, headers: request.headers, agent: false };
      const sent = http.request(onward, (answer) => {
        const back = [];
        answer.on("data", (part) => back.push(part));
        answer.on("error", () => this.#cut(query, response));
        answer.on("end", () => {
          this.#note(query, answer.statusCode === 200 || answer.statusCode === 202);
          response.writeHead(answer.statusCode, answer.headers).end(Buffer.concat(back));
        });
      });
      sent.on("error", () => this.#cut(query, response));
      sent.end(Buffer.concat(parts));
    });
  }

  /** We are down: Kannel sees its connection end. */
  #cut(query, response) {
    this.#note(query, false);
    response.destroy();
  }

  #note({ id, ref, part = "", type }, accepted) {
    this.last = Date.now();
    const name = id ?? `${ref} ${part} ${type}`;
    if (!accepted) this.waiting.add(name);
    else {
      this.waiting.delete(name);
      if (id) this.texts.add(id);
      else if (type === "1") this.delivered.set(ref, (this.delivered.get(ref) ?? new Set()).add(part));
    }
  }
}
