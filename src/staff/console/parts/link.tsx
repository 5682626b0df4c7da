// A link inside the console: a real address, opened without loading the page again.
import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { go, pathOf } from '../state/route.js';
import type { Place } from '../state/route.js';

type Props = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & { to: Place };

export function PlaceLink({ to, onClick, ...rest }: Props) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(to);
  };
  return <a {...rest} href={pathOf(to)} onClick={follow} />;
}
