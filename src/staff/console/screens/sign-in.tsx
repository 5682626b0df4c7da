// The door: login and password.
import { Alert, Button, Card, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { faultOf, post } from '../api/client.js';
import type { Fault } from '../api/client.js';
import type { Charity, Me, SessionAnswer } from '../api/types.js';
import { Mark } from '../parts/brand.js';
import { useWords } from '../words/language.js';
import { LanguageSwitch } from './preferences.js';
import css from './sign-in.module.css';

export function SignIn({ charity, enter }: { charity: Charity; enter: (me: Me) => void }) {
  const { say, language } = useWords();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    post<SessionAnswer>('/sign-in', { login, password })
      .then(({ me }) => {
        if (me !== null) enter(me);
      })
      .catch((error: unknown) => {
        setFault(faultOf(error));
        setPassword('');
      })
      .finally(() => setBusy(false));
  };
  return (
    <main className={css['page']}>
      <Card className={css['card'] ?? ''} withBorder padding="xl">
        <form onSubmit={submit}>
          <Stack gap="md">
            <Stack gap={6} align="center">
              <Mark size={56} />
              <Title order={1} size="h3" ta="center">
                {charity.name[language] ?? charity.name['ar']}
              </Title>
              <Text c="dimmed" size="sm">
                {say('console.sign_in.title')}
              </Text>
            </Stack>
            {fault !== null && (
              <Alert color="red" variant="light" icon={<IconAlertCircle />} role="alert">
                {say(`console.error.${fault}`)}
              </Alert>
            )}
            <TextInput
              label={say('console.sign_in.login')}
              value={login}
              onChange={(event) => setLogin(event.currentTarget.value)}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              size="md"
              required
              withAsterisk={false}
              data-autofocus
            />
            <PasswordInput
              label={say('console.sign_in.password')}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              autoComplete="current-password"
              visibilityToggleButtonProps={{ 'aria-label': say('console.sign_in.show') }}
              size="md"
              required
              withAsterisk={false}
            />
            <Button type="submit" size="md" loading={busy} fullWidth>
              {say('console.sign_in.enter')}
            </Button>
          </Stack>
        </form>
      </Card>
      <LanguageSwitch />
    </main>
  );
}
