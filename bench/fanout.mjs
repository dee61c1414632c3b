// Reminders of one hour, from the moment when they are due until the gateway has taken the last; and the same count of
// texts into Kannel's smsbox, by as many connections as we open, until it has accepted the last.
import assert from "node:assert/strict";
import http from "node:http";
import { Gateway, configuration, office } from "../tests/system/support/gateway.mjs";
import { Kannel, freePort, number, secrets } from "../tests/system/support/kannel.mjs";
import { Server, temporaryFolder } from "../tests/system/support/server.mjs";

const count = Number(process.argv[2] ?? 2_000);
const rounds = Number(process.argv[3] ?? 3);
const connections = 8;  // 'parallel' of a channel
const phone = (i) => `+33639${String(980_000 + (i % 10_000)).padStart(6, "0")}`;

/** Runs 'work' with the cleaning-up of a test. */
async function cleanly(work) {
  const ends = [];
  try {
    return await work({ after: (end) => ends.unshift(end) });
  } finally {
    for (const end of ends) await end();
  }
}

/** Messages a second. */
async function rate(work) {
  const begin = performance.now();
  await work();
  return count / ((performance.now() - begin) / 1_000);
}

const ours = () => cleanly(async (test) => {
  const folder = temporaryFolder(test);
  const gateway = await Gateway.start(test);
  const server = await Server.start({ folder, config: configuration(folder, gateway), args: ["--clock", "2027-03-22T08:00:00Z"] });
  test.after(() => server.close());
  const rows = Array.from({ length: count }, (_, i) => `sms,${phone(i)},fr,2027-03-25,14:00`);
  await office(server, "appointment.import", { csv: `channel,address,language,date,time\n${rows.join("\n")}\n` });
  const each = await rate(() => office(server, "clock", { time: "2027-03-23T13:00:00Z" }));
  assert.equal(gateway.accepted.length, count);
  return each;
});

const kannel = () => cleanly(async (test) => {
  const box = await Kannel.start(test, { hookUrl: `http://127.0.0.1:${await freePort()}/hooks/kannel/${secrets.hook}` });
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  test.after(() => agent.destroy());
  const send = (i) => new Promise((settle, fail) => {
    const query = new URLSearchParams({ username: "passerelle", password: secrets.sendsms, from: number, to: phone(i), text: "Rendez-vous: jeudi 25.03.2027, 14:00" });
    http.get({ host: "127.0.0.1", port: box.ports.sendsms, path: `/cgi-bin/sendsms?${query}`, agent }, (response) => {
      response.resume().on("end", () => (response.statusCode === 202 ? settle() : fail(new Error(`sendsms said ${response.statusCode}`))));
    }).on("error", fail);
  });
  return rate(async () => {
    let next = 0;
    await Promise.all(Array.from({ length: connections }, async () => {
      while (next < count) await send(next++);
    }));
  });
});

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const rates = { ours: [], kannel: [] };
for (let round = 0; round < rounds; ++round) {
  rates.ours.push(await ours());
  rates.kannel.push(await kannel());
  console.log(`  round ${round + 1}: ours ${rates.ours.at(-1).toFixed(0)}/s, Kannel's sendsms ${rates.kannel.at(-1).toFixed(0)}/s`);
}
console.log(`${count} reminders: ${median(rates.ours).toFixed(0)} a second by us, durable and known to be accepted; ` +
  `${median(rates.kannel).toFixed(0)} texts a second into Kannel's smsbox; ${(median(rates.ours) / median(rates.kannel)).toFixed(2)} times`);
