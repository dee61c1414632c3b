// Debian's nginx as a reverse proxy on a free port, and behind it a recorder that shows what nginx took for a request.
import net from "node:net";
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "./kannel.mjs";
import { exchange } from "./raw.mjs";
import { eventually } from "./gateway.mjs";
import { atMost } from "./server.mjs";

const program = "/usr/sbin/nginx";

const configuration = (folder, port, behind) => `
daemon off;
master_process off;
error_log stderr emerg;
pid ${folder}/pid;
events { worker_connections 2000; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  client_max_body_size 8m;
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location / { proxy_pass http://127.0.0.1:${behind}; }
  }
}
`;

export class Nginx {
  requests = []; // {head, body}: as nginx wrote them, one a connection

  static async start(test, folder) {
    const nginx = new Nginx();
    nginx.recorder = net.createServer({ noDelay: true }, (socket) => nginx.#record(socket));
    await new Promise((settle) => nginx.recorder.listen(0, "127.0.0.1", 4096, settle));
    nginx.port = await freePort();
    mkdirSync(folder);
    const file = join(folder, "nginx.conf");
    writeFileSync(file, configuration(folder, nginx.port, nginx.recorder.address().port));
    nginx.child = spawn("setpriv", ["--pdeathsig", "KILL", program, "-p", folder, "-c", file], { stdio: ["ignore", "ignore", "pipe"] });
    nginx.child.stderr.setEncoding("utf8").on("data", (part) => (nginx.told = (nginx.told ?? "") + part));
    nginx.end = new Promise((settle) => nginx.child.on("close", settle));
    test.after(() => nginx.stop());
    await eventually(async () => (await exchange(nginx.port, "GET / HTTP/1.0\r\n\r\n")).statuses[0] === 200 || nginx.told);
    nginx.requests = [];
    return nginx;
  }

  async stop() {
    this.child.kill("SIGKILL");
    await atMost(10_000, this.end);
    await new Promise((settle) => this.recorder.close(settle));
  }

  /** nginx writes each request whole, with its length, and ends the connection after the answer. */
  #record(socket) {
    let bytes = "";
    socket.setEncoding("latin1").on("data", (part) => {
      bytes += part;
      const end = bytes.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = bytes.slice(0, end);
      const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
      if (bytes.length < end + 4 + length) return;
      this.requests.push({ head, body: bytes.slice(end + 4) });
      socket.end("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");
      bytes = "";
    });
    socket.on("error", () => {});
  }
}
