// The words of a message: line breaks kept, directions isolated, https links live, emoji alone set large.
import type { JSX } from 'preact';
import { cut, onlyEmoji } from './model.js';
import type { Part } from './model.js';

/** The empty end keeps room for the time, which stands on the last line where it fits. */
export function Words({ text }: { text: string }): JSX.Element | null {
  if (text === '') return null;
  if (onlyEmoji(text)) return <p class="words emoji">{text}</p>;
  return (
    <p class="words" dir="auto">
      {cut(text).map(shown)}
      <span class="room" />
    </p>
  );
}

function shown({ kind, text }: Part): JSX.Element | string {
  if (kind === 'text') return text;
  if (kind === 'number') return <bdi class="number">{text}</bdi>;
  return (
    <a href={text} target="_blank" rel="noopener noreferrer">
      <bdi>{text}</bdi>
    </a>
  );
}
