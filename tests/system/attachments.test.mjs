// Photos, voices and documents, from the webhook that names them to a file that staff save: four gateways, each with its
// own way of telling where a file is, on good days and bad ones. Their hosts are ports of this machine.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { value } from "./support/database.mjs";
import { eventually as sooner, office } from "./support/gateway.mjs";
import * as meta from "./support/graph.mjs";
import { MediaHost, files, missing, redirect, sent } from "./support/media.mjs";
import { gateways, monday, moved } from "./support/media_gateways.mjs";
import { run, Server, temporaryFolder } from "./support/server.mjs";
import * as telegram from "./support/telegram.mjs";
import * as twilio from "./support/twilio.mjs";
import { send } from "./support/twilio.mjs";
import * as viber from "./support/viber.mjs";
import { configuration, wireOf } from "./support/wires.mjs";

const eventually = (condition) => sooner(condition, { within: 20_000 });
const largest = 1_000_000; // the smallest that [attachments] largest_mb can say

async function start(suite, { attachments = "largest_mb = 1\n" } = {}) {
  const folder = temporaryFolder(suite);
  const peers = new Map();
  const hosts = {};
  for (const name of Object.keys(gateways)) {
    const wire = wireOf(name);
    const api = await wire.start(suite);
    hosts[name] = await MediaHost.start(suite, api);
    peers.set(wire, Object.assign(Object.create(api), { url: hosts[name].url }));
  }
  const stranger = await MediaHost.start(suite);
  stranger.script = () => sent(files.jpeg());
  const config = `${configuration(folder, peers)}\n[attachments]\n${attachments}`;
  const all = { folder, hosts, stranger, apis: Object.fromEntries([...peers].map(([wire]) => [wire.name, hosts[wire.name].peer])) };
  all.begin = async () => (all.server = await Server.start({ folder, config, args: ["--clock", all.now ?? monday] }));
  await all.begin();
  suite.after(() => all.server.close());
  return all;
}

const listed = async (all, args = {}) => (await office(all.server, "attachments.list", { limit: 1_000, ...args })).attachments;
const forward = (all, minutes) => {
  all.now = new Date(Date.parse(all.now ?? monday) + minutes * 60_000).toISOString();
  return office(all.server, "clock", { time: all.now });
};

/** Somebody shows a photo. 'answer' tells what its host answers, each time. @returns its ref */
async function shown(all, name, place, answer, options = {}) {
  const gateway = gateways[name];
  const { url } = all.hosts[name];
  const before = all.hosts[name].script;
  all.hosts[name].script = (request, asked) => gateway.route(place, request, () => answer(request, asked), url) ?? before(request, asked);
  const known = new Set((await listed(all)).map(({ ref }) => ref));
  const reply = await send(all.server.port, await gateway.shows(place, options, all.apis[name], url));
  assert.equal(reply.status, 200, reply.body);
  const fresh = (await listed(all)).filter(({ ref }) => !known.has(ref));
  assert.equal(fresh.length, 1, JSON.stringify(fresh));
  return fresh[0].ref;
}

const rowOf = async (all, ref) => (await listed(all)).find((row) => row.ref === ref);
const become = (all, ref, state) => eventually(async () => {
  const row = await rowOf(all, ref);
  return row.state === state || JSON.stringify(row);
});
const filesIn = (all) => (existsSync(join(all.server.data, "attachments")) ? readdirSync(join(all.server.data, "attachments")).sort() : []);
const command = (all, ...args) => run(["attachments", ...args, "--data", all.server.data]);

test("attachments of four gateways", async (suite) => {
  const all = await start(suite);

  for (const name of Object.keys(gateways)) {
    const { place } = gateways[name];

    await suite.test(`${name}: a photo is fetched, typed by its bytes, and saved as it was`, async () => {
      const bytes = files.jpeg(231_000);
      const ref = await shown(all, name, place(), () => sent(bytes, { "Content-Type": "text/html" }), { caption: "Bonjour" });
      await become(all, ref, "kept");
      const row = await rowOf(all, ref);
      assert.deepEqual([row.type, row.bytes, row.shown, row.text], ["image/jpeg", bytes.length, "[photo, 231 KB]", "Bonjour"]);
      const file = join(all.server.data, "attachments", ref);
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.equal(statSync(join(all.server.data, "attachments")).mode & 0o777, 0o700);
      const target = join(all.folder, `${name}.jpg`);
      const saved = await command(all, "save", ref.slice(0, 12), target);
      assert.equal(saved.code, 0, saved.stderr);
      assert.ok(readFileSync(target).equals(bytes));
      assert.equal(statSync(target).mode & 0o777, 0o600);
      assert.equal((await command(all, "save", ref, target)).code, 1, "a file that is there is not written over");
    });

    await suite.test(`${name}: what is too large is not kept, whether its length is told or not`, async () => {
      for (const told of [true, false]) {
        const bytes = files.jpeg(largest + 1);
        const ref = await shown(all, name, place(), () => sent(bytes, told ? {} : { "Transfer-Encoding": "chunked" }));
        await become(all, ref, "lost");
        const row = await rowOf(all, ref);
        assert.deepEqual([row.why, row.shown], ["too_large", "[not fetched: too_large]"]);
      }
    });

    await suite.test(`${name}: a file that is at another host is asked of nobody`, async () => {
      const { refusal, shows } = { refusal: "other_host", ...gateways[name] };
      const elsewhere = { ...place(), elsewhere: `${all.stranger.url}/photo.jpg` };
      if (refusal) {
        const ref = await shown(all, name, elsewhere, () => assert.fail("asked"));
        await become(all, ref, "lost");
        assert.equal((await rowOf(all, ref)).why, refusal);
      } else {
        const before = (await listed(all)).length;
        assert.equal((await send(all.server.port, await shows(elsewhere, {}, all.apis[name], ""))).status, 200);
        assert.equal((await listed(all)).length, before);
      }
      assert.equal(all.stranger.asked.length, 0);
    });

    await suite.test(`${name}: no redirect leads to another host`, async () => {
      for (const code of [301, 302, 303, 307, 308]) {
        const ref = await shown(all, name, place(), () => ({ ...redirect(`${all.stranger.url}/photo.jpg`), status: code }));
        await become(all, ref, "lost");
        assert.equal((await rowOf(all, ref)).why, "redirect");
      }
      assert.equal(all.stranger.asked.length, 0);
    });

    await suite.test(`${name}: what is not there yet is asked for again, later and later, across a kill`, async () => {
      const answers = [missing, "reset", { ...missing, status: 503 }, sent(files.ogg())];
      let asked = 0;
      const ref = await shown(all, name, place(), () => answers[Math.min(asked++, 3)]);
      await eventually(async () => (await rowOf(all, ref)).why === "404" || JSON.stringify(await rowOf(all, ref)));
      await forward(all, 1);
      assert.equal(asked, 2);
      await all.server.kill();
      await all.begin();
      await forward(all, 1);
      assert.equal(asked, 2, "two minutes after the second failure, not one");
      await forward(all, 1);
      assert.equal(asked, 3);
      await forward(all, 4);
      await become(all, ref, "kept");
      assert.deepEqual([(await rowOf(all, ref)).shown, asked], ["[voice, 2 KB]", 4]);
    });
  }

  await suite.test("what stays away is given up after three days, and staff see why", async () => {
    const ref = await shown(all, "viber", gateways.viber.place(), () => missing);
    for (let hour = 0; hour < 73; hour += 6) await forward(all, 6 * 60);
    const row = await rowOf(all, ref);
    assert.deepEqual([row.state, row.shown], ["lost", "[not fetched: 404]"]);
  });

  await suite.test("what could run in a browser is kept as bytes of no type", async () => {
    const ref = await shown(all, "viber", gateways.viber.place(), () => sent(files.svg(), { "Content-Type": "image/svg+xml" }));
    await become(all, ref, "kept");
    assert.deepEqual([(await rowOf(all, ref)).type, (await rowOf(all, ref)).shown], ["application/octet-stream", "[file, 1 KB]"]);
  });

  await suite.test("a task for a human shows what was sent, with the ref to save it by", async () => {
    const ref = await shown(all, "viber", gateways.viber.place(), () => sent(files.png()));
    await become(all, ref, "kept");
    const { tasks } = await office(all.server, "inbox.tasks", { limit: 100 });
    const task = tasks.find(({ attachments = [] }) => attachments.includes(ref));
    assert.equal(task?.shows, `[photo, 1 KB] ${ref.slice(0, 8)}`);
  });

  await suite.test("a repeated webhook fetches nothing twice", async () => {
    const place = gateways.viber.place();
    let asked = 0;
    const { url } = all.hosts.viber;
    const before = all.hosts.viber.script;
    all.hosts.viber.script = (request, times) => gateways.viber.route(place, request, () => (++asked, sent(files.png()))) ?? before(request, times);
    const webhook = await gateways.viber.shows(place, {}, all.apis.viber, url);
    const rows = (await listed(all)).length;
    for (let i = 0; i < 3; ++i) assert.equal((await send(all.server.port, webhook)).status, 200);
    const [{ ref }] = await listed(all);
    await become(all, ref, "kept");
    assert.deepEqual([(await listed(all)).length, asked], [rows + 1, 1]);
  });

  await suite.test("what staff erase is gone from the disk, and what they erase in time is never fetched", async () => {
    const kept = await shown(all, "viber", gateways.viber.place(), () => sent(files.png()));
    await become(all, kept, "kept");
    const awaited = await shown(all, "viber", gateways.viber.place(), () => missing);
    await eventually(async () => (await rowOf(all, awaited)).why === "404" || "not asked for");
    for (const ref of [kept, awaited]) assert.equal((await command(all, "erase", ref)).code, 0);
    await eventually(() => !filesIn(all).includes(kept) || "the file is still there");
    await forward(all, 60);
    assert.deepEqual([(await rowOf(all, kept)).shown, (await rowOf(all, awaited)).shown], ["[erased]", "[erased]"]);
    const refused = await command(all, "save", kept, join(all.folder, "erased.png"));
    assert.deepEqual([refused.code, existsSync(join(all.folder, "erased.png"))], [1, false]);
  });

  await suite.test("a file that was changed on the disk is not saved as what the person sent", async () => {
    const ref = await shown(all, "viber", gateways.viber.place(), () => sent(files.png()));
    await become(all, ref, "kept");
    writeFileSync(join(all.server.data, "attachments", ref), Buffer.concat([Buffer.alloc(4), files.jpeg()]));
    const refused = await command(all, "save", ref, join(all.folder, "changed.png"));
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /not what was fetched/);
  });

  await suite.test("a start takes away files of which no row knows, and leaves the others", async () => {
    const before = filesIn(all);
    await all.server.stop();
    for (const name of ["f".repeat(32), `.${"e".repeat(32)}`]) writeFileSync(join(all.server.data, "attachments", name), "half");
    await all.begin();
    await eventually(() => filesIn(all).join() === before.join() || filesIn(all).join());
    assert.equal(filesIn(all).length, value(all.server.data, "SELECT count(*) FROM attachment WHERE state = 'kept'"));
  });

  await suite.test("neither names of files nor addresses, tokens or persons are in the log", async () => {
    const { stdout, stderr } = await all.server.stop();
    for (const secret of ["passwd", "/dl/", "/file/bot", meta.token, telegram.token, twilio.token, "Amina", "lookaside"])
      assert.ok(!(stdout + stderr).includes(secret), secret);
    await all.begin();
  });
});

test("the folder has an end, and one sender has a tenth of it", async (suite) => {
  const all = await start(suite, { attachments: "largest_mb = 1\nfolder_mb = 12\n" });
  const sender = Buffer.from("greedy").toString("base64");
  const picture = (path) => viber.signed(viber.callback("message", {
    sender: { id: sender, name: "A" }, message: { type: "picture", media: all.hosts.viber.url + path } }));
  all.hosts.viber.script = ({ path }) => (path.startsWith("/dl/") ? sent(files.jpeg(900_000)) : undefined);
  const count = () => value(all.server.data, "SELECT count(*) FROM attachment WHERE state = 'kept'");

  await suite.test("the second photo of one sender waits for room, others' do not", async () => {
    for (const path of ["/dl/1", "/dl/2"]) assert.equal((await send(all.server.port, moved(picture(path)))).status, 200);
    await eventually(async () => (await listed(all)).some(({ why }) => why === "sender_share") || JSON.stringify(await listed(all)));
    assert.equal(count(), 1);
    for (let i = 0; i < 13; ++i) await shown(all, "viber", gateways.viber.place(), () => sent(files.jpeg(900_000)));
    await eventually(async () => (await listed(all)).filter(({ why }) => why === "folder_full").length >= 1 || JSON.stringify(await listed(all)));
    await eventually(() => count() === 13 || String(count()));
  });

  await suite.test("where staff make room, what waits is fetched", async () => {
    const [{ ref }] = (await listed(all)).filter(({ state }) => state === "kept");
    assert.equal((await command(all, "erase", ref)).code, 0);
    await forward(all, 61);
    await eventually(() => count() === 13 || String(count()));
  });
});

test("where nothing is to be fetched, only that there was something is known", async (suite) => {
  const all = await start(suite, { attachments: "largest_mb = 0\n" });
  const ref = await shown(all, "viber", gateways.viber.place(), () => assert.fail("asked"));
  await become(all, ref, "lost");
  assert.deepEqual([(await rowOf(all, ref)).why, filesIn(all)], ["switched_off", []]);
});
