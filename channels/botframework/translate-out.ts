// Pure translation of what we say into activities, as the person's channel carries them.
import type { Activity, Attachment, CardAction } from 'botbuilder';
import type { FileRef, Option } from '../../src/engine/types.js';
import type { Outgoing } from '../channel.js';
import { bubbles, type Bubble } from '../common/choices.js';
import type { Row } from './azure-channels.js';
import { limits } from './limits.js';

/** A message goes as one activity, or as several in order. */
export type Part = { as: 'words'; activity: Partial<Activity> } | { as: 'file'; file: FileRef };

export function translateOut({ file, text, options }: Pick<Outgoing, 'file' | 'text' | 'options'>, row: Row): Part[] {
  const room = { ...limits, text: row.text, buttons: row.buttons };
  const words = text === '' && options.length === 0 ? [] : bubbles(text, options, room);
  return [
    ...(file ? [{ as: 'file' as const, file }] : []),
    ...words.map((bubble): Part => ({ as: 'words', activity: wordsOf(bubble, row) })),
  ];
}

/** Null where the channel does not take it: ours have no public address, so that a file must go inside of the message. */
export function fileActivity({ name, mime }: FileRef, bytes: Buffer, { files }: Row): Partial<Activity> | null {
  if (!files?.kinds.test(mime) || bytes.length > files.bytes) return null;
  const contentUrl = `data:${mime};base64,${bytes.toString('base64')}`;
  return { type: 'message', attachments: [{ contentType: mime, contentUrl, name }] };
}

/** Words are never parsed for markup. */
function wordsOf(bubble: Bubble, row: Row): Partial<Activity> {
  const said = { type: 'message', text: bubble.text, textFormat: 'plain' };
  if (bubble.as === 'text') return said;
  const actions = bubble.options.map((option) => actionOf(option, row));
  const { perCard } = row;
  if (perCard === null) return { ...said, suggestedActions: { to: [], actions } };
  const cards = Array.from({ length: Math.ceil(actions.length / perCard) }, (_, n) => n * perCard);
  return { ...said, attachments: cards.map((from) => cardOf(actions.slice(from, from + perCard))) };
}

function cardOf(buttons: CardAction[]): Attachment {
  return { contentType: 'application/vnd.microsoft.card.hero', content: { buttons } };
}

function actionOf({ id, label }: Option, { tap }: Row): CardAction {
  if (tap === 'words') return { type: 'imBack', title: label, value: label };
  return { type: 'messageBack', title: label, displayText: label, text: label, value: { choice: id } };
}
