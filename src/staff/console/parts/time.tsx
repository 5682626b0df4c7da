// A moment: how long ago, with the full date (both calendars) on hover and for screen readers.
import { useDates } from '../words/dates.js';
import css from './time.module.css';

export function Ago({ at, className }: { at: number; className?: string | undefined }) {
  const dates = useDates();
  return (
    <time className={className} dateTime={new Date(at).toISOString()} title={`${dates.full(at)} · ${dates.hijri(at)}`}>
      {dates.ago(at)}
    </time>
  );
}

/** A civil date in both calendars, in one line or in two. */
export function BothDates({ at, stacked = false }: { at: number; stacked?: boolean }) {
  const dates = useDates();
  return (
    <time dateTime={new Date(at).toISOString()} className={stacked ? css['stacked'] : undefined}>
      <bdi>{dates.date(at)}</bdi>
      {!stacked && ' · '}
      <bdi>{dates.hijri(at)}</bdi>
    </time>
  );
}
