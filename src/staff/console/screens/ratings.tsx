// How people rate the service: averages by service and by month, never with a name.
import { useCallback } from 'react';
import { IconStar } from '@tabler/icons-react';
import { get } from '../api/client.js';
import type { RatingLine } from '../api/types.js';
import { useChannelName } from '../parts/names.js';
import { Empty, Shown } from '../parts/states.js';
import { useData } from '../state/use-data.js';
import { useFlowTitles } from '../words/titles.js';
import { useWords } from '../words/language.js';
import { Box, Page } from './page.js';
import css from './page.module.css';

export function RatingsPage() {
  const { say } = useWords();
  const read = useCallback(() => get<{ ratings: RatingLine[] }>('/ratings').then((answer) => answer.ratings), []);
  const ratings = useData(read, never);
  return (
    <Page title={say('console.nav.ratings')} about={say('console.ratings.about')}>
      <Shown of={ratings}>
        {(lines) =>
          lines.length === 0 ? (
            <Empty icon={IconStar} title={say('console.ratings.none')} />
          ) : (
            <>
              <Services lines={lines} />
              <Box title={say('console.ratings.months')}>
                <Months lines={lines} />
              </Box>
            </>
          )
        }
      </Shown>
    </Page>
  );
}

function Services({ lines }: { lines: RatingLine[] }) {
  const { say } = useWords();
  const titleOf = useFlowTitles();
  const services = [...new Set(lines.map((line) => line.service))];
  return (
    <div className={css['scores']}>
      {services.map((service) => {
        const { count, mean } = total(lines.filter((line) => line.service === service));
        return (
          <div key={service} className={css['score']}>
            <span>{titleOf(service) ?? service}</span>
            <span className={css['scoreValue']}>
              {mean.toFixed(1)} <small>{say('console.ratings.of_five')}</small>
            </span>
            <span className={css['bar']} aria-hidden>
              <span style={{ width: `${(mean / 5) * 100}%` }} />
            </span>
            <span className={css['rowMore']}>{say('console.ratings.count', { n: count })}</span>
          </div>
        );
      })}
    </div>
  );
}

function Months({ lines }: { lines: RatingLine[] }) {
  const { say, language } = useWords();
  const titleOf = useFlowTitles();
  const channelName = useChannelName();
  const month = new Intl.DateTimeFormat(`${language === 'ar' ? 'ar-SA' : 'en-GB'}-u-ca-gregory-nu-latn`, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const newest = lines.toSorted((a, b) => b.month.localeCompare(a.month) || a.service.localeCompare(b.service));
  return (
    <table className={css['months']}>
      <thead>
        <tr>
          {['month', 'service', 'channel', 'mean', 'count'].map((column) => (
            <th key={column} scope="col">
              {say(`console.ratings.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {newest.map((line) => (
          <tr key={`${line.month}|${line.service}|${line.channel}`}>
            <td>{month.format(new Date(`${line.month}-01T00:00:00Z`))}</td>
            <td>{titleOf(line.service) ?? line.service}</td>
            <td>{channelName(line.channel)}</td>
            <td>{total([line]).mean.toFixed(1)}</td>
            <td>{line.count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function total(lines: RatingLine[]): { count: number; mean: number } {
  const count = lines.reduce((sum, line) => sum + line.count, 0);
  const sum = lines.reduce((all, line) => all + line.sum, 0);
  return { count, mean: count === 0 ? 0 : sum / count };
}

function never(): boolean {
  return false;
}
