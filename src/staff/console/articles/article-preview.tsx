// An article as people will see it on the website and on WhatsApp, and what stands against it.
import { Alert, SegmentedControl } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { post } from '../api/client.js';
import type { ArticleDraft, CheckedArticle } from '../api/types.js';
import { useTell } from '../parts/tell.js';
import { Box } from '../screens/page.js';
import { useSession } from '../state/session.js';
import { useSay, useWords } from '../words/language.js';
import css from './articles.module.css';

const REST_MS = 500;

/** The check of the newest draft; null until its answer is there. */
export function useChecked(article: string | null, draft: ArticleDraft): CheckedArticle | null {
  const [rested] = useDebouncedValue(draft, REST_MS);
  const [answered, setAnswered] = useState<{ of: ArticleDraft; checked: CheckedArticle } | null>(null);
  const tell = useTell();
  useEffect(() => {
    let current = true;
    post<{ checked: CheckedArticle }>('/article-checks', { article, draft: rested }).then(
      ({ checked }) => {
        if (current) setAnswered({ of: rested, checked });
      },
      (error: unknown) => {
        if (current) tell.failed(error);
      },
    );
    return () => {
      current = false;
    };
  }, [article, rested, tell]);
  return answered?.of === draft ? answered.checked : null;
}

/** What was seen last stays while a newer draft is being checked. */
export function Preview({ checked }: { checked: CheckedArticle | null }) {
  const { say, language: spoken } = useWords();
  const { charity } = useSession();
  const [last, setLast] = useState(checked);
  if (checked !== null && checked !== last) setLast(checked);
  const [language, setLanguage] = useState<string>(
    charity.languages.includes(spoken) ? spoken : (charity.languages[0] ?? 'ar'),
  );
  const shown = checked ?? last;
  const text = shown?.preview[language] ?? '';
  return (
    <Box title={say('console.articles.preview')}>
      <div className={css['preview']}>
        <SegmentedControl
          value={language}
          onChange={setLanguage}
          data={charity.languages.map((one) => ({ value: one, label: say(`console.articles.language.${one}`) }))}
          aria-label={say('console.articles.preview.language')}
        />
        {text !== '' && (
          <div className={css['places']}>
            <Place name={say('console.articles.preview.website')} look="website" text={text} language={language} />
            <Place name={say('console.articles.preview.whatsapp')} look="whatsapp" text={text} language={language} />
          </div>
        )}
        {shown && <Against checked={shown} />}
      </div>
    </Box>
  );
}

function Place({ name, look, text, language }: { name: string; look: string; text: string; language: string }) {
  return (
    <figure className={css['place']}>
      <figcaption>{name}</figcaption>
      <div className={css['wall']} data-look={look}>
        <p className={css['bubble']} lang={language} dir="auto">
          {text}
        </p>
      </div>
    </figure>
  );
}

/** Faults, by which it cannot be used, and doubts, with which it can. */
function Against({ checked }: { checked: CheckedArticle }) {
  const say = useSay();
  const line = (kind: 'fault' | 'doubt', code: string, about: string, other: string, language: string | null) => {
    const where = language === null ? '' : ` (${say(`console.articles.language.${language}`)})`;
    return `${say(`console.articles.${kind}.${code}`, { about, other })}${where}`;
  };
  const faults = checked.faults.map((one) => line('fault', one.code, one.about, one.other, one.language));
  const doubts = checked.doubts.map((one) => line('doubt', one.code, one.about, one.other, null));
  return (
    <>
      {faults.length > 0 && (
        <Alert color="red" variant="light" title={say('console.articles.faults')}>
          <Lines lines={faults} />
        </Alert>
      )}
      {doubts.length > 0 && (
        <Alert color="orange" variant="light" title={say('console.articles.doubts')}>
          <Lines lines={doubts} />
        </Alert>
      )}
    </>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul className={css['lines']}>
      {lines.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
}
