// Pure: what the page knows of a conversation, and how it is laid out. Tested without a browser.

export interface Option {
  id: string;
  label: string;
  hint?: string;
}
export type Expects = 'file' | 'stars' | 'number' | 'date' | 'text' | 'choice';

export interface Attachment {
  name: string;
  type: string;
  url: string;
}

/** A message that the server has. */
export interface Message {
  id: string;
  seq: number;
  at: number;
  from: 'person' | 'bot' | 'staff';
  name?: string;
  text: string;
  options: Option[];
  expects?: Expects;
  files: Attachment[];
  clientId?: string;
}

export interface PendingFile {
  name: string;
  type: string;
  size: number;
}

/** Something of the person's that the server does not have yet, or has and has not shown back. */
export interface Pending {
  /** clientActivityID: however often it is sent, it counts once. */
  id: string;
  at: number;
  text: string;
  choice?: string;
  files: PendingFile[];
  state: 'waiting' | 'sending' | 'sent' | 'failed';
  /** A key under `widget.failed.` */
  reason?: string;
  /** 0 to 1 while files go up. */
  progress?: number;
}

interface Activity {
  type: string;
  id: string;
  timestamp: string;
  from: { name?: string };
  text?: string;
  attachments?: { name?: string; contentType: string; contentUrl: string }[];
  channelData: {
    seq: number;
    author: Message['from'];
    options?: Option[];
    expects?: Expects;
    clientActivityID?: string;
  };
}

/** Reads an activity as our own server writes it. */
export function readMessage(activity: Activity): Message {
  const { channelData: data } = activity;
  return {
    id: activity.id,
    seq: data.seq,
    at: Date.parse(activity.timestamp),
    from: data.author,
    text: activity.text ?? '',
    options: data.options ?? [],
    files: (activity.attachments ?? []).map((one) => ({
      name: one.name ?? '',
      type: one.contentType,
      url: samePlace(one.contentUrl),
    })),
    ...(activity.from.name === undefined ? {} : { name: activity.from.name }),
    ...(data.expects === undefined ? {} : { expects: data.expects }),
    ...(data.clientActivityID === undefined ? {} : { clientId: data.clientActivityID }),
  };
}

/** Links carry the public address; we stand on the same server and may have been reached by another of its names. */
function samePlace(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** Joins what arrived into what is known, by `seq`; the same page may arrive twice. */
export function merge(known: readonly Message[], arrived: readonly Message[]): Message[] {
  const bySeq = new Map(known.map((one) => [one.seq, one]));
  for (const one of arrived) bySeq.set(one.seq, one);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** What is still to be shown as on its way. */
export function stillPending(pending: readonly Pending[], arrived: readonly Message[]): Pending[] {
  const back = new Set(arrived.map((one) => one.clientId));
  return pending.filter((one) => !back.has(one.id));
}

/** The message whose options can still be used: the last one, while nothing of the person's follows it. */
export function askingNow(messages: readonly Message[], pending: readonly Pending[]): Message | null {
  if (pending.some((one) => one.state !== 'failed')) return null;
  const last = messages.at(-1);
  return last === undefined || last.from === 'person' ? null : last;
}

export type Row =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'message'; key: string; message: Message; first: boolean; last: boolean }
  | { kind: 'pending'; key: string; pending: Pending; first: boolean; last: boolean };

const together = 5 * 60_000;

/** Day lines, and runs of bubbles of one author within five minutes. */
export function layOut(messages: readonly Message[], pending: readonly Pending[]): Row[] {
  const items = [
    ...messages.map((message) => ({
      key: `m${message.clientId ?? message.id}`,
      at: message.at,
      who: `${message.from}${message.name ?? ''}`,
      message,
      pending: null,
    })),
    ...pending.map((one) => ({ key: `m${one.id}`, at: one.at, who: 'person', message: null, pending: one })),
  ];
  const rows: Row[] = [];
  items.forEach((item, i) => {
    const before = items[i - 1];
    const after = items[i + 1];
    if (before === undefined || dayOf(before.at) !== dayOf(item.at))
      rows.push({ kind: 'day', key: `d${dayOf(item.at)}`, at: item.at });
    const edges = { first: !joins(before, item), last: !joins(item, after) };
    if (item.message !== null) rows.push({ kind: 'message', key: item.key, message: item.message, ...edges });
    else rows.push({ kind: 'pending', key: item.key, pending: item.pending, ...edges });
  });
  return rows;
}

type Placed = { who: string; at: number } | undefined;

const joins = (a: Placed, b: Placed): boolean =>
  a !== undefined && b !== undefined && a.who === b.who && b.at - a.at < together && dayOf(a.at) === dayOf(b.at);

function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}

export interface Part {
  kind: 'text' | 'link' | 'number';
  text: string;
}

/** Cuts a text at its https links and at numbers with hyphens (a case number must neither break nor turn around). */
export function cut(text: string): Part[] {
  return text
    .split(/(https:\/\/[^\s<>"'«»،؛]+[^\s<>"'«»،؛.,:;!?)\]]|\d+(?:-\d+)+)/u)
    .map((part, i): Part => ({
      text: part,
      kind: i % 2 === 0 ? 'text' : part.startsWith('https:') ? 'link' : 'number',
    }))
    .filter((part) => part.text !== '');
}

/** Which way the last line runs, as the browser sees it: by its first letter, else by the text's, else left to right. */
export function endDirection(text: string): 'rtl' | 'ltr' {
  const line = text.slice(text.lastIndexOf('\n') + 1);
  const letter = /\p{L}/u.exec(line)?.[0] ?? /\p{L}/u.exec(text)?.[0] ?? '';
  return /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/.test(letter) ? 'rtl' : 'ltr';
}

/** The option that stands for a number of stars, by the digit in its label or its place among five. */
export function starOption(options: readonly Option[], stars: number): Option | undefined {
  const digit = String(stars);
  const arabic = String.fromCharCode(0x0660 + stars);
  const named = options.find((one) => one.label.includes(digit) || one.label.includes(arabic));
  return named ?? (options.length === 5 ? options[stars - 1] : undefined);
}

/** A few letters that need no icons: one to three emoji alone are set large. */
export function onlyEmoji(text: string): boolean {
  return (
    text.length <= 24 &&
    /^(\p{Extended_Pictographic}(\u200D\p{Extended_Pictographic}|[\uFE0F\u{1F3FB}-\u{1F3FF}])*\s*){1,3}$/u.test(text)
  );
}
