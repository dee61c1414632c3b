// Plays Twilio: requests signed by npm twilio's own function, answers read by an XML parser that is not ours.
import assert from "node:assert/strict";
import http from "node:http";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DOMParser } from "@xmldom/xmldom";
import webhooks from "twilio/lib/webhooks/webhooks.js";

export const publicUrl = "https://sms.example.org";
export const hook = "/hooks/sms";
export const account = "AC00000000000000000000000000000001";
export const number = "+41798070000";
export const token = "current-token-0123456789abcdef";
export const oldToken = "former-token-0123456789abcdef";

/** A configuration with one Twilio channel. The API's address is a port of this machine where nobody listens. */
export function configuration(folder, { more = "", channel = "", demo = false, apiUrl = "http://127.0.0.1:9" } = {}) {
  writeFileSync(join(folder, "token"), `${token}\n`, { mode: 0o600 });
  writeFileSync(join(folder, "old_token"), `${oldToken}\n`, { mode: 0o600 });
  return `
[server]
admin_listen = "127.0.0.1:0"
public_url = "${publicUrl}"
${demo ? '[association]\ndir = "config/associations/demo"' : ""}
[limits]
flood = 0
${more}
[[channel]]
name = "sms"
gateway = "twilio"
account = "${account}"
token_file = "token"
old_token_file = "old_token"
from = "${number}"
api_url = "${apiUrl}"
${channel}`;
}

let count = 0;
/** An id of the form that Twilio gives, never the same twice in a run. */
export const newSid = () => `SM${(++count).toString(16).padStart(8, "0")}${process.pid.toString(16).padStart(24, "0")}`;

export function message(text, { from = "+41791234567", sid = newSid(), ...more } = {}) {
  return {
    ToCountry: "CH", SmsMessageSid: sid, NumMedia: "0", SmsSid: sid, SmsStatus: "received", Body: text, To: number,
    NumSegments: "1", MessageSid: sid, AccountSid: account, From: from, ApiVersion: "2010-04-01", ...more,
  };
}

export function status(state, { sid = newSid(), ...more } = {}) {
  return { MessageSid: sid, SmsSid: sid, AccountSid: account, From: number, To: "+41791234567", MessageStatus: state,
    SmsStatus: state, ApiVersion: "2010-04-01", ...more };
}

export const sign = (params, { path = hook, secret = token, url = publicUrl + path } = {}) =>
  webhooks.getExpectedTwilioSignature(secret, url, params);

/** A whole request, ready to be sent or spoiled. */
export function signed(params, { path = hook, secret = token } = {}) {
  return {
    method: "POST", path, body: new URLSearchParams(params).toString(),
    headers: {
      Host: new URL(publicUrl).host, "Content-Type": "application/x-www-form-urlencoded",
      "X-Twilio-Signature": sign(params, { path, secret }),
    },
  };
}

/** As bytes, for a raw socket. */
export function bytesOf(request, { close = true } = {}) {
  const headers = { ...request.headers, "Content-Length": Buffer.byteLength(request.body) };
  if (close) headers.Connection = "close";
  const lines = Object.entries(headers).map(([name, text]) => `${name}: ${text}\r\n`);
  return Buffer.from(`${request.method} ${request.path} HTTP/1.1\r\n${lines.join("")}\r\n${request.body}`);
}

/** Sends a request; fails on a dropped connection or after the deadline. */
export function send(port, request, { agent, within = 20_000 } = {}) {
  return new Promise((settle, fail) => {
    const options = { host: "127.0.0.1", port, method: request.method, path: request.path, agent: agent ?? false };
    const headers = { ...request.headers, "Content-Length": Buffer.byteLength(request.body) };
    const sent = http.request({ ...options, headers }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("error", fail);
      response.on("end", () => settle({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts).toString("utf8") }));
    });
    sent.setTimeout(within, () => sent.destroy(new Error(`no answer within ${within} ms`)));
    sent.on("error", fail);
    sent.end(request.body);
  });
}

export const text = (port, words, options = {}) => send(port, signed(message(words, options)), options);

/** Strict: whatever the parser complains of fails the test. @returns the messages of a TwiML answer */
export function readTwiml(answer, { path = hook } = {}) {
  assert.equal(answer.status, 200, answer.body);
  assert.match(answer.headers["content-type"], /^text\/xml\b/);
  const complain = (level, what) => assert.fail(`${level}: ${what}\n${answer.body}`);
  const tree = new DOMParser({ onError: complain }).parseFromString(answer.body, "text/xml");
  assert.equal(tree.documentElement.nodeName, "Response");
  return Array.from(tree.documentElement.childNodes).map((node) => {
    assert.equal(node.nodeName, "Message");
    const action = new URL(node.getAttribute("action"));
    assert.equal(`${action.origin}${action.pathname}`, `${publicUrl}${path}/status`);
    const ref = action.searchParams.get("ref");
    assert.match(ref, /^[0-9a-f]{32}$/);
    return { ref, text: node.textContent, statusPath: action.pathname + action.search };
  });
}
