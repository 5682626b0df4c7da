// One entry: what it says, the form that is filled for it, what was done, and what comes next.
import { ActionIcon, Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPrinter } from '@tabler/icons-react';
import { useCallback } from 'react';
import { get } from '../api/client.js';
import type { EntryDetail, FormState, OpenedEntry } from '../api/types.js';
import { Shown } from '../parts/states.js';
import type { Hint } from '../state/live.js';
import { go } from '../state/route.js';
import { useData } from '../state/use-data.js';
import { useWords } from '../words/language.js';
import caseCss from '../cases/case.module.css';
import page from '../parts/page.module.css';
import css from './entry.module.css';
import { EntryActions } from './entry-actions.js';
import { EntryFacts } from './entry-facts.js';
import { EntryFiles } from './entry-files.js';
import { EntryForm } from './entry-form.js';
import { EraseEntry } from './erase-entry.js';
import { EntryNumber, StateChip } from './entry-number.js';
import { LinkPerson } from './link-person.js';

export function EntryPage({ id }: { id: string }) {
  const read = useCallback(() => get<OpenedEntry>(`/registers/${id}`), [id]);
  const wants = useCallback((hint: Hint) => hint.about === 'entry' && hint.id === id, [id]);
  const opened = useData(read, wants);
  return (
    <div className={page['page']}>
      <Shown of={opened}>
        {(data) => <Opened data={data} put={(change) => opened.put({ ...data, ...change })} reload={opened.reload} />}
      </Shown>
    </div>
  );
}

interface Props {
  data: OpenedEntry;
  put: (change: { entry?: EntryDetail; form?: FormState | null }) => void;
  reload: () => void;
}

function Opened({ data: { entry, form }, put, reload }: Props) {
  const letter = entry.register === 'incoming' || entry.register === 'outgoing';
  const putEntry = (next: EntryDetail) => put({ entry: next });
  return (
    <>
      <Head entry={entry} />
      <div className={page['body']}>
        <div className={css['columns']}>
          <div className={css['side']}>
            {entry.register !== 'outgoing' && (
              <EntryForm
                entry={entry}
                form={form}
                put={(next) => {
                  put({ form: next });
                  // A case was filed: the entry bears its number now.
                  if ((next?.filed.length ?? 0) > 0 && entry.caseNumber === null) reload();
                }}
              />
            )}
            {letter && <EntryFiles entry={entry} put={putEntry} />}
          </div>
          <div className={css['side']}>
            <EntryActions entry={entry} put={putEntry} />
            <EntryFacts entry={entry} />
            {entry.conversation !== null && <LinkPerson entry={entry} put={putEntry} />}
            <EraseEntry entry={entry} />
          </div>
        </div>
      </div>
    </>
  );
}

function Head({ entry }: { entry: EntryDetail }) {
  const { say, language } = useWords();
  const Back = language === 'ar' ? IconChevronRight : IconChevronLeft;
  return (
    <header className={caseCss['head']}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={say('console.desk.back')}
        onClick={() => go({ at: 'desk', register: entry.register })}
      >
        <Back size={22} />
      </ActionIcon>
      <div className={caseCss['headWords']}>
        <h1 className={`${caseCss['name']} sila-name`}>
          <bdi dir="auto">{entry.name === '' ? say('console.desk.unnamed') : entry.name}</bdi>
        </h1>
        <div className={caseCss['headSub']}>
          <EntryNumber entry={entry} />
          <StateChip entry={entry} />
        </div>
      </div>
      <Button
        variant="default"
        size="sm"
        leftSection={<IconPrinter size={18} />}
        onClick={() => go({ at: 'receipt', id: entry.id })}
      >
        {say('console.desk.receipt')}
      </Button>
    </header>
  );
}
