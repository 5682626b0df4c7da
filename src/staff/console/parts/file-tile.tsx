// A file of a person: a picture is drawn small and opens large, a voice note is played; anything else is a download.
import { Button, Group, Modal, Text, UnstyledButton } from '@mantine/core';
import { IconDownload, IconFile, IconFileTypePdf, IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import type { FileRef } from '../api/types.js';
import { useSay } from '../words/language.js';
import css from './file-tile.module.css';

const drawn: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** `hidden`: the picture is not fetched until somebody opens it (every fetch is written down as a read). */
export function FileTile({ file, hidden = false }: { file: FileRef; hidden?: boolean }) {
  const [opened, setOpened] = useState(false);
  const say = useSay();
  const picture = drawn.has(file.mime);
  if (file.mime.startsWith('audio/')) return <Voice file={file} />;
  if (!picture)
    return (
      <a className={css['card']} href={addressOf(file)} download>
        <KindIcon mime={file.mime} />
        <FileWords file={file} />
        <IconDownload size={18} aria-label={say('console.file.download')} role="img" />
      </a>
    );
  return (
    <>
      <UnstyledButton
        className={css[hidden ? 'card' : 'picture'] ?? ''}
        onClick={() => setOpened(true)}
        {...(!hidden && { 'aria-label': say('console.file.open', { name: file.name }) })}
      >
        {hidden ? (
          <>
            <KindIcon mime={file.mime} />
            <FileWords file={file} />
          </>
        ) : (
          <img src={`${addressOf(file)}?show=1`} alt="" loading="lazy" />
        )}
      </UnstyledButton>
      <Large file={file} opened={opened} close={() => setOpened(false)} />
    </>
  );
}

/** Fetched when somebody plays it: every fetch is written down as a read. */
function Voice({ file }: { file: FileRef }) {
  const say = useSay();
  return (
    <span className={css['voice']}>
      <audio controls preload="none" src={`${addressOf(file)}?show=1`} aria-label={say('console.file.play')} />
      <a href={addressOf(file)} download title={file.name}>
        <IconDownload size={18} aria-label={say('console.file.download')} role="img" />
      </a>
    </span>
  );
}

function FileWords({ file }: { file: FileRef }) {
  return (
    <span className={css['words']}>
      <span className="sila-name">
        <bdi dir="auto">{file.name}</bdi>
      </span>
      <Size bytes={file.bytes} />
    </span>
  );
}

function Size({ bytes }: { bytes: number }) {
  const say = useSay();
  const words =
    bytes < 1_000_000
      ? say('console.file.kb', { n: Math.max(1, Math.round(bytes / 1000)) })
      : say('console.file.mb', { n: (bytes / 1_000_000).toFixed(1) });
  return <span className={css['size']}>{words}</span>;
}

function KindIcon({ mime }: { mime: string }) {
  if (mime === 'application/pdf') return <IconFileTypePdf size={26} stroke={1.4} aria-hidden />;
  if (drawn.has(mime)) return <IconPhoto size={26} stroke={1.4} aria-hidden />;
  return <IconFile size={26} stroke={1.4} aria-hidden />;
}

function Large({ file, opened, close }: { file: FileRef; opened: boolean; close: () => void }) {
  const say = useSay();
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="xl"
      title={<bdi dir="auto">{file.name}</bdi>}
      closeButtonProps={{ 'aria-label': say('console.close') }}
    >
      <img className={css['large']} src={`${addressOf(file)}?show=1`} alt={file.name} />
      <Group justify="space-between" mt="md">
        <Text size="sm" c="dimmed" component="span">
          <Size bytes={file.bytes} />
        </Text>
        <Button component="a" href={addressOf(file)} download variant="light" leftSection={<IconDownload size={18} />}>
          {say('console.file.download')}
        </Button>
      </Group>
    </Modal>
  );
}

function addressOf(file: FileRef): string {
  return `/api/staff/files/${file.id}`;
}
