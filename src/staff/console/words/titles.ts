// Titles of flows, as the flows themselves give them.
import { titles } from 'virtual:words';
import { useWords } from './language.js';

/** The title of a flow, or of what it opens (`case/aid-request`); null for nothing known. */
export function useFlowTitle(flow: string | null): string | null {
  return useFlowTitles()(flow);
}

export function useFlowTitles(): (flow: string | null) => string | null {
  const { language } = useWords();
  return (flow) => titles[(flow ?? '').replace(/^case\//, '')]?.[language] ?? null;
}
