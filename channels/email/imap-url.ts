// Reads IMAP_URL: where the mailbox is, how its line is kept secret, and which folder is read.
import { caps } from './limits.js';

/** Options of the library. */
export function optionsOf(url: string) {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'imaps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const here = host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
  return {
    host,
    port: port === '' ? (secure ? 993 : 143) : Number(port),
    secure,
    // Nothing goes over a foreign line in the clear: without STARTTLS there, none is opened.
    ...(!secure && { doSTARTTLS: !here }),
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false as const,
    disableAutoIdle: true,
    connectionTimeout: caps.connectTimeout,
    greetingTimeout: caps.connectTimeout,
    socketTimeout: caps.lineTimeout,
    maxLiteralSize: 2 * caps.letterBytes,
  };
}

/** Of the URL's path; INBOX without one. */
export function folderOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.replace(/^\//, '')) || 'INBOX';
}
