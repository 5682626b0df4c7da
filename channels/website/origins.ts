// Which web origins may talk to the website channel from a browser.

export interface Origins {
  /** Where we are reached; links are made from it, never from a Host header. */
  readonly self: URL;
  /** Every allowed origin but our own. */
  readonly others: readonly string[];
  allows(origin: string): boolean;
}

/** `widgetOrigins` is a comma list. On a loopback address its other names (localhost, 127.0.0.1, ::1) are the same place. */
export function createOrigins(publicUrl: string, widgetOrigins: string): Origins {
  const self = new URL(publicUrl);
  const others = widgetOrigins
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => new URL(one).origin);
  const allowed = new Set([self.origin, ...loopbackNames(self), ...others]);
  return { self, others, allows: (origin) => allowed.has(origin) };
}

const loopback = ['localhost', '127.0.0.1', '[::1]'];
/** What a demo listens on when it listens everywhere; nobody types it into a browser. */
const everywhere = ['0.0.0.0', '[::]'];

function loopbackNames(self: URL): string[] {
  if (![...loopback, ...everywhere].includes(self.hostname)) return [];
  const port = self.port === '' ? '' : `:${self.port}`;
  return loopback.map((name) => `${self.protocol}//${name}${port}`);
}
