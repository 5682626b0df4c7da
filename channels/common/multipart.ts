// Reads a multipart upload into memory within caps.
import busboy from 'busboy';
import type { Readable } from 'node:stream';
import type { ChannelRequest } from '../channel.js';
import { cleanFileName } from './text.js';

export interface MultipartCaps {
  files: number;
  fileBytes: number;
  /** Over all files. */
  totalBytes: number;
  fieldBytes: number;
}
export interface MultipartFile {
  field: string;
  /** A cleaned label, never a path. */
  name: string;
  bytes: Buffer;
}
export interface Multipart {
  fields: ReadonlyMap<string, string>;
  files: MultipartFile[];
}
export type MultipartFault = 'type' | 'broken' | 'file_too_large' | 'too_many_files';

/** All parts of a body that is sent as multipart/form-data. Rejects when the body itself breaks off or is over the route's limit. */
export function readMultipart(request: ChannelRequest, caps: MultipartCaps): Promise<Multipart | MultipartFault> {
  if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) return Promise.resolve('type');
  return new Promise((resolve, reject) => {
    const parser = openParser(request.headers, caps);
    const stream = request.stream;
    if (parser === null || stream === undefined) {
      resolve('broken');
      return;
    }
    const fields = new Map<string, string>();
    const files: MultipartFile[] = [];
    const reads: Promise<void>[] = [];
    const room = { left: caps.totalBytes };
    const stop = (fault: MultipartFault): void => {
      resolve(fault);
      stream.unpipe(parser);
      parser.destroy();
    };
    parser.on('file', (field, file, info) => {
      const read = readPart(file, room).then((bytes) => {
        if (bytes === null) stop('file_too_large');
        else files.push({ field, name: cleanFileName(labelOf(info)), bytes });
      });
      reads.push(read.catch(() => stop('broken')));
    });
    parser.on('field', (field, value) => fields.set(field, value));
    parser.on('filesLimit', () => stop('too_many_files'));
    parser.on('error', () => stop('broken'));
    parser.on('close', () => void Promise.all(reads).then(() => resolve({ fields, files })));
    stream.on('error', reject);
    stream.pipe(parser);
  });
}

/** The types promise a name, but a part may come without. */
const labelOf = (info: { filename: string | undefined }): string => info.filename ?? '';

function openParser(headers: Record<string, string>, caps: MultipartCaps): busboy.Busboy | null {
  try {
    return busboy({
      headers,
      defParamCharset: 'utf8',
      limits: {
        files: caps.files,
        fields: 10,
        fieldSize: caps.fieldBytes,
        fileSize: caps.fileBytes,
        parts: 24,
      },
    });
  } catch {
    return null;
  }
}

/** All bytes of a part; null when it, or all together, is too long. */
async function readPart(file: Readable & { truncated?: boolean }, room: { left: number }): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of file) {
    chunks.push(chunk as Buffer);
    room.left -= (chunk as Buffer).length;
    if (room.left < 0) return null;
  }
  return file.truncated === true ? null : Buffer.concat(chunks);
}
