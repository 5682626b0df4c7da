// How sure is sure enough: what each border would answer rightly, and which strays it would answer.
import type { LearningOverview } from '../api/types.js';
import { useSay } from '../words/language.js';
import css from './questions.module.css';

type Bands = NonNullable<LearningOverview['bands']>;

const WIDTH = 640;
const HEIGHT = 200;
const EDGE = 44;

export function BandsCurve({ bands }: { bands: Bands }) {
  const say = useSay();
  const points = bands.curve.toSorted((a, b) => a.border - b.border);
  const [low, high] = [points[0]?.border ?? 0, points.at(-1)?.border ?? 1];
  const x = (border: number): number => EDGE + ((border - low) / (high - low || 1)) * (WIDTH - 2 * EDGE);
  const y = (share: number): number => HEIGHT - EDGE + 10 - share * (HEIGHT - EDGE - 10);
  const line = (of: 'answered' | 'strays'): string =>
    points.map((point) => `${x(point.border).toFixed(1)},${y(point[of]).toFixed(1)}`).join(' ');
  const at = points.reduce((best, one) =>
    Math.abs(one.border - bands.answer) < Math.abs(best.border - bands.answer) ? one : best,
  );
  const values = { answered: share(at.answered), right: share(at.right), strays: share(at.strays) };
  return (
    <figure className={css['curve']}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={say('console.questions.bands.about', values)}>
        {[0, 0.5, 1].map((one) => (
          <g key={one}>
            <line x1={EDGE} x2={WIDTH - EDGE} y1={y(one)} y2={y(one)} className={css['grid']} />
            <text x={EDGE - 6} y={y(one) + 4} textAnchor="end" className={css['tick']}>
              {one * 100}
            </text>
          </g>
        ))}
        <line x1={x(bands.answer)} x2={x(bands.answer)} y1={y(1)} y2={y(0)} className={css['border']} />
        <polyline points={line('answered')} className={css['answered']} />
        <polyline points={line('strays')} className={css['strays']} />
      </svg>
      <figcaption>
        <span className={css['keyAnswered']}>{say('console.questions.bands.answered')}</span>
        <span className={css['keyStrays']}>{say('console.questions.bands.strays')}</span>
        <p>{say('console.questions.bands.about', values)}</p>
      </figcaption>
    </figure>
  );
}

function share(value: number): string {
  return (value * 100).toFixed(0);
}
