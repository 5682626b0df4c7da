// The headers that keep browsers on our side.
import type { RequestHandler } from 'express';
import helmet from 'helmet';

type Sources = Record<string, string[]>;

/** Headers for everything; pages add their own content policy. */
export function baseHeaders(publicUrl: string): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
    // Only the conversation page may be framed, and its policy says by whom.
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
  });
}

/**
 * Own files only, nothing inline; the stream is on our own host. `styles` are nonces for what a library writes at run time; `base` is
 * `'self'` for a page that says with `<base>` where it lies.
 */
export function pagePolicy(
  publicUrl: string,
  ancestors: readonly string[],
  styles: readonly string[] = [],
  base: "'none'" | "'self'" = "'none'",
): string {
  const sources: Sources = {
    'default-src': ["'self'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", ...styles],
    'img-src': ["'self'", 'blob:', 'data:'],
    'connect-src': ["'self'", socketOrigin(publicUrl)],
    'object-src': ["'none'"],
    'base-uri': [base],
    'form-action': ["'none'"],
    'frame-ancestors': ancestors.length > 0 ? [...ancestors] : ["'none'"],
  };
  return Object.entries(sources)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}

/** Older Safari does not count a WebSocket to the same host as 'self'. */
function socketOrigin(publicUrl: string): string {
  const { protocol, host } = new URL(publicUrl);
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`;
}
