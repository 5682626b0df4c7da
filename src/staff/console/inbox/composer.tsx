// Who speaks now, and the answer box.
import { ActionIcon, Button, Textarea } from '@mantine/core';
import { IconHeadset, IconHourglass, IconRobot, IconSend2, IconUser } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { post } from '../api/client.js';
import type { ConversationDetail } from '../api/types.js';
import { useAct } from '../parts/use-act.js';
import { MOST_WORDS, useWriting } from '../parts/use-writing.js';
import type { Writing } from '../parts/use-writing.js';
import { useNow } from '../state/now.js';
import { useNameOf } from '../state/people.js';
import { useSession } from '../state/session.js';
import { useWords } from '../words/language.js';
import { AttachButton, AttachedFile, useAttached } from './attach.js';
import type { Attached } from './attach.js';
import { ReplyWindow } from './reply-window.js';
import { TemplatePicker } from './template-picker.js';
import css from './composer.module.css';

type Now = 'bot' | 'waiting' | 'mine' | 'other';

export function Composer({ conversation, reload }: { conversation: ConversationDetail; reload: () => void }) {
  const { say } = useWords();
  const { me } = useSession();
  const now = nowOf(conversation, me.id);
  if (conversation.channel === 'desk')
    return (
      <footer className={css['foot']}>
        <div className={css['banner']} role="status">
          <span>{say('console.now.desk')}</span>
        </div>
      </footer>
    );
  return (
    <footer className={css['foot']}>
      <Banner conversation={conversation} now={now} reload={reload} />
      <ReplyWindow conversation={conversation} />
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

function Write({ conversation, now, reload }: { conversation: ConversationDetail; now: Now; reload: () => void }) {
  const { say } = useWords();
  const { drafts } = useSession();
  const { id, replyUntil } = conversation;
  const closed = replyUntil !== null && replyUntil <= useNow();
  const attached = useAttached(id, () => reply.write(reply.text));
  const reply = useWriting(
    async (text, clientId) => {
      const words = text.trim() === '' ? {} : { text };
      await post(`/conversations/${id}/reply`, { ...words, ...fileOf(attached), clientId });
      if (attached.file !== null) attached.drop();
      reload();
    },
    drafts.get(id),
    (text) => drafts.set(id, text),
    attached.file !== null,
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void reply.send();
  };
  return (
    <>
      {closed && <TemplatePicker conversation={conversation} reload={reload} />}
      <AttachedFile attached={attached} />
      <div className={css['write']}>
        <Textarea
          aria-label={say('console.write.label')}
          placeholder={say(`console.write.${closed || conversation.rest ? 'waits' : now === 'mine' ? 'mine' : 'bot'}`)}
          value={reply.text}
          onChange={(event) => reply.write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          autosize
          minRows={1}
          maxRows={6}
          maxLength={MOST_WORDS}
          {...(reply.text !== '' && { dir: 'auto' })}
          size="md"
        />
        <AttachButton attached={attached} />
        {!closed && <TemplatePicker conversation={conversation} reload={reload} />}
        <SendButton reply={reply} />
      </div>
      <p className={css['hint']}>{say('console.write.hint')}</p>
    </>
  );
}

function fileOf({ file }: Attached): { file?: string } {
  return file === null ? {} : { file: file.id };
}

function SendButton({ reply }: { reply: Writing }) {
  const { say } = useWords();
  return (
    <ActionIcon
      size={42}
      radius="md"
      variant="filled"
      aria-label={say('console.write.send')}
      loading={reply.busy}
      disabled={reply.empty}
      onClick={() => void reply.send()}
    >
      <IconSend2 size={20} className={css['sendIcon']} />
    </ActionIcon>
  );
}

function nowOf(conversation: ConversationDetail, me: string): Now {
  if (conversation.hold === 'waiting') return 'waiting';
  if (conversation.hold === 'none') return 'bot';
  return conversation.heldBy === me ? 'mine' : 'other';
}
