import { useAppBridge } from "@shopify/app-bridge-react";
import { Button } from "@shopify/polaris";
import { useState } from "react";

/** Saves a privacy report as a file. App Bridge proves who asks to `fetch`, but not to a link. */
export function PrivacyReportButton({ requestId }: { requestId: string }) {
  const shopify = useAppBridge();
  const [isLoading, setIsLoading] = useState(false);

  const save = async () => {
    setIsLoading(true);
    try {
      const response = await fetch(`/app/privacy/${requestId}`);
      if (!response.ok) throw new Error(`status ${response.status}`);
      saveFile(await response.blob(), `privacy-report-${requestId}.json`);
    } catch {
      shopify.toast.show("The report could not be loaded. Try again.", { isError: true });
    } finally {
      setIsLoading(false);
    }
  };

  return (
    <Button onClick={save} loading={isLoading}>
      Download report
    </Button>
  );
}

function saveFile(content: Blob, fileName: string) {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
