/** The name under which a file is shown: harmless, short, still the sender's own. */
import { KINDS } from './kind.js';
import type { FileKind } from './kind.js';

const LONGEST = 100;
const LONGEST_STEM = LONGEST - 6;

/** Folders, controls, bidi and invisible controls, line ends and signs that file systems or headers read otherwise are taken out. */
export function fileLabel(name: string, kind: FileKind): string {
  const { extensions } = KINDS[kind];
  const clean = cleaned(name);
  const dot = clean.lastIndexOf('.');
  const own = dot > 0 && extensions.includes(clean.slice(dot + 1).toLowerCase());
  const stem = shortened(own ? clean.slice(0, dot) : clean);
  return `${stem === '' ? 'file' : stem}.${own ? clean.slice(dot + 1).toLowerCase() : (extensions[0] ?? kind)}`;
}

function cleaned(name: string): string {
  const wellFormed = Buffer.from(name, 'utf8').toString('utf8').replaceAll('\u{fffd}', '');
  const last = wellFormed.split(/[/\\]/).at(-1) ?? '';
  return (
    last
      .normalize('NFC')
      // Letters keep their joiners (U+200C, U+200D); every other control or format character goes.
      .replace(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, '')
      .replace(/[<>:"|?*;%]/g, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^[.\s]+|[.\s]+$/g, '')
  );
}

/** Cut between whole characters. */
function shortened(stem: string): string {
  let short = '';
  for (const letter of stem) {
    if (short.length + letter.length > LONGEST_STEM) break;
    short += letter;
  }
  return short.trim();
}
