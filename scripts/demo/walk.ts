// Plays one transcript on several phones at the same time, and waits until each has shown what the engine says to it.
import { setTimeout as pause } from 'node:timers/promises';
import type { Act, Exchange } from './script.js';
import { choose, type Phone, type Shown } from './phone.js';

/** How long a phone may show nothing: WhatsApp's own pace lets only one message through in 6 s once a burst is used up. */
const PATIENCE = 30_000;
const LOOK_EVERY = 40;

/** One exchange on one phone: what the person did there, and what it showed. */
export interface Cell {
  readonly did: { readonly as: 'wrote' | 'tapped' | 'file'; readonly text: string };
  readonly shown: readonly Shown[];
  /** How the choices of its question stand there; null: it has none. */
  readonly way: Way | null;
}

export type Way = 'buttons' | 'list' | 'numbered';

export interface Row {
  readonly act: Act;
  /** One cell for each phone, in their order. */
  readonly cells: readonly Cell[];
}

/** `exchanges[n]` belongs to `phones[n]`. A row is given out as soon as all phones have it. Throws when words do not come. */
export async function* walk(
  phones: readonly Phone[],
  exchanges: readonly (readonly Exchange[])[],
  photo: Buffer,
): AsyncGenerator<Row> {
  const steps = exchanges[0] ?? [];
  for (const [index, { act }] of steps.entries()) {
    const cells = await Promise.all(phones.map((phone, n) => exchange(phone, exchanges[n]?.[index], photo)));
    yield { act, cells };
  }
}

async function exchange(phone: Phone, planned: Exchange | undefined, photo: Buffer): Promise<Cell> {
  if (!planned) throw new Error(`nothing is planned for ${phone.channel}`);
  const before = (await phone.shown()).length;
  const did = await perform(phone, planned.act, photo);
  const start = performance.now();
  for (;;) {
    const shown = (await phone.shown()).slice(before);
    if (allShown(planned, shown)) return { did, shown, way: wayIn(planned, shown) };
    if (performance.now() - start > PATIENCE)
      throw new Error(`${phone.channel} did not show all that was said after «${did.text}»: ${JSON.stringify(shown)}`);
    await pause(LOOK_EVERY);
  }
}

async function perform(phone: Phone, act: Act, photo: Buffer): Promise<Cell['did']> {
  switch (act.kind) {
    case 'write':
      await phone.write(act.text);
      return { as: 'wrote', text: act.text };
    case 'file':
      await phone.sendFile(act.name, photo);
      return { as: 'file', text: act.name };
    case 'choose': {
      const chose = await choose(phone, act.label);
      return 'tapped' in chose ? { as: 'tapped', text: chose.tapped } : { as: 'wrote', text: chose.wrote };
    }
  }
}

/** Every word of it stands there, and every option, whichever way the channel shows it. */
export function allShown({ says }: Exchange, shown: readonly Shown[]): boolean {
  const words = bare(shown.map(({ text }) => text).join(''));
  const labels = shown.flatMap((one) => (one.as === 'text' ? [] : one.options.map(({ label }) => bare(label))));
  return says.every(
    ({ text, options }) =>
      words.includes(bare(text)) &&
      options.every(({ label }) => labels.some((one) => stands(one, bare(label))) || words.includes(bare(label))),
  );
}

/** Whether a button stands for an option: by its words, or by its stars where the five scores of a rating share a row. */
function stands(button: string, label: string): boolean {
  return button === label || (button.endsWith('⭐') && label.startsWith(button));
}

function wayIn({ says }: Exchange, shown: readonly Shown[]): Way | null {
  if (says.every(({ options }) => options.length === 0)) return null;
  const as = shown.findLast((one) => one.as !== 'text')?.as;
  return as ?? 'numbered';
}

/** Only what can be read: no spaces, no marks of direction; a case number is any case number. */
function bare(text: string): string {
  return text.replace(/[\s\u200e\u200f\u2066-\u2069]/g, '').replace(/\d{4}-\d{4}-\d{4}-\d/g, '#');
}
