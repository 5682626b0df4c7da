// Scans of a letter, and adding one.
import { Button, FileButton } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { send } from '../api/client.js';
import type { EntryDetail, FileRefused } from '../api/types.js';
import { FileTile } from '../parts/file-tile.js';
import { useAct } from '../parts/use-act.js';
import { useSay } from '../words/language.js';
import card from '../parts/card.module.css';
import css from './entry.module.css';
import { Refused } from '../parts/refused.js';

export const ACCEPTED = 'image/*,application/pdf';

export function EntryFiles({ entry, put }: { entry: EntryDetail; put: (entry: EntryDetail) => void }) {
  const say = useSay();
  const { busy, act } = useAct();
  const [refused, setRefused] = useState<FileRefused | null>(null);
  const add = (files: File[]) =>
    act(async () => {
      setRefused(null);
      for (const file of files) {
        const kept = await send<{ entry: EntryDetail } | { refused: FileRefused }>(
          `/registers/${entry.id}/files`,
          file,
        );
        if ('refused' in kept) setRefused(kept.refused);
        else put(kept.entry);
      }
    });
  return (
    <section className={card['card']} aria-label={say('console.desk.files')}>
      <h2 className={card['title']}>{say('console.desk.files')}</h2>
      {entry.files.length === 0 && <span className={css['fine']}>{say('console.desk.files.none')}</span>}
      <ul className={css['gallery']}>
        {entry.files.map((file) => (
          <li key={file.id}>
            <FileTile file={file} />
          </li>
        ))}
      </ul>
      <Refused of={refused} />
      <FileButton onChange={(files) => void add(files)} accept={ACCEPTED} multiple>
        {(props) => (
          <Button {...props} variant="default" loading={busy} leftSection={<IconUpload size={18} />}>
            {say('console.desk.files.add')}
          </Button>
        )}
      </FileButton>
    </section>
  );
}
