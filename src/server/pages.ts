// The pages: the conversation page and its launcher, the demo page, the staff console.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express from 'express';
import type { Express, Response } from 'express';
import type { ServerOptions } from './options.js';
import { demoPage } from './demo-page.js';
import { escapeHtml, fill } from './html.js';
import { pageConfig, themeCss } from './page-config.js';
import { pagePolicy } from './security.js';

/** Pages are read once: they only change with a new build, which is a new process. */
export function mountPages(app: Express, options: ServerOptions, publicDir: string): void {
  mountWidget(app, options, join(publicDir, 'widget'));
  mountConsole(app, options, publicDir);
}

function mountWidget(app: Express, options: ServerOptions, dir: string): void {
  const { publicUrl, widgetOrigins } = options;
  const chat = readPage(join(dir, 'chat.html'));
  const demo = readPage(join(dir, 'demo.html'));
  const config = (): ReturnType<typeof pageConfig> => pageConfig(options.flowSet(), options.texts, widgetOrigins);
  const framed = pagePolicy(publicUrl, ["'self'", ...widgetOrigins]);

  app.get('/chat', (_request, response) => {
    const current = config();
    response.removeHeader('x-frame-options');
    sendPage(
      response,
      framed,
      fill(chat, { name: first(current.charity.name, current.languages), config: JSON.stringify(current) }),
    );
  });
  app.get('/chat/config.json', (_request, response) => {
    // Public facts; the launcher asks for them from the charity's own site.
    response.set({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=300',
    });
    response.json(config());
  });
  app.get('/chat/theme.css', (_request, response) => {
    response.set('cache-control', 'public, max-age=300').type('css').send(themeCss(config().colour));
  });
  app.get('/', (request, response) => {
    const language = request.query['lang'];
    const wanted = typeof language === 'string' ? language : '';
    sendPage(response, pagePolicy(publicUrl, []), demoPage(demo, options, config(), wanted));
  });
  app.get('/widget.js', (_request, response) => {
    response.set({ 'cross-origin-resource-policy': 'cross-origin', 'cache-control': 'public, max-age=300' });
    response.sendFile('widget.js', { root: dir, cacheControl: false });
  });
  app.use('/chat/assets', assets(join(dir, 'assets')));
}

function mountConsole(app: Express, { publicUrl }: ServerOptions, publicDir: string): void {
  const dir = join(publicDir, 'staff');
  app.use('/staff/assets', assets(join(dir, 'assets')));
  const page = readPage(join(dir, 'index.html'));
  app.get(['/staff', '/staff/{*path}'], (request, response, next) => {
    // A path with a dot is a file, and files lie in assets only.
    if (request.path.includes('.')) {
      next();
      return;
    }
    const nonce = randomBytes(16).toString('base64');
    sendPage(response, pagePolicy(publicUrl, [], [`'nonce-${nonce}'`]), page.replaceAll('__CSP_NONCE__', nonce));
  });
}

/** Names of built files carry a hash of what is in them. */
function assets(dir: string): express.Handler {
  return express.static(dir, { immutable: true, maxAge: '1y', index: false, redirect: false, dotfiles: 'ignore' });
}

function sendPage(response: Response, policy: string, html: string): void {
  const tag = `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`;
  response.set({ 'content-security-policy': policy, 'cache-control': 'no-cache', etag: tag }).type('html').send(html);
}

function readPage(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return `<!doctype html><title>${escapeHtml('Sila')}</title><p>Run "npm run build" first.</p>`;
  }
}

function first(text: Record<string, string>, languages: readonly string[]): string {
  return text[languages[0] ?? ''] ?? '';
}
