import { Link, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

/** What a table's row is about, and the way to its page: a click anywhere on the row follows it. */
export function RowLink({ url, children }: { url: string; children: ReactNode }) {
  return (
    <Link url={url} dataPrimaryLink monochrome removeUnderline>
      <Text as="span" fontWeight="semibold" breakWord>
        {children}
      </Text>
    </Link>
  );
}
