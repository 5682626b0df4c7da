// What the person sends: shown at once, kept until the server has it, sent in order, however often the line breaks.
import type { Pending } from './model.js';
import { conversationId, dropSession, liveToken, SessionLost, call, api } from './session.js';
import { connect, hangUp } from './line.js';
import { blobs, storage } from './storage.js';
import { getState, setNotice, setPending, setState } from './store.js';

const firstWait = 1_500;
const longestWait = 15_000;
const typingLasts = 10_000;

let running = false;
let timer: ReturnType<typeof setTimeout> | undefined;
let wait = firstWait;

/** Takes something to send. The id makes repetitions harmless. */
export function send(text: string, more: { choice?: string; files?: File[] } = {}): void {
  const { choice, files = [] } = more;
  const one: Pending = {
    id: newId(),
    at: Date.now(),
    text,
    files: files.map(({ name, type, size }) => ({ name, type, size })),
    state: 'waiting',
    ...(choice === undefined ? {} : { choice }),
  };
  if (files.length > 0) {
    blobs.hold(one.id, files);
    void blobs.put(one.id, files);
  }
  setNotice(null);
  setPending([...getState().pending, one]);
  void flush();
}

export function retry(id: string): void {
  update(id, { state: 'waiting' });
  void flush();
}

export function remove(id: string): void {
  forgetFiles(id);
  setPending(getState().pending.filter((one) => one.id !== id));
}

/** After a reload: what was on its way is tried again. */
export function restore(): void {
  const pending = storage
    .outbox()
    .map((one): Pending => ({ ...one, state: one.state === 'failed' ? 'failed' : 'waiting' }));
  if (pending.length > 0) setState({ pending });
  void flush();
}

/** Sends what waits, one after the other. */
export async function flush(): Promise<void> {
  if (running) return;
  running = true;
  clearTimeout(timer);
  for (let next = nextWaiting(); next !== undefined; next = nextWaiting()) {
    if (!(await tryOnce(next))) break;
  }
  running = false;
}

const nextWaiting = (): Pending | undefined => getState().pending.find((one) => one.state === 'waiting');

/** True: go on with the next. */
async function tryOnce(one: Pending): Promise<boolean> {
  update(one.id, { state: 'sending' });
  try {
    const status = one.files.length > 0 ? await upload(one) : await post(one);
    return settle(one, status);
  } catch (fault) {
    if (fault instanceof SessionLost) {
      hangUp();
      dropSession();
      setState({ messages: [], line: 'idle' });
      update(one.id, { state: 'waiting' });
      return true;
    }
    setState({ line: 'offline' });
    return later(one);
  }
}

/** Refusals that sending again would not change, with their words. */
const final: Record<number, string> = { 400: 'refused', 404: 'refused', 413: 'too_long', 415: 'refused' };

function settle(one: Pending, status: number): boolean {
  if (status >= 200 && status < 300) {
    wait = firstWait;
    update(one.id, { state: 'sent' });
    expectAnswer();
    void connect();
    return true;
  }
  const reason = final[status];
  if (reason === undefined) return later(one);
  update(one.id, { state: 'failed', reason: status === 413 && one.files.length > 0 ? 'file_too_large' : reason });
  return true;
}

function later(one: Pending): false {
  update(one.id, { state: 'waiting' });
  timer = setTimeout(() => void flush(), wait);
  wait = Math.min(wait * 2, longestWait);
  return false;
}

async function post(one: Pending): Promise<number> {
  await liveToken();
  const response = await call(`/conversations/${conversationId() ?? ''}/activities`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(activityOf(one)),
  });
  return response.status;
}

/** By XMLHttpRequest: fetch does not tell how far an upload is. */
async function upload(one: Pending): Promise<number> {
  const files = await blobs.get(one.id);
  if (files === null) return 400;
  const { token, conversation } = await liveToken();
  const form = new FormData();
  form.append('activity', new Blob([JSON.stringify(activityOf(one))], { type: 'application/vnd.microsoft.activity' }));
  files.forEach((file, i) => form.append('file', file, one.files[i]?.name ?? 'file'));
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${api}/conversations/${conversation}/upload`);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total }) => update(one.id, { progress: loaded / Math.max(1, total) });
    request.onload = () => resolve(request.status);
    request.onerror = () => reject(new TypeError('upload'));
    request.send(form);
  });
}

function activityOf(one: Pending): object {
  return {
    type: 'message',
    from: { id: 'person' },
    locale: getState().language,
    ...(one.text === '' ? {} : { text: one.text }),
    channelData: { clientActivityID: one.id, ...(one.choice === undefined ? {} : { choice: one.choice }) },
  };
}

/** The dots stand while an answer may come; staff answer in their own time. */
function expectAnswer(): void {
  const lastVoice = getState()
    .messages.filter((one) => one.from !== 'person')
    .at(-1);
  if (lastVoice?.from === 'staff') return;
  setState({ typing: true });
  setTimeout(() => setState({ typing: false }), typingLasts);
}

function update(id: string, change: Partial<Pending>): void {
  const pending = getState().pending.map((one) => (one.id === id ? { ...one, ...change } : one));
  if (change.state === undefined) setState({ pending });
  else setPending(pending);
}

function forgetFiles(id: string): void {
  blobs.release(id);
  void blobs.remove(id);
}

/** randomUUID is not there on plain http, which a demo on a phone in the same house uses. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
