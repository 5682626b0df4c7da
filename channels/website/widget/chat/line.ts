// The line to the server: fetches what is new, then listens on a WebSocket; comes back by itself after any break.
import { merge, readMessage, stillPending } from './model.js';
import { call, conversationId, dropSession, SessionLost } from './session.js';
import { blobs } from './storage.js';
import { getState, setNotice, setPending, setState } from './store.js';

interface Page {
  activities: Parameters<typeof readMessage>[0][];
  watermark: string;
}

const firstWait = 1_000;
const longestWait = 20_000;

let socket: WebSocket | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let wait = firstWait;
let connecting = false;

/** Opens the line if there is a conversation; calling it again is harmless. */
export async function connect(): Promise<void> {
  clearTimeout(timer);
  if (connecting || socket !== null || conversationId() === null) return;
  connecting = true;
  try {
    await fetchNew();
    await listen();
    setState({ line: 'online' });
    wait = firstWait;
  } catch (fault) {
    if (fault instanceof SessionLost) lose();
    else comeBack(true);
  } finally {
    connecting = false;
  }
}

/** Fetches everything after the last known message. */
async function fetchNew(): Promise<void> {
  for (;;) {
    const after = getState().messages.at(-1)?.seq ?? 0;
    const response = await call(`/conversations/${conversationId() ?? ''}/activities?watermark=${after}`);
    if (response.status === 404) throw new SessionLost();
    if (!response.ok) throw new TypeError(`activities ${response.status}`);
    const page = (await response.json()) as Page;
    take(page);
    if (page.activities.length === 0) return;
  }
}

/** The stream carries what comes from here on; without WebSockets the line keeps fetching. */
async function listen(): Promise<void> {
  const after = getState().messages.at(-1)?.seq ?? 0;
  const response = await call(`/conversations/${conversationId() ?? ''}?watermark=${after}`);
  if (!response.ok) throw new TypeError(`conversation ${response.status}`);
  const { streamUrl } = (await response.json()) as { streamUrl: string };
  const { pathname, search } = new URL(streamUrl);
  const opened = new WebSocket(
    `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${pathname}${search}`,
  );
  socket = opened;
  opened.onmessage = (event) => {
    if (typeof event.data === 'string' && event.data !== '') take(JSON.parse(event.data) as Page);
  };
  opened.onclose = () => {
    if (socket !== opened) return;
    socket = null;
    comeBack(false);
  };
}

/** `broken`: even fetching failed, so the person is told. */
function comeBack(broken: boolean): void {
  if (broken) setState({ line: 'offline' });
  clearTimeout(timer);
  timer = setTimeout(() => void connect(), wait * (0.75 + Math.random() / 2));
  wait = Math.min(wait * 2, document.hidden ? longestWait * 3 : longestWait);
}

/** At once, when the network or the person is back. */
export function hurry(): void {
  wait = firstWait;
  void connect();
}

export function hangUp(): void {
  clearTimeout(timer);
  const old = socket;
  socket = null;
  old?.close();
}

/** The conversation is over on the server; what was said stays on the screen until the next message opens a new one. */
function lose(): void {
  hangUp();
  dropSession();
  setState({ line: 'idle', typing: false });
  setNotice('ended');
}

function take(page: Page): void {
  const arrived = page.activities.filter((one) => one.type === 'message').map(readMessage);
  if (arrived.length === 0) return;
  const { messages, pending, typing } = getState();
  const left = stillPending(pending, arrived);
  for (const one of pending) if (!left.includes(one) && one.files.length > 0) void blobs.remove(one.id);
  setState({ messages: merge(messages, arrived), typing: typing && arrived.every((one) => one.from === 'person') });
  setPending(left);
}
