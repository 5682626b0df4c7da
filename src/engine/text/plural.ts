/** Which plural form a number takes in a language (CLDR, through Intl). */

export const PLURAL_FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;
export type PluralForm = (typeof PLURAL_FORMS)[number];

const rules = new Map<string, Intl.PluralRules>();

/** `few` for 3 in Arabic, `other` for 3 in English. */
export function pluralForm(count: number, language: string): PluralForm {
  let rule = rules.get(language);
  if (rule === undefined) {
    rule = new Intl.PluralRules(language);
    rules.set(language, rule);
  }
  return rule.select(count);
}
