import { CallCard } from "~/ui/call-card";

/** A call to paste into a terminal. */
export function ExampleCall({ appUrl }: { appUrl: string }) {
  const call = [
    `curl ${appUrl}/api/licenses \\`,
    '  -H "Authorization: Bearer fp_…" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '{"pool": "Synth Pro keys", "email": "ann@example.com", "reference": "invoice-1"}'`,
  ].join("\n");

  return (
    <CallCard title="An example" call={call}>
      Takes a key out of a pool for a customer. The same reference again answers the same license.
    </CallCard>
  );
}
