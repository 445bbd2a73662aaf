import type { ReactNode } from "react";
import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteError } from "@remix-run/react";

export default function Root() {
  return (
    <Document>
      <Outlet />
      <ScrollRestoration />
      <Scripts />
    </Document>
  );
}

/** What is shown when a page broke: what happened, and what to do about it. */
export function ErrorBoundary() {
  const error = useRouteError();
  const isMissing = isRouteErrorResponse(error) && error.status === 404;

  return (
    <Document>
      <main
        style={{ font: "16px/1.5 system-ui, sans-serif", maxWidth: "36rem", margin: "4rem auto", padding: "0 1rem" }}
      >
        <title>{isMissing ? "Not found" : "Something went wrong"}</title>
        <h1 style={{ fontSize: "1.25rem" }}>
          {isMissing ? "There is nothing here" : "Something went wrong on our side"}
        </h1>
        <p>
          {isMissing
            ? "The address may be wrong, or what was here is gone."
            : "Nothing was lost. Reload the page; if it happens again, look into the app's log."}
        </p>
      </main>
    </Document>
  );
}

function Document({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>{children}</body>
    </html>
  );
}
