import { Badge, BlockStack, Button, Icon, InlineGrid, InlineStack, Link, Text } from "@shopify/polaris";
import { FileIcon, KeyIcon, LinkIcon } from "@shopify/polaris-icons";
import type { Attached } from "~/domain/attachment/given-by";
import { thingDetail } from "~/ui/thing-detail";
import { termsInShort } from "./terms-in-short";

const icons = { file: FileIcon, link: LinkIcon, keys: KeyIcon };

type Props = {
  attachment: Attached;
  /** What it is attached to, in words. */
  place: string;
  /** Set where the whole product gives it and a variant only passes it on. */
  isInherited?: boolean;
  onChange?: (attachment: Attached) => void;
  onDetach?: (attachment: Attached) => void;
};

/** One thing a buyer gets. */
export function GivenRow({ attachment, place, isInherited = false, onChange, onDetach }: Props) {
  const { thing } = attachment;
  const page = thing.kind === "keys" ? `/app/pools/${thing.poolId}` : `/app/assets/${thing.assetId}`;
  const isOut = thing.kind === "keys" && thing.available === 0;

  return (
    <InlineGrid
      columns={isInherited ? "1fr auto" : { xs: "1fr", sm: "1fr auto" }}
      alignItems="center"
      gap={{ xs: "100", sm: "300" }}
    >
      <InlineStack gap="300" blockAlign="center" wrap={false}>
        <span>
          <Icon source={icons[thing.kind]} tone="subdued" />
        </span>
        <BlockStack>
          <Text as="span" breakWord>
            <Link url={page} monochrome removeUnderline>
              {thing.title}
            </Link>
          </Text>
          <Text as="span" variant="bodySm" tone="subdued" breakWord>
            {[thingDetail(thing), ...termsInShort(attachment.terms)].join(" · ")}
          </Text>
        </BlockStack>
        {isOut && <Badge tone="critical">No keys left</Badge>}
        {thing.isArchived && <Badge>Archived</Badge>}
      </InlineStack>
      {onDetach && !isInherited && (
        <InlineStack gap="100" wrap={false}>
          {onChange && (
            <Button
              variant="tertiary"
              accessibilityLabel={`Change how ${thing.title} is given by ${place}`}
              onClick={() => onChange(attachment)}
            >
              Change
            </Button>
          )}
          <Button
            variant="tertiary"
            accessibilityLabel={`Detach ${thing.title} from ${place}`}
            onClick={() => onDetach(attachment)}
          >
            Detach
          </Button>
        </InlineStack>
      )}
      {isInherited && (
        <Text as="span" tone="subdued" variant="bodySm">
          Whole product
        </Text>
      )}
    </InlineGrid>
  );
}
