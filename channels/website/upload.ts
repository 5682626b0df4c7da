// Reads a multipart upload as directlinejs sends it.
import type { ChannelRequest, ChannelResponse } from '../channel.js';
import { refusal } from '../common/http.js';
import { readMultipart, type MultipartFault, type MultipartFile } from '../common/multipart.js';
import { caps, limits } from './limits.js';

export type UploadedFile = Omit<MultipartFile, 'field'>;
export type Upload = { activity: Buffer | null; files: UploadedFile[] } | { refused: ChannelResponse };

const multipart = {
  // The activity may be one of them.
  files: caps.filesPerUpload + 1,
  fileBytes: limits.fileBytes,
  totalBytes: caps.uploadBytes,
  fieldBytes: caps.bodyBytes,
};

let running = 0;

/** The `activity` part (a field, or a blob of its own type) and the files. Several big uploads at once would eat the memory. */
export async function readUpload(request: ChannelRequest): Promise<Upload> {
  if (running >= caps.uploadsAtOnce)
    return { refused: refusal(429, 'Busy', 'Try again shortly.', { 'retry-after': '5' }) };
  running++;
  try {
    const read = await readMultipart(request, multipart);
    if (typeof read === 'string') return { refused: refusals[read]() };
    const field = read.fields.get('activity');
    const blob = read.files.find((file) => file.field === 'activity')?.bytes;
    return {
      activity: field === undefined ? (blob ?? null) : Buffer.from(field),
      files: read.files.filter((file) => file.field !== 'activity'),
    };
  } finally {
    running--;
  }
}

const refusals: Readonly<Record<MultipartFault, () => ChannelResponse>> = {
  type: () => refusal(415, 'BadContentType', 'Send files as multipart/form-data.'),
  broken: () => refusal(400, 'BadUpload', 'The multipart body cannot be read.'),
  file_too_large: () => refusal(413, 'FileTooLarge', 'A file holds at most 25 MB.'),
  too_many_files: () => refusal(413, 'TooManyFiles', 'An upload holds at most 10 files.'),
};
