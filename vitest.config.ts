import { defineConfig } from "vitest/config";

const alias = { "~": new URL("./app", import.meta.url).pathname };

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "node",
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: ["test/browser/**", "test/chaos/**", "test/extensions/**"],
          globalSetup: ["test/setup/start-postgres.ts"],
          setupFiles: ["test/setup/environment.ts", "test/setup/console-noise.ts"],
          sequence: { shuffle: true },
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        esbuild: { jsx: "automatic", jsxImportSource: "preact" },
        define: { "process.env.APP_URL": JSON.stringify("https://app.example.com") },
        test: {
          name: "extensions",
          environment: "jsdom",
          include: ["test/extensions/**/*.test.{ts,tsx}"],
          setupFiles: ["test/setup/console-noise.ts"],
          sequence: { shuffle: true },
          // Its tester imports the extension by path: that must happen inside Vite's module runner.
          server: { deps: { inline: ["@shopify/ui-extensions-tester"] } },
        },
      },
      {
        test: {
          name: "chaos",
          include: ["test/chaos/**/*.test.ts"],
          testTimeout: 300_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
