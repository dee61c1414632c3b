// Plays Telegram: the Bot API on a loopback port, as far as bots of ours use it, and the phones behind it. Two libraries
// that are not ours (npm grammy, node-telegram-bot-api) are bots of it in the tests, so that it cannot only suit us.
import assert from "node:assert/strict";
import http from "node:http";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export const token = "123456789:fiction-0123456789_abcdefghijklmnopq";
export const secret = "hook-fiction-0123456789abcdef";
export const oldSecret = "former-fiction-0123456789abcdef";

/** A configuration with one Telegram channel. */
export function configuration(folder, api, { channel = "", more = "" } = {}) {
  for (const [name, text] of Object.entries({ token, secret, old_secret: oldSecret })) writeFileSync(join(folder, name), `${text}\n`, { mode: 0o600 });
  return `
[server]
admin_listen = "127.0.0.1:0"
log_level = "debug"
[association]
dir = "config/associations/demo"
[limits]
flood = 0
${more}
[[channel]]
name = "telegram"
gateway = "telegram"
token_file = "token"
api_url = "${api.url}"
${channel}`;
}
export const byWebhook = 'hook_secret_file = "secret"\nold_hook_secret_file = "old_secret"\n';

const ok = (result) => ({ status: 200, body: { ok: true, result } });
const failure = (status, description, parameters) => ({ status, body: { ok: false, error_code: status, description, ...(parameters && { parameters }) } });

export class BotApi {
  /** Overrides an answer: "lose" (takes it, and the answer is lost), "reset" (before anything), {status, body, headers},
   *  or nothing for the usual one. A function of the method, its arguments and how often it was called. */
  script = () => undefined;
  calls = {};          // method → count
  sent = [];           // what phones show: {chat, text, id}
  waiting = [];        // updates that no bot has acknowledged
  blocked = new Set();
  acknowledged = 0;    // the highest offset that a bot has told
  #known = new Set();  // who has written to the bot
  #poll = null;
  #webhook = null;
  #ids = 0;

  static async start(test, { firstUpdate = 10_000 } = {}) {
    const api = new BotApi();
    api.nextUpdate = firstUpdate;
    await api.up();
    test.after(() => api.down());
    return api;
  }

  async up() {
    this.server = http.createServer((request, response) => this.#answer(request, response));
    await new Promise((settle) => this.server.listen(this.port ?? 0, "127.0.0.1", settle));
    this.port = this.server.address().port;
    this.url = `http://127.0.0.1:${this.port}`;
  }

  async down() {
    if (!this.server.listening) return;
    this.#poll?.end();
    const closed = new Promise((settle) => this.server.close(settle));
    this.server.closeAllConnections();
    await closed;
  }

  // --- the phones' side ---

  /** The update of a message with these fields. */
  message(from, fields) {
    this.#known.add(from);
    const update = { update_id: this.nextUpdate++ };
    update.message = {
      message_id: ++this.#ids, from: { id: from, is_bot: false, first_name: "Fiction" },
      chat: { id: from, type: "private", first_name: "Fiction" }, date: Math.floor(Date.now() / 1000),
      ...(typeof fields === "string" ? { text: fields } : fields),
    };
    return update;
  }

  /** The update of a button of a message that the bot has sent. */
  pressUnder(chat, message, data) {
    this.#known.add(chat);
    const shown = { message_id: message.id, date: 1, chat: { id: chat, type: "private" }, text: message.text, reply_markup: message.keyboard };
    return { update_id: this.nextUpdate++, callback_query: { id: String(++this.#ids), from: { id: chat, is_bot: false, first_name: "F" }, chat_instance: "1", data, message: shown } };
  }

  /** The update of a button that was pressed under some message. */
  press(from, words, data) {
    this.#known.add(from);
    const message = { message_id: 1, date: 1, chat: { id: from, type: "private" }, text: "?",
      reply_markup: { inline_keyboard: [[{ text: words, callback_data: data }, { text: "…", callback_data: "other" }]] } };
    return { update_id: this.nextUpdate++, callback_query: { id: "1", from: { id: from, is_bot: false, first_name: "F" }, chat_instance: "1", data, message } };
  }

  /** Puts updates where a bot that asks finds them. */
  queue(...updates) {
    this.waiting.push(...updates);
    this.#poll?.look();
  }

  shown(chat) {
    return this.sent.filter((message) => message.chat === chat).map((message) => message.text);
  }

  /** Hands an update to a webhook, as Telegram does, once. @returns {Promise<{status: number, body: string}>} */
  push(port, update, { withSecret = secret, path = "/hooks/telegram", method = "POST" } = {}) {
    return new Promise((settle, fail) => {
      const body = typeof update === "string" ? update : JSON.stringify(update);
      const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body), "Accept-Encoding": "gzip, deflate" };
      if (withSecret !== null) headers["X-Telegram-Bot-Api-Secret-Token"] = withSecret;
      const request = http.request({ host: "127.0.0.1", port, path, method, headers, timeout: 20_000 }, (response) => {
        const parts = [];
        response.on("data", (part) => parts.push(part));
        response.on("end", () => settle({ status: response.statusCode, body: Buffer.concat(parts).toString() }));
      });
      request.on("timeout", () => request.destroy(new Error("no answer from the webhook")));
      request.on("error", fail);
      request.end(body);
    });
  }

  // --- the bots' side ---

  async #answer(request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const [, bot, method] = /^\/bot([^/]+)\/(\w+)$/.exec(new URL(request.url, this.url).pathname) ?? [];
    if (bot !== token) return this.#reply(response, failure(bot ? 401 : 404, bot ? "Unauthorized" : "Not Found"));
    const text = Buffer.concat(parts).toString();
    const args = text.startsWith("{") ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text));
    this.calls[method] = (this.calls[method] ?? 0) + 1;
    const told = this.script(method, args, this.calls[method]);
    if (told === "reset") return request.socket.resetAndDestroy();
    if (typeof told === "object") return this.#reply(response, told);
    if (method === "getUpdates") return this.#getUpdates(args, request, response);
    const usual = this.#methods[method]?.(args) ?? failure(404, "Not Found: method not found");
    if (told === "lose") return request.socket.destroy();
    this.#reply(response, usual);
  }

  #reply(response, { status, body, headers = {} }) {
    if (response.writableEnded || response.destroyed) return;
    response.writeHead(status, { "Content-Type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  }

  #methods = {
    getMe: () => ok({ id: 123456789, is_bot: true, first_name: "Passerelle", username: "passerelle_bot", can_join_groups: false,
      can_read_all_group_messages: false, supports_inline_queries: false }),
    setWebhook: ({ url, secret_token: withSecret }) => {
      this.#webhook = url ? { url, withSecret } : null;
      return ok(true);
    },
    deleteWebhook: () => {
      this.#webhook = null;
      return ok(true);
    },
    answerCallbackQuery: () => ok(true),
    sendMessage: (args) => this.#sendMessage(args),
  };

  #sendMessage({ chat_id, text, link_preview_options: preview, reply_markup: keyboard }) {
    const chat = Number(chat_id);  // a form has texts only
    if (this.blocked.has(chat)) return failure(403, "Forbidden: bot was blocked by the user");
    if (!this.#known.has(chat)) return failure(400, "Bad Request: chat not found");
    if (!text) return failure(400, "Bad Request: message text is empty");
    if (text.length > 4096) return failure(400, "Bad Request: message is too long");
    if (preview !== undefined) assert.deepEqual(preview, { is_disabled: true });
    const data = (keyboard?.inline_keyboard ?? []).flat().map((button) => button.callback_data);
    if (data.some((one) => one.length < 1 || Buffer.byteLength(one) > 64)) return failure(400, "Bad Request: BUTTON_DATA_INVALID");
    const message = { chat, text, id: ++this.#ids, ...(keyboard && { keyboard }) };
    this.sent.push(message);
    return ok({ message_id: message.id, from: { id: 123456789, is_bot: true, first_name: "Passerelle" },
      chat: { id: chat, type: "private", first_name: "Fiction" }, date: Math.floor(Date.now() / 1000), text });
  }

  /** Answers at once when there is something, else when something comes, at the latest after 'timeout' seconds. */
  #getUpdates({ offset, limit = 100, timeout = 0 }, request, response) {
    if (this.#webhook) {
      return this.#reply(response, failure(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"));
    }
    this.#poll?.end(failure(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"));
    if (offset !== undefined) {
      this.waiting = this.waiting.filter((update) => update.update_id >= offset);
      this.acknowledged = Math.max(this.acknowledged, Number(offset));
    }
    const poll = {
      look: () => this.waiting.length > 0 && poll.end(ok(this.waiting.slice(0, Number(limit)))),
      end: (told = ok([])) => {
        clearTimeout(poll.late);
        if (this.#poll === poll) this.#poll = null;
        this.#reply(response, told);
      },
    };
    poll.late = setTimeout(poll.end, Math.min(Number(timeout), 50) * 1000);
    request.socket.once("close", () => {
      clearTimeout(poll.late);
      if (this.#poll === poll) this.#poll = null;
    });
    this.#poll = poll;
    poll.look();
  }
}
