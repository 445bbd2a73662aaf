import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, request, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { startDoor } from "../../sandbox/door";

const homeUrl = "http://127.0.0.1:4400";
const opened: { stop(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.stop();
});

describe("startDoor", () => {
  test("given a page that loads App Bridge from Shopify, when a browser asks for it, then it loads the stand-in", async () => {
    const door = await doorBefore((_, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.write(
        '<html><head><link rel="preconnect" href="https://cdn.shopify.com/"><script src="https://cdn.shop',
      );
      setTimeout(
        () => response.end('ify.com/shopifycloud/app-bridge.js" data-api-key="k"></script></head>Żółw</html>'),
        20,
      );
    });

    const page = await (await fetch(door.url, { headers: { accept: "text/html" } })).text();

    expect(page).toBe(
      `<html><head><script src="${homeUrl}/app-bridge.js" data-api-key="k"></script></head>Żółw</html>`,
    );
  });

  test("given a page split inside a letter of two bytes, when it passes, then the letter stays whole", async () => {
    const bytes = Buffer.from("<p>é</p>");
    const door = await doorBefore((_, response) => {
      response.setHeader("content-type", "text/html");
      response.write(bytes.subarray(0, 4));
      setTimeout(() => response.end(bytes.subarray(4)), 20);
    });

    expect(await (await fetch(door.url)).text()).toBe("<p>é</p>");
  });

  test("given a policy that lets only Shopify frame the app, when it passes, then the home may too", async () => {
    const door = await doorBefore((_, response) => {
      response.setHeader("content-security-policy", "frame-ancestors https://a.myshopify.com; default-src 'self'");
      response.setHeader("link", '<https://cdn.shopify.com>; rel="preconnect", </own.css>; rel="preload"');
      response.end();
    });

    const { headers } = await fetch(door.url);

    expect(headers.get("content-security-policy")).toBe(
      `frame-ancestors https://a.myshopify.com ${homeUrl} http://localhost:4400; default-src 'self'`,
    );
    expect(headers.get("link")).toBe('</own.css>; rel="preload"');
  });

  test("given a script that names Shopify's CDN, when it passes, then not a byte is changed", async () => {
    const script = 'load("https://cdn.shopify.com/shopifycloud/app-bridge.js")';
    const door = await doorBefore((_, response) => {
      response.setHeader("content-type", "text/javascript").end(script);
    });

    expect(await (await fetch(door.url)).text()).toBe(script);
  });

  test("given 10 MB of noise, when they go through and come back, then they are the same bytes", async () => {
    const noise = randomBytes(10 * 1024 * 1024);
    const door = await doorBefore((incoming, response) => {
      response.setHeader("content-type", "application/octet-stream");
      incoming.pipe(response);
    });

    const echo = Buffer.from(await (await fetch(door.url, { method: "POST", body: noise })).arrayBuffer());

    expect(sha256(echo)).toBe(sha256(noise));
  });

  test("given an upload that has not ended, when its first bytes arrive, then the app sees them already", async () => {
    let seen = "";
    const door = await doorBefore(async (incoming, response) => {
      for await (const chunk of incoming) seen += String(chunk);
      response.end();
    });
    const upload = request(door.url, { method: "POST" });

    upload.write("first");
    while (!seen) await wait(5);
    expect(seen).toBe("first");
    upload.end(" last");
    const [answer] = (await once(upload, "response")) as [IncomingMessage];
    await buffer(answer);

    expect(seen).toBe("first last");
  });

  test("given a request, when it passes, then the app learns whence it came and is asked for pages uncompressed", async () => {
    const heard: IncomingMessage["headers"][] = [];
    const door = await doorBefore((incoming, response) => {
      heard.push(incoming.headers);
      response.end();
    });

    await fetch(door.url, { headers: { accept: "text/html", "x-forwarded-for": "203.0.113.9" } });
    await fetch(door.url, { headers: { accept: "*/*" } });

    expect(heard[0]).toMatchObject({
      "x-forwarded-for": "203.0.113.9, 127.0.0.1",
      "x-forwarded-proto": "http",
      "x-forwarded-host": new URL(door.url).host,
      host: new URL(door.url).host,
    });
    expect(heard[0]).not.toHaveProperty("accept-encoding");
    expect(heard[1]).toHaveProperty("accept-encoding");
  });

  test("given an app that is down, when anybody asks, then the door says so in words", async () => {
    const nobody = await serve(() => undefined);
    await nobody.stop();
    const door = await open(startDoor({ port: 0, target: nobody.url, homeUrl }));

    const page = await fetch(door.url, { headers: { accept: "text/html" } });
    const call = await fetch(door.url, { headers: { accept: "application/json" } });

    expect([page.status, call.status]).toEqual([502, 502]);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(await call.text()).toMatch(/^Featherpost is not answering\./);
  });

  test("given a browser that leaves halfway, when the app is still answering, then the app is told", async () => {
    let isOver = false;
    const door = await doorBefore((_, response) => {
      response.on("close", () => (isOver = true));
      response.write("first");
    });
    const leaving = new AbortController();
    const answer = await fetch(door.url, { signal: leaving.signal });

    leaving.abort();
    await answer.text().catch(() => undefined);
    for (let tries = 0; !isOver && tries < 200; tries++) await wait(5);

    expect(isOver).toBe(true);
  });
});

async function doorBefore(app: RequestListener) {
  const { url } = await open(serve(app));
  return open(startDoor({ port: 0, target: url, homeUrl }));
}

async function serve(app: RequestListener) {
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function open<Opened extends { stop(): unknown }>(opening: Promise<Opened>): Promise<Opened> {
  const one = await opening;
  opened.push(one);
  return one;
}

function sha256(bytes: Buffer) {
  return createHash("sha256").update(bytes).digest("hex");
}
