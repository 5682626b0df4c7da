/** Every text can be read as a template, and uses filters that exist. */
import { compileTemplate, TemplateError } from '../../text/template.js';
import type { Place } from '../finding.js';
import type { Checked } from './index.js';

export function checkTemplates(checked: Checked): void {
  for (const flow of checked.written) {
    for (const { texts } of [...flow.steps, ...flow.ends]) {
      for (const { text, at, lines } of texts) {
        for (const [language, source] of Object.entries(text))
          check(source, { file: at.file, line: lines[language] ?? at.line }, checked);
      }
    }
  }
  for (const [key, places] of checked.texts.lines) {
    for (const [language, at] of places) check(checked.texts.all[key]?.[language] ?? '', at, checked);
  }
}

function check(source: string, at: Place, { report }: Checked): void {
  if (!source.includes('{')) return;
  try {
    compileTemplate(source);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const code = error.message.startsWith('there is no filter') ? 'unknown_filter' : 'template';
    report.add(
      code,
      at,
      `The text cannot be read at letter ${error.offset + 1}: ${error.message}.`,
      'Write {name}, {name|mask} or {n, plural, one {…} other {…}}; a brace itself is {{.',
    );
  }
}
