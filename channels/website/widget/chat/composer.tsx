// Where the person writes: grows with the words, Enter sends, files by the clip.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { broughtNumber } from './config.js';
import type { Say } from './config.js';
import { Icon } from './icons.js';
import { askingNow } from './model.js';
import type { Expects } from './model.js';
import { accepts, sendPicked } from './options.js';
import { send } from './outbox.js';
import type { State } from './store.js';

/** UTF-16 units, as the server counts. */
const most = 4_096;
const warnFrom = 3_800;

export function Composer({ state, say }: { state: State; say: Say }): JSX.Element {
  const [text, setText] = useState(broughtNumber ?? '');
  const expects = askingNow(state.messages, state.pending)?.expects;
  const ready = text.trim() !== '' && text.length <= most;
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!ready) return;
    send(text.trim());
    setText('');
    form.current?.querySelector('textarea')?.focus();
  };
  return (
    <form class="composer" ref={form} onSubmit={submit}>
      <label class="round clip">
        <Icon name="clip" />
        <span class="hidden">{say('attach')}</span>
        <input type="file" accept={accepts} multiple onChange={sendPicked} />
      </label>
      <Field {...{ text, setText, submit, expects, say }} />
      <button type="submit" class="send" disabled={!ready} aria-label={say('send')}>
        <Icon name="send" flips />
      </button>
    </form>
  );
}

interface FieldProps {
  text: string;
  setText: (text: string) => void;
  submit: (event: Event) => void;
  expects: Expects | undefined;
  say: Say;
}

function Field({ text, setText, submit, expects, say }: FieldProps): JSX.Element {
  const field = useRef<HTMLTextAreaElement>(null);
  const left = most - text.length;
  const counts = text.length > warnFrom;
  useEffect(() => grow(field.current), [text]);
  return (
    <div class="field">
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        value={text}
        inputMode={keypad(expects)}
        enterkeyhint="send"
        placeholder={say(expects === 'number' ? 'write.number' : 'write')}
        aria-label={say('write')}
        aria-describedby={counts ? 'left' : undefined}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event);
        }}
      />
      {counts && (
        <span id="left" class={left < 0 ? 'left over' : 'left'} role="status">
          {left < 0 ? say('write.long', { n: -left }) : say('write.left', { n: left })}
        </span>
      )}
    </div>
  );
}

/** Only where letters are surely not needed: some keypads have no way back to them. */
function keypad(expects: Expects | undefined): 'numeric' | 'text' {
  return expects === 'number' ? 'numeric' : 'text';
}

function grow(field: HTMLTextAreaElement | null): void {
  if (field === null) return;
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight}px`;
}
