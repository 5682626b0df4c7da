// Files that staff hand over: raw bytes with their name in a header.
import type { ChannelRequest } from '../../channels/channel.js';

/** As many bytes as a person may send, and a little more, so that what is too big is refused in words. */
export const UPLOAD_BYTES = 26 * 1024 * 1024;
export const NAME_HEADER = 'x-file-name';

/** The name as the browser percent-encoded it; cleaned where the file is kept. */
export function fileName(request: ChannelRequest): string {
  const given = request.headers[NAME_HEADER] ?? '';
  try {
    return decodeURIComponent(given).slice(0, 200);
  } catch {
    return '';
  }
}
