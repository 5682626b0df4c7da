// Reads a conversation as a page of activities with its watermark; every way out (polling, stream, reconnect) goes through here.
import { ACCOUNT, translateOut } from './activity.js';
import type { Desk } from './gate.js';
import { caps } from './limits.js';

export interface Page {
  activities: object[];
  /** The last `seq` given out, as Direct Line wants it: a string. */
  watermark: string;
}

/** Messages after `after`, at most `caps.page`; the watermark stays where it was when there are none. */
export async function readPage(desk: Desk, conversation: string, after: number): Promise<Page> {
  const messages = await desk.host.transcript(ACCOUNT, conversation, after, caps.page);
  const link = (file: string): string => fileLink(desk, conversation, file);
  return {
    activities: messages.map((message) => translateOut(message, conversation, link)),
    watermark: String(messages.at(-1)?.seq ?? after),
  };
}

/** Clients send '', '-', 'null' or 'undefined' before their first page: all of it means the beginning. */
export function watermarkOf(text: string | undefined): number {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

function fileLink({ host, tokens, origins }: Desk, conversation: string, file: string): string {
  const token = tokens.sign({ kind: 'file', conversation, file, expires: host.now() + caps.fileLife });
  return new URL(`/v3/directline/files/${encodeURIComponent(file)}?t=${token}`, origins.self).href;
}
