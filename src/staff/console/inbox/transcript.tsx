// The words of a conversation, by day, newest at the bottom.
import { Button } from '@mantine/core';
import { Fragment, useEffect, useRef, useState } from 'react';
import { get } from '../api/client.js';
import type { TranscriptLine } from '../api/types.js';
import { useAct } from '../parts/use-act.js';
import { useDates } from '../words/dates.js';
import { useSay } from '../words/language.js';
import { Bubble } from './bubble.js';
import css from './transcript.module.css';

const PAGE = 100;
/** Nearer to the end than this, new words pull the view along. */
const NEAR_END = 160;

export function Transcript({ id, lines, earlier }: { id: string; lines: TranscriptLine[]; earlier: number }) {
  const say = useSay();
  const older = useOlder(id, earlier);
  const all = [...older.lines.filter((line) => line.seq < (lines[0]?.seq ?? Infinity)), ...lines];
  const place = useStickToEnd(lines.at(-1)?.seq ?? 0);
  return (
    // Scrolled by keyboard too, so it can be focused.
    <div className={css['scroll']} ref={place} tabIndex={0} role="log" aria-label={say('console.transcript')}>
      {older.more && (
        <div className={css['older']}>
          <Button variant="default" size="xs" radius="xl" loading={older.busy} onClick={older.load}>
            {say('console.transcript.earlier')}
          </Button>
        </div>
      )}
      {all.length === 0 && <p className={css['note']}>{say('console.transcript.empty')}</p>}
      <Days lines={all} />
    </div>
  );
}

function Days({ lines }: { lines: TranscriptLine[] }) {
  const dates = useDates();
  return lines.map((line, i) => {
    const before = lines[i - 1];
    const newDay = before === undefined || dates.dayKey(before.at) !== dates.dayKey(line.at);
    const follows = !newDay && before.author === line.author && before.by === line.by && line.at - before.at < GROUP_MS;
    return (
      <Fragment key={line.id}>
        {newDay && (
          <div className={css['day']}>
            <span title={dates.hijri(line.at)}>{dates.day(line.at)}</span>
          </div>
        )}
        <Bubble line={line} follows={follows} />
      </Fragment>
    );
  });
}

/** Words of one author within this time stand close together under one name. */
const GROUP_MS = 5 * 60_000;

function useOlder(id: string, earlier: number) {
  const [lines, setLines] = useState<TranscriptLine[]>([]);
  // Everything after this seq is on the screen.
  const [from, setFrom] = useState(earlier);
  const { busy, act } = useAct();
  const load = () => {
    const after = Math.max(0, from - PAGE);
    void act(async () => {
      const got = await get<{ lines: TranscriptLine[] }>(`/conversations/${id}/lines`, { after, limit: from - after });
      setLines((old) => [...got.lines.filter((line) => line.seq <= from), ...old]);
      setFrom(after);
    });
  };
  return { lines, more: from > 0, busy, load };
}

function useStickToEnd(lastSeq: number) {
  const place = useRef<HTMLDivElement>(null);
  const opened = useRef(false);
  useEffect(() => {
    const box = place.current;
    if (box === null) return undefined;
    const near = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END + box.clientHeight / 2;
    if (!opened.current || near) box.scrollTop = box.scrollHeight;
    opened.current = true;
    // Pictures that load later must not push the last words out of sight.
    const settle = () => {
      if (box.scrollHeight - box.scrollTop - box.clientHeight < 2 * NEAR_END) box.scrollTop = box.scrollHeight;
    };
    box.addEventListener('load', settle, true);
    return () => box.removeEventListener('load', settle, true);
  }, [lastSeq]);
  return place;
}
