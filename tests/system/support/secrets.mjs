// Which secrets a configuration holds, and where one of them has got to, in any spelling that a program might give it.
import assert from "node:assert/strict";
import http from "node:http";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./server.mjs";

/** The keys of each gateway that are secret: those that the sample configuration offers as a file. gateway → keys */
export function secretKeys() {
  const sample = readFileSync(join(repository, "config/passerelle.toml"), "utf8");
  return new Map(sample.split(/^# A channel of the gateway '/m).slice(1)
    .map((text) => [text.slice(0, text.indexOf("'")), [...text.matchAll(/^#(\w+)_file = /gm)].map(([, key]) => key)]));
}

/** The secrets of a configuration: [{channel, key, text}]. Fails where a channel leaves one of its gateway's out. */
export function planted(folder, config, { optional = [] } = {}) {
  const keys = secretKeys();
  return config.split("[[channel]]").slice(1).flatMap((section) => {
    const value = (key) => new RegExp(`^${key} = "(.*)"$`, "m").exec(section)?.[1];
    const channel = value("name");
    return keys.get(value("gateway")).flatMap((key) => {
      const file = value(`${key}_file`);
      const text = file ? readFileSync(join(folder, file), "utf8").trim() : value(key);
      if (text === undefined && optional.includes(`${channel}.${key}`)) return [];
      assert.ok(text?.length >= 10, `plant a secret of ten letters or more: ${channel}.${key} = ${text}`);
      return [{ channel, key, text }];
    });
  });
}

/** What stands for the bytes in the base64 of something that they are a part of, wherever they begin in it. */
function inBase64(text) {
  const bytes = Buffer.from(text);
  return [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    const begin = before === 0 ? 0 : before + 1;
    return whole.toString("base64").slice(begin, Math.floor((whole.length * 8) / 6));
  });
}

/** How the text may be written: as it is, percent-encoded, in base64 or hexadecimal. */
export function spellings(text) {
  const all = [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, "0"));
  const base64 = inBase64(text);
  return [...new Set([text, encodeURIComponent(text), encodeURIComponent(text).toLowerCase(), `%${all.join("%")}`, `%${all.join("%")}`.toUpperCase(),
    ...base64, ...base64.map((part) => part.replaceAll("+", "-").replaceAll("/", "_")), all.join(""), all.join("").toUpperCase()])];
}

/** Which of the secrets stand in a text or in bytes, by their channel and key. */
export function found(secrets, place) {
  const bytes = Buffer.isBuffer(place) ? place : Buffer.from(place);
  return secrets.filter(({ text }) => spellings(text).some((spelling) => bytes.includes(spelling))).map(({ channel, key }) => `${channel}.${key}`);
}

/** Every file of a folder and below, with its bytes. */
export const filesOf = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  .map((entry) => [entry.name, readFileSync(join(entry.parentPath ?? entry.path, entry.name))]);

/** A gateway that is ill and tells all it knows: every answer repeats the request, secrets and all, wherever it can. */
export class Echo {
  requests = 0;
  status = 400;
  told = ""; // the last

  static async start(test) {
    const echo = new Echo();
    echo.server = http.createServer((request, response) => echo.#answer(request, response));
    await new Promise((settle) => echo.server.listen(0, "127.0.0.1", settle));
    echo.url = `http://127.0.0.1:${echo.server.address().port}`;
    test.after(() => echo.close());
    return echo;
  }

  close() {
    if (!this.server.listening) return undefined;
    this.server.closeAllConnections();
    return new Promise((settle) => this.server.close(settle));
  }

  async #answer(request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    ++this.requests;
    const said = `${request.url} ${JSON.stringify(request.headers)} ${Buffer.concat(parts)}`;
    const basic = /^Basic (.*)$/.exec(request.headers.authorization ?? "");
    const told = basic ? `${said} ${Buffer.from(basic[1], "base64")}` : said;
    this.told = told;
    const error = this.requests % 2 ? told : { message: told, type: told, error_data: { details: told }, error_user_msg: told };
    const body = { ok: false, error_code: this.status, description: told, error, message: told, detail: told, title: told, status_message: told,
      type: told, "error-text": told, more_info: told, invalid_parameters: [{ name: told, reason: told }] };
    response.writeHead(this.status, { "Content-Type": "application/json", Location: `http://127.0.0.1:9${request.url}`, Warning: "199 - x", "X-Told": encodeURIComponent(told).slice(0, 4000) });
    response.end(this.status === 200 ? told : JSON.stringify(body));
  }
}
