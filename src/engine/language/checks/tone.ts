/** Listens to everything that people are told. */
import type { DraftFlow, DraftText } from '../draft.js';
import { heardIn, type Tone, type Warning } from '../tone.js';
import type { Texts } from '../read-texts.js';

/** Warnings over the flows as written, and over the texts that people read; each once. */
export function checkTone(flows: readonly DraftFlow[], texts: Texts, tone: Tone): Warning[] {
  const said = flows.flatMap((flow) => [...flow.steps, ...flow.ends].flatMap((part) => part.texts));
  const found = [...said.flatMap((text) => hear(text, tone)), ...hearTexts(texts, tone)];
  return [...new Map(found.map((one) => [`${one.file}:${one.line} ${one.message}`, one])).values()];
}

function hear({ text, at, lines }: DraftText, tone: Tone): Warning[] {
  return Object.entries(text).flatMap(([language, source]) =>
    heardIn(source, language, { file: at.file, line: lines[language] ?? at.line }, tone),
  );
}

function hearTexts(texts: Texts, tone: Tone): Warning[] {
  return [...texts.lines].flatMap(([key, places]) =>
    tone.leaveOut.has(key.split('.')[0] ?? '')
      ? []
      : [...places].flatMap(([language, at]) => heardIn(texts.all[key]?.[language] ?? '', language, at, tone)),
  );
}
