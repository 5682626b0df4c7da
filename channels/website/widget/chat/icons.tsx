// The page's icons, drawn on a 24-unit grid in the ink of their surroundings.
import type { JSX } from 'preact';

const paths = {
  send: 'M4 12 20 4.500 16 20l-4.500-6.500L4 12Zm7.500 1.500L20 4.500',
  clip: 'm20 11.500-8.200 8.200a5.200 5.200 0 0 1-7.400-7.400l8.600-8.600a3.500 3.500 0 0 1 4.900 4.900L9.400 17a1.700 1.700 0 0 1-2.500-2.500l7.700-7.700',
  camera:
    'M4 8h3l1.800-2.500h6.400L17 8h3a1 1 0 0 1 1 1v9.500a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1Zm8 9a3.600 3.600 0 1 0 0-7.200 3.600 3.600 0 0 0 0 7.200Z',
  file: 'M7 3h7l4.500 4.500V20a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1Zm7 0v5h4.500',
  down: 'm6 9.500 6 6 6-6',
  next: 'm14.500 6-6 6 6 6',
  close: 'M6 6l12 12M18 6 6 18',
  more: 'M12 5.500h.01M12 12h.01M12 18.500h.01',
  clock: 'M12 7.500V12l3 2m5.500-2a8.500 8.500 0 1 1-17 0 8.500 8.500 0 0 1 17 0Z',
  check: 'm5 12.500 4.500 4.500L19 7.500',
  checks: 'm2.500 12.500 4.500 4.500L16 7.500m-3.500 8.500 1 1L23 7.500',
  alert: 'M12 8v5m0 3.200h.01M20.500 12a8.500 8.500 0 1 1-17 0 8.500 8.500 0 0 1 17 0Z',
  menu: 'M5 7h14M5 12h14M5 17h9',
  person:
    'M12 11.500a3.800 3.800 0 1 0 0-7.500 3.800 3.800 0 0 0 0 7.500ZM4.500 20c.8-3.600 3.800-5.500 7.500-5.500s6.700 1.900 7.500 5.500',
  trash: 'M5 7h14M10 7V5h4v2m-7.500 0 .8 12a1 1 0 0 0 1 1h7.400a1 1 0 0 0 1-1l.8-12',
  lock: 'M7.500 10.500V8a4.500 4.500 0 0 1 9 0v2.500M6 10.500h12a1 1 0 0 1 1 1V19a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-7.500a1 1 0 0 1 1-1Z',
  offline:
    'M4 4l16 16M8.500 16a5 5 0 0 1 7 0M5.500 12.800a9 9 0 0 1 4.200-2.400m4.600 0c1.600.4 3 1.200 4.200 2.400M2.500 9.500A13.500 13.500 0 0 1 6.600 6.800m4-1.200c4-.5 8 .8 10.900 3.900',
} as const;

const star =
  'm12 3.200 2.700 5.600 6.100.8-4.500 4.300 1.100 6.100L12 17l-5.400 3 1.100-6.100-4.500-4.300 6.100-.8L12 3.200Z';

export type IconName = keyof typeof paths;

/** `flips`: mirrored in right-to-left pages. */
export function Icon({ name, flips = false }: { name: IconName; flips?: boolean }): JSX.Element {
  return (
    <svg class={flips ? 'icon flips' : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

export function Star(): JSX.Element {
  return (
    <svg class="star" viewBox="0 0 24 24" aria-hidden="true">
      <path d={star} />
    </svg>
  );
}
