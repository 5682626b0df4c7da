/** Every answer type by its name in flows. `choice` and `choices` are read by the engine itself, from the step's own list. */
import type { AnswerType } from '../types.js';
import { caseNumber } from './case-number.js';
import { code } from './code.js';
import { date } from './date.js';
import { email } from './email.js';
import { file } from './file.js';
import { iban } from './iban.js';
import { lastFour } from './last-four.js';
import { location } from './location.js';
import { money } from './money.js';
import { name } from './name.js';
import { number } from './number.js';
import { phone } from './phone.js';
import { rating } from './rating.js';
import { saudiId } from './saudi-id.js';
import { shortAddress } from './short-address.js';
import { text } from './text.js';
import { yesNo } from './yes-no.js';

const all = [
  ...[text, name, yesNo, number, money, date, rating],
  ...[saudiId, phone, iban, email, shortAddress, location, file],
  ...[caseNumber, lastFour, code],
];

export const answerTypes: ReadonlyMap<string, AnswerType> = new Map(all.map((type) => [type.name, type]));
