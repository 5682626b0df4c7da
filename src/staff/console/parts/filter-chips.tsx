// One of a few filters, as chips in a row.
import { Chip } from '@mantine/core';

interface Props<T extends string> {
  /** What is filtered, for who cannot see it. */
  label: string;
  chosen: T;
  choose: (chosen: T) => void;
  offered: readonly { value: T; label: string }[];
  className?: string | undefined;
}

export function FilterChips<T extends string>({ label, chosen, choose, offered, className }: Props<T>) {
  const take = (next: string | string[]) => {
    const one = offered.find(({ value }) => value === next);
    if (one) choose(one.value);
  };
  return (
    <Chip.Group value={chosen} onChange={take}>
      <div className={className} role="group" aria-label={label}>
        {offered.map((one) => (
          <Chip key={one.value} value={one.value} size="sm" variant="light" icon={null} styles={NO_TICK}>
            {one.label}
          </Chip>
        ))}
      </div>
    </Chip.Group>
  );
}

const NO_TICK = { iconWrapper: { display: 'none' }, label: { paddingInline: 13 } } as const;
