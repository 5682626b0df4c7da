/** The answer types of the language, and the options that may stand beside each. */

/** A number, or a yes. */
export type OptionShape = 'number' | 'boolean';

export const answerOptions: Readonly<Record<string, Readonly<Record<string, OptionShape>>>> = {
  text: { min: 'number', max: 'number' },
  name: {},
  yes_no: {},
  choice: {},
  choices: {},
  number: { min: 'number', max: 'number' },
  money: { min: 'number', max: 'number' },
  date: { past: 'boolean', future: 'boolean' },
  saudi_id: {},
  phone: {},
  iban: {},
  email: {},
  file: {},
  rating: {},
  case_number: {},
  last_four: {},
  short_address: {},
  location: {},
  code: {},
};
