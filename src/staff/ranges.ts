// Parts of a file: players ask for the beginning, then for where somebody jumped to.

export interface Part {
  status: 200 | 206 | 416;
  headers: Record<string, string>;
  body: Buffer;
}

/** One range of bytes (RFC 9110, 14.1.2) or the whole; several ranges at once, and what is no range, give the whole. */
export function partOf(bytes: Buffer, range: string | undefined): Part {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '');
  const [, first = '', last = ''] = asked ?? [];
  if (first === '' && last === '') return { status: 200, headers: { 'accept-ranges': 'bytes' }, body: bytes };
  const from = first === '' ? Math.max(0, bytes.length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? bytes.length - 1 : Math.min(Number(last), bytes.length - 1);
  const headers = { 'accept-ranges': 'bytes', 'content-range': `bytes ${from}-${to}/${bytes.length}` };
  if (from <= to) return { status: 206, headers, body: bytes.subarray(from, to + 1) };
  return { status: 416, headers: { ...headers, 'content-range': `bytes */${bytes.length}` }, body: Buffer.alloc(0) };
}
