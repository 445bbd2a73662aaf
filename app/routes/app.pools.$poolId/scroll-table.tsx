import { Text } from "@shopify/polaris";

type Props = {
  /** Names the table to those who cannot see it. */
  label: string;
  headings: string[];
  rows: string[][];
};

const cell = { padding: "6px 12px 6px 0", textAlign: "start", verticalAlign: "top", whiteSpace: "nowrap" } as const;
const lastCell = { ...cell, paddingInlineEnd: 0, whiteSpace: "normal", overflowWrap: "anywhere" } as const;
const line = { borderTop: "1px solid var(--p-color-border-secondary)" };

/** A plain table that scrolls within its own box, by keyboard too; the words of its last column wrap. */
export function ScrollTable({ label, headings, rows }: Props) {
  return (
    <div role="region" aria-label={label} tabIndex={0} style={{ maxHeight: 320, overflow: "auto" }}>
      <table style={{ borderCollapse: "collapse", width: "100%" }}>
        <thead>
          <tr>
            {headings.map((heading, index) => (
              <th key={index} scope="col" style={index === headings.length - 1 ? lastCell : cell}>
                <Text as="span" fontWeight="medium">
                  {heading}
                </Text>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} style={line}>
              {row.map((value, column) => (
                <td key={column} style={column === row.length - 1 ? lastCell : cell}>
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
