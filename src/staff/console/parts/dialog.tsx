// A question over the screen, with a title and a way out.
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSay } from '../words/language.js';

interface Props {
  opened: boolean;
  close: () => void;
  /** Key of a text. */
  title: string;
  children: ReactNode;
}

export function Dialog({ opened, close, title, children }: Props) {
  const say = useSay();
  return (
    <Modal opened={opened} onClose={close} title={say(title)} closeButtonProps={{ 'aria-label': say('console.close') }}>
      {children}
    </Modal>
  );
}
