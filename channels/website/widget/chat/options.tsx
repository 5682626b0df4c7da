// What can be tapped under a question: buttons, a list where there is more to read, stars, file buttons.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { DateRow } from './date-row.js';
import type { Say } from './config.js';
import { Icon, Star } from './icons.js';
import { starOption } from './model.js';
import type { Message, Option } from './model.js';
import { send } from './outbox.js';

export function Options({ message, say }: { message: Message; say: Say }): JSX.Element | null {
  const { options, expects } = message;
  const stars = expects === 'stars';
  const rest = stars ? options.filter((option) => !isStar(option, options)) : options;
  return (
    <>
      {stars && <Stars options={options} say={say} />}
      {expects === 'file' && <FileButtons say={say} />}
      {expects === 'date' && <DateRow say={say} />}
      {rest.length > 0 && <Choices options={rest} say={say} />}
    </>
  );
}

const isStar = (option: Option, options: readonly Option[]): boolean =>
  [1, 2, 3, 4, 5].some((n) => starOption(options, n) === option);

const choose = (option: Option): void => send(option.label, { choice: option.id });

/** Three short ones are buttons; more, or any with an explanation, are a list. */
function Choices({ options, say }: { options: Option[]; say: Say }): JSX.Element {
  const list = options.length > 3 || options.some((option) => option.hint !== undefined || option.label.length > 24);
  return (
    <div class={list ? 'choices list' : 'choices'} role="group" aria-label={say('choices')}>
      {options.map((option) => (
        <button key={option.id} type="button" onClick={() => choose(option)}>
          <span>
            <bdi dir="auto">{option.label}</bdi>
            {option.hint !== undefined && <small dir="auto">{option.hint}</small>}
          </span>
          {list && <Icon name="next" flips />}
        </button>
      ))}
    </div>
  );
}

function Stars({ options, say }: { options: Option[]; say: Say }): JSX.Element {
  const [score, setScore] = useState(0);
  const [over, setOver] = useState(0);
  const submit = (event: Event): void => {
    event.preventDefault();
    const option = starOption(options, score);
    if (option !== undefined) choose(option);
    else if (score > 0) send(String(score));
  };
  return (
    <form class="stars" onSubmit={submit}>
      <fieldset onMouseLeave={() => setOver(0)}>
        <legend class="hidden">{say('stars')}</legend>
        {[1, 2, 3, 4, 5].map((n) => (
          <label key={n} class={n <= (over === 0 ? score : over) ? 'lit' : ''} onMouseEnter={() => setOver(n)}>
            <input
              type="radio"
              name="stars"
              value={n}
              checked={score === n}
              onChange={() => setScore(n)}
              aria-label={say('star', { n })}
            />
            <Star />
          </label>
        ))}
      </fieldset>
      <p aria-hidden="true">{score > 0 ? say(`stars.${score}`) : say('stars')}</p>
      <button type="submit" class="solid" disabled={score === 0}>
        {say('stars.send')}
      </button>
    </form>
  );
}

/** What the picker offers; the server decides by content, not by name. */
export const accepts = 'image/*,application/pdf,.pdf,.heic';

function FileButtons({ say }: { say: Say }): JSX.Element {
  return (
    <div class="pickers">
      <label class="solid only-touch">
        <Icon name="camera" />
        {say('camera')}
        <input type="file" accept="image/*" capture="environment" onChange={sendPicked} />
      </label>
      <label class="solid">
        <Icon name="clip" />
        {say('pick')}
        <input type="file" accept={accepts} multiple onChange={sendPicked} />
      </label>
    </div>
  );
}

export function sendPicked(event: Event): void {
  const input = event.currentTarget as HTMLInputElement;
  const files = [...(input.files ?? [])].slice(0, 10);
  input.value = '';
  if (files.length > 0) send('', { files });
}
