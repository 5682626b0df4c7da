// Walks a person through a whole aid request by looking where they stand, so that the words of the flows may change.
import sharp from 'sharp';
import type { Outgoing } from '../../channels/channel.js';
import type { FileRef } from '../../src/engine/types.js';
import type { Harness } from './harness.js';

export interface Applicant {
  user: string;
  name: string;
  id: string;
  phone: string;
  need?: string;
  /** Sent as the first paper. */
  file?: { name: string; bytes: Buffer };
}

/** A well-formed Saudi ID whose nine first digits are given. */
export function saudiId(nine: string): string {
  let sum = 0;
  for (const [i, digit] of nine.split('').entries()) {
    const doubled = i % 2 === 0 ? Number(digit) * 2 : Number(digit);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return nine + String((10 - (sum % 10)) % 10);
}

export const FATIMA: Applicant = {
  user: 'fatima-on-fake',
  name: 'فاطمة علي حسن الزهراني',
  id: saudiId('109876543'),
  phone: '0551234567',
};

export async function picture(text: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80"><rect width="200" height="80" fill="#eee"/><text x="8" y="40">${text}</text></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

/** From wherever the person stands to the number of the filed request, which is given back (thirteen digits). */
export async function fileRequest(h: Harness, person: Applicant, until = 'done'): Promise<string> {
  const { conversation } = await h.write(person.user, 'السلام عليكم');
  await h.settle();
  let fileSent = false;
  for (let steps = 0; steps < 60; steps++) {
    // Nobody types faster: more than twenty messages a minute would be over the pace.
    h.clock.pass(5_000);
    const row = await h.store.turns.conversation(conversation);
    if (row?.flow === 'rating') break;
    const step = row?.step ?? '';
    if (step === until) return '';
    if (step.startsWith('papers_') && person.file && !fileSent) {
      fileSent = true;
      await h.tell(person.user, '', { files: [await keep(h, person)] });
      continue;
    }
    await answer(h, person, row?.flow ?? '', step);
  }
  const [submission] = await h.store.cases.submissionsOf((await h.store.turns.conversation(conversation))!.address);
  if (!submission) throw new Error('the request was not filed');
  return submission.number;
}

/** What a person types, line by line, to finish a request without tapping anything. */
export async function recordRequest(h: Harness, person: Applicant): Promise<string[]> {
  const typed: string[] = [];
  const { tell, write } = h;
  const label = (choice: string) => lastOptions(h, person.user).find(({ id }) => id === choice)?.label ?? '';
  h.write = (user, text, more) => (typed.push(text), write(user, text, more));
  h.tell = (user, text, more) => {
    const words = more?.choice === undefined ? text : label(more.choice);
    typed.push(words);
    return tell(user, words);
  };
  await fileRequest(h, person);
  Object.assign(h, { tell, write });
  return typed;
}

/** The file of a person, kept by the channel. */
export async function keep(h: Harness, person: Applicant): Promise<FileRef> {
  const kept = await h.sila.host('fake').keepFile('main', person.user, person.file!.name, person.file!.bytes);
  if ('refused' in kept) throw new Error(`the file was refused: ${kept.refused}`);
  return kept;
}

/** Answers the step at which a person stands. */
export async function answer(h: Harness, person: Applicant, flow: string, step: string): Promise<void> {
  const typed: Record<string, string> = {
    consent: 'أوافق',
    applicant_name: person.name,
    applicant_id: person.id,
    applicant_phone: person.phone,
    city: 'الرياض',
    need: person.need ?? 'أحتاج إلى مساعدة في تكاليف العلاج خلال هذا الشهر',
    truth: person.name,
  };
  const text = typed[step];
  if (text !== undefined) {
    await h.tell(person.user, text);
    return;
  }
  const last = lastOptions(h, person.user);
  const wanted = { service: 'aid', for_whom: 'self', check: 'right' }[step] ?? 'skipped';
  const option = last.find(({ id }) => id.endsWith(`/${wanted}`)) ?? last[0];
  if (!option) throw new Error(`nothing to answer at ${flow}/${step}`);
  await h.tell(person.user, '', { choice: option.id });
}

export function lastOptions(h: Harness, user: string): Outgoing['options'] {
  return h.channel.sent.findLast((message) => message.user === user && message.options.length > 0)?.options ?? [];
}
