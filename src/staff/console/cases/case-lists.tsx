// Cases as a table on wide screens, as cards on phones.
import { IconAlarm, IconUser } from '@tabler/icons-react';
import type { CaseLine } from '../api/types.js';
import { StatusChip } from '../parts/chip.js';
import { PlaceLink } from '../parts/link.js';
import { Name, usePersonName } from '../parts/names.js';
import { Ago } from '../parts/time.js';
import { useNow } from '../state/now.js';
import { useNameOf } from '../state/people.js';
import { go } from '../state/route.js';
import { useDates } from '../words/dates.js';
import { useSay } from '../words/language.js';
import { isDue } from './due.js';
import css from './cases.module.css';

export function CaseTable({ lines }: { lines: CaseLine[] }) {
  const say = useSay();
  const columns = ['person', 'number', 'status', 'opened', 'not_before', 'assigned'];
  return (
    <table className={css['table']}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {say(`console.cases.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <TableRow key={line.number} line={line} />
        ))}
      </tbody>
    </table>
  );
}

/** The whole row opens the case; the link in it is for keyboards and new tabs. */
function TableRow({ line }: { line: CaseLine }) {
  const nameOf = usePersonName();
  const place = { at: 'case', number: line.number } as const;
  return (
    <tr onClick={() => go(place)}>
      <td>
        <PlaceLink to={place} className={`${css['person']} sila-name`} onClick={(event) => event.stopPropagation()}>
          <Name>{nameOf(line.name, line.number)}</Name>
        </PlaceLink>
        <Need line={line} />
      </td>
      <td>
        <span className="sila-number">{line.grouped}</span>
      </td>
      <td>
        <StatusChip status={line.status} />
      </td>
      <td>
        <Ago at={line.openedAt} />
      </td>
      <td>
        <NotBefore line={line} />
      </td>
      <td>
        <Assigned line={line} />
      </td>
    </tr>
  );
}

export function CaseCards({ lines }: { lines: CaseLine[] }) {
  const nameOf = usePersonName();
  return (
    <ul className={css['cards']}>
      {lines.map((line) => (
        <li key={line.number}>
          <PlaceLink to={{ at: 'case', number: line.number }} className={css['card']}>
            <span className={css['cardTop']}>
              <span className={`${css['cardName']} sila-name`}>
                <Name>{nameOf(line.name, line.number)}</Name>
              </span>
              <StatusChip status={line.status} />
            </span>
            <Need line={line} />
            <span className={css['cardFoot']}>
              <span className="sila-number">{line.grouped}</span>
              <Ago at={line.openedAt} />
            </span>
            {(isOpen(line) || line.assignedTo !== null) && (
              <span className={css['cardFoot']}>
                <NotBefore line={line} />
                <Assigned line={line} />
              </span>
            )}
          </PlaceLink>
        </li>
      ))}
    </ul>
  );
}

function Need({ line }: { line: CaseLine }) {
  return (
    <span className={`${css['need']} sila-name`}>
      <bdi dir="auto">{line.need}</bdi>
    </span>
  );
}

function NotBefore({ line }: { line: CaseLine }) {
  const say = useSay();
  const dates = useDates();
  const due = isDue(line, useNow());
  if (!isOpen(line)) return null;
  if (due)
    return (
      <span className={css['due']}>
        <IconAlarm size={16} aria-hidden /> {say('console.cases.due')}
      </span>
    );
  return (
    <span className={css['quiet']} title={dates.hijri(line.notBefore)}>
      {say('console.cases.not_before', { date: dates.date(line.notBefore) })}
    </span>
  );
}

function Assigned({ line }: { line: CaseLine }) {
  const nameOf = useNameOf();
  const say = useSay();
  if (line.assignedTo === null)
    return isOpen(line) ? <span className={css['quiet']}>{say('console.cases.nobody')}</span> : null;
  return (
    <span className={css['assigned']}>
      <IconUser size={15} aria-hidden /> <bdi>{nameOf(line.assignedTo)}</bdi>
    </span>
  );
}

function isOpen(line: CaseLine): boolean {
  return isDue(line, Infinity);
}
