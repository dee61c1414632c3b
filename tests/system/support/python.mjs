// Debian's own Python, which has Debian's modules. Shims that stand before it on the PATH also cost a third of a second.
import { existsSync } from "node:fs";

export const python = existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
