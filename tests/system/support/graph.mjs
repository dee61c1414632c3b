// Plays Meta: the Graph API on a loopback port, and webhooks with bodies as Meta writes them, signed by @octokit's code.
// What it accepted is what a phone would have received.
import { sign } from "@octokit/webhooks-methods";
import { send } from "./twilio.mjs";
import { bodyOf, listen } from "./loopback.mjs";

export const publicUrl = "https://chat.example.org";
export const appSecret = "0123456789abcdef0123456789abcdef";
export const oldAppSecret = "fedcba9876543210fedcba9876543210";
export const verifyToken = "a-word-of-ours-0123456789";
export const token = "EAAfiction";
export const version = "v25.0";

/** The keys that every channel of Meta's has; 'channel' adds its own. */
export const configuration = (gateway, apiUrl, channel, more = "") => `
[server]
admin_listen = "127.0.0.1:0"
public_url = "${publicUrl}"
[association]
dir = "config/associations/demo"
[limits]
flood = 0
${more}
[[channel]]
name = "chat"
gateway = "${gateway}"
app_secret = "${appSecret}"
old_app_secret = "${oldAppSecret}"
verify_token = "${verifyToken}"
token = "${token}"
api_url = "${apiUrl}"
${channel}
`;

/** JSON as Meta writes it: nothing beyond ASCII, and "/" as "\/". */
export const written = (body) => JSON.stringify(body).replaceAll("/", "\\/")
  .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** A whole webhook, ready to be sent or spoiled. */
export async function signed(body, { secret = appSecret, path = "/hooks/chat" } = {}) {
  const text = written(body);
  return {
    method: "POST", path, body: text,
    headers: { Host: new URL(publicUrl).host, "Content-Type": "application/json", "X-Hub-Signature-256": await sign(secret, text) },
  };
}

export const deliver = async (server, body, options) => send(server.port, await signed(body, options));

export const shakeHands = (server, query, path = "/hooks/chat") => send(server.port, {
  method: "GET", path: `${path}?${new URLSearchParams(query)}`, body: "", headers: { Host: new URL(publicUrl).host },
});

export class Graph {
  /** What it answers: "accept", "lose" (accepts, and the answer is lost), or {status, body, headers}. */
  script = () => "accept";
  accepted = []; // {path, body, id}: what it was asked, as JSON
  requests = 0;

  /** 'success' makes the answer to an accepted request of its id. */
  static async start(test, { path, success, prefix }) {
    const graph = Object.assign(new Graph(), { path, success, prefix });
    Object.assign(graph, await listen(test, (request, response) => graph.#answer(request, response)));
    return graph;
  }

  async #answer(request, response) {
    const raw = await bodyOf(request);
    const fail = (status, code) => this.#json(response, status, { error: { code, type: "OAuthException", message: "…" } });
    if (request.headers.authorization !== `Bearer ${token}`) return fail(401, 190);
    if (request.method !== "POST" || request.url !== this.path) return fail(400, 100);
    const body = JSON.parse(raw.toString());
    const what = this.script(body, ++this.requests);
    if (typeof what === "object") return this.#json(response, what.status, what.body ?? {}, what.headers);
    const id = `${this.prefix}${process.pid}${this.accepted.length + 1}=`;
    this.accepted.push({ path: request.url, body, id });
    if (what === "lose") return request.socket.destroy();
    this.#json(response, 200, this.success(id, body));
  }

  #json(response, status, body, headers = {}) {
    response.writeHead(status, { "Content-Type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  }
}
