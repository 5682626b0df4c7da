// Moving a case: only where it may go, with the words that the person will read.
import { Button, Group, Modal, Radio, Stack, Switch, Text, Textarea } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { post } from '../api/client.js';
import type { CaseStatus, MaskedCase } from '../api/types.js';
import { StatusChip } from '../parts/chip.js';
import { useTell } from '../parts/tell.js';
import { useAct } from '../parts/use-act.js';
import { MOST_WORDS } from '../parts/use-writing.js';
import { sayIn, useSay } from '../words/language.js';
import { noticeKey } from '../words/titles.js';
import { Reach } from './reach.js';
import css from './case.module.css';

interface Props {
  detail: MaskedCase;
  put: (detail: MaskedCase) => void;
  close: () => void;
}
/** Statuses that settle the request and so come with a reason. */
const decisions: ReadonlySet<CaseStatus> = new Set(['approved', 'partly_approved', 'declined', 'deferred']);

export function StatusDialog({ opened, ...rest }: Props & { opened: boolean }) {
  const say = useSay();
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return (
    <Modal
      opened={opened}
      onClose={rest.close}
      title={say('console.case.move')}
      size="lg"
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': say('console.close') }}
    >
      <Form {...rest} />
    </Modal>
  );
}

function Form({ detail, put, close }: Props) {
  const say = useSay();
  const tell = useTell();
  const { busy, act } = useAct();
  const [to, setTo] = useState<CaseStatus | null>(null);
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const [telling, setTelling] = useState(detail.reached);
  const decision = to !== null && decisions.has(to);
  const save = async () => {
    const body = { to, tell: telling, ...given('note', note), ...(decision ? given('reason', reason) : {}) };
    const done = await act(async () => {
      put((await post<{ case: MaskedCase }>(`/cases/${detail.number}/status`, body)).case);
    });
    if (!done) return;
    tell.done('console.case.moved');
    close();
  };
  return (
    <Stack>
      <Choices next={detail.next} to={to} choose={setTo} />
      {decision && <Words what="reason" text={reason} write={setReason} />}
      <Words what="note" text={note} write={setNote} />
      <Switch
        label={say('console.case.tell')}
        description={detail.reached ? undefined : say('console.case.unreached')}
        checked={telling}
        disabled={!detail.reached}
        onChange={(event) => setTelling(event.currentTarget.checked)}
      />
      {to !== null && telling && <Preview detail={detail} to={to} reason={decision ? reason : ''} />}
      {telling && <Reach how={detail.reach?.status ?? null} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {say('console.cancel')}
        </Button>
        <Button loading={busy} disabled={to === null} onClick={() => void save()}>
          {say(telling ? 'console.case.move.tell' : 'console.case.move.save')}
        </Button>
      </Group>
    </Stack>
  );
}

function Choices({
  next,
  to,
  choose,
}: {
  next: CaseStatus[];
  to: CaseStatus | null;
  choose: (to: CaseStatus) => void;
}) {
  const say = useSay();
  return (
    <Radio.Group label={say('console.case.move.to')} value={to} onChange={(value) => choose(value as CaseStatus)}>
      <div className={css['choices']}>
        {next.map((one) => (
          <Radio key={one} value={one} label={<StatusChip status={one} />} />
        ))}
      </div>
    </Radio.Group>
  );
}

function Words({ what, text, write }: { what: 'reason' | 'note'; text: string; write: (text: string) => void }) {
  const say = useSay();
  return (
    <Textarea
      label={say(`console.case.move.${what}`)}
      description={say(`console.case.move.${what}.about`)}
      value={text}
      onChange={(event) => write(event.currentTarget.value)}
      autosize
      minRows={2}
      maxRows={6}
      maxLength={MOST_WORDS}
      dir="auto"
    />
  );
}

/** As the conversation will say it, in the person's language. */
function Preview({ detail, to, reason }: { detail: MaskedCase; to: CaseStatus; reason: string }) {
  const say = useSay();
  const notice = sayIn(detail.language, noticeKey(detail.kind, to), { number: detail.grouped });
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>
        {say('console.case.preview')}
      </Text>
      <div className={css['preview']}>
        <div className="sila-words">{reason.trim() === '' ? notice : `${notice}\n\n${reason.trim()}`}</div>
      </div>
    </div>
  );
}

function given(name: 'note' | 'reason', text: string): Record<string, string> {
  return text.trim() === '' ? {} : { [name]: text };
}
