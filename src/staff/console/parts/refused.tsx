// Why a file was not taken, in the words that a person would read.
import { Alert } from '@mantine/core';
import type { FileRefused } from '../api/types.js';
import { useSay } from '../words/language.js';

export function Refused({ of }: { of: FileRefused | null }) {
  const say = useSay();
  if (of === null) return null;
  return (
    <Alert color="red" variant="light" role="alert">
      {say(`edge.${of.refused}`, of.values)}
    </Alert>
  );
}
