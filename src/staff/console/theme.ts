// Colours and type of the console.
import { createTheme, localStorageColorSchemeManager } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';

const sila: MantineColorsTuple = [
  '#e8f6f2',
  '#d2ebe4',
  '#a5d6c8',
  '#76c0ad',
  '#4fad96',
  '#369f87',
  '#26937a',
  '#137f67',
  '#037259',
  '#00604b',
];

/** Mantine's own is neutral; this leans to the green of the house. */
const dark: MantineColorsTuple = [
  '#c9d1d5',
  '#b3bdc2',
  '#8f9aa0',
  '#5f6b71',
  '#434d52',
  '#333b3f',
  '#262d30',
  '#1a1e20',
  '#14181a',
  '#0e1112',
];

export const theme = createTheme({
  colors: { sila, dark },
  primaryColor: 'sila',
  primaryShade: { light: 8, dark: 8 },
  fontFamily: "'IBM Plex Sans Arabic', 'Segoe UI', Tahoma, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  headings: { fontWeight: '600', fontFamily: "'IBM Plex Sans Arabic', 'Segoe UI', Tahoma, sans-serif" },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
});

export const colourScheme = localStorageColorSchemeManager({ key: 'sila.colours' });

/** Mantine's quiet texts are too pale for WCAG AA on its own backgrounds. */
export const variables: CSSVariablesResolver = (mantine) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#566069',
    '--mantine-color-placeholder': '#6b747d',
    '--mantine-color-error': mantine.colors.red[9],
    '--sila-page': '#f5f7f7',
    '--sila-card': '#ffffff',
    '--sila-line': '#e3e8e8',
    '--sila-quiet': '#eef2f2',
    '--sila-chosen': '#e3f2ee',
    '--sila-link': '#00604b',
    '--sila-bubble-person': '#ffffff',
    '--sila-bubble-bot': '#e7eef5',
    '--sila-bubble-staff': '#d8efe7',
  },
  dark: {
    '--mantine-color-body': '#16191b',
    '--mantine-color-dimmed': '#a3adb5',
    '--mantine-color-placeholder': '#8b959d',
    '--mantine-color-error': mantine.colors.red[4],
    '--sila-page': '#101314',
    '--sila-card': '#1a1e20',
    '--sila-line': '#2b3134',
    '--sila-quiet': '#22282a',
    '--sila-chosen': '#17322b',
    '--sila-link': '#76c0ad',
    '--sila-bubble-person': '#22282a',
    '--sila-bubble-bot': '#1d2a38',
    '--sila-bubble-staff': '#173a30',
  },
});
