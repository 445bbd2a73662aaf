import { useAppBridge } from "@shopify/app-bridge-react";
import { useState } from "react";

/** Saves what one of the app's addresses answers as a file. App Bridge proves who asks to `fetch`, but not to a link. */
export function useFileAnswer() {
  const shopify = useAppBridge();
  const [isLoading, setIsLoading] = useState(false);

  const save = async (path: string, fileName: string) => {
    setIsLoading(true);
    try {
      const response = await fetch(path);
      if (!response.ok) throw new Error(`status ${response.status}`);
      saveFile(await response.blob(), fileName);
    } catch {
      shopify.toast.show(`${fileName} could not be loaded. Try again.`, { isError: true });
    } finally {
      setIsLoading(false);
    }
  };
  return { save, isLoading };
}

function saveFile(content: Blob, fileName: string) {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
