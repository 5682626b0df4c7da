// One article: read, written in its place or anew, seen as people will see it, put back.
import { Button, Group } from '@mantine/core';
import { IconArrowBackUp, IconPencil } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { post } from '../api/client.js';
import type { ArticleDraft, ArticleLine } from '../api/types.js';
import { PlaceLink } from '../parts/link.js';
import { Empty, Shown } from '../parts/states.js';
import { useTell } from '../parts/tell.js';
import { useAct } from '../parts/use-act.js';
import { Box, Page } from '../screens/page.js';
import { go } from '../state/route.js';
import { useSession } from '../state/session.js';
import { useData } from '../state/use-data.js';
import { useSay, useWords } from '../words/language.js';
import { ArticleFacts } from './article-facts.js';
import { ArticleForm } from './article-form.js';
import { Preview, useChecked } from './article-preview.js';
import { Versions } from './article-versions.js';
import { aboutArticles, readArticles } from './articles-page.js';
import css from './articles.module.css';
import { beginWith, begunWith } from './begun.js';
import { emptyDraft, titleOf } from './draft.js';

export function ArticlePage({ id }: { id: string }) {
  const say = useSay();
  const { charity } = useSession();
  const read = useCallback(readArticles, []);
  const articles = useData(read, aboutArticles);
  if (id === 'new')
    return (
      <Page title={say('console.articles.new')} aside={<Back />}>
        <Editor id={null} version={0} first={emptyDraft(charity.languages, begunWith().texts)} />
      </Page>
    );
  return (
    <Shown of={articles}>
      {(lines) => {
        const line = lines.find((one) => one.id === id);
        return line ? <Known key={line.version} line={line} /> : <Empty title={say('console.error.not_found')} />;
      }}
    </Shown>
  );
}

function Known({ line }: { line: ArticleLine }) {
  const { say, language } = useWords();
  const [editing, setEditing] = useState(false);
  const { id, version, draft } = line;
  return (
    <Page title={titleOf(line, language)} aside={<Back />}>
      <ArticleFacts line={line} />
      {editing ? (
        <Editor id={id} version={version} first={draft} />
      ) : (
        <>
          <Group gap="sm">
            <Button leftSection={<IconPencil size={18} />} onClick={() => setEditing(true)}>
              {say(line.origin === 'pack' ? 'console.articles.replace' : 'console.articles.edit')}
            </Button>
            {version > 0 && <PutBack line={line} />}
          </Group>
          <Seen draft={draft} id={id} />
          {version > 0 && <Versions id={id} version={version} />}
        </>
      )}
    </Page>
  );
}

function PutBack({ line: { id, version, origin } }: { line: ArticleLine }) {
  const say = useSay();
  const tell = useTell();
  const { busy, act } = useAct();
  const back = async () => {
    if (await act(() => post(`/articles/${id}/go-back`, { version }))) tell.done('console.articles.put_back');
  };
  const key = version === 1 && origin === 'own' ? 'withdraw' : origin === 'gone' ? 'bring_back' : 'go_back';
  return (
    <Button variant="default" disabled={busy} leftSection={<IconArrowBackUp size={18} />} onClick={() => void back()}>
      {say(`console.articles.${key}`)}
    </Button>
  );
}

/** As it stands: what people are told, and what they ask for it with. */
function Seen({ draft, id }: { draft: ArticleDraft; id: string }) {
  const say = useSay();
  const checked = useChecked(id, draft);
  return (
    <>
      <Preview checked={checked} />
      <Box title={say('console.articles.field.questions')}>
        <ul className={css['questions']}>
          {Object.values(draft.questions)
            .flat()
            .map((text) => (
              <li key={text}>
                <bdi dir="auto">{text}</bdi>
              </li>
            ))}
        </ul>
      </Box>
    </>
  );
}

function Editor({ id, version, first }: { id: string | null; version: number; first: ArticleDraft }) {
  const say = useSay();
  const tell = useTell();
  const { busy, act } = useAct();
  const [draft, setDraft] = useState(first);
  const checked = useChecked(id, draft);
  const save = async () => {
    const path = id === null ? '/articles' : `/articles/${id}`;
    let written = id;
    const through = await act(async () => {
      const body = id === null ? { draft } : { draft, expected: version };
      ({ id: written } = await post<{ id: string }>(path, body));
      if (id === null) await settle(written);
    });
    if (!through || written === null) return;
    tell.done('console.articles.saved');
    go({ at: 'article', id: written });
  };
  return (
    <div className={css['editor']}>
      <Box>
        <ArticleForm draft={draft} change={setDraft} />
      </Box>
      <div className={css['beside']}>
        <Preview checked={checked} />
        <Button disabled={busy || checked === null || checked.faults.length > 0} onClick={() => void save()}>
          {say('console.articles.save')}
        </Button>
        <p className={css['fine']}>{say('console.articles.save.about')}</p>
      </div>
    </div>
  );
}

/** The questions that asked for it mean it from now on. */
async function settle(article: string): Promise<void> {
  const { questions } = begunWith();
  beginWith();
  if (questions.length > 0) await post('/questions/teach', { questions, intent: `article-${article}` });
}

function Back() {
  const say = useSay();
  return (
    <PlaceLink to={{ at: 'articles' }} className={css['back']}>
      {say('console.articles.all')}
    </PlaceLink>
  );
}
