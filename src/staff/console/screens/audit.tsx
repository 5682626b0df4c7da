// Who saw and did what, newest first; for administrators.
import { Alert } from '@mantine/core';
import { IconHistory, IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useCallback } from 'react';
import { get } from '../api/client.js';
import type { AuditLine } from '../api/types.js';
import { Empty, Shown } from '../parts/states.js';
import { Ago } from '../parts/time.js';
import { useNameOf } from '../state/people.js';
import { useData } from '../state/use-data.js';
import { useDates } from '../words/dates.js';
import { knows, useSay } from '../words/language.js';
import { Box, Page } from './page.js';
import css from './page.module.css';

interface Trail {
  entries: AuditLine[];
  whole: boolean;
}

export function AuditPage() {
  const say = useSay();
  const read = useCallback(() => get<Trail>('/audit', { limit: 200 }), []);
  const trail = useData(read, never);
  return (
    <Page title={say('console.nav.audit')} about={say('console.audit.about')}>
      <Shown of={trail}>
        {({ entries, whole }) => (
          <>
            <Alert
              color={whole ? 'sila' : 'red'}
              variant="light"
              icon={whole ? <IconShieldCheck size={20} /> : <IconShieldX size={20} />}
            >
              {say(whole ? 'console.audit.whole' : 'console.audit.broken')}
            </Alert>
            {entries.length === 0 ? (
              <Empty icon={IconHistory} title={say('console.audit.none')} />
            ) : (
              <Box>
                <ul className={css['rows']}>
                  {entries.map((entry, i) => (
                    <li key={i} className={css['row']}>
                      <Entry entry={entry} />
                    </li>
                  ))}
                </ul>
              </Box>
            )}
          </>
        )}
      </Shown>
    </Page>
  );
}

function Entry({ entry }: { entry: AuditLine }) {
  const say = useSay();
  const nameOf = useNameOf();
  const dates = useDates();
  const key = `console.audit.act.${entry.act}`;
  return (
    <>
      <span className={css['rowWords']}>
        <span className={css['rowTitle']}>{knows(key) ? say(key) : entry.act}</span>
        <span className={css['rowMore']}>
          <bdi dir="auto">{nameOf(entry.staff)}</bdi>
          {isCaseNumber(entry.subject) && (
            <>
              {' · '}
              <span className="sila-number">{grouped(entry.subject)}</span>
            </>
          )}
        </span>
      </span>
      <span className={css['rowMore']} title={dates.full(entry.at)}>
        <Ago at={entry.at} />
      </span>
    </>
  );
}

/** Other subjects are ids that tell a reader nothing. */
function isCaseNumber(subject: string): boolean {
  return /^\d{13}$/.test(subject);
}

/** `7304-8815-2096-4` */
function grouped(number: string): string {
  return number.replace(/^(\d{4})(\d{4})(\d{4})(\d)$/, '$1-$2-$3-$4');
}

function never(): boolean {
  return false;
}
