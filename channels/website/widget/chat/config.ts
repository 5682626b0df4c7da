// What the server wrote into the page: charity, languages, texts.

type Text = Record<string, string>;

export interface Config {
  charity: { id: string; name: Text };
  languages: string[];
  origins: string[];
  starters: Text[];
  words: { menu: Text; person: Text };
  texts: Record<string, Text>;
}

export const config = JSON.parse(document.getElementById('config')?.textContent ?? '{}') as Config;

const query = new URLSearchParams(location.search);

/** The origin of the page that frames us, when it is one that may; null when we stand alone. */
export const hostOrigin: string | null = framedBy();

function framedBy(): string | null {
  const host = query.get('host');
  if (window.parent === window || host === null) return null;
  return host === location.origin || config.origins.includes(host) ? host : null;
}

export const askedLanguage: string | null = query.get('lang');

/** A case number that a receipt's code brought along: written into the field, and sent by nobody but the person. */
export const broughtNumber: string | null = /^#(\d{4}-\d{4}-\d{4}-\d)$/.exec(location.hash)?.[1] ?? null;

export type Say = (key: string, values?: Record<string, string | number>) => string;

/** The page's texts in one language; `{name}` inserts a value. */
export function speaker(language: string): Say {
  return (key, values = {}) => {
    const text = config.texts[key]?.[language] ?? key;
    const all: Record<string, string | number> = { charity: config.charity.name[language] ?? '', ...values };
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(all[name] ?? whole));
  };
}

export const directionOf = (language: string): 'rtl' | 'ltr' => (/^(ar|fa|ur|he)\b/.test(language) ? 'rtl' : 'ltr');
