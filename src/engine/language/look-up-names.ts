/** What a flow may look up, by name; `upload_link` is the engine's own. */
export const lookUpNames = [
  'own_cases',
  'own_open',
  'own_decided',
  'own_case',
  'case_by_number',
  'articles',
  'link_code',
  'link_check',
  'link_use',
  'linked',
  'link_end',
] as const;
