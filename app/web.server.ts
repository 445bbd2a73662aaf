import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import compression from "compression";
import express from "express";
import { env } from "./env.server";
import { maskedPath } from "./http/masked-path";

const PATIENCE_MS = 10_000;
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

// Beside this program once both are built.
const build = (await import(new URL("./server/index.js", import.meta.url).href)) as ServerBuild;
const port = env.PORT;

const app = express();
app.disable("x-powered-by");
app.use((request, response, next) => {
  // Scanners ask by others (TRACE, PROPFIND), which Remix answers with an error and its stack in the log.
  if (METHODS.includes(request.method)) return next();
  response.set("Allow", METHODS.join(", ")).status(405).end();
});
app.use(compression());
app.use("/assets", express.static(`${build.assetsBuildDirectory}/assets`, { immutable: true, maxAge: "1y" }));
app.use(express.static(build.assetsBuildDirectory, { maxAge: "1h" }));
app.use((request, _response, next) => {
  // Without a proxy before it, the caller is whoever opened the connection.
  request.headers["x-forwarded-for"] ??= request.socket.remoteAddress;
  next();
});
app.use((request, response, next) => {
  const startedAt = Date.now();
  response.on("finish", () => {
    if (response.statusCode < 500) return;
    const took = Date.now() - startedAt;
    console.error(`${request.method} ${maskedPath(request.originalUrl)} ${response.statusCode} ${took} ms`);
  });
  next();
});
app.all("*", createRequestHandler({ build, mode: env.NODE_ENV }));

const server = app.listen({ port, host: env.HOST }, () => console.log(`Featherpost answers on port ${port}`));
server.on("error", (error) => {
  console.error(`Featherpost cannot listen on port ${port}: ${error.message}`);
  process.exit(1);
});

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    server.close(() => process.exit(0)); // what is under way may end
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), PATIENCE_MS).unref();
  });
}
