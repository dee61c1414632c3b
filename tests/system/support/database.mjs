// Looks into the server's database, read-only, by Python's sqlite3: Node 20 has none, and it shares no code with ours.
import { spawnSync } from "node:child_process";
import { python } from "./python.mjs";
import { databaseOf } from "./server.mjs";

const script = `
import json, sqlite3, sys
database, sql = sys.argv[1], sys.argv[2]
connection = sqlite3.connect("file:%s?mode=ro" % database, uri=True, timeout=10)
rows = connection.execute(sql, json.loads(sys.argv[3])).fetchall()
json.dump([[v.hex() if isinstance(v, bytes) else v for v in row] for row in rows], sys.stdout)
`;

/** Rows as arrays; blobs as hex digits. */
export function query(data, sql, parameters = []) {
  const args = ["-c", script, databaseOf(data), sql, JSON.stringify(parameters)];
  const done = spawnSync(python, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(`${sql}\n${done.stderr}`);
  return JSON.parse(done.stdout);
}

/** The one value of a query with one row. */
export const value = (data, sql, parameters) => query(data, sql, parameters)[0][0];
