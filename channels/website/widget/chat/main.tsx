// The conversation page starts here.
import { render } from 'preact';
import { App } from './app.js';
import { askedLanguage, broughtNumber, config, directionOf, speaker } from './config.js';
import { joinHost } from './host.js';
import { connect, hurry } from './line.js';
import { flush, restore } from './outbox.js';
import { conversationId } from './session.js';
import { storage } from './storage.js';
import { onState, setState } from './store.js';
import './fonts.css';
import './base.css';
import './header.css';
import './log.css';
import './bubble.css';
import './options.css';
import './composer.css';

const known = [storage.language(), askedLanguage].find((one) => one !== null && config.languages.includes(one));
setState({ language: known ?? config.languages[0] ?? 'ar', line: conversationId() === null ? 'idle' : 'loading' });
onState(({ language }) => dress(language));
dress(known ?? config.languages[0] ?? 'ar');

function dress(language: string): void {
  const page = document.documentElement;
  page.lang = language;
  page.dir = directionOf(language);
  document.title = speaker(language)('title');
}

// A reload brings nothing twice, and the number stays in no history.
if (broughtNumber !== null) history.replaceState(history.state, '', location.pathname + location.search);

addEventListener('online', wake);
addEventListener('offline', () => setState({ line: 'offline' }));
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) wake();
});

function wake(): void {
  hurry();
  void flush();
}

joinHost();
restore();
void connect();
const root = document.getElementById('chat');
if (root !== null) render(<App />, root);
