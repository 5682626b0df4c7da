// What the shell tells the operator: event names, ids and codes, never a word of a person.
export type Log = (event: string, facts?: Readonly<Record<string, string | number | boolean>>) => void;

/** A short code for an error: its own when it has one, else its class. Messages are left out, they may quote data. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? `${error.name}:${code}` : error.name;
}
