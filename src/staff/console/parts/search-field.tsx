// Where one types what is looked for.
import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useSay } from '../words/language.js';

export function SearchField({ label, typed, type }: { label: string; typed: string; type: (typed: string) => void }) {
  const say = useSay();
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      leftSection={<IconSearch size={18} aria-hidden />}
      rightSection={typed !== '' && <CloseButton aria-label={say('console.clear')} onClick={() => type('')} />}
      type="search"
      size="md"
    />
  );
}
