// The mailbox on its IMAP server: what lies there and was not taken yet, and that something new came. The library is loaded with the first.
import type { FetchMessageObject, ImapFlow } from 'imapflow';
import { setTimeout as pause } from 'node:timers/promises';
import { folderOf, optionsOf } from './imap-url.js';
import type { Stored } from './letter.js';
import { caps } from './limits.js';

/**
 * On every letter that was taken, where the server keeps such words. Where it does not (Exchange), the letter is marked as answered. People
 * may read and move what lies there: neither counts for us.
 */
const TAKEN = '$SilaTaken';
const ANSWERED = '\\Answered';

/** An open line to it. Its methods reject when the line is broken; then another one is opened. */
export interface Mailbox {
  /** What was not taken yet and is not older than `caps.oldest`, the oldest first. */
  waiting(now: number): Promise<number[]>;
  /** How many unread letters are older than that. */
  old(now: number): Promise<number>;
  /** Where a letter lies whose Message-ID is known; null: nowhere. */
  find(id: string): Promise<number | null>;
  /** Null when it is not there any more. */
  fetch(uid: number): Promise<Stored | null>;
  mark(uid: number): Promise<void>;
  /** Resolves when something new may be there, after so many milliseconds, or with the signal. */
  changed(ms: number, signal: AbortSignal): Promise<void>;
  /** UIDVALIDITY: under another one a UID names another letter. */
  readonly validity: string;
  close(): Promise<void>;
}

/** `url`: imap or imaps, with user and password; the folder as its path, else INBOX. Rejects with the library's error. */
export async function openMailbox(url: string, readOnly = false): Promise<Mailbox> {
  const { ImapFlow } = await import('imapflow');
  const client = new ImapFlow(optionsOf(url));
  // An error without a listener would end the process; whoever waits for an answer hears of it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { uidValidity, permanentFlags } = await client.mailboxOpen(folderOf(url), { readOnly });
    const mark = permanentFlags === undefined || permanentFlags.has('\\*') ? TAKEN : ANSWERED;
    return new Line(client, String(uidValidity), mark);
  } catch (error) {
    client.close();
    throw error;
  }
}

class Line implements Mailbox {
  private news = false;
  private ended = false;
  /** Wakes whoever waits for something new. */
  private wake: () => void = () => undefined;
  /** A server that keeps no mark would give the same again and again. */
  private readonly done = new Set<number>();

  constructor(
    private readonly client: ImapFlow,
    readonly validity: string,
    private readonly flag: string,
  ) {
    client.on('exists', () => {
      this.news = true;
      this.wake();
    });
    client.on('close', () => {
      this.ended = true;
      this.wake();
    });
  }

  async waiting(now: number): Promise<number[]> {
    this.news = false;
    const since = new Date(now - caps.oldest);
    const found = await this.search({ since });
    return found.filter((uid) => !this.done.has(uid)).sort((a, b) => a - b);
  }

  async old(now: number): Promise<number> {
    const before = new Date(now - caps.oldest);
    return (await this.search({ before, seen: false })).length;
  }

  async find(id: string): Promise<number | null> {
    const found = id === '' ? [] : await this.client.search({ header: { 'message-id': id } }, { uid: true });
    return found ? (found.at(-1) ?? null) : null;
  }

  async fetch(uid: number): Promise<Stored | null> {
    const named = { uid: true } as const;
    const known = await this.client.fetchOne(String(uid), { size: true }, named);
    if (!known) return null;
    const whole = (known.size ?? 0) <= caps.letterBytes;
    const got = await this.client.fetchOne(String(uid), whole ? { source: true } : { headers: true }, named);
    const bytes = got ? bytesOf(got, whole) : undefined;
    return bytes === undefined ? null : { uid, validity: this.validity, bytes, whole };
  }

  async mark(uid: number): Promise<void> {
    this.done.add(uid);
    await this.client.messageFlagsAdd(String(uid), [this.flag], { uid: true });
  }

  async changed(ms: number, signal: AbortSignal): Promise<void> {
    if (this.news || signal.aborted) return;
    const late = new AbortController();
    const woken = new Promise<void>((wake) => (this.wake = wake));
    // Ends with the next command; what it finds out is told by the events.
    void this.client.idle().catch(() => undefined);
    const ends = AbortSignal.any([signal, late.signal]);
    await Promise.race([woken, pause(ms, undefined, { signal: ends }).catch(() => undefined)]);
    late.abort();
    if (this.ended) throw new Error('the line ended');
  }

  async close(): Promise<void> {
    await this.client.logout().catch(() => undefined);
    this.client.close();
  }

  private async search(more: { since?: Date; before?: Date; seen?: boolean }): Promise<number[]> {
    const ours = this.flag === TAKEN ? { unKeyword: TAKEN } : {};
    const all = { ...more, ...ours, answered: false, deleted: false, draft: false };
    const found = await this.client.search(all, { uid: true });
    if (!found) throw new Error('the search was refused');
    return found;
  }
}

function bytesOf({ source, headers }: FetchMessageObject, whole: boolean): Buffer | undefined {
  return whole ? source : headers;
}
