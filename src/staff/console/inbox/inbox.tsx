// Conversations: the live list beside the open one; on a phone one of the two.
import { IconMessages } from '@tabler/icons-react';
import { Empty } from '../parts/states.js';
import { useSay } from '../words/language.js';
import { ConversationList } from './conversation-list.js';
import { ConversationPane } from './conversation-pane.js';
import css from './inbox.module.css';

export function Inbox({ open }: { open: string | null }) {
  const say = useSay();
  return (
    <div className={css['inbox']} data-open={open !== null}>
      <section className={css['list']} aria-label={say('console.nav.inbox')}>
        <ConversationList open={open} />
      </section>
      <section className={css['pane']} aria-label={say('console.inbox.pane')}>
        {open === null ? (
          <Empty icon={IconMessages} title={say('console.inbox.choose')}>
            {say('console.inbox.choose.more')}
          </Empty>
        ) : (
          <ConversationPane key={open} id={open} />
        )}
      </section>
    </div>
  );
}
