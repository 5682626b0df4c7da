// Reads addresses that strangers give.

/**
 * The address, or null when it is none. Never asks `URL.canParse` first: once V8 has optimised a caller, it reads text of Latin-1 letters
 * (a header's, which Node decodes so) as UTF-8, says yes to what the constructor then throws at, and the stranger has made a fault of ours.
 * Seen on Node 20.20; shown by test/bad-inputs/addresses.test.ts.
 */
export function parseUrl(given: string, base?: string): URL | null {
  try {
    return new URL(given, base);
  } catch {
    return null;
  }
}
