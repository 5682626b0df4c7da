// A file for the next reply: kept at once, shown above the answer box, and sent with the words or alone.
import { ActionIcon, CloseButton, FileButton } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useState } from 'react';
import { send } from '../api/client.js';
import type { FileRef, FileRefused } from '../api/types.js';
import { Refused } from '../parts/refused.js';
import { useAct } from '../parts/use-act.js';
import { useSay } from '../words/language.js';
import css from './composer.module.css';

export interface Attached {
  file: FileRef | null;
  refused: FileRefused | null;
  busy: boolean;
  add: (file: File | null) => void;
  drop: () => void;
}

/** `changed` is told when another file, or none, goes with the words. */
export function useAttached(conversation: string, changed: () => void): Attached {
  const { busy, act } = useAct();
  const [file, setFile] = useState<FileRef | null>(null);
  const [refused, setRefused] = useState<FileRefused | null>(null);
  const put = (next: FileRef | null) => {
    setFile(next);
    changed();
  };
  const add = (chosen: File | null) => {
    if (chosen === null) return;
    void act(async () => {
      setRefused(null);
      const kept = await send<{ file: FileRef } | { refused: FileRefused }>(
        `/conversations/${conversation}/files`,
        chosen,
      );
      if ('refused' in kept) setRefused(kept.refused);
      else put(kept.file);
    });
  };
  return { file, refused, busy, add, drop: () => put(null) };
}

export function AttachButton({ attached }: { attached: Attached }) {
  const say = useSay();
  return (
    <FileButton onChange={attached.add} accept="image/*,application/pdf">
      {(props) => (
        <ActionIcon
          {...props}
          size={42}
          radius="md"
          variant="default"
          loading={attached.busy}
          aria-label={say('console.attach')}
          title={say('console.attach')}
        >
          <IconPaperclip size={20} aria-hidden />
        </ActionIcon>
      )}
    </FileButton>
  );
}

/** What goes along, or why it does not. */
export function AttachedFile({ attached }: { attached: Attached }) {
  const say = useSay();
  const { file, refused } = attached;
  return (
    <>
      <Refused of={refused} />
      {file !== null && (
        <div className={css['attached']}>
          <IconPaperclip size={17} aria-hidden />
          <span className="sila-name">
            <bdi dir="auto">{file.name}</bdi>
          </span>
          <CloseButton size="sm" aria-label={say('console.attach.drop', { name: file.name })} onClick={attached.drop} />
        </div>
      )}
    </>
  );
}
