// The words of a message: line breaks kept, directions isolated, https links live, emoji alone set large.
import type { JSX } from 'preact';
import { cutLinks, onlyEmoji } from './model.js';

export function Words({ text }: { text: string }): JSX.Element | null {
  if (text === '') return null;
  if (onlyEmoji(text)) return <p class="words emoji">{text}</p>;
  return (
    <p class="words" dir="auto">
      {cutLinks(text).map((part) =>
        part.link ? (
          <a href={part.text} target="_blank" rel="noopener noreferrer">
            <bdi>{part.text}</bdi>
          </a>
        ) : (
          part.text
        ),
      )}
    </p>
  );
}
