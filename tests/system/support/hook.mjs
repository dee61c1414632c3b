// A web server in Passerelle's place: answers as it is told, and remembers what it was asked.
import http from "node:http";
import { freePort } from "./kannel.mjs";

export class Hook {
  /** Requests in the order in which they came: {method, path, query, headers, body, status, at}. */
  requests = [];
  status = 200;
  body = "";

  static async start(test) {
    const hook = new Hook();
    hook.port = await freePort();
    await hook.up();
    test.after(() => hook.down());
    return hook;
  }

  get url() {
    return `http://127.0.0.1:${this.port}/hooks/kannel/secret`;
  }

  up() {
    this.server = http.createServer((request, response) => {
      const parts = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        const { pathname, searchParams } = new URL(request.url, this.url);
        this.requests.push({
          method: request.method, path: pathname, query: Object.fromEntries(searchParams), headers: request.headers,
          body: Buffer.concat(parts).toString("utf8"), status: this.status, at: Date.now(),
        });
        response.writeHead(this.status, { "Content-Type": "text/plain" }).end(this.body);
      });
    });
    return new Promise((settle) => this.server.listen(this.port, "127.0.0.1", settle));
  }

  async down() {
    if (!this.server.listening) return;
    const closed = new Promise((settle) => this.server.close(settle));
    this.server.closeAllConnections();
    await closed;
  }

  /** Texts that we said yes to. */
  get texts() {
    return this.requests.filter((request) => request.method === "POST" && request.status === 200);
  }

  /** Reports of one of our references: their types, as they came. */
  reports(ref) {
    return this.requests.filter(({ query, status }) => query.ref === ref && status === 200).map(({ query }) => query.type);
  }

  /** Header fields that ask for reports of 'ref'. */
  asking(ref) {
    return { "X-Kannel-DLR-Mask": "31", "X-Kannel-DLR-Url": `${this.url}/status?ref=${ref}&type=%d&reply=%A` };
  }
}
