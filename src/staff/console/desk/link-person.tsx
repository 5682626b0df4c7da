// Brings the request to the person's own channel: a code for them to write, or one that they were shown there.
import { Button, Group, TextInput } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { SyntheticEvent } from 'react';
import { newClientId, post } from '../api/client.js';
import type { EntryDetail } from '../api/types.js';
import { ChannelIcon, useChannelName } from '../parts/names.js';
import { useTell } from '../parts/tell.js';
import { useAct } from '../parts/use-act.js';
import { go } from '../state/route.js';
import { useSay } from '../words/language.js';
import card from '../parts/card.module.css';
import css from './entry.module.css';

interface Props {
  entry: EntryDetail;
  put: (entry: EntryDetail) => void;
}

export function LinkPerson({ entry, put }: Props) {
  const say = useSay();
  const nameOf = useChannelName();
  return (
    <section className={card['card']} aria-label={say('console.desk.link')}>
      <h2 className={card['title']}>{say('console.desk.link')}</h2>
      {entry.linked.length > 0 ? (
        <span>
          {entry.linked.map((channel) => (
            <span key={channel}>
              <ChannelIcon channel={channel} size={17} /> {nameOf(channel)}{' '}
            </span>
          ))}
          <span className={css['fine']}>{say('console.desk.link.done')}</span>
        </span>
      ) : (
        <>
          <span className={css['fine']}>{say('console.desk.link.about')}</span>
          <Button
            variant="default"
            leftSection={<IconLink size={18} />}
            onClick={() => go({ at: 'receipt', id: entry.id })}
          >
            {say('console.desk.link.code')}
          </Button>
          <Shown entry={entry} put={put} />
        </>
      )}
    </section>
  );
}

/** The person reads the code out that their own conversation shows. */
function Shown({ entry, put }: Props) {
  const say = useSay();
  const tell = useTell();
  const { busy, act } = useAct();
  const [code, setCode] = useState('');
  const clientId = useRef(newClientId());
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const body = { code, clientId: clientId.current };
    const done = await act(async () =>
      put((await post<{ entry: EntryDetail }>(`/registers/${entry.id}/link`, body)).entry),
    );
    clientId.current = newClientId();
    if (done) tell.done('console.desk.link.made');
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <TextInput
        label={say('console.desk.link.shown')}
        description={say('console.desk.link.shown.about')}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        dir="ltr"
        inputMode="numeric"
        maxLength={20}
        autoComplete="off"
        mb="xs"
      />
      <Group>
        <Button type="submit" variant="default" loading={busy} disabled={code.replace(/\D/g, '').length < 8}>
          {say('console.desk.link.go')}
        </Button>
      </Group>
    </form>
  );
}
