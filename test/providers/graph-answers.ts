// How the fake Graph API answers: its error shape, and its failures on command.
import busboy from 'busboy';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Refusal } from './graph-checks.js';

/** How the next request goes wrong. `late`: it is carried out first, so that the caller cannot know. `skip`: so many go well before. */
export type Failure = { on?: Endpoint; late?: boolean; skip?: number } & (
  | { as: 'code'; code: number; status?: number; retryAfter?: number }
  | { as: 'status'; status: number; retryAfter?: number }
  | { as: 'hang' | 'reset' | 'garbage' }
);
/** What a request is for: a message, a read receipt, an upload, a medium's address or its bytes. */
export type Endpoint = 'message' | 'read' | 'upload' | 'link' | 'bytes';

export function failNow(response: ServerResponse, failure: Failure): void {
  switch (failure.as) {
    case 'hang':
      return;
    case 'reset':
      response.destroy();
      return;
    case 'garbage':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>not what you asked for');
      return;
    case 'status':
      pause(response, failure.retryAfter);
      response.writeHead(failure.status, { 'content-type': 'text/html' }).end('<html>Bad gateway');
      return;
    case 'code': {
      const { code, status = code === 190 ? 401 : 400 } = failure;
      pause(response, failure.retryAfter);
      refuse(response, { status, code, message: `(#${code}) On command` });
    }
  }
}

export const BAD_TOKEN: Refusal = {
  status: 401,
  code: 190,
  message: 'Error validating access token: The session has been invalidated.',
};
export const WINDOW_CLOSED: Refusal = {
  status: 400,
  code: 131047,
  message: '(#131047) Re-engagement message',
  details:
    'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
};
export const unknownObject = (id: string): Refusal => ({
  status: 400,
  code: 100,
  subcode: 33,
  message: `Unsupported request. Object with ID '${id}' does not exist`,
});

export function refuse(
  response: ServerResponse,
  { status: httpStatus, code, message, details, subcode }: Refusal,
): void {
  json(response, httpStatus, {
    error: {
      message,
      type: 'OAuthException',
      code,
      ...(subcode !== undefined && { error_subcode: subcode }),
      ...(details !== undefined && { error_data: { messaging_product: 'whatsapp', details } }),
      fbtrace_id: 'Az8or2yhqkZfEZ-_4Qn_Bam',
    },
  });
}

export function json(response: ServerResponse, httpStatus: number, body: object): void {
  response.writeHead(httpStatus, { 'content-type': 'application/json; charset=UTF-8' }).end(JSON.stringify(body));
}

function pause(response: ServerResponse, seconds: number | undefined): void {
  if (seconds !== undefined) response.setHeader('retry-after', String(seconds));
}

export interface Parts {
  fields: Map<string, string>;
  file?: { bytes: Buffer; mime: string; name: string };
}

export function multipart(request: IncomingMessage, raw: Buffer): Promise<Parts> {
  return new Promise((resolve, reject) => {
    const parts: Parts = { fields: new Map() };
    const parser = busboy({ headers: request.headers, defParamCharset: 'utf8' });
    parser.on('field', (name, value) => void parts.fields.set(name, value));
    parser.on('file', (_field, stream, info: { mimeType: string; filename?: string }) => {
      const { mimeType, filename } = info;
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
      stream.on('end', () => {
        parts.file = { bytes: Buffer.concat(chunks), mime: mimeType, name: filename ?? '' };
      });
    });
    parser.on('close', () => resolve(parts));
    parser.on('error', reject);
    parser.end(raw);
  });
}
