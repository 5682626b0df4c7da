/** Writes a picture as a Mermaid flowchart. */
import type { Box, Look, Picture } from './picture.js';

const brackets: Readonly<Record<Look, readonly [string, string]>> = {
  start: ['((', '))'],
  say: ['(', ')'],
  ask: ['[', ']'],
  seal: ['[/', '/]'],
  branch: ['{', '}'],
  look_up: ['[(', ')]'],
  call: ['[[', ']]'],
  act: ['[(', ')]'],
  done: ['([', '])'],
  staff: ['([', '])'],
  kept: ['([', '])'],
  end: ['([', '])'],
  flow: ['{{', '}}'],
  exit: ['>', ']'],
};

const colours: Readonly<Partial<Record<Look, string>>> = {
  ask: 'fill:#ffffff,stroke:#17807a',
  seal: 'fill:#fdf6e7,stroke:#c9932b',
  done: 'fill:#2f8f5b,color:#ffffff',
  staff: 'fill:#d9822b,color:#ffffff',
  kept: 'fill:#3d78bd,color:#ffffff',
  end: 'fill:#5b6b6a,color:#ffffff',
};

/** Top to bottom; a way of exception is dotted. */
export function mermaidOf({ boxes, arrows }: Picture): string {
  const lines = [
    'flowchart TD',
    ...boxes.map((box) => `  ${node(box)}`),
    ...arrows.map(({ from, to, way, label }) => {
      const line = way === 'go' || way === 'then' ? '-->' : '-.->';
      return `  ${name(from)} ${line}${label === '' ? '' : `|"${escaped(label)}"|`} ${name(to)}`;
    }),
    ...Object.entries(colours).map(([look, colour]) => `  classDef ${look}_ ${colour}`),
    ...boxes.filter(({ look }) => look in colours).map(({ id, look }) => `  class ${name(id)} ${look}_`),
  ];
  return `${lines.join('\n')}\n`;
}

function node(box: Box): string {
  const [open, close] = brackets[box.look];
  const words = box.words.split('\n').slice(0, 2).join('<br>');
  return `${name(box.id)}${open}"${escaped(words).replaceAll('#lt;br#gt;', '<br>')}"${close}`;
}

/** Mermaid's own words (`end`, `style`…) may not be names. */
function name(id: string): string {
  return `_${id.replaceAll(/[^a-z0-9]/g, '_')}`;
}

function escaped(text: string): string {
  return text.replaceAll('#', '#35;').replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;');
}
