// Pure translation of what we say into requests of the Cloud API's messages endpoint.
import type { Json } from '../../src/engine/types.js';
import type { Outgoing } from '../channel.js';
import { bubbles, numbered, type Bubble } from '../common/choices.js';
import { splitText } from '../common/split.js';
import { caps, limits } from './limits.js';

/** A message goes as one request, or as several in order when it is longer than one may be. */
export type Request = Record<string, Json>;

/** `uploaded` is the media id of the message's file; `listButton` opens a list. */
export function translateOut(message: Outgoing, uploaded: string | null, listButton: string): Request[] {
  const parts = message.template
    ? [templatePart(message.template)]
    : [...filePart(message, uploaded), ...wordParts(message, listButton)];
  const to = recipientOf(message.user);
  return parts.map((part, index) => ({
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...to,
    ...part,
    // Its statuses bring our id back, so that an unclear send can be settled. Only the last part says that all of it arrived.
    ...(index === parts.length - 1 && { biz_opaque_callback_data: message.id }),
  }));
}

/** A business-scoped user id goes into `recipient`, a phone into `to`. */
export function recipientOf(user: string): Record<string, string> {
  return /^[A-Z]{2}\.[A-Za-z0-9.]+$/.test(user) ? { recipient: user } : { to: user };
}

/** Its parameters stand in the body, in order. */
function templatePart({ name, code, parameters }: NonNullable<Outgoing['template']>): Request {
  const body = { type: 'body', parameters: parameters.map((text) => ({ type: 'text', text })) };
  const components = parameters.length > 0 ? { components: [body] } : {};
  return { type: 'template', template: { name, language: { code }, ...components } };
}

/** How WhatsApp calls a kind of file; undefined: it takes none such. */
export function mediaKindOf(mime: string): 'image' | 'audio' | 'document' | undefined {
  if (mime === 'image/jpeg' || mime === 'image/png') return 'image';
  if (mime === 'audio/ogg' || mime === 'audio/mp4' || mime === 'audio/mpeg') return 'audio';
  return mime === 'application/pdf' ? 'document' : undefined;
}

/** Short words stand under the picture or document itself. */
function hasCaption({ text, options, file }: Outgoing): boolean {
  const kind = file && mediaKindOf(file.mime);
  return kind !== undefined && kind !== 'audio' && text !== '' && text.length <= caps.caption && options.length === 0;
}

function filePart(message: Outgoing, uploaded: string | null): Request[] {
  const kind = message.file && mediaKindOf(message.file.mime);
  if (!message.file || !kind || uploaded === null) return [];
  const part = {
    id: uploaded,
    ...(kind === 'document' && { filename: message.file.name }),
    ...(hasCaption(message) && { caption: message.text }),
  };
  return [{ type: kind, [kind]: part }];
}

function wordParts(message: Outgoing, listButton: string): Request[] {
  if (message.text === '' && message.options.length === 0) return [];
  if (hasCaption(message)) return [];
  return shaped(message).map((bubble) => requestOf(bubble, listButton));
}

/** An option's id that is longer than WhatsApp carries leaves the number as the way to answer. */
function shaped({ text, options }: Outgoing): Bubble[] {
  const said = bubbles(text, options, limits);
  const last = said.at(-1);
  const most = last?.as === 'buttons' ? caps.buttonId : caps.rowId;
  if (!last || last.as === 'text' || last.options.every(({ id }) => id.length <= most)) return said;
  return splitText(`${text}\n\n${numbered(options)}`, limits.text).map((part) => ({ as: 'text', text: part }));
}

function requestOf(bubble: Bubble, listButton: string): Request {
  if (bubble.as === 'text') return { type: 'text', text: { body: bubble.text, preview_url: false } };
  const { text, options } = bubble;
  const action =
    bubble.as === 'buttons'
      ? { buttons: options.map(({ id, label }) => ({ type: 'reply', reply: { id, title: label } })) }
      : {
          button: listButton,
          sections: [
            {
              rows: options.map(({ id, label, hint = '' }) => ({
                id,
                title: label,
                ...(hint.trim() !== '' && { description: hint }),
              })),
            },
          ],
        };
  const type = bubble.as === 'buttons' ? 'button' : 'list';
  return { type: 'interactive', interactive: { type, body: { text }, action } };
}
