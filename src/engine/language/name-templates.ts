/** Ends that name an approved template: it must be there, approved, meant for an end, and its parameters known at that end. */
import type { DraftEnd, DraftFlow, DraftText, Lists } from './draft.js';
import type { Report } from './finding.js';
import type { DraftTemplate } from './read-templates.js';
import { reportUnknown } from './shape.js';

/** The flow with the parameters of its templates among the texts of its ends, so that they are checked as such. */
export function nameTemplates(
  flow: DraftFlow,
  templates: readonly DraftTemplate[],
  { languages }: Lists,
  report: Report,
): DraftFlow {
  const ends = flow.ends.map((one): DraftEnd => {
    const { end, at } = one;
    if (end.template === undefined) return one;
    const found = templates.find(({ template }) => template.id === end.template);
    if (!found) {
      const known = templates.map(({ template }) => template.id);
      reportUnknown('unknown_name', at, `There is no template "${end.template}".`, end.template, known, report);
      return one;
    }
    if (!found.approved || !found.template.purposes.includes('end')) {
      const lack = found.approved ? 'is not meant for an end' : 'is not approved yet';
      report.add(
        'bad_value',
        at,
        `The template "${end.template}" ${lack}.`,
        found.approved ? 'Add "end" to its purposes.' : 'Have the provider approve it, then write "approved: true".',
      );
    }
    const source = found.template.parameters.map(({ id }) => `{${id}}`).join(' ');
    const text: DraftText = { text: Object.fromEntries(languages.map((one) => [one, source])), at, lines: {} };
    return { ...one, texts: [...one.texts, text] };
  });
  return { ...flow, ends };
}
