/** The check digit of case numbers (Damm's algorithm): it catches every single wrong digit and every swap of neighbours. */

/** Digits of a whole case number: twelve random ones and the check digit. */
export const CASE_NUMBER_LENGTH = 13;

/** The quasigroup of order 10 of H. M. Damm's dissertation (2004), row = interim digit, column = next digit. */
const TABLE = [
  '0317598642', '7092154863', '4206871359', '1750983426', '6123045978',
  '3674209581', '5869720134', '8945362017', '9438617205', '2581436790',
]; // prettier-ignore

/** The check digit for a row of ASCII digits. */
export function dammDigit(digits: string): string {
  let interim = 0;
  for (const digit of digits) interim = Number(TABLE[interim]?.[Number(digit)]);
  return String(interim);
}

/** Whether a row of ASCII digits ends in its own check digit. */
export function dammValid(digits: string): boolean {
  return /^[0-9]+$/.test(digits) && dammDigit(digits) === '0';
}

/** `7304881520969` as people see it: `7304-8815-2096-9`. */
export function groupCaseNumber(number: string): string {
  return number.replace(/(\d{4})(?=\d)/g, '$1-');
}
