// At the end of a list that goes on.
import { Button } from '@mantine/core';
import { useSay } from '../words/language.js';
import css from './page.module.css';

/** `more`: null when nothing follows. */
export function MoreButton({ more }: { more: (() => void) | null }) {
  const say = useSay();
  if (more === null) return null;
  return (
    <div className={css['more']}>
      <Button variant="subtle" onClick={more}>
        {say('console.more')}
      </Button>
    </div>
  );
}
