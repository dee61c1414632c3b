// How each gateway tells of a photo, and where its files are: what a test of attachments needs to know of each.
import assert from "node:assert/strict";
import * as meta from "./graph.mjs";
import { json, redirect } from "./media.mjs";
import * as telegram from "./telegram.mjs";
import * as twilio from "./twilio.mjs";
import * as viber from "./viber.mjs";
import * as whatsapp from "./whatsapp.mjs";
import { publicUrl } from "./wires.mjs";

export const monday = "2027-03-22T09:00:00Z"; // in Valmoret: no quiet hours
const host = new URL(publicUrl).host;
export const moved = (request) => ({ ...request, headers: { ...request.headers, Host: host } });

let count = 0;
const id = (prefix) => `${prefix}${process.pid}${++count}`;

/**
 * How each gateway tells of a photo, and where it is asked for.
 * 'shows' makes the webhook of a photo; 'path' is where its bytes are in the end; 'route' answers for it as the gateway
 * does, with 'answer' for the bytes.
 */
export const gateways = {
  whatsapp: {
    place: () => ({ name: id("media"), path: `/lookaside/${id("file")}` }),
    shows: async (place, { caption } = {}) => moved(await meta.signed(whatsapp.batch({
      messages: [{ from: whatsapp.newPhone(), id: whatsapp.newId(), timestamp: String(Math.floor(Date.parse(monday) / 1000)),
        type: "image", image: { id: place.name, mime_type: "text/html", sha256: "x", ...(caption && { caption }) } }],
    }), { path: "/hooks/whatsapp" })),
    route: (place, request, answer, url) => {
      const asks = `/${meta.version}/${place.name}?phone_number_id=${whatsapp.numberId}`;
      if (request.path !== asks && request.path !== place.path) return undefined;
      assert.equal(request.headers.authorization, `Bearer ${meta.token}`);
      return request.path === asks ? json({ url: place.elsewhere ?? url + place.path, mime_type: "text/html", id: place.name }) : answer();
    },
  },
  telegram: {
    place: () => {
      const name = id("photos/file_");
      return { name: id("AgAC-"), file: `${name}.jpg`, path: `/file/bot${telegram.token}/${name}.jpg` };
    },
    shows: async (place, { caption } = {}, api) => {
      const photo = [{ file_id: "small", width: 9, height: 9 }, { file_id: place.name, width: 900, height: 900 }];
      const update = api.message(9_100_000 + ++count, { photo, ...(caption && { caption }) });
      return { method: "POST", path: "/hooks/telegram", body: JSON.stringify(update),
        headers: { Host: host, "Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": telegram.secret } };
    },
    route: (place, request, answer) => {
      if (request.path === place.path) return answer();
      if (request.path !== `/bot${telegram.token}/getFile` || JSON.parse(request.body).file_id !== place.name) return undefined;
      return json({ ok: true, result: { file_id: place.name, file_path: place.elsewhere ?? place.file } });
    },
    refusal: "path",
  },
  "twilio-api": {
    place: () => {
      const path = `/2010-04-01/Accounts/${twilio.account}/Messages/${twilio.newSid()}/Media/${id("ME")}`;
      return { path: `/cdn${path}`, asks: path };
    },
    shows: async (place, { caption = "" } = {}, api, url) => moved(twilio.signed(twilio.message(caption, {
      from: `+3363998${String(7_000 + ++count)}`, NumMedia: "1", MediaUrl0: url + place.asks, MediaContentType0: "image/svg+xml",
    }), { path: "/hooks/twilio-api" })),
    route: (place, request, answer, url) => {
      if (request.path === place.path) {
        assert.equal(request.headers.authorization, undefined, "the password is not told to the host of the files");
        return answer();
      }
      if (request.path !== place.asks) return undefined;
      const basic = Buffer.from(`${twilio.account}:${twilio.token}`).toString("base64");
      assert.equal(request.headers.authorization, `Basic ${basic}`);
      return redirect(place.elsewhere ?? url + place.path);
    },
  },
  viber: {
    place: () => ({ path: `/dl/${id("file")}.jpg` }),
    shows: async (place, { caption = "" } = {}, api, url) => moved(viber.signed(viber.callback("message", {
      sender: { id: Buffer.from(id("person")).toString("base64"), name: "Amina" },
      message: { type: "picture", media: place.elsewhere ?? url + place.path, text: caption, file_name: "../../etc/passwd.jpg" },
    }))),
    route: (place, request, answer) => (request.path === place.path ? answer() : undefined),
    refusal: undefined, // the address is in the webhook itself: it is not kept at all
  },
};
