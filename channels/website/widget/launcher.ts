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

interface Launcher extends Box {
  /** Our own origin. */
  home: string;
  /** Of the conversation page. */
  address: string;
  frame: HTMLIFrameElement;
  phone: MediaQueryList;
  isOpen: boolean;
  isReady: boolean;
}

async function start(tag: HTMLScriptElement): Promise<void> {
  const home = new URL(tag.src).origin;
  const config = (await (await fetch(`${home}/chat/config.json`)).json()) as Config;
  const wanted = tag.dataset['language'] ?? document.documentElement.lang.slice(0, 2);
  const language = config.languages.includes(wanted) ? wanted : (config.languages[0] ?? 'ar');
  const launcher: Launcher = {
    ...build(config, language),
    home,
    address: `${home}/chat?${new URLSearchParams({ lang: language, host: location.origin }).toString()}`,
    frame: document.createElement('iframe'),
    phone: matchMedia('(max-width: 560px)'),
    isOpen: false,
    isReady: false,
  };
  listen(launcher);
  const opens = tag.dataset['open'];
  if (opens === 'always' || (opens === 'desktop' && innerWidth > 900)) show(launcher);
}

function listen(launcher: Launcher): void {
  launcher.button.addEventListener('click', () => (launcher.isOpen ? hide(launcher) : show(launcher)));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && launcher.isOpen) hide(launcher);
  });
  document.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-sila-open]') !== null) show(launcher);
  });
  visualViewport?.addEventListener('resize', () => fit(launcher));
  visualViewport?.addEventListener('scroll', () => fit(launcher));
  addEventListener('message', (event) => {
    if (event.origin === launcher.home && event.source === launcher.frame.contentWindow) hear(launcher, event.data);
  });
}

/** The page is loaded when it is first wanted: until then the launcher costs its site nothing. */
function show(launcher: Launcher): void {
  const { frame, panel } = launcher;
  if (!frame.isConnected) {
    frame.title = launcher.title;
    frame.src = launcher.address;
    panel.append(frame);
  }
  set(launcher, true);
  frame.focus();
}

function hide(launcher: Launcher): void {
  set(launcher, false);
  launcher.button.focus();
}

function set(launcher: Launcher, open: boolean): void {
  launcher.isOpen = open;
  launcher.root.classList.toggle('open', open);
  launcher.button.setAttribute('aria-expanded', String(open));
  launcher.button.setAttribute('aria-label', open ? launcher.close : launcher.open);
  document.documentElement.style.overflow = open && launcher.phone.matches ? 'hidden' : '';
  if (open) launcher.badge.textContent = '';
  tell(launcher);
  fit(launcher);
}

/** On phones the keyboard covers part of the page; the frame takes what is left. */
function fit({ isOpen, phone, panel }: Launcher): void {
  const seen = visualViewport;
  const full = isOpen && phone.matches && seen !== null;
  panel.style.height = full ? `${seen.height}px` : '';
  panel.style.top = full ? `${seen.offsetTop}px` : '';
}

function tell({ isReady, isOpen, frame, home }: Launcher): void {
  const message: ToChat = { sila: isOpen ? 'shown' : 'hidden' };
  if (isReady) frame.contentWindow?.postMessage(message, home);
}

function hear(launcher: Launcher, data: unknown): void {
  const message = read(data);
  if (message?.sila === 'close') hide(launcher);
  if (message?.sila === 'unread' && !launcher.isOpen) {
    launcher.badge.textContent = message.count > 0 ? String(Math.min(message.count, 99)) : '';
  }
  if (message?.sila === 'ready') {
    launcher.isReady = true;
    tell(launcher);
  }
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
