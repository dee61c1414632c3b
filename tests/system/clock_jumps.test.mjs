// R9 of guarantees.md: the machine's clock is set while the real server runs (Debian's libfaketime, told by a file).
// Each reminder leaves once, in its time, and a clock that is set back loses nothing and holds up no answer.
import assert from "node:assert/strict";
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { query } from "./support/database.mjs";
import { Gateway, configuration, eventually, office } from "./support/gateway.mjs";
import { Server, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";

const library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
const phone = (i) => `+336399${String(70_000 + i)}`;
const monday = "2027-03-22T08:00:00Z"; // 09:00 in Valmoret

/** Sets the server's clock; the file is replaced as a whole, because the server may read it at any moment. */
function clock(folder, time) {
  const file = join(folder, "clock");
  writeFileSync(`${file}.new`, `${time === "now" ? "+0" : `${Date.parse(time) >= Date.now() ? "+" : ""}${(Date.parse(time) - Date.now()) / 1_000}`}\n`);
  renameSync(`${file}.new`, file);
}

async function start(suite) {
  assert.ok(existsSync(library), "run script/setup test");
  const folder = temporaryFolder(suite);
  const gateway = await Gateway.start(suite);
  clock(folder, monday);
  const env = {
    // The malloc of libc and the "new" of libstdc++, not the program's jemalloc: its first look at the clock comes before
    // libfaketime is ready, and both would wait for ever.
    LD_PRELOAD: `${library}:libc.so.6:libstdc++.so.6`, FAKETIME_TIMESTAMP_FILE: join(folder, "clock"), FAKETIME_NO_CACHE: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  };
  const server = await Server.start({ folder, config: configuration(folder, gateway), env });
  suite.after(() => server.close());
  return { folder, gateway, server };
}

/** The first reminder is due two days before, to the minute. */
const appoint = ({ server }, i, date, time) =>
  office(server, "appointment.import", { csv: `channel,address,language,date,time\nsms,${phone(i)},fr,${date},${time}\n` });
const told = ({ gateway }, i) => gateway.accepted.filter(({ to, text }) => to === phone(i) && /\d\d:\d\d/.test(text)).length;
const due = ({ server }) => query(server.data, "SELECT count(*) AS n FROM due WHERE kind LIKE 'remind.%'")[0];

test("the clock is set on by an hour and by a day, back to 2020, and right again: each reminder leaves once", async (suite) => {
  const all = await start(suite);
  await appoint(all, 1, "2027-03-24", "10:30"); // two days before: 22.03. 10:30, in 90 minutes
  await appoint(all, 2, "2027-03-25", "15:00"); // 23.03. 15:00
  await appoint(all, 3, "2027-04-05", "10:00"); // in two weeks
  assert.deepEqual([1, 2, 3].map((i) => told(all, i)), [0, 0, 0]);

  // Nobody is at the desk: the server notices by itself, within its minute at the latest.
  clock(all.folder, "2027-03-22T09:31:00Z");
  await eventually(() => told(all, 1) === 1 || "the first reminder has not left", { within: 90_000 });

  clock(all.folder, "2020-01-01T10:00:00Z");
  const answered = all.gateway.accepted.length;
  const inbound = await twilio.text(all.server.port, "Bonjour, j'ai une question", { from: phone(9) });
  assert.equal(inbound.status, 200, "who writes is answered whatever the clock says");
  await eventually(() => all.gateway.accepted.length > answered || "no answer in 2020");
  assert.deepEqual([1, 2, 3].map((i) => told(all, i)), [1, 0, 0]);
  assert.ok(Number(Object.values(due(all))[0]) >= 2, "what is to come is still planned");

  clock(all.folder, "2027-03-23T14:01:00Z"); // a day on
  await appoint(all, 4, "2027-03-30", "10:00"); // somebody at the desk, which wakes the schedule
  await eventually(() => told(all, 2) === 1 || "the second reminder has not left", { within: 90_000 });

  clock(all.folder, "2027-03-22T08:00:00Z"); // back where all began
  await appoint(all, 5, "2027-03-31", "10:00");
  clock(all.folder, "2027-04-06T10:00:00Z"); // past all appointments
  await appoint(all, 6, "2027-04-20", "10:00");
  await eventually(() => Number(Object.values(due(all))[0]) <= 3 || `${JSON.stringify(due(all))} reminders wait`, { within: 90_000 });
  assert.deepEqual([1, 2].map((i) => told(all, i)), [1, 1], "none twice");
  assert.equal(told(all, 3), 0, "an appointment that is over is not reminded of");
});
