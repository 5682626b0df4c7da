// An IMAP server that keeps no words of a reader's own, as Exchange does: the few commands that a reader needs, one mailbox in memory.
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

interface Kept {
  uid: number;
  bytes: Buffer;
  flags: Set<string>;
}

export interface PlainImap {
  url: string;
  letters: Kept[];
  deliver: (letter: Buffer) => void;
  /** Refuses with that code whoever signs in, until it is null again: `AUTHENTICATIONFAILED`, `UNAVAILABLE`. */
  refuses: string | null;
  stop: () => Promise<void>;
}

const SYSTEM = '\\Answered \\Flagged \\Deleted \\Seen \\Draft';

export async function startPlainImap(): Promise<PlainImap> {
  const letters: Kept[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    serve(socket, letters, () => imap.refuses);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const imap: PlainImap = {
    refuses: null,
    url: `imap://sila:p%40ss@127.0.0.1:${(server.address() as AddressInfo).port}`,
    letters,
    deliver: (bytes) => {
      letters.push({ uid: letters.length + 1, bytes, flags: new Set() });
      for (const socket of sockets) socket.write(`* ${letters.length} EXISTS\r\n`);
    },
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((stopped) => server.close(() => stopped()));
    },
  };
  return imap;
}

function serve(socket: Socket, letters: Kept[], refuses: () => string | null): void {
  let idle = '';
  let rest = '';
  socket.write('* OK [CAPABILITY IMAP4rev1 IDLE SASL-IR AUTH=PLAIN] ready\r\n');
  socket.on('data', (data) => {
    const lines = (rest + data.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [tag = '', command = '', ...more] = line.split(' ');
      if (line === 'DONE') socket.write(`${idle} OK done\r\n`);
      else if (command.toUpperCase() === 'IDLE') {
        idle = tag;
        socket.write('+ idling\r\n');
      } else if (/^(AUTHENTICATE|LOGIN)$/i.test(command) && refuses() !== null)
        socket.write(`${tag} NO [${refuses() ?? ''}] no\r\n`);
      else socket.write(`${answer(command.toUpperCase(), more, letters)}${tag} OK done\r\n`, 'latin1');
      if (command.toUpperCase() === 'LOGOUT') socket.end();
    }
  });
}

function answer(command: string, more: readonly string[], letters: readonly Kept[]): string {
  if (command === 'CAPABILITY') return '* CAPABILITY IMAP4rev1 IDLE SASL-IR AUTH=PLAIN\r\n';
  if (command === 'LIST') return '* LIST () "/" INBOX\r\n';
  if (command === 'SELECT' || command === 'EXAMINE')
    return `* ${letters.length} EXISTS\r\n* FLAGS (${SYSTEM})\r\n* OK [PERMANENTFLAGS (${SYSTEM})] .\r\n* OK [UIDVALIDITY 7] .\r\n* OK [UIDNEXT ${letters.length + 1}] .\r\n`;
  return command === 'UID' ? uidAnswer(more[0]?.toUpperCase() ?? '', more.slice(1).join(' '), letters) : '';
}

function uidAnswer(command: string, more: string, letters: readonly Kept[]): string {
  if (command === 'SEARCH') {
    const open = letters.filter(({ flags }) => !/UNANSWERED/i.test(more) || !flags.has('\\Answered'));
    return `* SEARCH ${open.map(({ uid }) => uid).join(' ')}\r\n`;
  }
  // None is ever taken away: a letter's UID is its place.
  const seq = Number(more.split(' ')[0]);
  const letter = letters[seq - 1];
  if (!letter) return '';
  if (command === 'STORE') {
    for (const [flag] of more.matchAll(/\\\w+/g)) letter.flags.add(flag);
    return `* ${seq} FETCH (UID ${letter.uid} FLAGS (${[...letter.flags].join(' ')}))\r\n`;
  }
  const body = /BODY/i.test(more) ? ` BODY[] {${letter.bytes.length}}\r\n${letter.bytes.toString('latin1')}` : '';
  return `* ${seq} FETCH (UID ${letter.uid} RFC822.SIZE ${letter.bytes.length}${body})\r\n`;
}
