// What the person answered, grouped; what is sensitive is shown when asked for, and that is written down.
import { Alert, Button } from '@mantine/core';
import { IconClipboardCheck, IconEye, IconEyeOff, IconLock, IconSignature, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { post } from '../api/client.js';
import type { MaskedAnswer, MaskedCase } from '../api/types.js';
import { FileTile } from '../parts/file-tile.js';
import { BothDates } from '../parts/time.js';
import { useAct } from '../parts/use-act.js';
import { useNameOf } from '../state/people.js';
import { useMay } from '../state/session.js';
import { useWords } from '../words/language.js';
import css from './answers.module.css';

/** Answers that say who somebody is and how to reach them; the rest is the request itself. */
const aboutPerson: ReadonlySet<string> = new Set(['name', 'saudi_id', 'phone', 'email', 'iban', 'last_four']);

export function Answers({ detail }: { detail: MaskedCase }) {
  const { say } = useWords();
  const [whole, setWhole] = useState<MaskedCase | null>(null);
  // What was revealed belongs to the case as it stood; a newer version is masked again.
  const open = whole !== null && whole.version === detail.version ? whole : null;
  const { answers } = open ?? detail;
  const papers = answers.filter((one) => one.type === 'file' && (one.files?.length ?? 0) > 0);
  const words = answers.filter((one) => !papers.includes(one));
  const person = words.filter((one) => aboutPerson.has(one.type));
  const request = words.filter((one) => !aboutPerson.has(one.type));
  return (
    <>
      {detail.answers.some((one) => one.masked) && (
        <Reveal number={detail.number} opened={open !== null} give={setWhole} />
      )}
      <Group title={say('console.case.group.person')} answers={person} />
      <Group title={say('console.case.group.request')} answers={request} />
      <Papers papers={papers} hidden={open === null} loose={looseFiles(detail, papers)} />
      <Signed detail={detail} />
    </>
  );
}

function Reveal({
  number,
  opened,
  give,
}: {
  number: string;
  opened: boolean;
  give: (whole: MaskedCase | null) => void;
}) {
  const { say } = useWords();
  const { busy, act } = useAct();
  const mayReveal = useMay('reveal');
  const show = () => void act(async () => give((await post<{ case: MaskedCase }>(`/cases/${number}/reveal`)).case));
  if (!mayReveal) return null;
  return (
    <Alert variant="light" color="gray" mb="md" icon={<IconLock size={18} />} p="sm">
      <div className={css['reveal']}>
        <span>{say(opened ? 'console.case.revealed' : 'console.case.masked')}</span>
        <Button
          size="xs"
          variant="default"
          loading={busy}
          leftSection={opened ? <IconEyeOff size={16} /> : <IconEye size={16} />}
          onClick={opened ? () => give(null) : show}
        >
          {say(opened ? 'console.case.hide' : 'console.case.reveal')}
        </Button>
      </div>
    </Alert>
  );
}

function Group({ title, answers }: { title: string; answers: MaskedAnswer[] }) {
  if (answers.length === 0) return null;
  return (
    <section className={css['group']}>
      <h2 className={css['groupTitle']}>{title}</h2>
      <dl className={css['answers']}>
        {answers.map((one) => (
          <div key={one.name} className={css['answer']}>
            <dt>
              <Label of={one} />
            </dt>
            <dd>
              <Value of={one} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Label({ of: one }: { of: MaskedAnswer }) {
  const { language } = useWords();
  return <bdi dir="auto">{one.label[language] ?? Object.values(one.label)[0] ?? one.name}</bdi>;
}

function Value({ of: one }: { of: MaskedAnswer }) {
  const { say } = useWords();
  if (one.class === 'confidential' && one.value === '')
    return (
      <span className={css['masked']}>
        <IconLock size={15} aria-hidden /> {say('console.confidential')}
      </span>
    );
  if (one.masked)
    return (
      <span className={css['masked']}>
        <bdi dir="ltr" aria-label={say('console.case.hidden')} role="img">
          {one.value}
        </bdi>
      </span>
    );
  if (one.value === '') return <span className={css['masked']}>{say('console.case.no_answer')}</span>;
  if (aboutPerson.has(one.type) && one.type !== 'name') return <bdi dir="ltr">{one.value}</bdi>;
  if (one.value.length < SHORT && !one.value.includes('\n')) return <bdi dir="auto">{one.value}</bdi>;
  return <div className="sila-words">{one.value}</div>;
}

/** Below this an answer stands at the beginning of its line; longer words follow their own direction. */
const SHORT = 60;

interface PapersProps {
  papers: MaskedAnswer[];
  hidden: boolean;
  loose: MaskedCase['files'];
}

function Papers({ papers, hidden, loose }: PapersProps) {
  const { say } = useWords();
  if (papers.length === 0 && loose.length === 0) return null;
  return (
    <section className={css['group']}>
      <h2 className={css['groupTitle']}>{say('console.case.group.papers')}</h2>
      <ul className={css['gallery']}>
        {papers.flatMap((one) =>
          (one.files ?? []).map((file) => (
            <li key={`${one.name}-${file.id}`}>
              <span className={css['paper']}>
                <Label of={one} />
              </span>
              <FileTile file={file} hidden={hidden} />
            </li>
          )),
        )}
        {loose.map((file) => (
          <li key={file.id}>
            <span className={css['paper']}>{say('console.case.paper.other')}</span>
            <FileTile file={file} hidden={hidden} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Files of the case that no answer names. */
function looseFiles(detail: MaskedCase, papers: MaskedAnswer[]): MaskedCase['files'] {
  const named = new Set(papers.flatMap((one) => one.files ?? []).map((file) => file.id));
  return detail.files.filter((file) => !named.has(file.id));
}

function Signed({ detail }: { detail: MaskedCase }) {
  const { say } = useWords();
  const { consent, declaration, taken } = detail;
  const nameOf = useNameOf();
  if (consent === null && declaration === null && taken === null) return null;
  return (
    <section className={css['group']}>
      <h2 className={css['groupTitle']}>{say('console.case.group.signed')}</h2>
      <div className={css['signed']}>
        {consent !== null && (
          <div>
            <IconShieldCheck size={18} aria-hidden />
            <span>
              {say(consent.given ? 'console.case.consent' : 'console.case.consent.none', { version: consent.version })}{' '}
              <span className={css['fine']}>
                <BothDates at={consent.at} />
              </span>
            </span>
          </div>
        )}
        {taken !== null && (
          <div>
            <IconClipboardCheck size={18} aria-hidden />
            <span>
              {say(`console.case.taken.${taken.how}`, { name: nameOf(taken.by) })}{' '}
              <span className={css['fine']}>
                <BothDates at={taken.at} />
              </span>
            </span>
          </div>
        )}
        {declaration !== null && (
          <div>
            <IconSignature size={18} aria-hidden />
            <span>
              {say('console.case.declaration', { name: declaration.name, version: declaration.version })}
              <span className={css['fine']}>
                {' '}
                <bdi dir="ltr">{declaration.digest.slice(0, 16)}</bdi>
              </span>
            </span>
          </div>
        )}
      </div>
    </section>
  );
}
