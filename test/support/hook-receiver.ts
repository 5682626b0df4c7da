// Somebody else's webhook: checks the signature as https://www.standardwebhooks.com says, and answers as it is told.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  id: string;
  seconds: number;
  proven: boolean;
  body: { type: string; timestamp: string; data: Record<string, string | null> };
}
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  hang?: true;
}

export interface HookReceiver {
  url: string;
  secret: string;
  received: Received[];
  answer: (answer: Answer, times?: number) => void;
  stop: () => Promise<void>;
}

export async function startHookReceiver(): Promise<HookReceiver> {
  const key = Buffer.from('a key of thirty-two bytes, no less'.slice(0, 32));
  const received: Received[] = [];
  const answers: Answer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks);
      const header = (name: string) => String(request.headers[name] ?? '');
      const [id, seconds] = [header('webhook-id'), header('webhook-timestamp')];
      const wanted = createHmac('sha256', key).update(`${id}.${seconds}.`).update(raw).digest();
      const proven = header('webhook-signature')
        .split(' ')
        .some((one) => same(Buffer.from(one.replace(/^v1,/, ''), 'base64'), wanted));
      const body = JSON.parse(raw.toString('utf8')) as Received['body'];
      received.push({ id, seconds: Number(seconds), proven, body });
      const { status, headers = {}, hang } = answers.shift() ?? { status: 204 };
      if (!hang) response.writeHead(status, headers).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/sila`,
    secret: `whsec_${key.toString('base64')}`,
    received,
    answer: (answer, times = 1) => void answers.push(...Array.from({ length: times }, () => answer)),
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}

function same(given: Buffer, wanted: Buffer): boolean {
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
