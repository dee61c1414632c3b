// A gateway that a test plays: an HTTP server on a free loopback port, which is gone when the test is.
import http from "node:http";

/** @returns its server and url */
export async function listen(test, answer) {
  const server = http.createServer(answer);
  await new Promise((settle) => server.listen(0, "127.0.0.1", settle));
  test.after(() => {
    server.closeAllConnections();
    return new Promise((settle) => server.close(settle));
  });
  return { server, url: `http://127.0.0.1:${server.address().port}` };
}

/** What a request brings. */
export async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}
