/** A bill as its customer gets it: the PDF, fetched with the token and shown from memory, in either language. */
import { Button, Group, SegmentedControl } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";
import type { Language } from "../../shared/language";
import { Answer, Nothing } from "../parts/notice";
import { DOCUMENT, useRead } from "../parts/reading";
import { useWords } from "../parts/words";
import { readDocument } from "./bill";

interface Props {
  id: string;
  number: string;
}

export function BillDocument({ id, number }: Props): ReactNode {
  const { texts, language } = useWords();
  const [chosen, choose] = useState<Language | null>(null);
  const shown = chosen ?? language;
  const pdf = useRead([DOCUMENT, id, shown], () => readDocument(id, shown), { staleTime: Infinity });
  return (
    <>
      <SegmentedControl
        className="paper-language"
        value={shown}
        onChange={(value) => choose(value as Language)}
        aria-label={texts.documentLanguage}
        data={[
          { value: "ar", label: texts.arabic },
          { value: "en", label: texts.english },
        ]}
      />
      <Answer to={pdf}>{(blob) => <Framed blob={blob} name={`${number}-${shown}.pdf`} />}</Answer>
    </>
  );
}

function Framed({ blob, name }: { blob: Blob; name: string }): ReactNode {
  const { texts } = useWords();
  const url = useObjectUrl(blob);
  if (!url) return null;
  return (
    <>
      <Group className="paper-actions" gap="sm">
        <Button component="a" variant="default" href={url} download={name}>
          {texts.download}
        </Button>
        <Button component="a" variant="subtle" href={url} target="_blank" rel="noreferrer">
          {texts.open}
        </Button>
      </Group>
      {navigator.pdfViewerEnabled ? (
        <iframe className="paper-frame" src={`${url}#navpanes=0&view=FitH`} title={`${texts.document} ${name}`} />
      ) : (
        <Nothing said={texts.noViewer} />
      )}
    </>
  );
}

/** An address of the blob, for as long as it is shown. */
function useObjectUrl(blob: Blob): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the address is the browser's, made and taken back here
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}
