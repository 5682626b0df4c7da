// What the program prints for whoever runs it.
import type { Texts } from '../conversation/texts.js';

type Values = (language: string) => Record<string, string>;

const none: Values = () => ({});

/** The text in every language of the charity, one after the other; without bidi isolates, which a copied password would take along. */
export function inAll(texts: Texts, key: string, values: Values = none): string {
  const said = texts.languages.map((language) => texts.say(key, language, values(language)));
  return said.join('\n\n').replace(/[\u2066-\u2069]/g, '');
}

export function announce(texts: Texts, key: string, values: Values = none): void {
  process.stdout.write(`\n${inAll(texts, key, values)}\n\n`);
}

/** Ends the process with words for whoever started it. */
export function end(message: string, code: number): never {
  process.stderr.write(`\n${message}\n\n`);
  process.exit(code);
}
