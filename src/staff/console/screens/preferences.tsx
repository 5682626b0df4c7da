// Language and colours of the screen, kept on this device.
import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import type { MantineColorScheme } from '@mantine/core';
import { LANGUAGES, sayIn, useWords } from '../words/language.js';
import type { Language } from '../words/language.js';

/** Each language is named in itself. */
export function LanguageSwitch() {
  const { language, choose, say } = useWords();
  return (
    <SegmentedControl
      aria-label={say('console.language')}
      size="sm"
      value={language}
      onChange={(next) => choose(next as Language)}
      data={LANGUAGES.map((one) => ({ value: one, label: sayIn(one, 'console.language.name') }))}
    />
  );
}

export function ColourSwitch() {
  const { say } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const schemes = ['light', 'dark', 'auto'] as const;
  return (
    <SegmentedControl
      aria-label={say('console.colours')}
      size="sm"
      value={colorScheme}
      onChange={(next) => setColorScheme(next as MantineColorScheme)}
      data={schemes.map((one) => ({ value: one, label: say(`console.colours.${one}`) }))}
    />
  );
}
