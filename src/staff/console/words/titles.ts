// Titles of flows and of kinds of cases.
import { texts, titles } from 'virtual:words';
import { useWords } from './language.js';

/** The title of a flow, of a kind of case (`aid-request`), or of what a flow opens (`case/aid-request`); null for nothing known. */
export function useFlowTitle(flow: string | null): string | null {
  return useFlowTitles()(flow);
}

export function useFlowTitles(): (flow: string | null) => string | null {
  const { language } = useWords();
  return (flow) => {
    const name = (flow ?? '').replace(/^case\//, '');
    return texts[language][`case.kind.${name}`] ?? titles[name]?.[language] ?? null;
  };
}

/** What a person is told of a status: cases that are no requests for aid go to no committee, and have words of their own. */
export function noticeKey(kind: string, status: string): string {
  return kind === 'aid-request' ? `status.${status}.notice` : `status.other.${status}.notice`;
}
