import type { IForbiddenRuleType } from "dependency-cruiser";

/** A rule, and an import that breaks it: a rule that nothing can break guards nothing. */
export type Layer = { rule: IForbiddenRuleType; broken: { file: string; imports: string } };

function ban(name: string, from: string, to: string, broken: Layer["broken"], pathNot?: string): Layer {
  return { rule: { name, severity: "error", from: { path: from }, to: { path: to, pathNot } }, broken };
}

const screens = "^app/(ui|emails)/|^app/routes/[^/]+/(?!route\\.tsx?$)";

export const layers: Layer[] = [
  ban("a route asks the domain and never queries", "^app/routes/", "^app/(db\\.server|jobs/)|@prisma/", {
    file: "app/routes/app.orders.ts",
    imports: "~/db.server",
  }),
  ban("nothing imports a route", "^app/(?!routes/)", "^app/routes/", {
    file: "app/emails/receipt.ts",
    imports: "~/routes/app.orders",
  }),
  ban("what stands between request and domain never queries", "^app/http/", "^app/(db\\.server|jobs/|ui/)|@prisma/", {
    file: "app/http/require-shop.server.ts",
    imports: "~/db.server",
  }),
  ban("the domain knows no HTTP and no screen", "^app/domain/", "^app/(http|ui|emails)/|@remix-run|@shopify|/react", {
    file: "app/domain/order/find-order.server.ts",
    imports: "~/http/require-shop.server",
  }),
  ban(
    "the domain enqueues jobs and runs none",
    "^app/domain/",
    "^app/jobs/",
    { file: "app/domain/order/reconcile-order.server.ts", imports: "~/jobs/reconcile-order.server" },
    "^app/jobs/(enqueue\\.server|jobs)\\.ts$",
  ),
  ban("a gateway takes only pure files from the domain", "^app/gateways/", "^app/domain/.*\\.server\\.ts$", {
    file: "app/gateways/mailer/send.server.ts",
    imports: "~/domain/order/find-order.server",
  }),
  ban(
    "a gateway knows its outside party, nothing inside",
    "^app/gateways/",
    "^app/(jobs|http|ui|emails)/|^app/db\\.server",
    {
      file: "app/gateways/storage/sign.server.ts",
      imports: "~/db.server",
    },
  ),
  ban("a job knows no HTTP and no screen", "^app/jobs/", "^app/(http|ui)/|@remix-run", {
    file: "app/jobs/reconcile-order.server.ts",
    imports: "~/http/require-shop.server",
  }),
  ban("a screen imports no server code", screens, "\\.server\\.tsx?$", {
    file: "app/routes/app.assets/list.tsx",
    imports: "~/env.server",
  }),
  ban("the app never imports the world around it", "^app/", "^(sandbox|extensions|test|prisma)/", {
    file: "app/ui/frame.tsx",
    imports: "../../sandbox/main.ts",
  }),
  ban("the sandbox knows the app only as Shopify does", "^sandbox/", "^(app|test|prisma)/", {
    file: "sandbox/main.ts",
    imports: "../app/env.server.ts",
  }),
  ban("extensions speak HTTP to the app", "^extensions/", "^(app|sandbox|test|prisma)/", {
    file: "extensions/downloads/src/page.tsx",
    imports: "../../../app/env.server.ts",
  }),
  {
    rule: { name: "no circles", severity: "error", from: {}, to: { circular: true } },
    broken: { file: "app/domain/grant/a-circle.ts", imports: "~/domain/grant/round.server" },
  },
  {
    // A checker that resolves nothing finds nothing.
    rule: { name: "every import is found", severity: "error", from: {}, to: { couldNotResolve: true, path: "^[~.]" } },
    broken: { file: "app/domain/grant/lost.ts", imports: "~/domain/grant/nowhere" },
  },
];

const noOther = "a route knows no other route";

export const brokenRoute = {
  rule: { name: noOther },
  broken: { file: "app/routes/app.$id.ts", imports: "./app.orders" },
};

/**
 * One rule for each route, because a name such as `app.pools.$poolId` is no pattern.
 *
 * @param names  of the files and folders in app/routes
 */
export function routesAlone(names: string[]): IForbiddenRuleType[] {
  return names.map((name) => {
    const itself = `^app/routes/${name.replace(/[.$*+?()[\]{}|^\\]/g, "\\$&")}(/|$)`;
    return { name: noOther, severity: "error", from: { path: itself }, to: { path: "^app/routes/", pathNot: itself } };
  });
}

/** What the broken imports lead to, beyond each other. */
export const fixtureFiles: Record<string, string> = {
  "app/db.server.ts": "export const db = 1;\n",
  "app/env.server.ts": "export const env = 1;\n",
  "app/domain/grant/round.server.ts": 'import "~/domain/grant/a-circle";\n',
};
