// Makes hostile requests out of valid ones, the same ones for the same seed.

export interface Sent {
  method: string;
  path: string;
  headers: [string, string][];
  body: Buffer;
}

export interface Chance {
  /** 0 to below `n`. */
  below: (n: number) => number;
  /** True once in `n`. */
  once: (n: number) => boolean;
  one: <T>(all: readonly T[]) => T;
}

/** A small generator with a seed (mulberry32): what failed can be done again. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return { below, once: (n) => below(n) === 0, one: (all) => all[below(all.length)]! };
}

/** One to three faults in a request. */
export function mutate(chance: Chance, sent: Sent): Sent {
  let made = sent;
  for (let faults = 1 + chance.below(3); faults > 0; faults--) made = chance.one(faultsOf)(chance, made);
  return made;
}

/** The request as bytes on the wire, with its own length, to be closed afterwards. */
export function wire({ method, path, headers, body }: Sent): Buffer {
  const known = headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: close',
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(known || body.length === 0 ? [] : [`Content-Length: ${body.length}`]),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'utf8'), body]);
}

/** Changes, drops and doubles bytes anywhere, the framing included. */
export function scramble(chance: Chance, bytes: Buffer): Buffer {
  let made = bytes;
  for (let faults = 1 + chance.below(4); faults > 0; faults--) {
    const at = chance.below(made.length);
    const to = Math.min(made.length, at + 1 + chance.below(8));
    const put = chance.one([
      Buffer.from([chance.below(256)]),
      Buffer.alloc(0),
      made.subarray(at, to),
      Buffer.from(chance.one(hostile)),
    ]);
    made = Buffer.concat([made.subarray(0, at), put, made.subarray(chance.once(2) ? to : at)]);
    if (made.length === 0) return bytes;
  }
  return made;
}

type Fault = (chance: Chance, sent: Sent) => Sent;

const hostile: readonly string[] = [
  '', ' ', '\u0000', '%00', '%', '%E0%A4%A', '..', '../../etc/passwd', '..%2f..%2f', '//', '\\', '__proto__', 'constructor',
  'hasOwnProperty', 'toString', '$ne', '{"$gt":""}', "' OR 1=1 --", '-1', '0', '1e309', 'NaN', '9007199254740993', '٥٠', '۱۲',
  'نعم', 'ن'.repeat(5_000), '\u202Eabc', '\ufeff', '\ufffd', '👨‍👩‍👧', '<script>alert(1)</script>', '${7*7}', '{{x}}', '{a|b}',
  '\r\nX: y', '\n{"level":60}', 'null', 'undefined', 'true', '[]', '{}', '*', '?', '#', ';', ',', '=',
]; // prettier-ignore

const strange: readonly unknown[] = [
  null, true, 0, -1, 1e308, '', [], {}, [[[]]], { $ne: null }, { toString: 1 }, 'x'.repeat(10_000), '\ud800', '\u0000', [1, 'a', {}],
  { length: 1e9 }, 9_007_199_254_740_993, 'نعم',
]; // prettier-ignore

const methods = 'GET POST PUT DELETE OPTIONS HEAD PATCH TRACE PROPFIND PURGE LINK'.split(' ');
const names = [
  'content-type', 'content-encoding', 'content-length', 'transfer-encoding', 'authorization', 'cookie', 'origin', 'x-forwarded-for',
  'x-sila-token', 'sec-fetch-site', 'expect', 'upgrade', 'connection', 'range', 'if-none-match', 'accept-encoding', 'x-http-method-override',
]; // prettier-ignore
const values = [
  'application/json', 'application/json; charset=utf-16', 'multipart/form-data', 'multipart/form-data; boundary=', 'text/html', 'gzip',
  'chunked', '0', '5', '-1', '1e9', 'Bearer x', 'Bearer ', 'Basic eDp4', 'null', 'https://evil.example', '1.2.3.4, ::1', 'websocket', 'Upgrade',
  'bytes=0-,1-', '100-continue', 'cross-site', 'a'.repeat(9_000),
]; // prettier-ignore

const faultsOf: readonly Fault[] = [
  (chance, sent) => ({ ...sent, method: chance.one(methods) }),
  (chance, sent) => ({ ...sent, path: splice(chance, sent.path, encodeURI(wellFormed(chance.one(hostile)))) }),
  (chance, sent) => ({ ...sent, path: splice(chance, sent.path, chance.one(['%00', '%2f', '/', '//', '/..', '%5c', '%']), 1) }),
  (chance, sent) => {
    const mark = sent.path.includes('?') ? '&' : '?';
    const [key, value] = [chance.one(hostile), chance.one(hostile)].map((one) => encodeURIComponent(wellFormed(one)));
    return { ...sent, path: `${sent.path}${mark}${key ?? ''}=${value ?? ''}` };
  },
  (chance, sent) => ({ ...sent, headers: sent.headers.filter(() => !chance.once(3)) }),
  (chance, sent) => ({ ...sent, headers: [...sent.headers, [chance.one(names), chance.one(values)]] }),
  (chance, sent) => ({
    ...sent,
    headers: sent.headers.map(([name, value]) => [name, chance.once(2) ? splice(chance, value, chance.one(values)) : value]),
  }),
  (chance, sent) => ({ ...sent, body: withOtherJson(chance, sent.body) }),
  (chance, sent) => ({ ...sent, body: withOtherJson(chance, sent.body) }),
  (chance, sent) => ({ ...sent, body: sent.body.length === 0 ? Buffer.from('x') : scramble(chance, sent.body) }),
  (chance, sent) => ({ ...sent, body: sent.body.subarray(0, chance.below(sent.body.length + 1)) }),
  (chance, sent) => ({ ...sent, body: Buffer.concat([sent.body, Buffer.alloc(chance.below(90_000), chance.one(['[', ' ', '1,']))]) }),
]; // prettier-ignore

function splice(chance: Chance, text: string, put: string, drop = chance.below(6)): string {
  const at = chance.below(text.length + 1);
  return text.slice(0, at) + put + text.slice(at + drop);
}

const wellFormed = (text: string): string => Buffer.from(text).toString();

function withOtherJson(chance: Chance, body: Buffer): Buffer {
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    return body;
  }
  return Buffer.from(JSON.stringify(otherwise(chance, value)));
}

function otherwise(chance: Chance, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || chance.once(5))
    return chance.one([...strange, chance.one(hostile)]);
  if (Array.isArray(value)) return value.map((one: unknown) => (chance.once(2) ? otherwise(chance, one) : one));
  const entries = Object.entries(value).filter(() => !chance.once(6));
  const changed = entries.map(([key, one]) => [key, chance.once(2) ? otherwise(chance, one) : one] as const);
  const added = chance.once(3) ? [[chance.one(hostile), chance.one(strange)] as const] : [];
  return Object.fromEntries([...changed, ...added]);
}
