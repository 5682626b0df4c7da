// A charity's phone and WhatsApp's servers behind it, for the small WhatsApp Web page: people write, it shows what they were sent.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumPath } from '../support/browser.js';

export const NUMBER = '966500000001@c.us';
export const PAGE_VERSION = '2.3000.0';

export interface PhoneMessage {
  id: string;
  user: string;
  fromMe: boolean;
  type: string;
  /** UTC seconds. */
  t: number;
  body?: string;
  [field: string]: unknown;
}
export interface PhoneSent {
  id: string;
  user: string;
  text: string;
  file?: { name: string; mime: string; kind: string; base64: string };
}

export interface Phone {
  url: string;
  /** Folder with the page. */
  pages: string;
  /** A program that starts the browser so that its page may ask this machine. */
  chromium: string;
  /** All messages that there are, ours too, in order. */
  history: PhoneMessage[];
  sent: PhoneSent[];
  typing: { user: string; on: boolean }[];
  seen: string[];
  /** People in whose chat we wrote although they never did. */
  began: string[];
  /** How many pages listen now. */
  pagesOpen: () => number;
  /** Somebody writes; the page hears of it when it is open. Gives back the message. */
  write: (user: string, text: string, more?: Record<string, unknown>) => PhoneMessage;
  /** Somebody sends a file. */
  give: (
    user: string,
    bytes: Buffer,
    file: { mime: string; name?: string; type: string; caption?: string },
  ) => PhoneMessage;
  /** The file of a message is no longer to be had. */
  lose: (message: PhoneMessage) => void;
  command: (command: { do: string; [field: string]: unknown }) => void;
  stop: () => Promise<void>;
}

export const keyOf = ({ fromMe, user, id }: Pick<PhoneMessage, 'fromMe' | 'user' | 'id'>): string =>
  `${fromMe}_${user}_${id}`;

export async function startPhone(): Promise<Phone> {
  const pages = mkdtempSync(join(tmpdir(), 'sila-phone-'));
  const files = new Map<string, Buffer>();
  const listeners = new Set<ServerResponse>();
  const phone = { pages, history: [], sent: [], typing: [], seen: [], began: [] } as unknown as Phone;
  const server = createServer((request, response) => void serve(phone, files, listeners, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  phone.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  phone.chromium = browserIn(pages);
  const page = readFileSync(join(import.meta.dirname, 'whatsapp-web-page.html'), 'utf8');
  writeFileSync(
    join(pages, `${PAGE_VERSION}.html`),
    page.replace('__PHONE__', phone.url).replace('__NUMBER__', NUMBER),
  );
  phone.pagesOpen = () => listeners.size;
  phone.command = (command) => {
    for (const listener of listeners) listener.write(`data: ${JSON.stringify(command)}\n\n`);
  };
  phone.write = (user, body, more = {}) => {
    const id = `3A${randomUUID().replaceAll('-', '').slice(0, 18).toUpperCase()}`;
    const t = Math.floor(Date.now() / 1_000);
    const message: PhoneMessage = { id, user, fromMe: false, type: 'chat', t, body, notifyName: 'فاطمة', ...more };
    phone.history.push(message);
    phone.command({ do: 'message', message });
    return message;
  };
  phone.give = (user, bytes, { mime, name, type, caption }) => {
    const directPath = `/media/${randomUUID()}`;
    files.set(directPath, bytes);
    const media = { type, directPath, mimetype: mime, filename: name, caption, size: bytes.length };
    return phone.write(user, 'thumbnail', media);
  };
  phone.lose = ({ directPath }) => void files.delete(String(directPath));
  phone.stop = async () => {
    for (const listener of listeners) listener.destroy();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    rmSync(pages, { recursive: true, force: true });
  };
  return phone;
}

/** Browsers ask their user before a page of the internet may speak to this machine: here nobody could be asked. */
function browserIn(folder: string): string {
  const path = join(folder, 'browser');
  const lines = [
    '#!/bin/sh',
    'for one; do',
    '  shift',
    '  case $one in --disable-features=*) one="$one,LocalNetworkAccessChecks" ;; esac',
    '  set -- "$@" "$one"',
    'done',
    `exec ${chromiumPath} --no-sandbox "$@"`,
  ];
  writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o755 });
  return path;
}

async function serve(
  phone: Phone,
  files: Map<string, Buffer>,
  listeners: Set<ServerResponse>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('access-control-allow-origin', '*');
  const path = request.url ?? '';
  if (path === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': open\n\n');
    listeners.add(response);
    response.once('close', () => listeners.delete(response));
    return;
  }
  const file = files.get(path);
  if (file) return void response.end(file);
  if (path.startsWith('/media/')) return void response.writeHead(404).end();
  if (path === '/history') return void response.end(JSON.stringify(phone.history));
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  take(phone, path, JSON.parse(Buffer.concat(chunks).toString('utf8')));
  response.end('{}');
}

function take(phone: Phone, path: string, body: unknown): void {
  const { user } = body as { user: string };
  if (path === '/typing') phone.typing.push(body as Phone['typing'][number]);
  else if (path === '/seen') phone.seen.push(user);
  else if (path === '/began') phone.began.push(user);
  else if (path === '/sent') {
    const sent = body as PhoneSent;
    phone.sent.push(sent);
    const id = sent.id.split('_').at(-1) ?? '';
    const t = Math.floor(Date.now() / 1_000);
    phone.history.push({ id, user, fromMe: true, type: 'chat', t, body: sent.text });
    phone.command({ do: 'ack', id: sent.id, ack: 1 });
  }
}

/** Processes whose command line names that folder: the browser and its children. */
export function browsersOf(folder: string): number[] {
  return linesOf(folder).map((line) => Number.parseInt(line, 10));
}

/** Those of them that hold pages. */
export function renderersOf(folder: string): number[] {
  const pages = linesOf(folder).filter((line) => line.includes('--type=renderer'));
  return pages.map((line) => Number.parseInt(line, 10));
}

function linesOf(folder: string): string[] {
  const all = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return all.filter((line) => line.includes(`--user-data-dir=${folder}`));
}
