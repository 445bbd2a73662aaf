import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

const settings = "Read settings from ~/env.server: it checks them once, at the start, and names what is wrong.";

/** Bans an import, and says why to whoever tries. */
const ban = (group, message) => ({ group, message });

const outside = [
  ban(["**/sandbox/**"], "The sandbox plays the outside world: the app knows it only over HTTP, as it knows Shopify."),
  ban(["**/extensions/**"], "Extensions run on Shopify's pages: they and the app speak HTTP."),
  ban(["**/test/**"], "The app does not need its tests."),
];

export default defineConfig(
  globalIgnores([
    "build",
    ".sandbox",
    ".shopify",
    "**/dist",
    "prisma/migrations",
    "sandbox/store/schema",
    "extensions/*/shopify.d.ts",
  ]),
  js.configs.recommended,
  {
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "error" },
    languageOptions: { globals: globals.node },
  },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strict],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
      "@typescript-eslint/no-unnecessary-type-assertion": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // An empty function is a decision: "nothing to do here".
      "@typescript-eslint/no-empty-function": "off",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", destructuredArrayIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ["app/**/*.{ts,tsx}"],
    extends: [reactHooks.configs.flat["recommended-latest"]],
    rules: {
      "no-restricted-imports": ["error", { patterns: outside }],
      "no-restricted-properties": ["error", { object: "process", property: "env", message: settings }],
    },
  },
  { files: ["app/env.server.ts"], rules: { "no-restricted-properties": "off" } },
  {
    files: ["sandbox/**/*.{ts,mjs,js}"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [ban(["~/**", "**/app/**"], "The sandbox knows the app only as Shopify does: over HTTP.")] },
      ],
    },
  },
  {
    files: ["extensions/*/src/**", "extensions/shared/**"],
    languageOptions: { globals: { ...globals.browser, shopify: "readonly" } },
  },
  { files: ["sandbox/faces/**"], languageOptions: { globals: { ...globals.browser, ...globals.worker } } },
);
