// What an article said before, by whom and when.
import { useCallback } from 'react';
import { get } from '../api/client.js';
import type { ArticleVersionLine } from '../api/types.js';
import { Shown } from '../parts/states.js';
import { Ago } from '../parts/time.js';
import { Box } from '../screens/page.js';
import { useNameOf } from '../state/people.js';
import { useData } from '../state/use-data.js';
import { useWords } from '../words/language.js';
import { aboutArticles } from './articles-page.js';
import css from './articles.module.css';

/** `version`: the newest; another one is another reading. */
export function Versions({ id, version }: { id: string; version: number }) {
  const { say, language } = useWords();
  const nameOf = useNameOf();
  const read = useCallback(() => {
    const path = `/articles/${id}/versions`;
    return get<{ versions: ArticleVersionLine[] }>(path).then(({ versions }) =>
      versions.filter((one) => one.version <= version),
    );
  }, [id, version]);
  const versions = useData(read, aboutArticles);
  return (
    <Box title={say('console.articles.versions')}>
      <Shown of={versions}>
        {(lines) => (
          <ol className={css['versions']} reversed>
            {lines.map((one) => (
              <li key={one.version}>
                <details>
                  <summary>
                    {say(one.draft ? 'console.articles.version' : 'console.articles.version.gone', { n: one.version })}{' '}
                    · <bdi dir="auto">{nameOf(one.by)}</bdi> · <Ago at={one.at} />
                  </summary>
                  <p className={css['old']} dir="auto">
                    {one.draft?.body[language] ?? say('console.articles.version.nothing')}
                  </p>
                </details>
              </li>
            ))}
          </ol>
        )}
      </Shown>
    </Box>
  );
}
