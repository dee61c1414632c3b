// Where gateways keep what people show us: stands before a peer that plays a gateway's API, answers for files, and hands
// everything else on. What is asked for a file is kept, for a test to look at.
import http from "node:http";
import { deflateSync } from "node:zlib";
import { bodyOf, listen } from "./loopback.mjs";

const chunk = (name, data) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(name), data, Buffer.alloc(4)]);
};

/** The bytes of files as phones make them: their beginnings are true, and they are as long as a test wants. */
export const files = {
  jpeg: (size = 2_000) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.from("JFIF\0"), noise(size - 11)]),
  png: () => Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", Buffer.alloc(13)), chunk("IDAT", deflateSync(Buffer.alloc(64))), chunk("IEND", Buffer.alloc(0))]),
  ogg: (size = 1_500) => Buffer.concat([Buffer.from("OggS\0\x02"), noise(size - 6)]),
  svg: () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
};

function noise(size) {
  const bytes = Buffer.alloc(Math.max(size, 0));
  for (let i = 0; i < bytes.length; ++i) bytes[i] = (i * 2_654_435_761) >>> 24;
  return bytes;
}

export const sent = (bytes, headers = {}) => ({ status: 200, headers: { "Content-Type": "application/x-whatever", ...headers }, body: bytes });
export const json = (body, status = 200) => ({ status, headers: { "Content-Type": "application/json" }, body: Buffer.from(JSON.stringify(body)) });
export const redirect = (url) => ({ status: 307, headers: { Location: url }, body: Buffer.alloc(0) });
export const missing = { status: 404, headers: {}, body: Buffer.from("no") };

export class MediaHost {
  /** What it answers to a request for a file: {status, headers, body}, "reset", or nothing where it is none of a file. A
   *  function of {method, path, headers, body}, and how often this path was asked for. */
  script = () => undefined;
  asked = []; // {method, path, headers, body}

  /** 'peer' is the gateway behind it; without one, it knows of files alone. */
  static async start(test, peer) {
    const host = new MediaHost();
    host.peer = peer;
    Object.assign(host, await listen(test, (request, response) => host.#answer(request, response)));
    return host;
  }

  of = (path) => this.asked.filter((one) => one.path === path);

  async #answer(request, response) {
    const one = { method: request.method, path: request.url, headers: request.headers, body: await bodyOf(request) };
    const told = this.script(one, this.of(one.path).length + 1);
    if (told === undefined) return this.peer ? this.#hand(one, response) : response.writeHead(404).end();
    this.asked.push(one);
    if (told === "reset") return request.socket.resetAndDestroy();
    // One that tells no length is chunked by node.
    const length = told.headers["Transfer-Encoding"] ? {} : { "Content-Length": told.body.length };
    response.writeHead(told.status, { ...told.headers, ...length });
    response.end(told.body);
  }

  #hand({ method, path, headers, body }, response) {
    const on = http.request(this.peer.url + path, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    on.on("error", () => response.destroy());
    on.end(body);
  }
}
