// What the Send API refuses in a request, with the codes and the shape that it answers.
import type { Refusal } from './graph-checks.js';
import { asJson } from './graph-checks.js';

type Json = Record<string, unknown>;

/** Lengths and counts of https://developers.facebook.com/docs/messenger-platform/reference/send-api. */
const MOST = { text: 2_000, instagramBytes: 1_000, replies: 13, title: 20, payload: 1_000, metadata: 1_000 } as const;

/** Null when the request is acceptable. */
export function refusalOf(body: Json, isInstagram: boolean): Refusal | null {
  const recipient = asJson(body['recipient']);
  const comment = recipient?.['comment_id'];
  if (typeof (recipient?.['id'] ?? comment) !== 'string') return invalid('The parameter recipient is required');
  const message = asJson(body['message']);
  if (!message) return invalid('The parameter message is required');
  if (comment === undefined && body['messaging_type'] !== 'RESPONSE')
    return invalid('(#100) Param messaging_type must be one of {RESPONSE, UPDATE, MESSAGE_TAG}');
  const { metadata } = message;
  if (metadata !== undefined && !(typeof metadata === 'string' && metadata.length <= MOST.metadata))
    return invalid('Param message[metadata] must be a string of at most 1000 characters');
  return checkText(message['text'], isInstagram) ?? checkReplies(message['quick_replies']);
}

function checkText(text: unknown, isInstagram: boolean): Refusal | null {
  if (typeof text !== 'string' || text.trim() === '') return invalid('(#100) Message cannot be empty', 2018034);
  const tooLong = isInstagram ? Buffer.byteLength(text) > MOST.instagramBytes : text.length > MOST.text;
  return tooLong ? invalid('(#100) Length of param message[text] must be less than or equal to the limit') : null;
}

function checkReplies(replies: unknown): Refusal | null {
  if (replies === undefined) return null;
  if (!Array.isArray(replies) || replies.length < 1 || replies.length > MOST.replies)
    return invalid('(#100) param quick_replies must have 1 to 13 elements');
  for (const one of replies.map((reply) => asJson(reply) ?? {})) {
    const { content_type: kind, title, payload } = one;
    if (kind !== 'text') return invalid('(#100) Param content_type must be text');
    if (typeof title !== 'string' || title.trim() === '' || title.length > MOST.title)
      return invalid('(#100) param quick_replies title must be 1 to 20 characters');
    if (typeof payload !== 'string' || payload === '' || payload.length > MOST.payload)
      return invalid('(#100) param quick_replies payload must be 1 to 1000 characters');
  }
  return null;
}

function invalid(message: string, subcode?: number): Refusal {
  return { status: 400, code: 100, message, ...(subcode !== undefined && { subcode }) };
}

/** Kinds and sizes of files that are uploaded with a message. */
export function refusalOfFile(
  attachment: Json | undefined,
  file: { bytes: Buffer; mime: string } | undefined,
): Refusal | null {
  const type = attachment?.['type'];
  if (!file || file.bytes.length === 0) return invalid('(#100) No file was uploaded', 2018047);
  if (file.bytes.length > 25 * 1024 * 1024) return invalid('(#100) Attachment size exceeds allowable limit', 2018109);
  const fits = type === 'file' || file.mime.startsWith(`${String(type)}/`);
  return fits ? null : invalid('(#100) Upload attachment failure: the type does not match', 2018047);
}
