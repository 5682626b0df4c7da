// What stands at the top: who this is, what is kept, and a few things to begin with. Nothing is sent before the person does something.
import type { JSX } from 'preact';
import { config } from './config.js';
import type { Say } from './config.js';
import { Icon } from './icons.js';
import { send } from './outbox.js';

export function Welcome({ say, language, fresh }: { say: Say; language: string; fresh: boolean }): JSX.Element {
  return (
    <section class={fresh ? 'welcome fresh' : 'welcome'}>
      <Mark language={language} />
      <h2>{say('welcome')}</h2>
      {fresh && <p>{say('intro')}</p>}
      <p class="privacy">
        <Icon name="lock" />
        {say('privacy')}
      </p>
      {fresh && (
        <div class="starters" role="group" aria-label={say('starters')}>
          {config.starters.map((text) => {
            const label = text[language] ?? '';
            return (
              <button key={label} type="button" onClick={() => send(label)}>
                {label}
              </button>
            );
          })}
        </div>
      )}
    </section>
  );
}

/** The charity's initial in its colour. */
export function Mark({ language }: { language: string }): JSX.Element {
  const name = config.charity.name[language] ?? '';
  const word = name.replace(/^(جمعية|مؤسسة)\s+/, '').replace(/^ال/, '');
  return (
    <span class="mark" aria-hidden="true">
      {word.charAt(0)}
    </span>
  );
}
