// Reads a multipart upload into memory within its caps.
import busboy from 'busboy';
import type { Readable } from 'node:stream';
import type { ChannelRequest, ChannelResponse } from '../channel.js';
import { refusal } from '../common/http.js';
import { cleanFileName } from '../common/text.js';
import { caps, limits } from './limits.js';

export interface UploadedFile {
  /** A cleaned label, never a path. */
  name: string;
  bytes: Buffer;
}
export type Upload = { activity: Buffer | null; files: UploadedFile[] } | { refused: ChannelResponse };

let running = 0;

/** The `activity` part (as directlinejs sends it: a blob of its own type) and the files. Several big uploads at once would eat the memory. */
export async function readUpload(request: ChannelRequest): Promise<Upload> {
  if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) {
    return { refused: refusal(415, 'BadContentType', 'Send files as multipart/form-data.') };
  }
  if (running >= caps.uploadsAtOnce)
    return { refused: refusal(429, 'Busy', 'Try again shortly.', { 'retry-after': '5' }) };
  running++;
  try {
    return await collect(request);
  } finally {
    running--;
  }
}

function collect(request: ChannelRequest): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const parser = openParser(request.headers);
    const stream = request.stream;
    if (parser === null || stream === undefined) {
      resolve({ refused: broken() });
      return;
    }
    const parts: { activity: Buffer | null; files: UploadedFile[] } = { activity: null, files: [] };
    const reads: Promise<void>[] = [];
    const stop = (refused: ChannelResponse): void => {
      resolve({ refused });
      stream.unpipe(parser);
      parser.destroy();
    };
    parser.on('file', (field, file, info) => {
      const read = readPart(file).then((bytes) => {
        if (bytes === null) stop(refusal(413, 'FileTooLarge', 'A file holds at most 25 MB.'));
        else if (field === 'activity') parts.activity = bytes;
        else parts.files.push({ name: cleanFileName(labelOf(info)), bytes });
      });
      reads.push(read.catch(() => stop(broken())));
    });
    parser.on('field', (field, value) => {
      if (field === 'activity') parts.activity = Buffer.from(value);
    });
    parser.on('filesLimit', () => stop(refusal(413, 'TooManyFiles', 'An upload holds at most 10 files.')));
    parser.on('error', () => stop(broken()));
    parser.on('close', () => void Promise.all(reads).then(() => resolve(parts)));
    stream.on('error', reject);
    stream.pipe(parser);
  });
}

/** The types promise a name, but a part may come without. */
const labelOf = (info: { filename: string | undefined }): string => info.filename ?? '';

function openParser(headers: Record<string, string>): busboy.Busboy | null {
  try {
    return busboy({
      headers,
      defParamCharset: 'utf8',
      limits: {
        files: caps.filesPerUpload + 1,
        fields: 10,
        fieldSize: caps.bodyBytes,
        fileSize: limits.fileBytes,
        parts: 24,
      },
    });
  } catch {
    return null;
  }
}

/** All bytes of a part; null when it is too long. */
async function readPart(file: Readable & { truncated?: boolean }): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of file) chunks.push(chunk as Buffer);
  return file.truncated === true ? null : Buffer.concat(chunks);
}

const broken = (): ChannelResponse => refusal(400, 'BadUpload', 'The multipart body cannot be read.');
