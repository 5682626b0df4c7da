// The receipt that a person takes along: numbers, what comes next, and a code for their own channel. Made for paper.
import { Button, Group } from '@mantine/core';
import { IconArrowBackUp, IconLink, IconPrinter } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import { get, post } from '../api/client.js';
import type { EntryCode, EntryDetail, OpenedEntry } from '../api/types.js';
import { Mark } from '../parts/brand.js';
import { QrCode } from '../parts/qr-code.js';
import { Shown } from '../parts/states.js';
import { BothDates } from '../parts/time.js';
import { useAct } from '../parts/use-act.js';
import type { Hint } from '../state/live.js';
import { useNameOf } from '../state/people.js';
import { go } from '../state/route.js';
import { useSession } from '../state/session.js';
import { useData } from '../state/use-data.js';
import { useDates } from '../words/dates.js';
import { useWords } from '../words/language.js';
import { EntryNumber } from './entry-number.js';
import { grouped } from './entry-facts.js';
import css from './receipt.module.css';

export function ReceiptPage({ id }: { id: string }) {
  const read = useCallback(() => get<OpenedEntry>(`/registers/${id}`), [id]);
  const wants = useCallback((hint: Hint) => hint.about === 'entry' && hint.id === id, [id]);
  const opened = useData(read, wants);
  return (
    <div className={css['page']}>
      <Shown of={opened}>{({ entry }) => <Opened entry={entry} />}</Shown>
    </div>
  );
}

function Opened({ entry }: { entry: EntryDetail }) {
  const { say, language } = useWords();
  const { busy, act } = useAct();
  const [code, setCode] = useState<EntryCode | null>(null);
  const make = () =>
    act(async () => setCode((await post<{ code: EntryCode }>(`/registers/${entry.id}/code`, { language })).code));
  return (
    <>
      <Group className={css['tools'] ?? ''}>
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={18} />}
          onClick={() => go({ at: 'entry', id: entry.id })}
        >
          {say('console.desk.receipt.back')}
        </Button>
        {entry.conversation !== null && entry.linked.length === 0 && (
          <Button variant="default" loading={busy} leftSection={<IconLink size={18} />} onClick={() => void make()}>
            {say('console.desk.receipt.code')}
          </Button>
        )}
        <Button leftSection={<IconPrinter size={18} />} onClick={() => window.print()}>
          {say('console.desk.receipt.print')}
        </Button>
      </Group>
      <Paper entry={entry} code={code} />
    </>
  );
}

function Paper({ entry, code }: { entry: EntryDetail; code: EntryCode | null }) {
  const { say, language } = useWords();
  const { charity } = useSession();
  const words = entry.caseNumber === null ? 'console.desk.receipt.keep' : 'console.desk.receipt.follow';
  return (
    <article className={css['paper']} aria-label={say('console.desk.receipt')}>
      <header className={css['head']}>
        <Mark />
        <div>
          <div className={css['charity']}>{charity.name[language] ?? charity.name['ar']}</div>
          <h1 className={css['title']}>{say(`console.register.${entry.register}.receipt`)}</h1>
        </div>
      </header>
      <Facts entry={entry} />
      {entry.caseNumber !== null && <Scan number={grouped(entry.caseNumber)} />}
      {code !== null && <Code code={code} />}
      <p className={css['words']}>{say(words)}</p>
      <p className={css['fine']}>{say('console.desk.receipt.safe')}</p>
    </article>
  );
}

function Facts({ entry }: { entry: EntryDetail }) {
  const nameOf = useNameOf();
  const { name, subject, caseNumber, by } = entry;
  return (
    <dl className={css['facts']}>
      <Fact name="console.desk.receipt.entry" big>
        <EntryNumber entry={entry} />
      </Fact>
      {caseNumber !== null && (
        <Fact name="console.desk.receipt.case" big>
          <span className="sila-number">{grouped(caseNumber)}</span>
        </Fact>
      )}
      {name !== '' && (
        <Fact name="console.desk.receipt.name">
          <bdi dir="auto">{name}</bdi>
        </Fact>
      )}
      <Fact name="console.desk.subject">
        <bdi dir="auto">{subject}</bdi>
      </Fact>
      <Fact name="console.desk.receipt.date">
        <BothDates at={entry.at} />
      </Fact>
      {by !== 'system' && (
        <Fact name="console.desk.receipt.by">
          <bdi dir="auto">{nameOf(by)}</bdi>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, big = false, children }: { name: string; big?: boolean; children: ReactNode }) {
  const { say } = useWords();
  return (
    <>
      <dt>{say(name)}</dt>
      <dd className={big ? css['big'] : undefined}>{children}</dd>
    </>
  );
}

/** Opens our own conversation with the number written in it. What follows the # goes to no server and into no log. */
function Scan({ number }: { number: string }) {
  const { say } = useWords();
  return (
    <section className={css['scan']}>
      <QrCode
        className={css['qr']}
        text={`${location.origin}/chat#${number}`}
        label={say('console.desk.receipt.scan.code')}
      />
      <p className={css['words']}>{say('console.desk.receipt.scan')}</p>
    </section>
  );
}

function Code({ code }: { code: EntryCode }) {
  const { say } = useWords();
  const dates = useDates();
  return (
    <section className={css['code']}>
      <h2 className={css['codeTitle']}>{say('console.desk.receipt.code.title')}</h2>
      <p className={css['words']}>{say('console.desk.receipt.code.how')}</p>
      <p className={css['digits']}>{code.code}</p>
      <p className="sila-words">{code.places}</p>
      <p className={css['fine']}>{say('console.desk.receipt.code.until', { time: dates.full(code.expiresAt) })}</p>
    </section>
  );
}
