// One bubble: who, words, files, time, and how far it got.
import type { ComponentChildren, JSX } from 'preact';
import { Files, PendingFiles } from './files.js';
import { Icon } from './icons.js';
import type { IconName } from './icons.js';
import type { Say } from './config.js';
import { endDirection, onlyEmoji } from './model.js';
import type { Message, Pending } from './model.js';
import { remove, retry } from './outbox.js';
import { timeOf } from './times.js';
import { Words } from './words.js';

interface Placed {
  first: boolean;
  last: boolean;
  say: Say;
  language: string;
}

export function Bubble(props: Placed & { message: Message; children?: ComponentChildren }): JSX.Element {
  const { message, say, language, first, children } = props;
  const own = message.from === 'person';
  return (
    <div class={classes(message.from, props)}>
      <div class="bubble">
        {!own && first && <Sender message={message} say={say} />}
        {own && <span class="hidden">{say('you')}: </span>}
        <Files files={message.files} say={say} />
        <Words text={message.text} />
        <Meta at={message.at} text={message.text} language={language}>
          {own && <Tick icon="checks" label={say('state.delivered')} />}
        </Meta>
        {children}
      </div>
    </div>
  );
}

/** Staff are named, so that nobody takes a person for the machine or the other way round. */
function Sender({ message, say }: { message: Message; say: Say }): JSX.Element {
  if (message.from !== 'staff') return <span class="hidden">{say('bot')}: </span>;
  return (
    <span class="sender">
      <bdi>{message.name ?? say('staff')}</bdi>
      {message.name !== undefined && <small>{say('staff')}</small>}
    </span>
  );
}

const icons: Record<Pending['state'], IconName> = {
  waiting: 'clock',
  sending: 'clock',
  sent: 'check',
  failed: 'alert',
};

export function PendingBubble(props: Placed & { pending: Pending }): JSX.Element {
  const { pending, say, language } = props;
  const failed = pending.state === 'failed';
  return (
    <div class={classes('person', props)}>
      <div class={failed ? 'bubble failed' : 'bubble'}>
        <PendingFiles pending={pending} say={say} />
        <Words text={pending.text} />
        <Meta at={pending.at} text={pending.text} language={language}>
          <Tick icon={icons[pending.state]} label={say(`state.${pending.state}`)} />
        </Meta>
      </div>
      {failed && (
        <div class="trouble" role="alert">
          <span>{say(`failed.${pending.reason ?? 'refused'}`)}</span>
          {pending.reason === 'refused' && (
            <button type="button" onClick={() => retry(pending.id)}>
              {say('retry')}
            </button>
          )}
          <button type="button" onClick={() => remove(pending.id)}>
            {say('remove')}
          </button>
        </div>
      )}
    </div>
  );
}

/** At the end of the last line, on whichever side that is. */
function Meta(props: { at: number; text: string; language: string; children: ComponentChildren }): JSX.Element {
  const { at, text, language, children } = props;
  const plain = text === '' || onlyEmoji(text);
  return (
    <span class={plain ? 'meta below' : `meta ends-${endDirection(text)}`}>
      <time dateTime={new Date(at).toISOString()}>{timeOf(at, language)}</time>
      {children}
    </span>
  );
}

function Tick({ icon, label }: { icon: IconName; label: string }): JSX.Element {
  return (
    <span class={`tick ${icon}`} role="img" aria-label={label}>
      <Icon name={icon} />
    </span>
  );
}

function classes(from: Message['from'], { first, last }: Placed): string {
  const side = from === 'person' ? 'row own' : `row ${from}`;
  return `${side}${first ? ' first' : ''}${last ? ' last' : ''}`;
}
