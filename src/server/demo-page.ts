// The demo page at `/`: a charity's site in one page, in the language asked for.
import type { ServerOptions } from './options.js';
import { fill } from './html.js';
import { withPrefix } from './page-config.js';
import type { PageConfig } from './page-config.js';

/** `wanted` is a language of the pack, or anything else for the first. */
export function demoPage(page: string, { texts }: ServerOptions, config: PageConfig, wanted: string): string {
  const language = config.languages.includes(wanted) ? wanted : (config.languages[0] ?? 'ar');
  const other = config.languages.find((one) => one !== language) ?? language;
  const name = config.charity.name[language] ?? '';
  const say = Object.entries(withPrefix(texts, 'demo.')).map(([key, text]) => {
    return [`demo.${key}`, (text[language] ?? '').replaceAll('{charity}', name)] as const;
  });
  return fill(page, {
    ...Object.fromEntries(say),
    language,
    other,
    direction: /^(ar|fa|ur|he)\b/.test(language) ? 'rtl' : 'ltr',
    name,
    'other-name': texts['demo.language']?.[other] ?? other,
  });
}
