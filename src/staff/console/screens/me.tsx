// One's own page: language, colours, password, leaving.
import { Button, PasswordInput, Stack } from '@mantine/core';
import { IconListDetails, IconLogout } from '@tabler/icons-react';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { post } from '../api/client.js';
import type { Me } from '../api/types.js';
import { useTell } from '../parts/tell.js';
import { useAct } from '../parts/use-act.js';
import { go } from '../state/route.js';
import { useSession } from '../state/session.js';
import { useSay } from '../words/language.js';
import { NewPassword } from './account-forms.js';
import { MyLinks } from './my-links.js';
import { Box, Page } from './page.js';
import { ColourSwitch, LanguageSwitch } from './preferences.js';
import css from './page.module.css';

export function MePage() {
  const say = useSay();
  const { me, leave } = useSession();
  const { busy, act } = useAct();
  const signOut = async () => {
    if (await act(() => post('/sign-out'))) leave();
  };
  return (
    <Page title={me.name} about={`${say(`console.role.${me.role}`)} · ${me.login}`}>
      <Box title={say('console.me.screen')}>
        <div className={css['prefs']}>
          <div className={css['pref']}>
            <span>{say('console.language')}</span>
            <LanguageSwitch />
          </div>
          <div className={css['pref']}>
            <span>{say('console.colours')}</span>
            <ColourSwitch />
          </div>
        </div>
      </Box>
      <MyLinks />
      {me.permissions.includes('operate') && (
        <Box title={say('console.queues')}>
          <Button variant="default" leftSection={<IconListDetails size={19} />} onClick={() => go({ at: 'lanes' })}>
            {say('console.lanes')}
          </Button>
        </Box>
      )}
      <Box title={say('console.password')}>
        <ChangePassword />
      </Box>
      <Button
        variant="default"
        size="md"
        leftSection={<IconLogout size={19} />}
        loading={busy}
        onClick={() => void signOut()}
      >
        {say('console.sign_out')}
      </Button>
    </Page>
  );
}

function ChangePassword() {
  const say = useSay();
  const tell = useTell();
  const { enter } = useSession();
  const { busy, act } = useAct();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const done = await act(async () => enter((await post<{ me: Me }>('/password', { current, next })).me));
    if (!done) return;
    setCurrent('');
    setNext('');
    tell.done('console.password.done');
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack maw={420}>
        <PasswordInput
          label={say('console.password.current')}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': say('console.sign_in.show') }}
          required
          withAsterisk={false}
        />
        <NewPassword value={next} change={setNext} />
        <Button type="submit" variant="light" loading={busy}>
          {say('console.password.change')}
        </Button>
      </Stack>
    </form>
  );
}
