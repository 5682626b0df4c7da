// The log: day lines, bubbles, the dots while an answer is on its way; stays at the end unless the person reads further up.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Bubble, PendingBubble } from './bubble.js';
import type { Say } from './config.js';
import { Icon } from './icons.js';
import { askingNow, layOut } from './model.js';
import type { Row } from './model.js';
import { Options } from './options.js';
import type { State } from './store.js';
import { dayName, daysAgo } from './times.js';
import { useStayAtEnd } from './stay-at-end.js';
import { Welcome } from './welcome.js';

export function Log({ state, say }: { state: State; say: Say }): JSX.Element {
  const { messages, pending, language, line, typing } = state;
  const rows = useMemo(() => layOut(messages, pending), [messages, pending]);
  const asking = askingNow(messages, pending);
  const { box, behind, toEnd } = useStayAtEnd(state);
  return (
    <div class="reading">
      <div class="log" ref={box} role="log" aria-live="polite" aria-label={say('log')} tabIndex={0}>
        {line !== 'loading' && <Welcome say={say} language={language} fresh={rows.length === 0} />}
        {line === 'loading' && rows.length === 0 && <Loading say={say} />}
        {rows.map((row) => (
          <RowView key={row.key} row={row} say={say} language={language} asking={asking?.id} />
        ))}
        {typing && <Typing say={say} />}
      </div>
      {behind && (
        <button type="button" class="to-end" onClick={toEnd}>
          {say('new')}
          <Icon name="down" />
        </button>
      )}
    </div>
  );
}

function RowView(props: { row: Row; say: Say; language: string; asking: string | undefined }): JSX.Element {
  const { row, say, language, asking } = props;
  if (row.kind === 'day') return <Day at={row.at} say={say} language={language} />;
  const { first, last } = row;
  if (row.kind === 'pending') return <PendingBubble pending={row.pending} {...{ first, last, say, language }} />;
  const { message } = row;
  return (
    <>
      <Bubble message={message} {...{ first, last, say, language }} />
      {message.id === asking && <Options message={message} say={say} />}
    </>
  );
}

function Day({ at, say, language }: { at: number; say: Say; language: string }): JSX.Element {
  const ago = daysAgo(at, Date.now());
  const name = ago === 0 ? say('today') : ago === 1 ? say('yesterday') : dayName(at, language);
  return <div class="day">{name}</div>;
}

function Typing({ say }: { say: Say }): JSX.Element {
  return (
    <div class="row bot first last">
      <div class="bubble typing" role="status" aria-label={say('typing')}>
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}

function Loading({ say }: { say: Say }): JSX.Element {
  return (
    <div class="loading" role="status">
      <span class="spinner" />
      {say('loading')}
    </div>
  );
}
