// The directory of services through the real binary: files with mistakes, files that come back the same, and the task that
// opens when what people are told comes to its end.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run, Server, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";

const within = 30_000;
const header = "ref,name,needs,area,hours,phone,free_places,source,owner,seen,expires\n";

async function start(t, { clock } = {}) {
  const folder = temporaryFolder(t);
  const config = clock ? '[server]\nadmin_listen = "127.0.0.1:0"\n[association]\ndir = "config/associations/demo"\n' : twilio.configuration(folder, { demo: true });
  const server = await Server.start({ folder, config, args: clock ? ["--clock", clock] : [] });
  t.after(() => server.close());
  return server;
}

const office = (server, ...words) => run([...words, "--data", server.data], { within });

async function json(server, ...words) {
  const end = await office(server, ...words, "--json");
  assert.equal(end.code, 0, end.stderr + end.stdout);
  return JSON.parse(end.stdout);
}

function file(server, name, text) {
  const path = join(server.folder, name);
  writeFileSync(path, text);
  return path;
}

test("the demo's services are there, by need and by town", async (t) => {
  const server = await start(t);
  const { services, count } = await json(server, "directory", "list", "--need", "sleep", "--area", "Valmoret");
  assert.equal(count, 2);
  assert.deepEqual(services.map((one) => [one.ref, one.free_places]), [["nuit-femmes-valmoret", "3"], ["nuit-valmoret", "0"]]);
  const shown = await office(server, "directory", "list", "--need", "talk");
  assert.match(shown.stdout, /^REF +NAME +TOLD AS +NEEDS/);
  assert.match(shown.stdout, /Salon des Lilas/);
});

test("a file with mistakes names row, column and remedy, and imports nothing", async (t) => {
  const server = await start(t);
  const before = (await office(server, "directory", "export")).stdout;
  const path = file(server, "bad.csv", header +
    "soup,Soupe,fod,Valmoret,mon-fri 11:30-13:30,,,fiction,Anne,2027-01-15,2037-12-31\n" +
    "bed,Abri,sleep,Valmoret,mun 20:00-08:00,call us,,fiction,,2027-01-15,2037-12-31\n");
  const end = await office(server, "directory", "import", path);
  assert.equal(end.code, 1);
  assert.deepEqual(end.stderr.trim().split("\n"), [
    `${path}:2: needs: there is no need 'fod'; did you mean 'food'?`,
    `${path}:3: hours: 'mun' is not a day; did you mean 'mon'?, or 24/7 for day and night`,
  ]);
  assert.equal((await office(server, "directory", "export")).stdout, before);
});

test("an import adds, changes and leaves the others; what is exported comes back the same", async (t) => {
  const server = await start(t);
  const all = (await json(server, "directory", "list")).count;
  const path = file(server, "more.csv", header +
    "soup,\"=1+1, Soupe\",food,Valmoret,mon-fri 11:30-13:30,'+33 3 53 01 00 99,,fiction,Anne,2027-01-15,2037-12-31\n" +
    "nuit-valmoret,Abri de nuit,sleep,Valmoret,mon-sun 20:00-08:00,,,fiction,Anne,2027-01-15,2037-12-31\n");
  const dry = await json(server, "directory", "import", path, "--dry-run");
  assert.deepEqual([dry.added, dry.changed, dry.removed, dry.dry_run], [1, 1, 0, true]);
  assert.equal((await json(server, "directory", "list")).count, all);
  const done = await json(server, "directory", "import", path);
  assert.deepEqual([done.added, done.changed, done.removed], [1, 1, 0]);
  assert.equal((await json(server, "directory", "list")).count, all + 1);

  for (const format of ["csv", "hsds"]) {
    const exported = (await office(server, "directory", "export", "--format", format)).stdout;
    if (format === "csv") assert.match(exported, /^soup,"'=1\+1, Soupe",/m);
    if (format === "hsds") assert.equal(JSON.parse(exported).contents.length, all + 1);
    const again = await json(server, "directory", "import", file(server, `again.${format}`, exported), "--replace");
    assert.deepEqual([again.added, again.changed, again.same, again.removed], [0, 0, all + 1, 0]);
    assert.equal((await office(server, "directory", "export", "--format", "csv")).stdout.includes("'=1+1"), true);
  }
  const replaced = await json(server, "directory", "import", path, "--replace");
  assert.deepEqual([replaced.added, replaced.same, replaced.removed], [0, 2, all - 1]);
});

test("free places are set by phone call, and a service can go", async (t) => {
  const server = await start(t);
  assert.equal((await json(server, "directory", "set", "nuit-rivebelle", "--free", "0")).free_places, "0");
  const wrong = await office(server, "directory", "set", "nuit-rivebele", "--free", "1");
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /did you mean 'nuit-rivebelle'\?/);
  await json(server, "directory", "remove", "nuit-rivebelle");
  const { services } = await json(server, "directory", "list", "--need", "sleep");
  assert.ok(!services.some((one) => one.ref === "nuit-rivebelle"));
});

test("a directory of one's own is read with the association, and its mistakes are told at their place", async (t) => {
  const folder = temporaryFolder(t);
  const text = (name) => readFileSync(`config/associations/demo/${name}`, "utf8");
  writeFileSync(join(folder, "association.yaml"), text("association.yaml"));
  writeFileSync(join(folder, "directory.csv"), text("directory.csv").replace(",food,", ",fod,"));
  const config = join(folder, "passerelle.toml");
  writeFileSync(config, `[association]\ndir = "${folder}"\n`);
  const end = await run(["check", "--config", config], { within });
  assert.equal(end.code, 3, end.stdout);
  assert.match(end.stderr, /directory\.csv:2:49: needs: there is no need 'fod'; did you mean 'food'\?/);
});

test("whoever answers for a fact gets a task before it ends, and it closes when the fact is renewed", async (t) => {
  const server = await start(t, { clock: "2027-05-01T06:00:00Z" });
  const facts = async () => {
    const { tasks } = await json(server, "inbox", "tasks");
    return tasks.map((task) => `${task.kind} ${task.subject} ${task.owner}`).filter((task) => task.includes("soup"));
  };
  const soup = (expires) => file(server, "soup.csv", header + `soup,Soupe,food,Valmoret,mon-fri 11:30-13:30,,,fiction,Anne,2027-01-15,${expires}\n`);
  await json(server, "directory", "import", soup("2027-06-30"));
  assert.deepEqual(await facts(), []);
  await json(server, "clock", "2027-06-17T06:00:00Z");
  assert.deepEqual(await facts(), ["fact_expiring service:soup Anne"], "by the daily look");
  await json(server, "clock", "2027-07-01T06:00:00Z");
  assert.deepEqual(await facts(), ["fact_expired service:soup Anne"]);
  await json(server, "directory", "import", soup("2028-06-30"));
  assert.deepEqual(await facts(), [], "by the import itself");
  const others = (await json(server, "inbox", "tasks", "--kind", "fact_expired")).tasks;
  assert.deepEqual(others.map((task) => task.subject).sort(), ["page:old_bus", "service:cv-montclar"], "since the first look at the start");
});
