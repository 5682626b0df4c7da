// Notices by e-mail: plain text beside HTML that reads from right to left where the language does.
import { createTransport } from 'nodemailer';
import { setTimeout as pause } from 'node:timers/promises';
import type { Told, Way, Word } from './way.js';

export interface MailSettings {
  /** smtp:// or smtps://, with user and password when needed. */
  url: string;
  from: string;
  to: readonly string[];
}

/** Milliseconds for connecting, the greeting and silence on the line; and for the whole. */
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 15_000 } as const;
const MOST_TIME = 40_000;

/** `say`: texts of flows/texts. */
export function createMail(settings: MailSettings, say: (key: string, language: string) => string): Way {
  const transport = createTransport({ url: settings.url, ...PATIENCE });
  const host = /@([^\s>]+)/.exec(settings.from)?.[1] ?? 'localhost';
  return {
    name: 'mail',
    tell: async (word) => {
      const late = new AbortController();
      try {
        const message = messageOf(settings, word, `<${word.id}@${host}>`, say('notices.open', word.language));
        const sent = transport.sendMail(message);
        // A line that hangs in the middle of a letter ends by itself; nobody waits for it any longer.
        sent.catch(() => undefined);
        const done = await Promise.race([sent, pause(MOST_TIME, null, { signal: late.signal, ref: false })]);
        return done === null ? again('timeout') : { result: 'done' };
      } catch (error) {
        return again(codeOf(error));
      } finally {
        late.abort();
      }
    },
    check: () =>
      transport.verify().then(
        () => null,
        (error: unknown) => codeOf(error),
      ),
    close: () => transport.close(),
  };
}

function messageOf({ from, to }: MailSettings, word: Word, messageId: string, open: string) {
  const { title, more, charity, url, at } = word;
  return {
    from,
    to: [...to],
    subject: `${title} · ${charity}`,
    messageId,
    date: new Date(at),
    // Nobody's absence is to be told to us (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    text: `${title}\n${more}\n\n${open}\n${url}\n\n${charity}\n`,
    html: htmlOf(word, open),
  };
}

/** Tables and inline styles: what mail programs draw alike. */
function htmlOf({ title, more, charity, url, language }: Word, open: string): string {
  const [dir, side] = language === 'ar' ? ['rtl', 'right'] : ['ltr', 'left'];
  const font = "font-family:'IBM Plex Sans Arabic','Segoe UI',Tahoma,Arial,sans-serif";
  const button = `display:inline-block;padding:10px 22px;border-radius:10px;background:#00704f;color:#ffffff;text-decoration:none;font-weight:600`;
  return `<!doctype html>
<html lang="${language}" dir="${dir}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title></head>
<body style="margin:0;padding:24px 12px;background:#f3f5f4">
<table role="presentation" dir="${dir}" align="center" width="100%" style="max-width:520px;margin:0 auto;border-collapse:collapse"><tr><td style="padding:26px 24px;border-radius:14px;background:#ffffff;text-align:${side};${font};color:#1b2420;line-height:1.8">
<p style="margin:0 0 4px;font-size:14px;color:#5b6762">${escaped(charity)}</p>
<h1 style="margin:0 0 8px;font-size:20px;line-height:1.5">${escaped(title)}</h1>
<p style="margin:0 0 22px;font-size:16px">${escaped(more)}</p>
<a href="${escaped(url)}" style="${button};font-size:15px;${font}">${escaped(open)}</a>
</td></tr></table>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function again(code: string): Told {
  return { result: 'again', after: null, code };
}

/** The server's reply code, or the library's: never its words, which may quote an address. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  if ('responseCode' in error && typeof error.responseCode === 'number') return `smtp_${error.responseCode}`;
  return 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
