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

interface Props {
  charity: Charity;
  enter: (me: Me) => void;
}

export function SignIn({ charity, enter }: Props) {
  const { say, language } = useWords();
  return (
    <main className={css['page']}>
      <Card className={css['card'] ?? ''} withBorder padding="xl">
        <Stack gap={6} align="center" mb="md">
          <Mark size={56} />
          <Title order={1} size="h3" ta="center">
            {charity.name[language] ?? charity.name['ar']}
          </Title>
          <Text c="dimmed" size="sm">
            {say('console.sign_in.title')}
          </Text>
        </Stack>
        <Form enter={enter} />
      </Card>
      <LanguageSwitch />
    </main>
  );
}

function Form({ enter }: Pick<Props, 'enter'>) {
  const { say } = useWords();
  const [given, setGiven] = useState({ login: '', password: '' });
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    post<SessionAnswer>('/sign-in', given)
      .then(({ me }) => {
        if (me !== null) enter(me);
      })
      .catch((error: unknown) => {
        setFault(faultOf(error));
        setGiven({ ...given, password: '' });
      })
      .finally(() => setBusy(false));
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {fault !== null && (
          <Alert color="red" variant="light" icon={<IconAlertCircle />} role="alert">
            {say(`console.error.${fault}`)}
          </Alert>
        )}
        <Fields given={given} change={setGiven} />
        <Button type="submit" size="md" loading={busy} fullWidth>
          {say('console.sign_in.enter')}
        </Button>
      </Stack>
    </form>
  );
}

interface Given {
  login: string;
  password: string;
}

function Fields({ given, change }: { given: Given; change: (given: Given) => void }) {
  const { say } = useWords();
  return (
    <>
      <TextInput
        label={say('console.sign_in.login')}
        value={given.login}
        onChange={(event) => change({ ...given, login: event.currentTarget.value })}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        size="md"
        required
        withAsterisk={false}
      />
      <PasswordInput
        label={say('console.sign_in.password')}
        value={given.password}
        onChange={(event) => change({ ...given, password: event.currentTarget.value })}
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': say('console.sign_in.show') }}
        size="md"
        required
        withAsterisk={false}
      />
    </>
  );
}
