/** All that a template can read. `null` and empty texts are what a message may lack. */
export type TemplateVariables = {
  order: { name: string };
  shop: { name: string; support_address: string | null };
  page: { url: string; validity: string };
  items: TemplateItem[];
  items_count: number;
  keys_count: number;
  keys_waiting: number;
};

export type TemplateItem = {
  title: string;
  product: string;
  kind: "file" | "link" | "keys";
  file_name: string | null;
  size: string | null;
  version: number | null;
  is_new: boolean;
  /** Texts of keys that may be shown; empty when they are only on the page. */
  keys: string[];
  /** "3 keys and 2 to come" */
  keys_text: string | null;
  downloads_text: string | null;
  expires_text: string | null;
  /** Why it cannot be had yet. */
  state_text: string | null;
  instructions: string | null;
};

/** For the list beside the editor. */
export const variableNotes: { name: string; note: string }[] = [
  { name: "order.name", note: "Number of the order, such as #1001" },
  { name: "shop.name", note: "Your sender name" },
  { name: "shop.support_address", note: "Your support email; may be empty" },
  { name: "page.url", note: "Address of the customer’s page" },
  { name: "page.validity", note: "Sentence that says until when the page is open" },
  { name: "items", note: "What the order gave, to go through with a for loop" },
  { name: "items_count", note: "How many items that are" },
  { name: "keys_count", note: "How many license keys are there" },
  { name: "keys_waiting", note: "How many license keys are still to come" },
  { name: "item.title", note: "Title of the file or link, or the product of a key" },
  { name: "item.product", note: "Product and variant it came with" },
  { name: "item.kind", note: "file, link or keys" },
  { name: "item.file_name", note: "Name of the file; may be empty" },
  { name: "item.size", note: "Size of the file, such as 12 MB; may be empty" },
  { name: "item.version", note: "Number of the version; may be empty" },
  { name: "item.is_new", note: "Whether this version is new to the customer" },
  { name: "item.keys", note: "The license keys; empty if keys are shown on the page only" },
  { name: "item.keys_text", note: "Such as: 3 keys and 2 to come" },
  { name: "item.downloads_text", note: "Such as: 5 downloads left" },
  { name: "item.expires_text", note: "Such as: until January 15, 2027; may be empty" },
  { name: "item.state_text", note: "Why it cannot be had yet; may be empty" },
  { name: "item.instructions", note: "How to use it, as you wrote at the product; may be empty" },
];

/** Something of each kind, to try a template on before it is saved. */
export const sampleVariables: TemplateVariables = {
  order: { name: "#1001" },
  shop: { name: "Sample Shop", support_address: "help@example.com" },
  page: { url: "https://example.com/d/sample", validity: "The page is open until January 15, 2027." },
  items: [
    sampleItem({
      title: "Field Guide",
      kind: "file",
      file_name: "field-guide.pdf",
      size: "12 MB",
      version: 2,
      is_new: true,
    }),
    sampleItem({ title: "Video course", kind: "link", downloads_text: null }),
    sampleItem({
      title: "Synth Pro",
      kind: "keys",
      keys: ["SYNTH-0001", "SYNTH-0002"],
      keys_text: "2 keys and 1 to come",
      downloads_text: null,
      expires_text: null,
    }),
    sampleItem({ title: "On hold", kind: "file", state_text: "On hold", instructions: null }),
  ],
  items_count: 4,
  keys_count: 2,
  keys_waiting: 1,
};

function sampleItem(item: Partial<TemplateItem> & Pick<TemplateItem, "title" | "kind">): TemplateItem {
  return {
    product: item.title,
    file_name: null,
    size: null,
    version: null,
    is_new: false,
    keys: [],
    keys_text: null,
    downloads_text: "5 downloads left",
    expires_text: "until January 15, 2027",
    state_text: null,
    instructions: "Unpack it first.",
    ...item,
  };
}
