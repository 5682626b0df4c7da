// What staff should see now: who waits, what is dangerous, what is new. Fresh ones also show at the edge of the screen.
import { Button, Drawer } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconAlertOctagon,
  IconBellOff,
  IconFileAlert,
  IconFolderPlus,
  IconHeadset,
  IconHourglassHigh,
  IconMessageOff,
  IconMessageQuestion,
  IconPackageOff,
  IconPlugConnectedX,
  IconShieldExclamation,
  IconRepeat,
  IconSendOff,
  IconSpy,
} from '@tabler/icons-react';
import { useCallback, useEffect, useRef } from 'react';
import { get, post } from '../api/client.js';
import type { Notice } from '../api/types.js';
import { Empty, Shown } from '../parts/states.js';
import { Ago } from '../parts/time.js';
import { useAct } from '../parts/use-act.js';
import type { Hint } from '../state/live.js';
import { go, usePlace } from '../state/route.js';
import type { Place } from '../state/route.js';
import { useData } from '../state/use-data.js';
import type { Data } from '../state/use-data.js';
import { useSay } from '../words/language.js';
import css from './notices.module.css';

const signs = {
  handoff: IconHeadset,
  handoff_late: IconHourglassHigh,
  danger: IconAlertOctagon,
  fraud: IconSpy,
  new_case: IconFolderPlus,
  quarantined: IconPackageOff,
  unanswered: IconMessageQuestion,
  send_failed: IconSendOff,
  opted_out: IconMessageOff,
  repeating: IconRepeat,
  channel_trouble: IconPlugConnectedX,
  codes_guessed: IconShieldExclamation,
  flows_refused: IconFileAlert,
  article_over: IconFileAlert,
} as const satisfies Record<Notice['kind'], unknown>;

/** Always mounted: it listens while it is closed. */
export function NoticesDrawer({ opened, close }: { opened: boolean; close: () => void }) {
  const say = useSay();
  const read = useCallback(() => get<{ notices: Notice[] }>('/notices', { limit: 100 }).then((a) => a.notices), []);
  const notices = useData(read, aboutNotices);
  useAnnounce(notices.data);
  useSeeWhatIsOpen(notices);
  return (
    <Drawer
      opened={opened}
      onClose={close}
      position="left"
      size={420}
      title={say('console.nav.notices')}
      closeButtonProps={{ 'aria-label': say('console.close') }}
    >
      <Shown of={notices}>{(list) => <List list={list} notices={notices} close={close} />}</Shown>
    </Drawer>
  );
}

function List({ list, notices, close }: { list: Notice[]; notices: Data<Notice[]>; close: () => void }) {
  const say = useSay();
  const { busy, act } = useAct();
  const unseen = list.filter((one) => one.seenAt === null).map((one) => one.id);
  const see = (ids: string[]) => act(() => post('/notices/seen', { ids })).then(notices.reload);
  if (list.length === 0) return <Empty icon={IconBellOff} title={say('console.notices.none')} />;
  return (
    <>
      {unseen.length > 0 && (
        <Button variant="subtle" size="xs" mb="xs" loading={busy} onClick={() => void see(unseen)}>
          {say('console.notices.see_all')}
        </Button>
      )}
      <ul className={css['list']}>
        {list.map((notice) => (
          <li key={notice.id}>
            <Row
              notice={notice}
              open={() => {
                if (notice.seenAt === null) void see([notice.id]);
                follow(notice);
                close();
              }}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

function Row({ notice, open }: { notice: Notice; open: () => void }) {
  const say = useSay();
  const Sign = signs[notice.kind];
  return (
    <button
      type="button"
      className={css['row']}
      data-kind={notice.kind}
      data-unseen={notice.seenAt === null}
      onClick={open}
    >
      <span className={css['sign']}>
        <Sign size={20} stroke={1.7} aria-hidden />
      </span>
      <span className={css['words']}>
        <span className={css['title']}>{say(`console.notice.${notice.kind}`)}</span>
        <span className={css['more']}>{say(`console.notice.${notice.kind}.more`)}</span>
        <Ago at={notice.at} className={css['time']} />
      </span>
      {notice.seenAt === null && <span className={css['dot']} role="img" aria-label={say('console.notices.new')} />}
    </button>
  );
}

/** Only what came while the console was open, and only what needs somebody soon. */
const loud: ReadonlySet<Notice['kind']> = new Set(['danger', 'fraud', 'handoff', 'handoff_late', 'new_case']);

function useAnnounce(list: Notice[] | null): void {
  const say = useSay();
  const known = useRef<Set<string> | null>(null);
  useEffect(() => {
    if (list === null) return;
    const before = known.current;
    known.current = new Set(list.map((one) => one.id));
    if (before === null) return;
    for (const notice of list) {
      if (before.has(notice.id) || notice.seenAt !== null || !loud.has(notice.kind)) continue;
      notifications.show({
        id: notice.id,
        title: say(`console.notice.${notice.kind}`),
        message: say(`console.notice.${notice.kind}.more`),
        color: notice.kind === 'danger' ? 'red' : 'sila',
        autoClose: notice.kind === 'danger' ? false : 8_000,
        onClick: () => follow(notice),
        closeButtonProps: { 'aria-label': say('console.close') },
      });
    }
  }, [list, say]);
}

/** Whoever opens what a notice points to has seen it. */
function useSeeWhatIsOpen({ data, reload }: Data<Notice[]>): void {
  const place = usePlace();
  const told = useRef(new Set<string>());
  useEffect(() => {
    const ids = (data ?? [])
      .filter((one) => one.seenAt === null && isAbout(one, place) && !told.current.has(one.id))
      .map((one) => one.id);
    if (ids.length === 0) return;
    ids.forEach((id) => told.current.add(id));
    post('/notices/seen', { ids }).then(reload, () => ids.forEach((id) => told.current.delete(id)));
  }, [data, place, reload]);
}

function isAbout(notice: Notice, place: Place): boolean {
  if (place.at === 'case') return notice.caseNumber === place.number;
  return place.at === 'inbox' && place.id !== null && notice.conversation === place.id;
}

function follow(notice: Notice): void {
  if (notice.caseNumber !== null) go({ at: 'case', number: notice.caseNumber });
  else if (notice.conversation !== null) go({ at: 'inbox', id: notice.conversation });
}

function aboutNotices(hint: Hint): boolean {
  return hint.about === 'notice';
}
