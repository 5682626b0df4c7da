// Accounts of staff: who works here, new accounts, new passwords, closing an account.
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDotsVertical, IconKey, IconUserOff, IconUserPlus, IconUserCheck } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { get, post } from '../api/client.js';
import type { Account } from '../api/types.js';
import { Chip } from '../parts/chip.js';
import { Dialog } from '../parts/dialog.js';
import { Shown } from '../parts/states.js';
import { useTell } from '../parts/tell.js';
import { useAct } from '../parts/use-act.js';
import { usePeople } from '../state/people.js';
import { useSession } from '../state/session.js';
import { useData } from '../state/use-data.js';
import { useSay } from '../words/language.js';
import { AddAccount, ResetPassword } from './account-forms.js';
import { Box, Page } from './page.js';
import css from './page.module.css';

export function PeoplePage() {
  const say = useSay();
  const people = usePeople();
  const [adding, setAdding] = useState(false);
  const read = useCallback(() => get<{ accounts: Account[] }>('/accounts').then((answer) => answer.accounts), []);
  const accounts = useData(read, never);
  const changed = () => {
    accounts.reload();
    people.reload();
  };
  const add = (
    <Button leftSection={<IconUserPlus size={18} />} onClick={() => setAdding(true)}>
      {say('console.people.add')}
    </Button>
  );
  return (
    <Page title={say('console.nav.people')} about={say('console.people.about')} aside={add}>
      <Shown of={accounts}>{(list) => <Accounts list={list} changed={changed} />}</Shown>
      <Dialog opened={adding} close={() => setAdding(false)} title="console.people.add">
        <AddAccount
          done={() => {
            setAdding(false);
            changed();
          }}
        />
      </Dialog>
    </Page>
  );
}

function Accounts({ list, changed }: { list: Account[]; changed: () => void }) {
  return (
    <Box>
      <ul className={css['rows']}>
        {list.map((account) => (
          <li key={account.id}>
            <Row account={account} changed={changed} />
          </li>
        ))}
      </ul>
    </Box>
  );
}

function Row({ account, changed }: { account: Account; changed: () => void }) {
  const say = useSay();
  const { me } = useSession();
  return (
    <div className={css['row']}>
      <span className={css['rowWords']}>
        <span className={`${css['rowTitle']} sila-name`}>
          <bdi dir="auto">{account.name}</bdi>
        </span>
        <span className={css['rowMore']}>
          <bdi dir="ltr">{account.login}</bdi> · {say(`console.role.${account.role}`)}
        </span>
      </span>
      {account.disabledAt !== null && <Chip tone="gray">{say('console.people.disabled')}</Chip>}
      {account.id === me.id ? (
        <Chip tone="green">{say('console.people.you')}</Chip>
      ) : (
        <Acts account={account} changed={changed} />
      )}
    </div>
  );
}

function Acts({ account, changed }: { account: Account; changed: () => void }) {
  const say = useSay();
  const tell = useTell();
  const { act } = useAct();
  const [resetting, setResetting] = useState(false);
  const disabled = account.disabledAt !== null;
  const TurnIcon = disabled ? IconUserCheck : IconUserOff;
  const turn = async () => {
    if (!(await act(() => post(`/accounts/${account.id}/disabled`, { disabled: !disabled })))) return;
    tell.done(disabled ? 'console.people.enable.done' : 'console.people.disable.done');
    changed();
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={say('console.people.menu', { name: account.name })}
          >
            <IconDotsVertical size={20} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconKey size={17} />} onClick={() => setResetting(true)}>
            {say('console.people.reset')}
          </Menu.Item>
          <Menu.Item leftSection={<TurnIcon size={17} />} onClick={() => void turn()}>
            {say(disabled ? 'console.people.enable' : 'console.people.disable')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialog opened={resetting} close={() => setResetting(false)} title="console.people.reset">
        <ResetPassword account={account} done={() => setResetting(false)} />
      </Dialog>
    </>
  );
}

function never(): boolean {
  return false;
}
