// The flow as a form: what was answered, each with a pen, and the question of now with the field that fits it.
import { ActionIcon, Button, Select } from '@mantine/core';
import { IconCircleCheck, IconPencil } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { get, newClientId, post } from '../api/client.js';
import type { DeskOverview, EntryDetail, FormState } from '../api/types.js';
import { FileTile } from '../parts/file-tile.js';
import { useAct } from '../parts/use-act.js';
import { useData } from '../state/use-data.js';
import { useSession } from '../state/session.js';
import { useWords } from '../words/language.js';
import { useFlowTitles } from '../words/titles.js';
import card from '../parts/card.module.css';
import css from './entry.module.css';
import { CaseNumber } from './entry-facts.js';
import { QuestionField } from './question-field.js';
import type { Given } from './question-field.js';

interface Props {
  entry: EntryDetail;
  form: FormState | null;
  put: (form: FormState | null) => void;
}

export function EntryForm({ entry, form, put }: Props) {
  const { say } = useWords();
  const titleOf = useFlowTitles();
  const { busy, act } = useAct();
  const write = (path: string, body: object) =>
    act(async () => put((await post<{ form: FormState | null }>(`/registers/${entry.id}/${path}`, body)).form));
  const question = form?.view?.question ?? null;
  const running = question !== null || form?.between === true;
  const answer = (given: Given) => write('answer', { clientId: newClientId(), ...given });
  return (
    <section className={card['card']} aria-label={say('console.desk.form')} aria-busy={busy || form?.busy === true}>
      <h2 className={card['title']}>
        {form === null ? say('console.desk.form') : (titleOf(form.flow) ?? say('console.desk.form'))}
      </h2>
      <Filed form={form} />
      {form !== null && !running && form.filed.length === 0 && <Said said={form.said.slice(0, 1)} />}
      {form !== null && running && (
        <>
          <Answers form={form} busy={busy} correct={(field) => write('correct', { clientId: newClientId(), field })} />
          <Said said={form.said} />
          <QuestionField
            key={`${question?.step ?? 'between'} ${form.said.join()}`}
            entry={entry.id}
            question={question}
            offered={form.offered}
            busy={busy || form.busy}
            answer={answer}
          />
        </>
      )}
      {!running && (
        <Begin
          entry={entry}
          filed={(form?.filed.length ?? 0) > 0}
          busy={busy}
          begin={(what) => write('form', { clientId: newClientId(), ...what })}
        />
      )}
    </section>
  );
}

function Filed({ form }: { form: FormState | null }) {
  const { say } = useWords();
  const titleOf = useFlowTitles();
  const place = useRef<HTMLDivElement>(null);
  const count = form?.filed.length ?? 0;
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'center' });
  }, [count]);
  return (form?.filed ?? []).map(({ number, kind }) => (
    <div key={number} ref={place} className={css['filed']} role="status">
      <IconCircleCheck size={26} stroke={1.6} aria-hidden />
      <span>
        {say('console.desk.filed', { kind: titleOf(kind) ?? kind })}
        <CaseNumber number={number} />
      </span>
    </div>
  ));
}

/** What the flow says now: read aloud to whoever is there. */
function Said({ said }: { said: readonly string[] }) {
  const { say } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const words = said.join();
  // The answers above grow: the question of now stays where it can be read.
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'center' });
  }, [words]);
  return (
    <div ref={place} className={css['said']} aria-live="polite">
      <span className={css['saidHead']}>{say('console.desk.read_aloud')}</span>
      {said.map((text, i) => (
        <div key={i} className="sila-words">
          {text}
        </div>
      ))}
    </div>
  );
}

function Answers({
  form,
  busy,
  correct,
}: {
  form: FormState;
  busy: boolean;
  correct: (field: string) => Promise<unknown>;
}) {
  const { say, language } = useWords();
  const answers = form.view?.answers ?? [];
  if (answers.length === 0) return null;
  return (
    <dl className={css['answers']}>
      {answers.map((one) => {
        const label = one.label[language] ?? Object.values(one.label)[0] ?? one.name;
        return (
          <div key={one.name} className={css['answer']}>
            <dt>
              <bdi dir="auto">{label}</bdi>
            </dt>
            <dd>
              {one.files.length > 0 ? (
                <span className={css['gallery']}>
                  {one.files.map((file) => (
                    <FileTile key={file.id} file={file} hidden />
                  ))}
                </span>
              ) : (
                <bdi dir="auto">{one.value}</bdi>
              )}
            </dd>
            {one.correctable && (
              <dd className={css['pen']}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="lg"
                  disabled={busy}
                  aria-label={say('console.desk.correct', { label })}
                  onClick={() => void correct(one.name)}
                >
                  <IconPencil size={19} />
                </ActionIcon>
              </dd>
            )}
          </div>
        );
      })}
    </dl>
  );
}

function Begin({
  entry,
  filed,
  busy,
  begin,
}: {
  entry: EntryDetail;
  /** Something was filed here before: another form is the exception. */
  filed: boolean;
  busy: boolean;
  begin: (what: { flow: string; language: string }) => Promise<unknown>;
}) {
  const { say, language } = useWords();
  const { charity } = useSession();
  const titleOf = useFlowTitles();
  const overview = useData(readOverview, never);
  const [flow, setFlow] = useState<string>('aid-request');
  const [another, setAnother] = useState(false);
  const [spoken, setSpoken] = useState<string>(charity.languages.includes(language) ? language : 'ar');
  const flows = overview.data?.flows ?? [];
  if (filed && !another)
    return (
      <Button variant="default" onClick={() => setAnother(true)}>
        {say('console.desk.form.another')}
      </Button>
    );
  return (
    <>
      <span className={css['fine']}>{say(`console.register.${entry.register}.form`)}</span>
      <Select
        label={say('console.desk.form.flow')}
        data={flows.map(({ id }) => ({ value: id, label: titleOf(id) ?? id }))}
        value={flow}
        onChange={(next) => setFlow(next ?? flow)}
        allowDeselect={false}
        searchable
        nothingFoundMessage={say('console.desk.not_found')}
      />
      <Select
        label={say('console.desk.form.language')}
        data={charity.languages.map((one) => ({ value: one, label: say(`console.desk.form.language.${one}`) }))}
        value={spoken}
        onChange={(next) => setSpoken(next ?? spoken)}
        allowDeselect={false}
      />
      <Button loading={busy} onClick={() => void begin({ flow, language: spoken })}>
        {say('console.desk.form.begin')}
      </Button>
    </>
  );
}

function readOverview(): Promise<DeskOverview> {
  return get<DeskOverview>('/registers');
}

function never(): boolean {
  return false;
}
