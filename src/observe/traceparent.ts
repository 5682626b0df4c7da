// The header by which a trace goes from one program to the next: https://www.w3.org/TR/trace-context/#traceparent-header
export interface Parent {
  traceId: string;
  spanId: string;
  flags: number;
}

/** Null for what is no such header: then a new trace begins. Of a later version the first four parts are read, as the standard asks. */
export function readTraceparent(header: string | undefined): Parent | null {
  const found = /^(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(header ?? '');
  const [, version, traceId = '', spanId = '', flags = '', more] = found ?? [];
  if (version === undefined || (version === '00' && more !== undefined)) return null;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return null;
  return { traceId, spanId, flags: parseInt(flags, 16) };
}

export function writeTraceparent({ traceId, spanId, flags }: Parent): string {
  return `00-${traceId}-${spanId}-${(flags & 0xff).toString(16).padStart(2, '0')}`;
}
