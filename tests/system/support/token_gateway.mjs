// A gateway that wants a sign-in, as Orange's API does: tokens of one hour by OAuth's client credentials, and texts that
// are taken only with one of them. It tells the time by 'now', which the test moves together with the server's clock.
import { randomUUID } from "node:crypto";
import { bodyOf, listen } from "./loopback.mjs";

export const account = "client-id-of-tests";
export const apiKey = "client-secret-of-tests";
export const hookSecret = "hook-0123456789abcdef0123";

export class TokenGateway {
  now = Date.now();
  /** What a sign-in is answered: null (a token), or {status, body}, or "hang" until release(). */
  script = () => null;
  signIns = 0;
  atOnce = 0;
  mostAtOnce = 0;
  refused = 0;   // texts that came without a token that holds
  texts = [];    // {to, text} as they were taken
  tokens = [];   // {token, until}, all that were ever given
  #hanging = [];

  static async start(test) {
    const gateway = new TokenGateway();
    Object.assign(gateway, await listen(test, (request, response) => gateway.#answer(request, response)));
    return gateway;
  }

  async #answer(request, response) {
    const body = (await bodyOf(request)).toString();
    const tell = (status, told, headers = {}) => {
      response.writeHead(status, { "Content-Type": "application/json", ...headers });
      response.end(typeof told === "string" ? told : JSON.stringify(told));
    };
    if (request.url === "/oauth/v3/token") return this.#signIn(request, body, tell);
    const given = (request.headers.authorization ?? "").replace(/^Bearer /, "");
    if (!this.tokens.some(({ token, until }) => token === given && this.now < until)) {
      ++this.refused;
      return tell(401, { code: 42, message: "Expired credentials", description: given });
    }
    const asked = JSON.parse(body).outboundSMSMessageRequest;
    this.texts.push({ to: asked.address.replace("tel:", ""), text: asked.outboundSMSTextMessage.message });
    tell(201, { outboundSMSMessageRequest: { resourceURL: `https://api.orange.example/x/requests/${randomUUID()}` } });
  }

  async #signIn(request, body, tell) {
    ++this.signIns;
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
    let told = this.script();
    if (told === "hang") told = await new Promise((settle) => this.#hanging.push(settle));
    --this.atOnce;
    const known = request.headers.authorization === `Basic ${Buffer.from(`${account}:${apiKey}`).toString("base64")}`;
    if (!told && !(known && body === "grant_type=client_credentials")) told = { status: 401, body: { error: "invalid_client" } };
    if (told) return tell(told.status, told.body ?? {}, told.headers);
    const token = `token.of-an_hour~${randomUUID()}`;
    this.tokens.push({ token, until: this.now + 3_600_000 });
    tell(200, { token_type: "Bearer", access_token: token, expires_in: 3600 });
  }

  release() { for (const settle of this.#hanging.splice(0)) settle(null); }
  revoke() { for (const each of this.tokens) each.until = 0; }
  of(phone) { return this.texts.filter(({ to }) => to === phone); }
}
