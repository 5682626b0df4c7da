// Which version of the answers is at work, the one that was tried beside it, and the way back.
import { Alert, Button, Group, Loader } from '@mantine/core';
import { post } from '../api/client.js';
import type { LearningOverview, ModelLine } from '../api/types.js';
import { Ago } from '../parts/time.js';
import { useTell } from '../parts/tell.js';
import { useAct } from '../parts/use-act.js';
import { Box } from '../screens/page.js';
import { useNameOf } from '../state/people.js';
import { useSession } from '../state/session.js';
import { useSay } from '../words/language.js';
import css from './questions.module.css';

interface Props {
  learning: LearningOverview;
  reload: () => void;
}

export function Models({ learning, reload }: Props) {
  const say = useSay();
  const nameOf = useNameOf();
  const tell = useTell();
  const { me } = useSession();
  const { busy, act } = useAct();
  const { current, candidate, training, lessons } = learning;
  const decides = me.permissions.includes('promote');
  const write = (path: string, body: object, done?: string) =>
    void act(() => post(path, body)).then((through) => {
      if (through && done !== undefined) tell.done(done);
      reload();
    });
  return (
    <Box title={say('console.questions.models')}>
      <div className={css['models']}>
        <p className={css['note']}>{say('console.questions.models.about')}</p>
        <Group justify="space-between" gap="sm">
          <span>
            {current?.promotedAt == null ? (
              say('console.questions.model.pack')
            ) : (
              <>
                {say('console.questions.model.taught', { n: current.lessons })} ·{' '}
                <bdi dir="auto">{nameOf(current.promotedBy ?? '')}</bdi> · <Ago at={current.promotedAt} />
              </>
            )}
          </span>
          {current && decides && (
            <Button
              variant="default"
              disabled={busy}
              onClick={() =>
                write(`/models/${current.id}/go-back`, { sure: current.id }, 'console.questions.gone_back')
              }
            >
              {say('console.questions.go_back')}
            </Button>
          )}
        </Group>
        {candidate && training !== 'running' && <Comparison candidate={candidate} />}
        {training === 'failed' && <Alert color="red">{say('console.questions.train_failed')}</Alert>}
        <Group gap="sm">
          {candidate?.fit === true && decides && training !== 'running' && (
            <Button
              disabled={busy}
              onClick={() =>
                write(`/models/${candidate.id}/promote`, { sure: candidate.id }, 'console.questions.promoted')
              }
            >
              {say('console.questions.promote')}
            </Button>
          )}
          {training === 'running' ? (
            <span role="status" className={css['facts']}>
              <Loader size="xs" /> {say('console.questions.training')}
            </span>
          ) : (
            <Button variant="light" disabled={busy || lessons.length === 0} onClick={() => write('/models', {})}>
              {say('console.questions.train')}
            </Button>
          )}
        </Group>
      </div>
    </Box>
  );
}

/** Both side by side, and what stands against the new one. */
function Comparison({ candidate }: { candidate: ModelLine }) {
  const say = useSay();
  const { current, candidate: next, torn, top1, strays } = candidate.figures;
  const lines = [
    { key: 'top1', now: current.top1, then: next.top1, change: top1 },
    { key: 'strays', now: current.strays, then: next.strays, change: strays },
    { key: 'taught', now: current.taught, then: next.taught, change: null },
  ];
  return (
    <>
      <table className={css['compare']}>
        <thead>
          <tr>
            {['what', 'now', 'then', 'change'].map((column) => (
              <th key={column} scope="col">
                {say(`console.questions.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, now, then, change }) => (
            <tr key={key}>
              <th scope="row">{say(`console.questions.figure.${key}`)}</th>
              <td>{percent(now)}</td>
              <td>{percent(then)}</td>
              <td>{change && say('console.questions.change', { won: change.won, lost: change.lost })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={css['note']}>{say('console.questions.figure.about')}</p>
      <Alert color={candidate.fit ? 'sila' : 'orange'} variant="light">
        {say(verdict(candidate))}
        {torn.length > 0 && (
          <ul className={css['torn']}>
            {torn.map((text) => (
              <li key={text} dir="auto">
                {text}
              </li>
            ))}
          </ul>
        )}
      </Alert>
    </>
  );
}

function verdict({ fit, figures }: ModelLine): string {
  if (fit) return figures.weight > 0 ? 'console.questions.fit' : 'console.questions.fit_words';
  return figures.torn.length > 0 ? 'console.questions.torn' : 'console.questions.unfit';
}

function percent(share: number | null): string {
  return share === null ? '–' : `${(share * 100).toFixed(1)}%`;
}
