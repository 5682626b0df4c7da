// One case: what was asked, the words, what happened, and what staff do with it.
import { ActionIcon, Tabs } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconClipboardText, IconHistory, IconMessages } from '@tabler/icons-react';
import { useCallback } from 'react';
import { get } from '../api/client.js';
import type { MaskedCase } from '../api/types.js';
import { CopiedNumber } from '../parts/case-number.js';
import { StatusChip } from '../parts/chip.js';
import { Name, usePersonName } from '../parts/names.js';
import { Shown } from '../parts/states.js';
import type { Hint } from '../state/live.js';
import { go } from '../state/route.js';
import { useMay } from '../state/session.js';
import { useData } from '../state/use-data.js';
import { useFlowTitle } from '../words/titles.js';
import { useWords } from '../words/language.js';
import { Answers } from './answers.js';
import { CaseState, CaseWords } from './case-actions.js';
import { CaseEntries } from './case-entries.js';
import { CaseRelated } from './case-related.js';
import { CaseTranscript } from './case-transcript.js';
import { Timeline } from './timeline.js';
import card from '../parts/card.module.css';
import css from './case.module.css';

export function CasePage({ number }: { number: string }) {
  const read = useCallback(() => get<{ case: MaskedCase }>(`/cases/${number}`).then((a) => a.case), [number]);
  const wants = useCallback((hint: Hint) => hint.about === 'case' && hint.id === number, [number]);
  const opened = useData(read, wants);
  return (
    <div className={css['page']}>
      <Shown of={opened}>{(detail) => <Opened detail={detail} put={opened.put} />}</Shown>
    </div>
  );
}

function Opened({ detail, put }: { detail: MaskedCase; put: (detail: MaskedCase) => void }) {
  const { say } = useWords();
  const mayFollow = useMay('follow_cases');
  return (
    <>
      <Head detail={detail} />
      <div className={css['columns']}>
        <section className={`${card['card']} ${css['state']}`} aria-label={say('console.case.actions')}>
          <CaseState detail={detail} put={put} />
        </section>
        <Pages detail={detail} />
        <div className={`${css['side']} ${css['write']}`}>
          {mayFollow && (
            <section className={card['card']} aria-label={say('console.case.write')}>
              <CaseWords detail={detail} put={put} />
            </section>
          )}
          <CaseRelated detail={detail} />
          <CaseEntries number={detail.number} />
        </div>
      </div>
    </>
  );
}

function Pages({ detail }: { detail: MaskedCase }) {
  const { say } = useWords();
  return (
    <Tabs defaultValue="answers" className={css['main'] ?? ''} keepMounted={false}>
      <Tabs.List className={css['tabs'] ?? ''}>
        <Tabs.Tab value="answers" leftSection={<IconClipboardText size={17} aria-hidden />}>
          {say('console.case.tab.answers')}
        </Tabs.Tab>
        <Tabs.Tab value="transcript" leftSection={<IconMessages size={17} aria-hidden />}>
          {say('console.case.tab.transcript')}
        </Tabs.Tab>
        <Tabs.Tab value="timeline" leftSection={<IconHistory size={17} aria-hidden />}>
          {say('console.case.tab.timeline')}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="answers" className={css['panel'] ?? ''}>
        <Answers detail={detail} />
      </Tabs.Panel>
      <Tabs.Panel value="transcript" className={css['panel'] ?? ''}>
        <CaseTranscript passages={detail.passages} />
      </Tabs.Panel>
      <Tabs.Panel value="timeline" className={css['panel'] ?? ''}>
        <Timeline events={detail.events} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Head({ detail }: { detail: MaskedCase }) {
  const { say, language } = useWords();
  const nameOf = usePersonName();
  const kind = useFlowTitle(detail.kind);
  const Back = language === 'ar' ? IconChevronRight : IconChevronLeft;
  return (
    <header className={css['head']}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={say('console.case.back')}
        onClick={() => go({ at: 'cases' })}
      >
        <Back size={22} />
      </ActionIcon>
      <div className={css['headWords']}>
        <h1 className={`${css['name']} sila-name`}>
          <Name>{nameOf(detail.name, detail.number)}</Name>
        </h1>
        <div className={css['headSub']}>
          {kind !== null && <span>{kind}</span>}
          <CopiedNumber grouped={detail.grouped} />
        </div>
      </div>
      <StatusChip status={detail.status} />
    </header>
  );
}
