// Questions that were not answered well: what they mean, and which version of the answers is at work.
import { IconMessageQuestion } from '@tabler/icons-react';
import { useCallback } from 'react';
import { get } from '../api/client.js';
import type { LearningOverview } from '../api/types.js';
import { Empty, Shown } from '../parts/states.js';
import { Box, Page } from '../screens/page.js';
import { useData } from '../state/use-data.js';
import type { Hint } from '../state/live.js';
import { useSay } from '../words/language.js';
import { BandsCurve } from './bands-curve.js';
import { Clusters } from './clusters.js';
import { Lessons } from './lessons.js';
import { Models } from './models.js';

export function QuestionsPage() {
  const say = useSay();
  const read = useCallback(
    () => get<{ learning: LearningOverview | null }>('/questions').then(({ learning }) => learning ?? 'off'),
    [],
  );
  const data = useData<LearningOverview | 'off'>(read, aboutQuestions);
  return (
    <Page title={say('console.nav.questions')} about={say('console.questions.about')}>
      <Shown of={data}>
        {(learning) =>
          learning === 'off' ? (
            <Empty icon={IconMessageQuestion} title={say('console.questions.off')} />
          ) : (
            <>
              <Clusters learning={learning} reload={data.reload} />
              <Models learning={learning} reload={data.reload} />
              {learning.lessons.length > 0 && <Lessons learning={learning} reload={data.reload} />}
              {learning.bands && learning.bands.curve.length > 1 && (
                <Box title={say('console.questions.bands')}>
                  <BandsCurve bands={learning.bands} />
                </Box>
              )}
            </>
          )
        }
      </Shown>
    </Page>
  );
}

function aboutQuestions({ about }: Hint): boolean {
  return about === 'questions';
}
