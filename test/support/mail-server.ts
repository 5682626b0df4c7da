// A real SMTP server on this machine: it keeps what it takes, and refuses or hangs on command.
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Letter {
  from: string;
  to: string[];
  /** As it came over the line. */
  raw: string;
  id: string;
}

export interface MailServer {
  url: string;
  letters: Letter[];
  /** How the next letters are met: a reply code, or silence. */
  refuse: (how: number | 'hang', times?: number) => void;
  stop: () => Promise<void>;
}

export async function startMailServer(port = 0): Promise<MailServer> {
  const letters: Letter[] = [];
  const refusals: (number | 'hang')[] = [];
  const server = new SMTPServer({
    authMethods: ['PLAIN', 'LOGIN'],
    allowInsecureAuth: true,
    hideSTARTTLS: true,
    disableReverseLookup: true,
    onAuth: ({ username, password }, _session, done) =>
      username === 'sila' && password === 'p@ss'
        ? done(null, { user: 'sila' })
        : done(Object.assign(new Error('Authentication failed'), { responseCode: 535 })),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
      stream.on('end', () => {
        const refusal = refusals.shift();
        if (refusal === 'hang') return;
        if (refusal !== undefined) return done(Object.assign(new Error('Not now'), { responseCode: refusal }));
        const { mailFrom, rcptTo } = session.envelope;
        const raw = Buffer.concat(chunks).toString('utf8');
        const id = /^message-id: *(<[^>]+>)/im.exec(raw)?.[1] ?? '';
        letters.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), raw, id });
        done();
      });
    },
  });
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  const { port: open } = server.server.address() as AddressInfo;
  return {
    url: `smtp://sila:p%40ss@127.0.0.1:${open}`,
    letters,
    refuse: (how, times = 1) => void refusals.push(...Array.from({ length: times }, () => how)),
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
      }),
  };
}
