// What staff taught: each lesson can be taken back.
import { Button } from '@mantine/core';
import { post } from '../api/client.js';
import type { LearningOverview } from '../api/types.js';
import { Chip } from '../parts/chip.js';
import { Ago } from '../parts/time.js';
import { useAct } from '../parts/use-act.js';
import { Box } from '../screens/page.js';
import { useNameOf } from '../state/people.js';
import { useWords } from '../words/language.js';
import css from './questions.module.css';

export function Lessons({ learning, reload }: { learning: LearningOverview; reload: () => void }) {
  const { say, language } = useWords();
  const nameOf = useNameOf();
  const { busy, act } = useAct();
  const titleOf = (intent: string): string => {
    const title = learning.meanings.find((one) => one.intent === intent)?.title;
    return title?.[language] ?? title?.['ar'] ?? say('console.questions.stray');
  };
  return (
    <Box title={say('console.questions.lessons')}>
      <ul className={css['clusters']}>
        {learning.lessons.map((lesson) => (
          <li key={lesson.id} className={css['lesson']}>
            <div className={css['asked']}>
              <p className={css['text']}>
                <bdi dir="auto">{lesson.text}</bdi>
              </p>
              <div className={css['facts']}>
                <span>
                  {titleOf(lesson.intent)} · <bdi dir="auto">{nameOf(lesson.by)}</bdi> · <Ago at={lesson.at} />
                </span>
                <Chip tone={lesson.learned ? 'green' : 'gray'}>
                  {say(lesson.learned ? 'console.questions.learned' : 'console.questions.not_learned')}
                </Chip>
              </div>
            </div>
            <Button
              size="compact-sm"
              variant="subtle"
              disabled={busy}
              aria-label={say('console.questions.take_back_of', { text: lesson.text })}
              onClick={() => void act(() => post(`/lessons/${lesson.id}/take-back`)).then(reload)}
            >
              {say('console.questions.take_back')}
            </Button>
          </li>
        ))}
      </ul>
    </Box>
  );
}
