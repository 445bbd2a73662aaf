import { Button } from "@shopify/polaris";
import { useFileAnswer } from "~/ui/use-file-answer";

/** Saves a privacy report as a file. */
export function PrivacyReportButton({ requestId }: { requestId: string }) {
  const { save, isLoading } = useFileAnswer();

  return (
    <Button onClick={() => save(`/app/privacy/${requestId}`, `privacy-report-${requestId}.json`)} loading={isLoading}>
      Download report
    </Button>
  );
}
