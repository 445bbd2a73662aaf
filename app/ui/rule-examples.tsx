import { BlockStack, Box, Text } from "@shopify/polaris";
import { mostKeys, spaceOf, writeKey, type KeyRule } from "~/domain/pool/key-rule";

const EXAMPLES = 3;

/** Keys as a rule would make them, and how many there can be. */
export function RuleExamples({ rule }: { rule: KeyRule }) {
  const pick = drawing();
  const examples = Array.from({ length: EXAMPLES }, () => writeKey(rule, pick));
  const most = mostKeys(rule);

  return (
    <Box background="bg-surface-secondary" borderRadius="200" padding="400">
      <BlockStack gap="200">
        <Text as="h3" variant="headingSm">
          For example
        </Text>
        <BlockStack gap="100">
          {examples.map((text, index) => (
            <code key={index} style={{ overflowWrap: "anywhere" }}>
              {text}
            </code>
          ))}
        </BlockStack>
        <div role="status">
          <Text as="p" tone={most === 0 ? "critical" : "subdued"}>
            {inWords(spaceOf(rule))} possible.{" "}
            {most === 0
              ? "Too few: a guess could find one. Use more or longer blocks."
              : `Safe for a pool of up to ${inWords(BigInt(most))}.`}
          </Text>
        </div>
      </BlockStack>
    </Box>
  );
}

/** Numbers that look random and are the same each time: the server and the browser must show the same examples. */
function drawing(): (below: number) => number {
  let state = 20_261_121;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** Big numbers are rounded down: nobody reads thirty digits. */
function inWords(count: bigint): string {
  if (count < 1_000_000n) return `${count.toLocaleString("en")} ${count === 1n ? "key" : "keys"}`;
  const units = ["million", "billion", "trillion"];
  const step = Math.floor((count.toString().length - 1) / 3);
  const unit = units[step - 2];
  if (unit === undefined) return `10 to the power of ${count.toString().length - 1} keys`;
  return `${(count / 1000n ** BigInt(step)).toString()} ${unit} keys`;
}
