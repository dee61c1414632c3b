// `passerelle locales …` in a copy of locales/, so that nothing here is changed.
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { binary, repository, temporaryFolder } from "./server.mjs";

export const source = "fr";
export const locales = readdirSync(join(repository, "locales"))
  .filter((name) => /^[^.]+\.json$/.test(name)).map((name) => name.slice(0, -".json".length));
export const translations = locales.filter((locale) => locale !== source);
export const formats = ["xliff12", "xliff20", "po", "csv"];

/** A folder that holds a copy of locales/ and, if wished, of the demo association. */
export class Desk {
  constructor(test) {
    this.folder = temporaryFolder(test);
    cpSync(join(repository, "locales"), join(this.folder, "locales"), { recursive: true });
  }
  path(...parts) {
    return join(this.folder, ...parts);
  }
  /** The demo association, with two sentences of its own in each of its languages. */
  association() {
    cpSync(join(repository, "config/associations/demo"), this.path("demo"), { recursive: true });
    mkdirSync(this.path("demo/locales"), { recursive: true });
    const spoken = this.text("demo/association.yaml").match(/^languages: \[(.*?)\]/m)[1].split(", ");
    for (const locale of spoken) {
      const ours = this.json(`locales/${locale}.json`);
      const own = { "locale.status": { defaultMessage: "draft" } };
      for (const key of ["locale.name", "help.phone", "common.stuck"]) {
        own[key.replace(/^(help|common)/, "demo")] = { defaultMessage: ours[key].defaultMessage };
      }
      this.write(`demo/locales/${locale}.json`, JSON.stringify(own, null, 1));
    }
    return "demo";
  }
  run(...args) {
    const ran = spawnSync(binary(), ["locales", ...args], { cwd: this.folder, encoding: "utf8", maxBuffer: 1 << 26 });
    return { code: ran.status, out: ran.stdout, err: ran.stderr, findings: ran.stderr.split("\n").filter(Boolean) };
  }
  text(path) {
    return readFileSync(this.path(path), "utf8");
  }
  json(path) {
    return JSON.parse(this.text(path));
  }
  /** Changes one file of JSON. */
  edit(path, change) {
    const file = this.json(path);
    change(file);
    this.write(path, JSON.stringify(file, null, 1));
  }
  write(path, text) {
    writeFileSync(this.path(path), text);
  }
}

export const sentences = (file) => Object.fromEntries(Object.entries(file).map(([key, message]) => [key, message.defaultMessage]));
