import { TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";

const SEARCH_AFTER_MS = 300;

type Props = { label: string; placeholder: string; search?: string; onSearch: (search: string) => void };

/** Searches as the person types, a moment after the last key. */
export function SearchField({ label, placeholder, search = "", onSearch }: Props) {
  const [text, setText] = useState(search);
  const [waiting, setWaiting] = useState<string | null>(null);

  useEffect(() => {
    if (waiting === null) return;
    const timer = setTimeout(() => {
      setWaiting(null);
      onSearch(waiting.trim());
    }, SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [waiting, onSearch]);

  const change = (value: string) => {
    setText(value);
    setWaiting(value);
  };
  return (
    <TextField
      label={label}
      labelHidden
      type="search"
      placeholder={placeholder}
      value={text}
      onChange={change}
      clearButton
      onClearButtonClick={() => change("")}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
