// One conversation: who it is, its words, and the answer box.
import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useCallback } from 'react';
import { get } from '../api/client.js';
import type { ConversationDetail, OpenedConversation } from '../api/types.js';
import { StatusChip } from '../parts/chip.js';
import { PlaceLink } from '../parts/link.js';
import { ChannelIcon, Name, PersonAvatar, useChannelName, usePersonName } from '../parts/names.js';
import { Shown } from '../parts/states.js';
import { go } from '../state/route.js';
import { useData } from '../state/use-data.js';
import type { Hint } from '../state/live.js';
import { useFlowTitle } from '../words/titles.js';
import { useWords } from '../words/language.js';
import { Composer } from './composer.js';
import { LinkedChips } from './linked.js';
import { PersonMenu } from './person-menu.js';
import { Transcript } from './transcript.js';
import css from './pane.module.css';

export function ConversationPane({ id }: { id: string }) {
  const read = useCallback(() => get<OpenedConversation>(`/conversations/${id}`), [id]);
  const wants = useCallback((hint: Hint) => hint.about === 'conversation' && hint.id === id, [id]);
  const opened = useData(read, wants);
  return (
    <Shown of={opened}>
      {({ conversation, lines, earlier }) => (
        <>
          <Head conversation={conversation} reload={opened.reload} />
          <Cases conversation={conversation} />
          <Transcript id={id} lines={lines} earlier={earlier} />
          <Composer conversation={conversation} reload={opened.reload} />
        </>
      )}
    </Shown>
  );
}

function Head({ conversation, reload }: { conversation: ConversationDetail; reload: () => void }) {
  const { say, language } = useWords();
  const nameOf = usePersonName();
  const channelName = useChannelName();
  const title = useFlowTitle(conversation.flow);
  const Back = language === 'ar' ? IconChevronRight : IconChevronLeft;
  const where = channelName(conversation.channel);
  return (
    <header className={css['paneHead']}>
      <ActionIcon
        className={css['back'] ?? ''}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={say('console.back')}
        onClick={() => go({ at: 'inbox', id: null })}
      >
        <Back size={22} />
      </ActionIcon>
      <PersonAvatar name={conversation.name} id={conversation.id} channel={conversation.channel} size={40} />
      <div className={css['paneWho']}>
        <h1 className={`${css['paneName']} sila-name`}>
          <Name>{nameOf(conversation.name ?? conversation.cases[0]?.name ?? null, conversation.id)}</Name>
        </h1>
        <span className={css['paneSub']}>
          <ChannelIcon channel={conversation.channel} />
          <span className="sila-cut">{title === null ? where : `${where} · ${title}`}</span>
        </span>
      </div>
      <PersonMenu conversation={conversation} reload={reload} />
    </header>
  );
}

function Cases({ conversation }: { conversation: ConversationDetail }) {
  if (conversation.cases.length === 0 && conversation.linked.length === 0) return null;
  return (
    <div className={css['cases']}>
      <LinkedChips linked={conversation.linked} />
      {conversation.cases.map((one) => (
        <PlaceLink key={one.number} to={{ at: 'case', number: one.number }} className={css['caseLink']}>
          <span className="sila-number">{one.grouped}</span>
          <StatusChip status={one.status} />
        </PlaceLink>
      ))}
    </div>
  );
}
