// widget.js: a round button on the charity's page that opens the conversation page in a frame of ours.
// <script src="https://…/widget.js" data-language="ar" data-open="desktop" defer></script>; any element with data-sila-open opens it too.
import type { ToChat, ToLauncher } from './bridge.js';
import { launcherCss } from './launcher-css.js';

interface Config {
  colour: string;
  languages: string[];
  charity: { name: Record<string, string> };
  texts: Record<string, Record<string, string>>;
}

const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
if (script !== null) void start(script);

async function start(tag: HTMLScriptElement): Promise<void> {
  const home = new URL(tag.src).origin;
  const config = (await (await fetch(`${home}/chat/config.json`)).json()) as Config;
  const wanted = tag.dataset['language'] ?? document.documentElement.lang.slice(0, 2);
  const language = config.languages.includes(wanted) ? wanted : (config.languages[0] ?? 'ar');
  const box = build(config, language);
  const phone = matchMedia('(max-width: 560px)');
  const frame = document.createElement('iframe');
  let open = false;
  let ready = false;

  const tell = (message: ToChat): void => frame.contentWindow?.postMessage(message, home);
  const show = (): void => {
    if (!frame.isConnected) {
      frame.title = box.title;
      frame.src = `${home}/chat?${new URLSearchParams({ lang: language, host: location.origin }).toString()}`;
      box.panel.append(frame);
    }
    set(true);
    frame.focus();
  };
  const hide = (): void => {
    set(false);
    box.button.focus();
  };
  const set = (now: boolean): void => {
    open = now;
    box.root.classList.toggle('open', now);
    box.button.setAttribute('aria-expanded', String(now));
    box.button.setAttribute('aria-label', now ? box.close : box.open);
    document.documentElement.style.overflow = now && phone.matches ? 'hidden' : '';
    if (now) box.badge.textContent = '';
    if (ready) tell({ sila: now ? 'shown' : 'hidden' });
    fit();
  };
  // On phones the keyboard covers part of the page; the frame takes what is left.
  const fit = (): void => {
    const seen = visualViewport;
    const full = open && phone.matches && seen !== null;
    box.panel.style.height = full ? `${seen.height}px` : '';
    box.panel.style.top = full ? `${seen.offsetTop}px` : '';
  };

  box.button.addEventListener('click', () => (open ? hide() : show()));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && open) hide();
  });
  document.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-sila-open]') !== null) show();
  });
  visualViewport?.addEventListener('resize', fit);
  visualViewport?.addEventListener('scroll', fit);
  addEventListener('message', (event) => {
    if (event.origin !== home || event.source !== frame.contentWindow) return;
    const message = read(event.data);
    if (message?.sila === 'close') hide();
    if (message?.sila === 'unread' && !open)
      box.badge.textContent = message.count > 0 ? String(Math.min(message.count, 99)) : '';
    if (message?.sila === 'ready') {
      ready = true;
      tell({ sila: open ? 'shown' : 'hidden' });
    }
  });
  const opens = tag.dataset['open'];
  if (opens === 'always' || (opens === 'desktop' && !phone.matches && innerWidth > 900)) show();
}

/** Anything may arrive as a message; only our own words count. */
function read(data: unknown): ToLauncher | null {
  if (typeof data !== 'object' || data === null || !('sila' in data)) return null;
  if (data.sila === 'ready' || data.sila === 'close') return { sila: data.sila };
  if (data.sila === 'unread' && 'count' in data && typeof data.count === 'number')
    return { sila: 'unread', count: data.count };
  return null;
}

interface Box {
  root: HTMLElement;
  panel: HTMLElement;
  button: HTMLButtonElement;
  badge: HTMLElement;
  title: string;
  open: string;
  close: string;
}

/** In a shadow root: no style of the host's reaches in, none of ours out. */
function build(config: Config, language: string): Box {
  const say = (key: string): string => config.texts[key]?.[language] ?? '';
  const title = say('title').replace('{charity}', config.charity.name[language] ?? '');
  const holder = document.createElement('div');
  const shadow = holder.attachShadow({ mode: 'open' });
  addStyle(shadow);
  const root = element('div', 'root');
  root.dir = /^(ar|fa|ur|he)/.test(language) ? 'rtl' : 'ltr';
  root.lang = language;
  root.style.setProperty('--brand', config.colour);
  const panel = element('div', 'panel');
  panel.setAttribute('role', 'dialog');
  panel.setAttribute('aria-label', title);
  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('aria-label', say('open'));
  button.setAttribute('aria-expanded', 'false');
  const badge = element('span', 'badge');
  badge.setAttribute('aria-live', 'polite');
  button.append(icon(bubble, 'bubble'), icon(cross, 'cross'), badge);
  root.append(panel, button);
  shadow.append(root);
  document.body.append(holder);
  return { root, panel, button, badge, title, open: say('open'), close: say('close') };
}

function addStyle(shadow: ShadowRoot): void {
  if ('adoptedStyleSheets' in shadow && 'replaceSync' in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(launcherCss);
    shadow.adoptedStyleSheets = [sheet];
    return;
  }
  const style = document.createElement('style');
  style.textContent = launcherCss;
  shadow.append(style);
}

function element(tag: string, name: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = name;
  return made;
}

const bubble =
  'M12 3C6.5 3 2 6.9 2 11.7c0 2.6 1.3 4.9 3.4 6.5-.1 1-.6 2.3-1.6 3.3-.2.2 0 .5.2.5 2.1-.1 4-1 5.2-1.9.9.2 1.8.3 2.8.3 5.5 0 10-3.900 10-8.700S17.500 3 12 3Z';
const cross = 'M6 6l12 12M18 6L6 18';

function icon(path: string, name: string): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', name);
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
