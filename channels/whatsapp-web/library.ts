// whatsapp-web.js as this channel uses it: one client in one browser. Runs in a process of its own, which may die without harm.
import type { Client, Message, MessageMedia } from 'whatsapp-web.js';
import type { Json } from '../../src/engine/types.js';
import { lostWords, type LineEvent, type LostWord, type Opening, type Question } from './wire.js';

export interface Library {
  answer(question: Question): Promise<Json>;
  close(): Promise<void>;
}

/** Milliseconds until the page must have come up. */
const PAGE_WITHIN = 60_000;

/** Resolves when the page is there: from then on it asks to be paired, or says that it is ready. Rejects when no browser or page came. */
export async function openLibrary(opening: Opening, tell: (event: LineEvent) => void): Promise<Library> {
  const { default: library } = await import('whatsapp-web.js');
  const { chromium, folder, page, unboxed } = opening;
  const client = new library.Client({
    authStrategy: new library.LocalAuth({ dataPath: folder }),
    authTimeoutMs: PAGE_WITHIN,
    puppeteer: {
      executablePath: chromium,
      headless: true,
      // Over a pipe: when this process is gone, however it went, the browser ends too and lets go of the session.
      pipe: true,
      args: [...BROWSER, ...(unboxed ? ['--no-sandbox'] : [])],
    },
    ...(page
      ? { webVersion: page.version, webVersionCache: { type: 'local', path: page.folder, strict: true } }
      : { webVersionCache: { type: 'none' } }),
  });
  hear(client, tell);
  await client.initialize();
  const broken = () => tell({ event: 'lost', why: 'BROKEN' });
  client.pupBrowser?.once('disconnected', broken);
  // The browser outlives a page that crashed or was closed.
  client.pupPage?.once('error', broken).once('close', broken);
  return {
    answer: (question) => answerOf(client, library.MessageMedia, question),
    close: () => client.destroy(),
  };
}

const BROWSER = [
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function hear(client: Client, tell: (event: LineEvent) => void): void {
  client.on('qr', (code) => tell({ event: 'qr', code }));
  client.on('ready', () => tell({ event: 'ready', number: client.info.wid._serialized }));
  client.on('message', (message) => tell({ event: 'message', message: partsOf(message) }));
  client.on('message_revoke_everyone', (message) => tell({ event: 'revoked', message: partsOf(message) }));
  client.on('message_edit', (message) => tell({ event: 'edited', message: partsOf(message) }));
  client.on('message_ciphertext_failed', (message) => tell({ event: 'undecipherable', message: partsOf(message) }));
  client.on('message_ack', (message, ack) => tell({ event: 'ack', id: message.id._serialized, ack }));
  client.on('auth_failure', () => tell({ event: 'lost', why: 'AUTH_FAILURE' }));
  client.on('disconnected', (reason) => tell({ event: 'lost', why: wordOf(reason) }));
}

function wordOf(reason: string): LostWord {
  return lostWords.find((word) => word === reason) ?? 'BROKEN';
}

/** The fields of the library's message that are read, as they are; nothing else leaves this process. */
function partsOf(message: Message): Json {
  const data = message.rawData as Record<string, unknown>;
  const { id, from, to, type, timestamp, body, hasMedia, isStatus, broadcast, location } = message;
  const { notifyName, filename, size, protocolMessageKey, latestEditSenderTimestampMs } = data;
  const parts = { id, from, to, type, timestamp, body, hasMedia, isStatus, broadcast, location };
  return JSON.parse(
    JSON.stringify({ ...parts, raw: { notifyName, filename, size, protocolMessageKey, latestEditSenderTimestampMs } }),
  ) as Json;
}

type Media = typeof MessageMedia;

async function answerOf(client: Client, Media: Media, question: Question): Promise<Json> {
  switch (question.do) {
    case 'send':
      return send(client, Media, question);
    case 'typing': {
      const chat = await client.getChatById(question.user);
      await (question.on ? chat.sendStateTyping() : chat.clearState());
      return null;
    }
    case 'state':
      return client.getState();
    case 'recent':
      return recent(client, question);
    case 'download': {
      const message = await client.getMessageById(question.message);
      // Undefined, whatever its types say: it cannot be had any more.
      const media = (await message.downloadMedia()) as { data: string } | undefined;
      if (!media) return null;
      // What was said of its size is the sender's word.
      return media.data.length > (question.most * 4) / 3 + 4 ? 'too_big' : { base64: media.data };
    }
  }
}

/** The id under which WhatsApp knows what was sent; false while the page has no line to WhatsApp: it would wait there, out of our hands. */
async function send(
  client: Client,
  Media: Media,
  { user, text, media }: Extract<Question, { do: 'send' }>,
): Promise<Json> {
  const state: string = await client.getState();
  if (state !== 'CONNECTED') return false;
  // No preview: the browser would ask the linked page for one.
  const plain = { linkPreview: false, parseVCards: false, sendSeen: true };
  const sent = media
    ? await client.sendMessage(user, new Media(media.mime, media.base64, media.name), {
        ...plain,
        caption: text,
        sendAudioAsVoice: media.voice,
        sendMediaAsDocument: !/^(image|audio)\//.test(media.mime),
      })
    : await client.sendMessage(user, text, plain);
  return (sent as Message | undefined)?.id._serialized ?? null;
}

/** Of private chats alone, those that were last written in first. */
async function recent(client: Client, question: Extract<Question, { do: 'recent' }>): Promise<Json> {
  const { since, chats: most, messages: limit } = question;
  const chats = (await client.getChats())
    .filter(({ isGroup, id, timestamp }) => !isGroup && /@(c\.us|lid)$/.test(id._serialized) && timestamp >= since)
    .sort((a, b) => b.timestamp - a.timestamp)
    .slice(0, most);
  const found: Message[] = [];
  for (const chat of chats) found.push(...(await chat.fetchMessages({ limit, fromMe: false })));
  return found
    .filter(({ timestamp }) => timestamp >= since)
    .sort((a, b) => a.timestamp - b.timestamp)
    .map(partsOf);
}
