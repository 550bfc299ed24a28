/** The reader's language: its words, its direction, and the switch. */
import { useDirection } from "@mantine/core";
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { keep, keptLanguage } from "../../shared/kept";
import { direction, other, type Language } from "../../shared/language";
import { speak } from "../api";
import { TEXTS, type Texts } from "../texts";

interface Spoken {
  language: Language;
  texts: Texts;
  change: () => void;
}

const Words = createContext<Spoken | null>(null);

export function WordsProvider({ children }: { children: ReactNode }): ReactNode {
  const [language, choose] = useState(keptLanguage);
  const { setDirection } = useDirection();
  const spoken = useMemo<Spoken>(() => {
    speak(language); // before anything below asks the server
    return {
      language,
      texts: TEXTS[language],
      change: () => {
        keep(other(language));
        choose(other(language));
      },
    };
  }, [language]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = TEXTS[language].title;
    setDirection(direction(language));
    // setDirection is another function with each direction: the language alone decides
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [language]);
  return <Words value={spoken}>{children}</Words>;
}

export function useWords(): Spoken {
  const spoken = useContext(Words);
  if (!spoken) throw new Error("outside WordsProvider");
  return spoken;
}
