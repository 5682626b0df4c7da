/** Fills approved templates: what a provider lets us say after a reply window. */
import type { ApprovedTemplate, FilledTemplate, FlowSet, Language, TemplatePurpose } from './types.js';

/** Most letters of a filled template (https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates). */
export const MOST_TEMPLATE = 1_024;

/** The first template of a set for a purpose. */
export function templateFor(set: Pick<FlowSet, 'approved'>, purpose: TemplatePurpose): ApprovedTemplate | undefined {
  return Object.values(set.approved ?? {}).find(({ purposes }) => purposes.includes(purpose));
}

/** Undefined when a value is missing or empty, the whole is too long, or the template does not speak the language. */
export function fillTemplate(
  template: ApprovedTemplate,
  language: Language,
  values: Readonly<Record<string, string | undefined>>,
): FilledTemplate | undefined {
  const { id, name, codes, text } = template;
  const code = codes[language];
  const body = text[language];
  if (code === undefined || body === undefined) return undefined;
  const parameters = template.parameters.map((one) =>
    oneLine(Object.hasOwn(values, one.id) ? (values[one.id] ?? '') : ''),
  );
  const filled = body.replace(/\{\{(\d+)\}\}/g, (_, number: string) => parameters[Number(number) - 1] ?? '');
  if (parameters.includes('') || filled.length > MOST_TEMPLATE) return undefined;
  return { id, name, code, parameters, text: filled };
}

/** A parameter has no line breaks, and no row of spaces. */
function oneLine(value: string): string {
  return value.replace(/\s+/g, ' ').trim();
}
