// The outside world of letters: a real SMTP server that takes ours, people who write and answer, and Dovecot where it is needed.
import { setTimeout as pause } from 'node:timers/promises';
import { readLetter, type Letter } from '../../channels/email/letter.js';
import { emailReadBy } from '../../channels/email/index.js';
import { ABOVE } from '../../channels/email/quotes.js';
import { readHere } from '../../channels/email/reading.js';
import type { ChannelContract, Provider } from '../channels/contract-types.js';
import { startDovecot, type Dovecot } from '../support/dovecot.js';
import { startMailServer, type MailServer } from '../support/mail-server.js';

export const OURS = 'info@charity.example';

/** The channel as its sources are: its thread is read from the built program. */
export const email = emailReadBy(() => readHere);

/** One letter as a person's program writes it. */
export interface Written {
  from: string;
  text: string;
  subject?: string;
  id?: string;
  /** The letter of ours that it answers. */
  answers?: string;
  files?: { name: string; mime: string; bytes: Buffer }[];
}

let made = 0;
export const newId = (): string => `<${Date.now()}.${++made}@mail.example>`;

/** Bytes as they lie in the mailbox. */
export function written({ from, text, subject = 'رسالة', id = newId(), answers, files = [] }: Written): Buffer {
  const word = (value: string) => `=?utf-8?B?${Buffer.from(value).toString('base64')}?=`;
  const lines = (bytes: Buffer) => bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
  const parts = [
    `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines(Buffer.from(text))}`,
    ...files.map(
      ({ name, mime, bytes }) =>
        `Content-Type: ${mime}\r\nContent-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name)}\r\n` +
        `Content-Transfer-Encoding: base64\r\n\r\n${lines(bytes)}`,
    ),
  ];
  const head = [
    `From: ${word('فاطمة الزهراني')} <${from}>`,
    `To: ${OURS}`,
    `Subject: ${word(subject)}`,
    `Message-ID: ${id}`,
    ...(answers === undefined ? [] : [`In-Reply-To: ${answers}`, `References: ${answers}`]),
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=part',
  ];
  const body = parts.map((part) => `--part\r\n${part}\r\n`).join('');
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}--part--\r\n`);
}

/** Our letters to an address, read as its program reads them. */
export async function letters({ letters: all }: MailServer, to: string): Promise<Letter[]> {
  const mine = all.filter((letter) => letter.to.some((one) => one.toLowerCase() === to.toLowerCase()));
  const read = await Promise.all(mine.map(({ raw }) => readLetter(Buffer.from(raw))));
  return read.filter((letter) => letter !== null);
}

/** What a person reads of it, without the lines that stand around every letter. */
export function wordsShown({ text }: Letter): string {
  const lines = text.split('\n').filter((line) => !line.startsWith(ABOVE) && line !== 'email.choose');
  return lines.join('\n').trim();
}

/** Where letters lie: a server, and whether a letter that was put there is marked. */
type Box = Pick<Dovecot, 'url' | 'deliver' | 'isMarked' | 'stop'>;

/** `imap`: with a real mailbox, or another one; without any the channel only sends. */
export function mailContract(imap: boolean | (() => Promise<Box>)): ChannelContract {
  const start = imap === true ? startDovecot : imap || null;
  return {
    module: email,
    path: '',
    proof: { header: '', over: 'sender' },
    start: async () => providerOf(await startMailServer(), (await start?.()) ?? null),
  };
}

export type MailProvider = Provider & { smtp: MailServer; imap: Box | null };

function providerOf(smtp: MailServer, imap: Box | null): MailProvider {
  const none = (): never => {
    throw new Error('letters have none');
  };
  return {
    smtp,
    imap,
    settings: {
      IMAP_URL: imap?.url ?? 'imap://sila:p%40ss@127.0.0.1:1',
      SMTP_URL: smtp.url,
      MAIL_FROM: `الجمعية <${OURS}>`,
    },
    secrets: ['', ''],
    account: OURS,
    user: (n) => `person-${n}@example.com`,
    say: (user, text) => written({ from: user, text }),
    unknownKind: none,
    unknownEvent: none,
    poison: none,
    bodies: (events) => events as Buffer[],
    prove: () => ({}),
    deliver: async (body) => {
      const name = imap?.deliver(body) ?? '';
      while (!imap?.isMarked(name)) await pause(25);
    },
    shown: async (user) => (await letters(smtp, user)).map((letter) => ({ text: wordsShown(letter), options: [] })),
    requests: () => smtp.letters,
    stop: async () => {
      await imap?.stop();
      await smtp.stop();
    },
  };
}
