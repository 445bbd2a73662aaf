import { useAppBridge } from "@shopify/app-bridge-react";
import { Banner, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useRef, useState } from "react";
import { sizeInWords } from "~/ui/size-in-words";
import { DryRun } from "./dry-run";
import { addImport, cancelImport, checkImport, sendFile, type Import } from "./import-calls";
import { ImportColumns } from "./import-columns";
import { problemText } from "./import-problem";
import { ImportWork, workOf } from "./import-work";
import { KeySource } from "./key-source";
import { ReportLines, reportSentence } from "./report-lines";
import { useImport } from "./use-import";

/** A file on its way to storage. */
type Sending = { file: File; sentBytes: number };

type Props = {
  poolId: string;
  /** An import that was left in the middle, to go on with. */
  unfinishedId: string | null;
};

/** Takes a file or pasted keys, shows what an import would do, does it and reports. */
export function ImportCard({ poolId, unfinishedId }: Props) {
  const shopify = useAppBridge();
  const [importId, setImportId] = useState(unfinishedId);
  const [sending, setSending] = useState<Sending | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [choosesColumns, setChoosesColumns] = useState(false);
  const cancelSending = useRef<() => void>(() => {});
  const { found, readAgain } = useImport(sending ? null : importId);

  const ask = async (work: () => Promise<unknown>) => {
    setIsBusy(true);
    setProblem(null);
    try {
      await work();
      readAgain();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setIsBusy(false);
    }
  };
  const startOver = () => {
    setImportId(null);
    setChoosesColumns(false);
    setProblem(null);
  };
  const choose = async (file: File) => {
    const controller = new AbortController();
    let begunId: string | null = null;
    const abandon = () => void (begunId && cancelImport(begunId).catch(() => {})); // a day later it ends by itself
    cancelSending.current = () => controller.abort();
    setProblem(null);
    setSending({ file, sentBytes: 0 });
    const tell = {
      begun: (id: string) => void (begunId = id),
      sent: (sentBytes: number) => setSending({ file, sentBytes }),
    };
    try {
      const id = await sendFile(poolId, file, tell, controller.signal);
      await checkImport(id, {});
      setImportId(id);
    } catch (error) {
      abandon();
      if (!controller.signal.aborted) setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setSending(null);
    }
  };
  const cancel = (id: string) =>
    ask(async () => {
      await cancelImport(id);
      startOver();
      shopify.toast.show("Import cancelled. Nothing was added.");
    });

  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Import keys
        </Text>
        {problem && <Banner tone="critical">{problem}</Banner>}
        {sending && (
          <ImportWork
            title={`Uploading ${sending.file.name}`}
            detail={`${sizeInWords(sending.sentBytes)} of ${sizeInWords(sending.file.size)}`}
            percent={Math.floor((sending.sentBytes / Math.max(1, sending.file.size)) * 100)}
            onCancel={() => cancelSending.current()}
          />
        )}
        {!sending && importId === null && <KeySource onChoose={(file) => void choose(file)} />}
        {!sending && found && (
          <Stage
            found={found}
            isBusy={isBusy}
            choosesColumns={choosesColumns || found.problem === "column_needed" || found.problem === "unknown_column"}
            onChangeColumns={() => setChoosesColumns(true)}
            onCheck={(choice) =>
              void ask(async () => {
                await checkImport(found.id, choice);
                setChoosesColumns(false);
              })
            }
            onAdd={() => void ask(() => addImport(found.id))}
            onCancel={() => void cancel(found.id)}
            onStartOver={startOver}
          />
        )}
      </BlockStack>
    </Card>
  );
}

type StageProps = {
  found: Import;
  isBusy: boolean;
  choosesColumns: boolean;
  onChangeColumns: () => void;
  onCheck: (choice: Import["choice"]) => void;
  onAdd: () => void;
  onCancel: () => void;
  onStartOver: () => void;
};

function Stage({ found, isBusy, choosesColumns, onStartOver, ...on }: StageProps) {
  const { state, fileName, problem, problemLine } = found;
  if (state === "checking" || state === "importing") {
    return <ImportWork {...workOf(found)} isBusy={isBusy} onCancel={on.onCancel} />;
  }
  if (state === "checked") {
    return choosesColumns ? (
      <BlockStack gap="300">
        {problem && <Banner tone="info">{problemText(problem, problemLine)}</Banner>}
        <ImportColumns found={found} isBusy={isBusy} onCheck={on.onCheck} onCancel={on.onCancel} />
      </BlockStack>
    ) : (
      <DryRun
        found={found}
        isBusy={isBusy}
        onAdd={on.onAdd}
        onChangeColumns={on.onChangeColumns}
        onCancel={on.onCancel}
      />
    );
  }
  return (
    <BlockStack gap="400">
      {state === "done" ? (
        <Imported found={found} />
      ) : (
        <Banner tone="critical" title={`${fileName} was not imported`}>
          {problemText(problem ?? "upload_missing", problemLine)} Nothing was added.
        </Banner>
      )}
      <InlineStack>
        <Button onClick={onStartOver}>{state === "done" ? "Import more keys" : "Choose another file"}</Button>
      </InlineStack>
    </BlockStack>
  );
}

function Imported({ found }: { found: Import }) {
  const { added, served } = found;
  return (
    <BlockStack gap="400">
      <Banner tone={added > 0 ? "success" : "warning"} title={reportSentence(found)}>
        {served > 0 &&
          (served === 1
            ? "1 of them went to a customer who waited."
            : `${served.toLocaleString("en")} of them went to customers who waited.`)}
      </Banner>
      <ReportLines found={found} />
    </BlockStack>
  );
}
