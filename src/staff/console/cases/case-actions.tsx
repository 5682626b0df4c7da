// What staff do with a case: move it, refer it, note, write to the person.
import { Alert, Button, Select, Textarea } from '@mantine/core';
import { IconAlarm, IconArrowsExchange, IconMessageOff, IconMessages, IconNote, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { post } from '../api/client.js';
import type { MaskedCase } from '../api/types.js';
import { BothDates } from '../parts/time.js';
import { useTell } from '../parts/tell.js';
import { useAct } from '../parts/use-act.js';
import { MOST_WORDS, useWriting } from '../parts/use-writing.js';
import { useNow } from '../state/now.js';
import { usePeople } from '../state/people.js';
import { go } from '../state/route.js';
import { useMay } from '../state/session.js';
import { useSay } from '../words/language.js';
import { isDue } from './due.js';
import { StatusDialog } from './status-dialog.js';
import { Reach } from './reach.js';
import card from '../parts/card.module.css';
import css from './case.module.css';

interface Props {
  detail: MaskedCase;
  put: (detail: MaskedCase) => void;
}

/** Dates, the next stage, the referral. */
export function CaseState({ detail, put }: Props) {
  const mayFollow = useMay('follow_cases');
  return (
    <>
      <Facts detail={detail} />
      {mayFollow && <Move detail={detail} put={put} />}
      {mayFollow && <Refer detail={detail} put={put} />}
    </>
  );
}

/** A note among staff, words to the person. */
export function CaseWords({ detail, put }: Props) {
  return (
    <>
      <Write detail={detail} put={put} what="note" />
      {detail.reached ? <Write detail={detail} put={put} what="message" /> : <Unreached />}
    </>
  );
}

/** Taken down at the desk, and no channel of the person's is linked yet. */
export function Unreached() {
  const say = useSay();
  return (
    <Alert variant="light" color="orange" icon={<IconMessageOff size={18} />} p="sm">
      {say('console.case.unreached')}
    </Alert>
  );
}

function Facts({ detail }: { detail: MaskedCase }) {
  const say = useSay();
  const due = isDue(detail, useNow());
  const undecided = isDue(detail, Infinity);
  return (
    <>
      {due && (
        <div className={css['due']}>
          <IconAlarm size={18} aria-hidden /> {say('console.case.due')}
        </div>
      )}
      <dl className={card['facts']}>
        <dt>{say('console.case.opened')}</dt>
        <dd>
          <BothDates at={detail.openedAt} stacked />
        </dd>
        {undecided && (
          <>
            <dt>{say('console.case.not_before')}</dt>
            <dd>
              <BothDates at={detail.notBefore} stacked />
            </dd>
          </>
        )}
        <dt>{say('console.case.changed')}</dt>
        <dd>
          <BothDates at={detail.changedAt} stacked />
        </dd>
      </dl>
    </>
  );
}

function Move({ detail, put }: Props) {
  const say = useSay();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        leftSection={<IconArrowsExchange size={18} />}
        onClick={() => setAsking(true)}
        disabled={detail.next.length === 0}
      >
        {say('console.case.move')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconMessages size={18} />}
        onClick={() => go({ at: 'inbox', id: detail.conversation })}
      >
        {say('console.case.open_conversation')}
      </Button>
      <StatusDialog opened={asking} close={() => setAsking(false)} detail={detail} put={put} />
    </>
  );
}

/** The policy's referral to the officer of social research; anybody of the staff can be chosen. */
function Refer({ detail, put }: Props) {
  const say = useSay();
  const tell = useTell();
  const { all } = usePeople();
  const { busy, act } = useAct();
  const offered = all.filter((one) => one.active || one.id === detail.assignedTo);
  const group = (researchers: boolean) =>
    offered
      .filter((one) => (one.role === 'researcher') === researchers)
      .map((one) => ({ value: one.id, label: one.name }));
  const refer = (assignee: string | null) =>
    void act(async () => {
      put((await post<{ case: MaskedCase }>(`/cases/${detail.number}/assign`, { assignee })).case);
      tell.done(assignee === null ? 'console.case.unreferred' : 'console.case.referred');
    });
  return (
    <Select
      label={say('console.case.refer')}
      placeholder={say('console.cases.nobody')}
      data={[
        { group: say('console.role.researcher'), items: group(true) },
        { group: say('console.case.others'), items: group(false) },
      ]}
      value={detail.assignedTo}
      onChange={refer}
      disabled={busy}
      clearable
      allowDeselect={false}
      clearButtonProps={{ 'aria-label': say('console.clear') }}
      comboboxProps={{ shadow: 'md' }}
    />
  );
}

function Write({ detail, put, what }: Props & { what: 'note' | 'message' }) {
  const say = useSay();
  const tell = useTell();
  const words = useWriting(async (text, clientId) => {
    const body = what === 'note' ? { text } : { text, clientId };
    put((await post<{ case: MaskedCase }>(`/cases/${detail.number}/${what}`, body)).case);
    tell.done(`console.case.${what}.done`);
  });
  const Sign = what === 'note' ? IconNote : IconSend;
  return (
    <div>
      <Textarea
        label={say(`console.case.${what}`)}
        description={say(`console.case.${what}.about`)}
        value={words.text}
        onChange={(event) => words.write(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={MOST_WORDS}
        dir="auto"
      />
      {what === 'message' && <Reach how={detail.reach?.message ?? null} />}
      <Button
        mt={8}
        size="xs"
        variant="light"
        loading={words.busy}
        disabled={words.empty}
        leftSection={<Sign size={16} />}
        onClick={() => void words.send()}
      >
        {say(`console.case.${what}.send`)}
      </Button>
    </div>
  );
}
