import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import {
  Banner,
  BlockStack,
  Button,
  Card,
  Checkbox,
  InlineGrid,
  InlineStack,
  Select,
  Text,
  TextField,
} from "@shopify/polaris";
import { useEffect, useState } from "react";
import { KeyRule, SEPARATORS } from "~/domain/pool/key-rule";
import { FIRST_RULE, KEY_SETS } from "~/domain/pool/key-sets";
import { NumberField } from "~/ui/number-field";
import type { SaveAnswer } from "./pool-fields";
import { RuleExamples } from "~/ui/rule-examples";

const OWN_SET = "own";

const separatorTexts: Record<(typeof SEPARATORS)[number], string> = {
  "": "Nothing",
  "-": "Dash  –",
  _: "Underscore  _",
  ".": "Dot  .",
  ":": "Colon  :",
  "/": "Slash  /",
  " ": "Space",
};

type Props = { rule: KeyRule | null; generatesOnDemand: boolean };

/** How keys of a pool are made, with examples while it is written. */
export function RuleCard({ rule: saved, generatesOnDemand }: Props) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<SaveAnswer>();
  const [isOn, setIsOn] = useState(saved !== null);
  const [rule, setRule] = useState<KeyRule>(saved ?? FIRST_RULE);
  const [isOnDemand, setIsOnDemand] = useState(generatesOnDemand);
  const isSaving = fetcher.state !== "idle";
  const answer = fetcher.data;
  const read = KeyRule.safeParse(rule);
  const problems = read.success ? [] : read.error.issues;
  const isDirty =
    isOn !== (saved !== null) ||
    (isOn && (JSON.stringify(rule) !== JSON.stringify(saved) || isOnDemand !== generatesOnDemand));

  useEffect(() => {
    if (answer?.saved && !isSaving) shopify.toast.show(answer.saved);
  }, [answer, isSaving, shopify]);

  const change = (part: Partial<KeyRule>) => setRule((current) => ({ ...current, ...part }));
  const errorOf = (name: keyof KeyRule) => problems.find(({ path }) => path[0] === name)?.message;
  const chosenSet = KEY_SETS.find(({ characters }) => characters === rule.characters)?.characters ?? OWN_SET;
  const count = (name: "blocks" | "blockLength") => ({
    value: rule[name] === 0 ? "" : String(rule[name]),
    error: errorOf(name),
    disabled: isSaving,
    onChange: (digits: string) => change({ [name]: Number(digits) }),
  });

  return (
    <Card>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const fields = {
            rule: isOn ? JSON.stringify(rule) : "",
            generatesOnDemand: isOn && isOnDemand ? "yes" : "no",
          };
          fetcher.submit({ intent: "rule", ...fields }, { method: "post" });
        }}
      >
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            Making keys
          </Text>
          <Checkbox
            label="Featherpost can make keys for this pool"
            helpText="Your software accepts them by asking the licensing calls. Leave it off if your keys come from elsewhere."
            checked={isOn}
            disabled={isSaving}
            onChange={setIsOn}
          />
          {isOn && (
            <>
              <Select
                label="Characters"
                options={[
                  ...KEY_SETS.map(({ label, characters }) => ({ label, value: characters })),
                  { label: "My own", value: OWN_SET },
                ]}
                value={chosenSet}
                disabled={isSaving}
                onChange={(value) => change({ characters: value === OWN_SET ? "" : value })}
              />
              {chosenSet === OWN_SET && (
                <TextField
                  label="My own characters"
                  value={rule.characters}
                  error={errorOf("characters")}
                  disabled={isSaving}
                  autoComplete="off"
                  spellCheck={false}
                  monospaced
                  helpText="Letters and digits, each once. Where it has no look-alikes, customers may mistake them."
                  onChange={(characters) => change({ characters })}
                />
              )}
              <InlineGrid columns={{ xs: 1, sm: 3 }} gap="400">
                <NumberField label="Blocks" min={1} max={12} {...count("blocks")} />
                <NumberField label="Characters per block" min={1} max={32} {...count("blockLength")} />
                <Select
                  label="Between blocks"
                  options={SEPARATORS.map((value) => ({ label: separatorTexts[value], value }))}
                  value={rule.separator}
                  disabled={isSaving}
                  onChange={(value) => change({ separator: SEPARATORS.find((one) => one === value) ?? "-" })}
                />
              </InlineGrid>
              <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
                {(["prefix", "suffix"] as const).map((name) => (
                  <TextField
                    key={name}
                    label={name === "prefix" ? "Before the blocks" : "After the blocks"}
                    placeholder={name === "prefix" ? "SYNTH-" : ""}
                    value={rule[name]}
                    error={errorOf(name)}
                    disabled={isSaving}
                    autoComplete="off"
                    spellCheck={false}
                    onChange={(text) => change({ [name]: text })}
                  />
                ))}
              </InlineGrid>
              <Checkbox
                label="The last two characters check the others"
                helpText="A mistyped key is refused as such, and guessing is harder."
                checked={rule.hasCheck}
                disabled={isSaving}
                onChange={(hasCheck) => change({ hasCheck })}
              />
              {read.success && <RuleExamples rule={read.data} />}
              <Checkbox
                label="Make keys when an order finds too few"
                helpText="The pool never runs dry."
                checked={isOnDemand}
                disabled={isSaving}
                onChange={setIsOnDemand}
              />
            </>
          )}
          {answer?.errors.rule && !isSaving && <Banner tone="critical">{answer.errors.rule[0]}</Banner>}
          <InlineStack align="end">
            <Button submit disabled={!isDirty || (isOn && !read.success)} loading={isSaving}>
              Save
            </Button>
          </InlineStack>
        </BlockStack>
      </form>
    </Card>
  );
}
