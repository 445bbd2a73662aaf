// Loaded with `node --import` into the programs that the sandbox starts: they end when it does, also when it was
// killed and could not tell them. The channel to it breaks then.

process.on("disconnect", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), 2000).unref();
});
process.channel?.unref();
