// Groups of questions that ask the same, the most worth teaching first; each is given its answer, or marked as none of ours.
import { Button, Group, Select } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { post } from '../api/client.js';
import type { LearningOverview, QuestionCluster } from '../api/types.js';
import { beginWith } from '../articles/begun.js';
import { Chip } from '../parts/chip.js';
import type { Tone } from '../parts/chip.js';
import { Empty } from '../parts/states.js';
import { useTell } from '../parts/tell.js';
import { useAct } from '../parts/use-act.js';
import { Box } from '../screens/page.js';
import { go } from '../state/route.js';
import { useSay, useWords } from '../words/language.js';
import { meaningOptions } from './meanings.js';
import css from './questions.module.css';

interface Props {
  learning: LearningOverview;
  reload: () => void;
}

const AT_ONCE = 15;
const MOST_EXAMPLES = 4;
const STRAY = 'stray';
const tones: Readonly<Record<QuestionCluster['questions'][number]['kind'], Tone>> = {
  unsure: 'orange',
  unanswered: 'red',
  unhelpful: 'violet',
  handed_off: 'blue',
};

export function Clusters({ learning, reload }: Props) {
  const say = useSay();
  const [shown, setShown] = useState(AT_ONCE);
  const { clusters } = learning;
  if (clusters.length === 0)
    return (
      <Box>
        <Empty icon={IconCircleCheck} title={say('console.questions.none')}>
          {say('console.questions.none.about')}
        </Empty>
      </Box>
    );
  return (
    <Box title={say('console.questions.open', { n: clusters.length })}>
      <ul className={css['clusters']}>
        {clusters.slice(0, shown).map((one) => (
          <Cluster key={one.questions[0]?.id} cluster={one} learning={learning} reload={reload} />
        ))}
      </ul>
      {clusters.length > shown && (
        <Button variant="light" fullWidth mt="md" onClick={() => setShown(shown + AT_ONCE)}>
          {say('console.more')}
        </Button>
      )}
    </Box>
  );
}

function Cluster({ cluster, learning, reload }: Props & { cluster: QuestionCluster }) {
  const { say, language } = useWords();
  const { busy, act } = useAct();
  const tell = useTell();
  const [intent, setIntent] = useState<string | null>(null);
  const ids = cluster.questions.map(({ id }) => id);
  const write = (path: string, body: object, done: string) =>
    void act(() => post(path, { questions: ids, ...body })).then((through) => {
      if (through) tell.done(done);
      reload();
    });
  const kinds = [...new Set(cluster.questions.map(({ kind }) => kind))];
  const first = cluster.questions[0]?.text ?? '';
  return (
    <li className={css['cluster']}>
      <div className={css['asked']}>
        {cluster.questions.slice(0, MOST_EXAMPLES).map(({ id, text }) => (
          <p key={id} className={css['text']}>
            <bdi dir="auto">{text}</bdi>
          </p>
        ))}
        <div className={css['facts']}>
          {kinds.map((kind) => (
            <Chip key={kind} tone={tones[kind]}>
              {say(`console.questions.kind.${kind}`)}
            </Chip>
          ))}
          <span>{say('console.questions.asked', { n: cluster.asked })}</span>
          {cluster.questions.length > MOST_EXAMPLES && (
            <span>{say('console.questions.more', { n: cluster.questions.length - MOST_EXAMPLES })}</span>
          )}
        </div>
      </div>
      <div className={css['teach']}>
        <Select
          searchable
          value={intent}
          onChange={setIntent}
          data={meaningOptions(learning.meanings, cluster.guesses, language, say)}
          placeholder={say('console.questions.pick')}
          aria-label={say('console.questions.pick_for', { text: first })}
          nothingFoundMessage={say('console.questions.no_article')}
        />
        <Group gap="xs">
          <Button
            disabled={intent === null || busy}
            onClick={() => write('/questions/teach', { intent }, 'console.questions.taught')}
          >
            {say('console.questions.teach')}
          </Button>
          <Button
            variant="default"
            disabled={busy}
            onClick={() => write('/questions/teach', { intent: STRAY }, 'console.questions.strayed')}
          >
            {say('console.questions.stray')}
          </Button>
          <Button
            variant="light"
            disabled={busy}
            onClick={() => {
              beginWith({ texts: cluster.questions.map(({ text }) => text), questions: ids });
              go({ at: 'article', id: 'new' });
            }}
          >
            {say('console.questions.write')}
          </Button>
          <Button
            variant="subtle"
            px="xs"
            color="red"
            disabled={busy}
            onClick={() => write('/questions/drop', {}, 'console.questions.dropped')}
          >
            {say('console.questions.drop')}
          </Button>
        </Group>
      </div>
    </li>
  );
}
