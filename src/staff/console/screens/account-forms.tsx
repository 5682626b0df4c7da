// Forms for accounts: a new one, and a new password for one.
import { Button, PasswordInput, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { post } from '../api/client.js';
import type { Account, Role } from '../api/types.js';
import { useTell } from '../parts/tell.js';
import { useAct } from '../parts/use-act.js';
import { useSay } from '../words/language.js';

/** As the API takes it. */
export const LEAST_PASSWORD = 12;
const ROLES: readonly Role[] = ['reception', 'researcher', 'administrator'];

interface Given {
  name: string;
  login: string;
  password: string;
  role: Role;
}

interface FieldsProps {
  given: Given;
  change: (given: Given) => void;
}

export function AddAccount({ done }: { done: () => void }) {
  const say = useSay();
  const tell = useTell();
  const { busy, act } = useAct();
  const [given, change] = useState<Given>({ name: '', login: '', password: '', role: 'reception' });
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!(await act(() => post('/accounts', given)))) return;
    tell.done('console.people.add.done');
    done();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <NameFields given={given} change={change} />
        <RoleField given={given} change={change} />
        <NewPassword value={given.password} change={(password) => change({ ...given, password })} />
        <Button type="submit" loading={busy}>
          {say('console.people.add')}
        </Button>
      </Stack>
    </form>
  );
}

function NameFields({ given, change }: FieldsProps) {
  const say = useSay();
  return (
    <>
      <TextInput
        label={say('console.people.name')}
        description={say('console.people.name.about')}
        value={given.name}
        onChange={(event) => change({ ...given, name: event.currentTarget.value })}
        minLength={2}
        maxLength={64}
        dir="auto"
        required
        withAsterisk={false}
        data-autofocus
      />
      <TextInput
        label={say('console.sign_in.login')}
        description={say('console.people.login.about')}
        value={given.login}
        onChange={(event) => change({ ...given, login: event.currentTarget.value })}
        minLength={3}
        maxLength={64}
        dir="ltr"
        autoComplete="off"
        autoCapitalize="none"
        required
        withAsterisk={false}
      />
    </>
  );
}

function RoleField({ given, change }: FieldsProps) {
  const say = useSay();
  return (
    <Radio.Group
      label={say('console.people.role')}
      value={given.role}
      onChange={(role) => change({ ...given, role: role as Role })}
    >
      <Stack gap={8} mt={6}>
        {ROLES.map((role) => (
          <Radio
            key={role}
            value={role}
            label={say(`console.role.${role}`)}
            description={say(`console.role.${role}.about`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

export function ResetPassword({ account, done }: { account: Account; done: () => void }) {
  const say = useSay();
  const tell = useTell();
  const { busy, act } = useAct();
  const [password, setPassword] = useState('');
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!(await act(() => post(`/accounts/${account.id}/password`, { password })))) return;
    tell.done('console.people.reset.done');
    done();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <bdi dir="auto">{account.name}</bdi>
        <NewPassword value={password} change={setPassword} />
        <Button type="submit" loading={busy}>
          {say('console.people.reset')}
        </Button>
      </Stack>
    </form>
  );
}

export function NewPassword({ value, change }: { value: string; change: (value: string) => void }) {
  const say = useSay();
  return (
    <PasswordInput
      label={say('console.password.next')}
      description={say('console.password.about', { n: LEAST_PASSWORD })}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
      minLength={LEAST_PASSWORD}
      maxLength={200}
      autoComplete="new-password"
      visibilityToggleButtonProps={{ 'aria-label': say('console.sign_in.show') }}
      required
      withAsterisk={false}
    />
  );
}
