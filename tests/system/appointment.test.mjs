// Appointments at the command line: made, listed, moved and cancelled, and imported from a file whose mistakes are told by row.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run, Server, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";

const within = 20_000;

/** A day some weeks ahead, as the command line and as a French spreadsheet write it. */
function day(ahead) {
  const iso = new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  return { iso, dotted: iso.split("-").reverse().join(".") };
}

async function start(t) {
  const folder = temporaryFolder(t);
  const server = await Server.start({ folder, config: twilio.configuration(folder, { demo: true }) });
  t.after(() => server.close());
  const config = ["--config", join(folder, "passerelle.toml"), "--data", server.data];
  const appointment = (...words) => run(["appointment", ...words, ...config], { within });
  const json = async (...words) => {
    const end = await appointment(...words, "--json");
    assert.equal(end.code, 0, end.stderr + end.stdout);
    return JSON.parse(end.stdout);
  };
  return { server, folder, appointment, json };
}

test("an appointment is made, moved and cancelled by staff", async (t) => {
  const { appointment, json } = await start(t);
  const [first, second] = [day(40), day(41)];
  const made = await json("add", "--to", "sms:+41 79 000 00 01", "--at", `${first.iso} 14:30`, "--place", "valmoret",
    "--with", "Anne", "--bring", "papers,letter", "--lang", "ti");
  assert.equal(made.address, "sms:+41790000001");
  assert.equal(made.starts_here, `${first.dotted} 14:30`);
  assert.deepEqual(made.reminders.map(({ reminder, state }) => [reminder, state]), [["two_days", "planned"], ["two_hours", "planned"]]);

  const twice = await appointment("add", "--to", "sms:+41790000001", "--at", `${first.iso} 14:30`);
  assert.equal(twice.code, 1);
  assert.match(twice.stderr, /^passerelle: there is an appointment for this address on .* already/);

  const moved = await json("move", made.ref.slice(0, 8), "--at", `${second.iso} 10:00`);
  assert.equal(moved.starts_here, `${second.dotted} 10:00`);
  assert.ok(["queued", "held"].includes(moved.told), `${moved.told}: the person is told now, or when quiet hours end`);
  assert.deepEqual((await json("list", "--day", first.iso)).appointments, []);
  const listed = await appointment("list", "--day", second.iso);
  assert.match(listed.stdout, new RegExp(`^REF .*\\n${made.ref.slice(0, 8)} +${second.dotted} 10:00 +sms:\\+41790000001`));

  assert.equal((await json("cancel", made.ref)).cancelled, true);
  assert.deepEqual((await json("list", "--day", second.iso)).appointments, []);
  assert.equal((await appointment("cancel", made.ref)).code, 1);
});

test("a file is imported as a whole, or its mistakes are told where an editor jumps to", async (t) => {
  const { server, folder, appointment, json } = await start(t);
  const { iso, dotted } = day(40);
  const file = join(folder, "appointments.csv");
  const sound = `\uFEFFphone;date;time;place;name\r\n'+41790000001;${dotted};14:30;valmoret;"Traoré; A."\r\n`;
  writeFileSync(file, `${sound}079;${dotted};14h30;valmoret;B.\r\n`);

  const refused = await appointment("import", file);
  assert.equal(refused.code, 1);
  assert.deepEqual(refused.stderr.trim().split("\n").map((line) => line.slice(0, file.length + 12)),
    [`${file}:3: phone: '`, `${file}:3: time: '1`]);
  assert.deepEqual((await json("list", "--day", iso)).appointments, []);

  await server.stop();
  writeFileSync(file, sound);
  assert.deepEqual(await json("import", file), { added: 1, without_reminder: 0, errors: [] }, "without a server too");
  const { appointments } = await json("list", "--day", iso);
  assert.deepEqual(appointments.map(({ address, name }) => [address, name]), [["sms:+41790000001", "Traoré; A."]]);
});
