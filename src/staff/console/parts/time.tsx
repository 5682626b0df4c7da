// A moment: how long ago, with the full date (both calendars) on hover and for screen readers.
import { useDates } from '../words/dates.js';

export function Ago({ at, className }: { at: number; className?: string | undefined }) {
  const dates = useDates();
  return (
    <time className={className} dateTime={new Date(at).toISOString()} title={`${dates.full(at)} · ${dates.hijri(at)}`}>
      {dates.ago(at)}
    </time>
  );
}

/** A civil date in both calendars. */
export function BothDates({ at }: { at: number }) {
  const dates = useDates();
  return (
    <time dateTime={new Date(at).toISOString()}>
      <bdi>{dates.date(at)}</bdi> · <bdi>{dates.hijri(at)}</bdi>
    </time>
  );
}
