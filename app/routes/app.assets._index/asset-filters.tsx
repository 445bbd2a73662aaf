import { useSearchParams } from "@remix-run/react";
import { IndexFilters, useSetIndexFiltersMode, type IndexFiltersProps } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import type { AssetQuery } from "./asset-query";

const PATIENCE_MS = 300;

const statuses = ["active", "archived", "all"] as const;
const tabs = [
  { id: "active", content: "Active" },
  { id: "archived", content: "Archived" },
  { id: "all", content: "All" },
];

// Polaris writes a choice as "key direction".
const sortOptions: NonNullable<IndexFiltersProps["sortOptions"]> = [
  { label: "Added", value: "createdAt desc", directionLabel: "Newest first" },
  { label: "Added", value: "createdAt asc", directionLabel: "Oldest first" },
  { label: "Title", value: "title asc", directionLabel: "A–Z" },
  { label: "Title", value: "title desc", directionLabel: "Z–A" },
  { label: "Size", value: "size desc", directionLabel: "Largest first" },
  { label: "Size", value: "size asc", directionLabel: "Smallest first" },
];

/** Tabs, search and order, kept in the URL: a list found once can be found again. */
export function AssetFilters({ query, isLoading }: { query: AssetQuery; isLoading: boolean }) {
  const { mode, setMode } = useSetIndexFiltersMode();
  const [, setSearchParams] = useSearchParams();
  const [text, setText] = useState(query.search);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const turnTo = (change: Partial<Record<"search" | "status" | "sort", string>>) =>
    setSearchParams((params) => {
      params.delete("cursor");
      for (const [name, value] of Object.entries(change)) {
        if (value) params.set(name, value);
        else params.delete(name);
      }
      return params;
    });
  const search = (value: string) => {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => turnTo({ search: value.trim() }), PATIENCE_MS);
  };

  return (
    <IndexFilters
      mode={mode}
      setMode={setMode}
      tabs={tabs}
      selected={statuses.indexOf(query.status)}
      onSelect={(index) => turnTo({ status: statuses[index] })}
      canCreateNewView={false}
      sortOptions={sortOptions}
      sortSelected={[query.sort.replace("-", " ")]}
      onSort={([choice]) => turnTo({ sort: choice?.replace(" ", "-") })}
      queryValue={text}
      queryPlaceholder="Search titles"
      onQueryChange={search}
      onQueryClear={() => search("")}
      filters={[]}
      appliedFilters={[]}
      onClearAll={() => search("")}
      cancelAction={{ onAction: () => search("") }}
      loading={isLoading}
      disableStickyMode
    />
  );
}
