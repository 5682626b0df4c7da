// The head of the page: the charity, who is speaking, the language, a few things that can always be done.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { config, hostOrigin } from './config.js';
import type { Say } from './config.js';
import { forget } from './forget.js';
import { close } from './host.js';
import { Icon } from './icons.js';
import type { IconName } from './icons.js';
import { send } from './outbox.js';
import { storage } from './storage.js';
import { setState } from './store.js';
import type { State } from './store.js';
import { Mark } from './welcome.js';

export function Header({ state, say }: { state: State; say: Say }): JSX.Element {
  const { language } = state;
  const other = config.languages.find((one) => one !== language);
  return (
    <header>
      <Mark language={language} />
      <div class="who">
        <h1>{config.charity.name[language]}</h1>
        <p>{subtitle(state, say)}</p>
      </div>
      {other !== undefined && (
        <button type="button" class="language" lang={other} onClick={() => speak(other, state)}>
          {config.texts['language.short']?.[other]}
          <span class="hidden"> {config.texts['language']?.[other]}</span>
        </button>
      )}
      <Menu say={say} language={language} />
      {hostOrigin !== null && (
        <button type="button" class="round" onClick={close} aria-label={say('close')}>
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}

function subtitle({ messages, line }: State, say: Say): string {
  if (line === 'offline') return say('line.offline');
  const last = messages.filter((one) => one.from !== 'person').at(-1);
  return last?.from === 'staff' ? say('line.staff', { name: last.name ?? say('staff') }) : say('line.bot');
}

/** The page changes at once; in a running conversation the words of the other language tell the bot too. */
function speak(language: string, { messages }: State): void {
  storage.keepLanguage(language);
  setState({ language });
  const name = config.texts['language']?.[language];
  if (messages.length > 0 && name !== undefined) send(name);
}

function Menu({ say, language }: { say: Say; language: string }): JSX.Element {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => (open ? whileOpen(box.current, () => setOpen(false)) : undefined), [open]);
  const entries: [IconName, string, () => void][] = [
    ['menu', say('menu'), () => send(config.words.menu[language] ?? '')],
    ['person', say('person'), () => send(config.words.person[language] ?? '')],
    ['trash', say('forget'), () => dialog.current?.showModal()],
  ];
  const choose = (act: () => void): void => {
    setOpen(false);
    act();
  };
  return (
    <div class="menu" ref={box} onKeyDown={(event) => steer(event, setOpen)}>
      <button
        type="button"
        class="round"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={say('more')}
        onClick={() => setOpen(!open)}
      >
        <Icon name="more" />
      </button>
      {open && (
        <div role="menu" aria-label={say('more')}>
          {entries.map(([icon, label, act]) => (
            <button key={icon} type="button" role="menuitem" tabIndex={-1} onClick={() => choose(act)}>
              <Icon name={icon} />
              {label}
            </button>
          ))}
        </div>
      )}
      <Forget say={say} box={dialog} />
    </div>
  );
}

/** The focus goes to the first entry; a touch elsewhere closes. */
function whileOpen(box: HTMLElement | null, close: () => void): () => void {
  const away = (event: Event): void => {
    if (event.target instanceof Node && box?.contains(event.target) !== true) close();
  };
  addEventListener('pointerdown', away);
  box?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
  return () => removeEventListener('pointerdown', away);
}

/** Arrow keys walk, Escape closes. */
function steer(event: KeyboardEvent & { currentTarget: HTMLDivElement }, setOpen: (open: boolean) => void): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')];
  if (items.length === 0) return;
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (event.key === 'Escape') {
    event.preventDefault();
    setOpen(false);
    event.currentTarget.querySelector('button')?.focus();
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    items[(at + (event.key === 'ArrowDown' ? 1 : -1) + items.length) % items.length]?.focus();
  } else if (event.key === 'Tab') setOpen(false);
}

/** On a shared phone the conversation can be taken off the device; the charity keeps it. */
function Forget({ say, box }: { say: Say; box: { current: HTMLDialogElement | null } }): JSX.Element {
  return (
    <dialog ref={box} aria-labelledby="forget-title" onCancel={(event) => event.stopPropagation()}>
      <h2 id="forget-title">{say('forget')}</h2>
      <p>{say('forget.explain')}</p>
      <div>
        <button type="button" onClick={() => box.current?.close()}>
          {say('cancel')}
        </button>
        <button
          type="button"
          class="solid"
          onClick={() => {
            box.current?.close();
            forget();
          }}
        >
          {say('forget.do')}
        </button>
      </div>
    </dialog>
  );
}
