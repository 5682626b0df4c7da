// The contract: botframework-directlinejs, as published, talks to the website channel over a real listener.
import { DirectLine } from 'botframework-directlinejs';
import type { Activity, Message } from 'botframework-directlinejs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import XHR from 'xhr2';
import { website } from '../../channels/website/index.js';
import type { FakeHost } from '../support/fake-host.js';
import { createFakeHost } from '../support/fake-host.js';
import { startFakeServer } from '../support/fake-server.js';

const host: FakeHost = createFakeHost((incoming) => [
  {
    text: `سمعت: ${incoming.choice ?? incoming.text ?? incoming.files?.map((file) => file.name).join() ?? ''}`,
    options: [{ id: 'o-1', label: 'نعم', hint: 'تأكيد' }],
  },
]);
let server: Awaited<ReturnType<typeof startFakeServer>>;

beforeAll(async () => {
  Object.assign(globalThis, { WebSocket, XMLHttpRequest: MultipartXhr });
  server = await startFakeServer((url) => [website.create(host, { PUBLIC_URL: url, DIRECTLINE_SECRET: 'the-secret' })]);
});
afterAll(() => server.stop());

describe.each([
  { how: 'polling', webSocket: false },
  { how: 'websocket', webSocket: true },
])('directlinejs by $how', ({ webSocket }) => {
  it('says, is answered, and finds its own words again under the id it was given', async () => {
    const line = await open({ webSocket });
    const id = await say(line, { text: 'السلام عليكم', channelData: { clientActivityID: 'c1' } });
    const answer = await line.next((one) => one.from.role === 'bot');
    expect(answer.text).toBe('سمعت: السلام عليكم');
    expect(answer.suggestedActions?.actions[0]).toMatchObject({ type: 'messageBack', title: 'نعم', value: 'o-1' });
    expect(answer.channelData).toMatchObject({ author: 'bot', options: [{ id: 'o-1', label: 'نعم', hint: 'تأكيد' }] });
    const own = await line.next((one) => one.from.role === 'user');
    expect(own).toMatchObject({ id, text: 'السلام عليكم', channelData: { clientActivityID: 'c1' } });
    line.end();
  });

  it('hands back a tapped action', async () => {
    const line = await open({ webSocket });
    await say(line, { text: 'نعم', value: 'o-1' as unknown as object });
    expect((await line.next((one) => one.from.role === 'bot')).text).toBe('سمعت: o-1');
    expect(host.accepted.at(-1)).toMatchObject({ choice: 'o-1', text: 'نعم' });
    line.end();
  });

  it('receives what staff say without having asked', async () => {
    const line = await open({ webSocket });
    await say(line, { text: 'أحتاج موظفًا' });
    await line.next((one) => one.from.role === 'bot');
    host.push(host.accepted.at(-1)!.user, { from: 'staff', name: 'نورة', text: 'أهلًا، معك نورة' });
    const staff = await line.next((one) => one.text === 'أهلًا، معك نورة');
    expect(staff.from).toMatchObject({ role: 'bot', name: 'نورة' });
    expect(staff.channelData).toMatchObject({ author: 'staff' });
    line.end();
  });

  it('takes a conversation up again after a reload, from its watermark', async () => {
    const first = await open({ webSocket });
    await say(first, { text: 'أول' });
    await first.next((one) => one.text === 'سمعت: أول');
    first.end();
    const again = await open({ webSocket, token: first.token, conversationId: first.conversationId, watermark: '2' });
    await say(again, { text: 'ثان' });
    await again.next((one) => one.text === 'سمعت: ثان');
    expect(again.seen.map((one) => one.text)).not.toContain('سمعت: أول');
    again.end();
  });

  it('works with the secret as well', async () => {
    const line = watch(new DirectLine({ secret: 'the-secret', ...common(webSocket) }));
    await say(line, { text: 'من خادمنا' });
    await line.next((one) => one.text === 'سمعت: من خادمنا');
    line.end();
  });
});

it('uploads a file with an Arabic name and gives a link back that opens only as a download', async () => {
  const line = await open({ webSocket: true });
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(40)]);
  const source = await startSource(png);
  await say(line, {
    text: 'التقرير',
    attachments: [{ contentType: 'image/png', contentUrl: source.url, name: 'تقرير طبي.png' }],
  });
  await source.stop();
  const own = await line.next((one) => one.from.role === 'user');
  const attachment = own.attachments?.[0] as { contentUrl: string; contentType: string; name: string };
  expect(attachment).toMatchObject({ contentType: 'image/png', name: 'تقرير طبي.png' });
  const got = await fetch(attachment.contentUrl);
  expect(Buffer.from(await got.arrayBuffer()).equals(png)).toBe(true);
  expect(got.headers.get('content-disposition')).toContain(`filename*=UTF-8''${encodeURIComponent('تقرير طبي.png')}`);
  expect(got.headers.get('x-content-type-options')).toBe('nosniff');
  expect(got.headers.get('content-security-policy')).toContain('sandbox');
  line.end();
});

// ── The client and its surroundings ─────────────────────────────────────────────────────────────────────────────

interface Line {
  client: DirectLine;
  token: string;
  conversationId: string;
  seen: Message[];
  next: (wanted: (message: Message) => boolean) => Promise<Message>;
  end: () => void;
}

const common = (webSocket: boolean): { domain: string; webSocket: boolean; pollingInterval: number } => {
  return { domain: `${server.url}/v3/directline`, webSocket, pollingInterval: 200 };
};

async function open(how: {
  webSocket: boolean;
  token?: string;
  conversationId?: string;
  watermark?: string;
}): Promise<Line> {
  const { webSocket, ...known } = how;
  const token = known.token ?? (await anonymousToken());
  const line = watch(new DirectLine({ ...known, token, ...common(webSocket) }));
  return Object.assign(line, { token });
}

async function anonymousToken(): Promise<string> {
  const response = await fetch(`${server.url}/v3/directline/tokens/generate`, {
    method: 'POST',
    headers: { origin: server.url },
  });
  return ((await response.json()) as { token: string }).token;
}

function watch(client: DirectLine): Line {
  const seen: Message[] = [];
  const waiting = new Set<() => void>();
  const ended = (): void => undefined;
  client.connectionStatus$.subscribe(ended, ended);
  client.activity$.subscribe((activity: Activity) => {
    if (activity.type === 'message') seen.push(activity);
    if (activity.conversation !== undefined) line.conversationId = activity.conversation.id;
    waiting.forEach((look) => look());
  }, ended);
  const next: Line['next'] = (wanted) =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = seen.find(wanted);
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  const line: Line = { client, token: '', conversationId: '', seen, next, end: () => client.end() };
  return line;
}

function say(line: Line, message: Partial<Message>): Promise<string> {
  return new Promise((resolve, reject) => {
    line.client.postActivity({ type: 'message', from: { id: 'u1' }, ...message }).subscribe(resolve, reject);
  });
}

/** In Node, xhr2 knows no FormData: this one encodes it as a browser does. */
class MultipartXhr extends XHR {
  override send(body?: unknown): void {
    if (!(body instanceof FormData)) {
      super.send(body);
      return;
    }
    const encoded = new Response(body);
    void encoded.arrayBuffer().then((bytes) => {
      this.setRequestHeader('content-type', encoded.headers.get('content-type') ?? '');
      super.send(Buffer.from(bytes));
    });
  }
}

/** Where the client reads the picked file from: an address, as in a browser's object URL. */
async function startSource(bytes: Buffer): Promise<{ url: string; stop: () => Promise<void> }> {
  const { createServer } = await import('node:http');
  const source = createServer((_request, response) => void response.end(bytes));
  await new Promise<void>((resolve) => source.listen(0, '127.0.0.1', resolve));
  const address = source.address() as { port: number };
  return {
    url: `http://127.0.0.1:${address.port}/`,
    stop: () => new Promise((resolve) => void source.close(() => resolve())),
  };
}
