import { Text } from "@shopify/polaris";

type Props = {
  /** Names the table to those who cannot see it. */
  label: string;
  headings: string[];
  rows: string[][];
};

const cell = { padding: "6px 12px 6px 0", textAlign: "start", whiteSpace: "nowrap" } as const;
const line = { borderTop: "1px solid var(--p-color-border-secondary)" };

/** A plain table that scrolls within its own box, by keyboard too. */
export function ScrollTable({ label, headings, rows }: Props) {
  return (
    <div role="region" aria-label={label} tabIndex={0} style={{ maxHeight: 320, overflow: "auto" }}>
      <table style={{ borderCollapse: "collapse", width: "100%" }}>
        <thead>
          <tr>
            {headings.map((heading, index) => (
              <th key={index} scope="col" style={cell}>
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
                <td key={column} style={cell}>
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
