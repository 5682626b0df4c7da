// Who speaks now, and the answer box.
import { ActionIcon, Button, Textarea } from '@mantine/core';
import { IconHeadset, IconHourglass, IconRobot, IconSend2, IconUser } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { newClientId, post } from '../api/client.js';
import type { ConversationDetail } from '../api/types.js';
import { useAct } from '../parts/use-act.js';
import { useNameOf } from '../state/people.js';
import { useSession } from '../state/session.js';
import { useWords } from '../words/language.js';
import css from './inbox.module.css';

/** As the desk takes them. */
const MOST_WORDS = 4000;
type Now = 'bot' | 'waiting' | 'mine' | 'other';

export function Composer({ conversation, reload }: { conversation: ConversationDetail; reload: () => void }) {
  const { me } = useSession();
  const now = nowOf(conversation, me.id);
  return (
    <footer className={css['foot']}>
      <Banner conversation={conversation} now={now} reload={reload} />
      {now !== 'other' && <Write conversation={conversation} now={now} reload={reload} />}
    </footer>
  );
}

const signs = { bot: IconRobot, waiting: IconHourglass, mine: IconHeadset, other: IconUser } as const;

function Banner({ conversation, now, reload }: { conversation: ConversationDetail; now: Now; reload: () => void }) {
  const { say } = useWords();
  const nameOf = useNameOf();
  const { busy, act } = useAct();
  const Sign = signs[now];
  // What another holds can be freed, not snatched: that one sees it, and the person hears who speaks.
  const does = now === 'mine' || now === 'other' ? 'hand-back' : 'take';
  const press = () => void act(() => post(`/conversations/${conversation.id}/${does}`)).then(reload);
  return (
    <div className={css['banner']} data-now={now} role="status">
      <span>
        <Sign size={19} stroke={1.7} aria-hidden />
        {say(`console.now.${now}`, { name: conversation.heldBy === null ? '' : nameOf(conversation.heldBy) })}
      </span>
      <Button size="xs" variant={now === 'waiting' ? 'filled' : 'default'} loading={busy} onClick={press}>
        {say(does === 'take' ? 'console.take' : 'console.hand_back')}
      </Button>
    </div>
  );
}

/** Words not yet sent, by conversation: kept while one looks elsewhere, never on disk. */
const drafts = new Map<string, string>();

function Write({ conversation, now, reload }: { conversation: ConversationDetail; now: Now; reload: () => void }) {
  const { say } = useWords();
  const [text, setText] = useState(drafts.get(conversation.id) ?? '');
  const { busy, act } = useAct();
  // The same try keeps its id until it went through, so that a doubtful send is never two.
  const clientId = useRef(newClientId());
  const write = (next: string) => {
    drafts.set(conversation.id, next);
    setText(next);
  };
  const send = async () => {
    if (text.trim() === '' || busy) return;
    const body = { text, clientId: clientId.current };
    if (!(await act(() => post(`/conversations/${conversation.id}/reply`, body)))) return;
    clientId.current = newClientId();
    write('');
    reload();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  };
  return (
    <>
      <div className={css['write']}>
        <Textarea
          aria-label={say('console.write.label')}
          placeholder={say(now === 'mine' ? 'console.write.mine' : 'console.write.bot')}
          value={text}
          onChange={(event) => write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          autosize
          minRows={1}
          maxRows={6}
          maxLength={MOST_WORDS}
          {...(text !== '' && { dir: 'auto' })}
          size="md"
        />
        <ActionIcon
          size={42}
          radius="md"
          variant="filled"
          aria-label={say('console.write.send')}
          loading={busy}
          disabled={text.trim() === ''}
          onClick={() => void send()}
        >
          <IconSend2 size={20} className={css['sendIcon']} />
        </ActionIcon>
      </div>
      <p className={css['hint']}>{say('console.write.hint')}</p>
    </>
  );
}

function nowOf(conversation: ConversationDetail, me: string): Now {
  if (conversation.hold === 'waiting') return 'waiting';
  if (conversation.hold === 'none') return 'bot';
  return conversation.heldBy === me ? 'mine' : 'other';
}
