// A strict fake of the Telegram Bot API over real HTTP: it refuses what the real one refuses, delivers updates, and fails on command.
import busboy from 'busboy';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { methods, type Payload, type Upload } from './telegram-methods.js';
import { newState, Refused, type BotMessage, type Failure, type TelegramState, type Update } from './telegram-state.js';

export type { BotMessage, Failure, TelegramState, Update } from './telegram-state.js';

export interface FakeTelegram {
  url: string;
  token: string;
  state: TelegramState;
  /** Lets the next calls of a method (null: of any) fail, after so many that do not. */
  fail: (failure: Failure, times?: number, method?: string | null, after?: number) => void;
  heal: () => void;
  /** Something happened; it waits for getUpdates, or for `deliver` when a webhook is set. */
  push: (update: Record<string, unknown>) => Update;
  /** Posts what waits to the webhook, in order, each until it is taken; gives back the statuses. `twice` repeats each. */
  deliver: (how?: { twice?: boolean; reversed?: boolean }) => Promise<number[]>;
  /** Messages of the bot in one chat. */
  said: (chat: number) => BotMessage[];
  calls: (method: string) => Record<string, unknown>[];
  stop: () => Promise<void>;
}

export async function startTelegram(token = '123456789:AAE-fake_token_of_thirty_five_signs'): Promise<FakeTelegram> {
  const state = newState(token);
  const server = createServer((request, response) => void handle(state, request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    state,
    fail: (failure, times = 1, method = null, after = 0) => {
      for (let n = 0; n < times; n++) state.failures.push({ method, failure, after: n === 0 ? after : 0 });
    },
    heal: () => void (state.failures = []),
    push: (update) => {
      state.lastUpdate += 1;
      const whole = { update_id: state.lastUpdate, ...update };
      state.waiting.push(whole);
      state.poller?.end(false);
      return whole;
    },
    deliver: (how = {}) => deliver(state, how),
    said: (chat) => state.messages.filter((message) => message.chat === chat),
    calls: (method) => state.calls.filter((call) => call.method === method).map(({ payload }) => payload),
    stop: () =>
      new Promise((stopped) => {
        state.poller?.end(false);
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}

async function handle(state: TelegramState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { body, uploads } = await readRequest(request);
  const files = uploads.map(({ field, name, bytes }) => ({ as: field, name, bytes: bytes.length }));
  const path = new URL(request.url ?? '/', 'http://bot').pathname;
  const file = /^\/file\/bot([^/]+)\/(.+)$/.exec(path);
  const call = /^\/bot([^/]+)\/(\w+)$/.exec(path);
  const method = file ? 'download' : (call?.[2] ?? '');
  const failure = takeFailure(state, method);
  if (failure && failure.kind !== 'lost') {
    fail(failure, response);
    return;
  }
  if (file) {
    download(state, file[1] ?? '', file[2] ?? '', response);
    return;
  }
  try {
    checkToken(state, call?.[1]);
    const result =
      method === 'getUpdates' ? await getUpdates(state, body, response) : callMethod(state, method, body, uploads);
    state.calls.push({ method, payload: body, files, status: 200 });
    if (failure) response.destroy();
    else answer(response, 200, { ok: true, result });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { status, description, parameters } = error;
    state.calls.push({ method, payload: body, files, status });
    answer(response, status, { ok: false, error_code: status, description, ...(parameters && { parameters }) });
  }
}

function callMethod(state: TelegramState, name: string, payload: Payload, uploads: Upload[]): unknown {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) throw new Refused(404, 'Not Found: method not found');
  return method(state, payload, uploads);
}

function checkToken(state: TelegramState, token: string | undefined): void {
  if (token === undefined || !/^\d+:[\w-]{30,}$/.test(token)) throw new Refused(404, 'Not Found');
  if (token !== state.token) throw new Refused(401, 'Unauthorized');
}

/** Long polling: whoever asks with an offset confirms all before it. Two at once end the first. */
async function getUpdates(state: TelegramState, payload: Payload, response: ServerResponse): Promise<unknown> {
  if (state.webhook)
    throw new Refused(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  const { offset = 0, timeout = 0, limit = 100 } = payload as { offset?: number; timeout?: number; limit?: number };
  state.confirmed = Math.max(state.confirmed, offset);
  state.allowed = (payload['allowed_updates'] as string[] | undefined) ?? state.allowed;
  state.waiting = state.waiting.filter((update) => update.update_id >= offset);
  state.poller?.end(true);
  if (allowedOf(state).length === 0 && timeout > 0) await waitForUpdate(state, timeout, response);
  return allowedOf(state).slice(0, limit);
}

function waitForUpdate(state: TelegramState, seconds: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (conflict: boolean) => {
      clearTimeout(timer);
      if (state.poller?.end === end) state.poller = null;
      if (conflict)
        reject(
          new Refused(
            409,
            'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
          ),
        );
      else resolve();
    };
    const timer = setTimeout(() => end(false), seconds * 1_000);
    state.poller = { end };
    response.once('close', () => end(false));
  });
}

function allowedOf(state: TelegramState): Update[] {
  const { allowed } = state;
  return allowed ? state.waiting.filter((update) => allowed.some((kind) => kind in update)) : state.waiting;
}

async function deliver(state: TelegramState, { twice = false, reversed = false }): Promise<number[]> {
  const { webhook } = state;
  if (!webhook) throw new Error('no webhook is set');
  const statuses: number[] = [];
  const updates = state.waiting.filter((update) => webhook.allowed?.some((kind) => kind in update) ?? true);
  for (const update of reversed ? updates.toReversed() : updates) {
    for (let copies = 0; copies < (twice ? 2 : 1); copies++) {
      const { status } = await fetch(webhook.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(webhook.secret !== '' && { 'x-telegram-bot-api-secret-token': webhook.secret }),
        },
        body: JSON.stringify(update),
      });
      statuses.push(status);
      if (status >= 300) return statuses;
    }
    state.waiting = state.waiting.filter((one) => one !== update);
  }
  return statuses;
}

function download(state: TelegramState, token: string, path: string, response: ServerResponse): void {
  const file = [...state.files.values()].find((one) => one.path === decodeURIComponent(path));
  state.calls.push({
    method: 'download',
    payload: { path },
    files: [],
    status: token === state.token && file ? 200 : 404,
  });
  if (token !== state.token || !file) answer(response, 404, { ok: false, error_code: 404, description: 'Not Found' });
  else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.bytes);
}

function takeFailure(state: TelegramState, method: string): Failure | undefined {
  const index = state.failures.findIndex((one) => one.method === null || one.method === method);
  const planned = state.failures[index];
  if (!planned) return undefined;
  if (planned.after > 0) {
    planned.after -= 1;
    return undefined;
  }
  return state.failures.splice(index, 1)[0]?.failure;
}

function fail(failure: Failure, response: ServerResponse): void {
  switch (failure.kind) {
    case 'hang':
      return;
    case 'reset':
    case 'lost':
      response.destroy();
      return;
    case 'garbage':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>gateway</html>');
      return;
    case 'status': {
      const { status, retryAfter } = failure;
      const description =
        failure.description ??
        (status === 429 ? `Too Many Requests: retry after ${retryAfter ?? 1}` : 'Internal Server Error');
      const parameters = retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } };
      answer(response, status, { ok: false, error_code: status, description, ...parameters });
    }
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** A call's parameters: JSON, or a form with files. */
async function readRequest(request: IncomingMessage): Promise<{ body: Payload; uploads: Upload[] }> {
  if (/^multipart\/form-data/.test(request.headers['content-type'] ?? '')) return readForm(request);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return { body: text === '' ? {} : (JSON.parse(text) as Payload), uploads: [] };
}

async function readForm(request: IncomingMessage): Promise<{ body: Payload; uploads: Upload[] }> {
  const form = busboy({ headers: { 'content-type': request.headers['content-type'] ?? '' }, defParamCharset: 'utf8' });
  const body: Payload = {};
  const uploads: Upload[] = [];
  // telegraf names the method in the form too; the real API passes over what it does not know.
  form.on('field', (name, value) => name !== 'method' && (body[name] = value));
  form.on('file', (field, stream, { filename, mimeType }) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => uploads.push({ field, name: filename ?? '', mime: mimeType, bytes: Buffer.concat(chunks) }));
  });
  await new Promise<void>((resolve, reject) => request.pipe(form).once('close', resolve).once('error', reject));
  return { body, uploads };
}
