// How long the channel still lets us write to this person, and what becomes of words that come later.
import { IconBellOff, IconClock, IconHourglassEmpty } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ConversationDetail } from '../api/types.js';
import { useChannelName } from '../parts/names.js';
import { useNow } from '../state/now.js';
import { useDates } from '../words/dates.js';
import { useWords } from '../words/language.js';
import css from './composer.module.css';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export function ReplyWindow({ conversation }: { conversation: ConversationDetail }) {
  const { say } = useWords();
  const now = useNow();
  const channel = useChannelName()(conversation.channel);
  const { replyUntil, rest, templates } = conversation;
  if (rest !== null)
    return (
      <p className={css['window']} data-open="false" role="status">
        <IconBellOff size={16} aria-hidden />
        <span>{say(`console.rest.${rest.by}`)}</span>
      </p>
    );
  if (replyUntil === null) return null;
  if (replyUntil > now) return <Countdown channel={channel} until={replyUntil} />;
  return (
    <p className={css['window']} data-open="false" role="status">
      <IconHourglassEmpty size={16} aria-hidden />
      <span>
        {say(templates.length > 0 ? 'console.window.closed.templates' : 'console.window.closed', { channel })}
      </span>
    </p>
  );
}

/** Hours and minutes; in the last hour minutes and seconds. */
function Countdown({ channel, until }: { channel: string; until: number }) {
  const { say } = useWords();
  const dates = useDates();
  const left = Math.max(0, until - useSeconds(until));
  const soon = left < HOUR;
  const [whole, part] = soon ? [left / MINUTE, (left % MINUTE) / 1000] : [left / HOUR, (left % HOUR) / MINUTE];
  const clock = `${Math.floor(whole)}:${String(Math.floor(part)).padStart(2, '0')}`;
  return (
    <p className={css['window']} data-open="true" data-soon={soon}>
      <IconClock size={16} aria-hidden />
      <span>{say('console.window.left', { channel })}</span>
      <time
        className={`${css['countdown'] ?? ''} sila-number`}
        dateTime={`PT${Math.floor(left / 1000)}S`}
        title={say('console.window.open', { channel, time: dates.time(until), left: dates.left(until) })}
      >
        {clock}
      </time>
    </p>
  );
}

/** The screen's clock ticks twice a minute; near the end every second counts. */
function useSeconds(until: number): number {
  const now = useNow();
  const [second, setSecond] = useState(now);
  const near = until - now < HOUR + MINUTE;
  useEffect(() => {
    if (!near) return undefined;
    setSecond(Date.now());
    const timer = setInterval(() => setSecond(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [near]);
  return near ? Math.max(second, now) : now;
}
