// When words about a case will be read: said where they are written, unless it is at once.
import { IconHourglassEmpty } from '@tabler/icons-react';
import type { MaskedCase } from '../api/types.js';
import { useSay } from '../words/language.js';
import css from './case.module.css';

export function Reach({ how }: { how: NonNullable<MaskedCase['reach']>['status'] | null }) {
  const say = useSay();
  if (how === null || how === 'now') return null;
  return (
    <p className={css['reach']} role="note">
      <IconHourglassEmpty size={16} aria-hidden />
      <span>{say(`console.case.reach.${how}`)}</span>
    </p>
  );
}
