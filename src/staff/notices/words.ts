// What staff read about a notice outside the console.
import type { Language } from '../../engine/types.js';
import type { Notice } from '../../store/contract.js';
import type { Word } from './way.js';

export interface Speech {
  /** Texts of flows/texts. */
  say: (key: string, language: string, values?: Readonly<Record<string, string>>) => string;
  charity: string;
  language: Language;
  /** Where the console is reached, without a slash at the end. */
  url: string;
  /** Keyed hash of `privacy`. */
  hash: (value: string) => string;
}

/** The id is a keyed hash: what a notice is made from stays inside. */
export function wordOf(notice: Notice, { say, charity, language, url, hash }: Speech): Word {
  const { id, kind, at, conversation, caseNumber } = notice;
  return {
    id: `ntc_${hash(id).slice(0, 32)}`,
    kind,
    at,
    conversation,
    caseNumber,
    charity,
    title: say(`console.notice.${kind}`, language),
    more: say(`console.notice.${kind}.more`, language),
    language,
    url: `${url}/staff/${placeOf(caseNumber, conversation)}`,
  };
}

/** As the console's own addresses. */
function placeOf(caseNumber: string | null, conversation: string | null): string {
  if (caseNumber !== null) return `cases/${caseNumber}`;
  return conversation === null ? '' : `conversations/${conversation}`;
}
