// The charity's answers: those of the pack, and those that staff wrote; searched and sifted.
import { Button } from '@mantine/core';
import { IconFileOff, IconPencilPlus } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { plain } from '../../../engine/text/normalise.js';
import { get } from '../api/client.js';
import type { ArticleLine } from '../api/types.js';
import { FilterChips } from '../parts/filter-chips.js';
import { PlaceLink } from '../parts/link.js';
import { SearchField } from '../parts/search-field.js';
import { Empty, Shown } from '../parts/states.js';
import { Box, Page } from '../screens/page.js';
import type { Hint } from '../state/live.js';
import { go } from '../state/route.js';
import { useData } from '../state/use-data.js';
import { useSay, useWords } from '../words/language.js';
import { ArticleFacts } from './article-facts.js';
import css from './articles.module.css';
import { beginWith } from './begun.js';
import { countOf, FILTERS, holds, passes, titleOf } from './draft.js';
import type { Filter } from './draft.js';

export function readArticles(): Promise<ArticleLine[]> {
  return get<{ articles: ArticleLine[] }>('/articles').then(({ articles }) => articles);
}

export function aboutArticles({ about }: Hint): boolean {
  return about === 'questions';
}

export function ArticlesPage() {
  const say = useSay();
  const read = useCallback(readArticles, []);
  const articles = useData(read, aboutArticles);
  const begin = () => {
    beginWith();
    go({ at: 'article', id: 'new' });
  };
  const aside = (
    <Button leftSection={<IconPencilPlus size={18} />} onClick={begin}>
      {say('console.articles.new')}
    </Button>
  );
  return (
    <Page title={say('console.nav.articles')} about={say('console.articles.about')} aside={aside}>
      <Shown of={articles}>{(lines) => <Sifted lines={lines} />}</Shown>
    </Page>
  );
}

function Sifted({ lines }: { lines: ArticleLine[] }) {
  const say = useSay();
  const [typed, setTyped] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const words = plain(typed).split(' ').filter(Boolean);
  const shown = lines.filter((line) => passes(line, filter) && holds(line, words, plain));
  const offered = FILTERS.filter((one) => one === 'all' || one === filter || lines.some((line) => passes(line, one)));
  return (
    <>
      <SearchField label={say('console.articles.search')} typed={typed} type={setTyped} />
      <FilterChips
        className={css['filters']}
        label={say('console.articles.filter')}
        chosen={filter}
        choose={setFilter}
        offered={offered.map((value) => ({ value, label: say(`console.articles.filter.${value}`) }))}
      />
      <Box title={say('console.articles.count', { n: shown.length })}>
        {shown.length === 0 && <Empty icon={IconFileOff} title={say('console.articles.none')} />}
        <ul className={css['rows']}>
          {shown.map((line) => (
            <Row key={line.id} line={line} />
          ))}
        </ul>
      </Box>
    </>
  );
}

function Row({ line }: { line: ArticleLine }) {
  const { say, language } = useWords();
  return (
    <li>
      <PlaceLink to={{ at: 'article', id: line.id }} className={css['row']}>
        <span className={css['rowTitle']}>
          <bdi dir="auto">{titleOf(line, language)}</bdi>
        </span>
        <span className={css['rowMore']}>
          <bdi dir="auto">{line.draft.questions[language]?.[0] ?? ''}</bdi>
        </span>
        <ArticleFacts line={line}>{say('console.articles.questions', { n: countOf(line.draft) })}</ArticleFacts>
      </PlaceLink>
    </li>
  );
}
