// Files in bubbles: pictures as pictures, papers as a card; while they go up, with a bar.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Say } from './config.js';
import { Icon } from './icons.js';
import type { Attachment, Pending, PendingFile } from './model.js';
import { blobs } from './storage.js';
import { sizeOf } from './times.js';

const isPicture = (type: string): boolean => /^image\/(jpeg|png|webp|gif)$/.test(type);

export function Files({ files, say }: { files: Attachment[]; say: Say }): JSX.Element | null {
  if (files.length === 0) return null;
  return (
    <div class="files">
      {files.map((file) => (
        <a
          key={file.name}
          class={isPicture(file.type) ? 'picture' : 'paper'}
          href={file.url}
          download={file.name}
          target="_blank"
          rel="noopener"
        >
          {isPicture(file.type) ? (
            <img src={file.url} alt={say('picture', { name: file.name })} />
          ) : (
            <Paper name={file.name} detail={kindOf(file.type)} />
          )}
        </a>
      ))}
    </div>
  );
}

export function PendingFiles({ pending, say }: { pending: Pending; say: Say }): JSX.Element | null {
  const urls = usePreviews(pending);
  const { files, progress = 0, state } = pending;
  if (files.length === 0) return null;
  return (
    <div class="files">
      {files.map((file, i) => (
        <div key={file.name} class={isPicture(file.type) ? 'picture' : 'paper'}>
          <Preview file={file} url={urls[i]} say={say} />
        </div>
      ))}
      {state === 'sending' && <progress value={progress} max={1} aria-label={say('uploading')} />}
    </div>
  );
}

function Preview({ file, url, say }: { file: PendingFile; url: string | undefined; say: Say }): JSX.Element {
  if (isPicture(file.type) && url !== undefined) return <img src={url} alt={say('picture', { name: file.name })} />;
  return <Paper name={file.name} detail={sizeOf(file.size, document.documentElement.lang)} />;
}

function Paper({ name, detail }: { name: string; detail: string }): JSX.Element {
  return (
    <>
      <span class="sheet">
        <Icon name="file" />
      </span>
      <span class="label">
        <bdi dir="auto">{name}</bdi>
        <small>{detail}</small>
      </span>
    </>
  );
}

const kindOf = (type: string): string =>
  type === 'application/pdf' ? 'PDF' : (type.split('/')[1] ?? '').toUpperCase();

/** Object URLs of what is still on this device, given back when the bubble goes. */
function usePreviews({ id, files }: Pending): string[] {
  const [urls, setUrls] = useState<string[]>([]);
  useEffect(() => {
    if (files.length === 0) return undefined;
    let made: string[] = [];
    let gone = false;
    void blobs.get(id).then((kept) => {
      if (gone || kept === null) return;
      made = kept.map((blob) => URL.createObjectURL(blob));
      setUrls(made);
    });
    return () => {
      gone = true;
      made.forEach((url) => URL.revokeObjectURL(url));
    };
  }, [id]);
  return urls;
}
