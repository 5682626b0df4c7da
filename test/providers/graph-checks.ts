// What the WhatsApp Cloud API refuses in a message, with the codes and the shape that it answers.

export interface Refusal {
  status: number;
  code: number;
  message: string;
  details?: string;
  subcode?: number;
}

type Json = Record<string, unknown>;

/** Lengths and counts of https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages. */
const MOST = {
  text: 4096,
  body: 1024,
  caption: 1024,
  footer: 60,
  title: 20,
  rowTitle: 24,
  rowDescription: 72,
  buttons: 3,
  rows: 10,
  sections: 10,
  id: 256,
  rowId: 200,
  callbackData: 512,
} as const;

/**
 * Null when the message is acceptable. `media` knows uploaded ids, `templates` the approved ones as `name/language` with the number of
 * their parameters.
 */
export function refusalOf(
  message: Json,
  media: ReadonlySet<string>,
  templates: ReadonlyMap<string, number>,
): Refusal | null {
  if (message['messaging_product'] !== 'whatsapp')
    return invalid('The parameter messaging_product is required.', 100, 400);
  const data = message['biz_opaque_callback_data'];
  if (data !== undefined && (typeof data !== 'string' || data.length > MOST.callbackData))
    return invalid('Param biz_opaque_callback_data must be at most 512 characters long.', 100, 400);
  const to = message['to'];
  const recipient = message['recipient'];
  if (to === undefined && recipient === undefined) return invalid('The parameter to is required.', 131008, 400);
  if (to !== undefined && !(typeof to === 'string' && /^\+?\d{7,15}$/.test(to)))
    return invalid('Param to must be a valid WhatsApp ID', 131009, 400);
  if (recipient !== undefined && !(typeof recipient === 'string' && /^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/.test(recipient)))
    return invalid('Param recipient must be a valid user id', 131009, 400);
  return checkType(message, media, templates);
}

function checkType(message: Json, media: ReadonlySet<string>, templates: ReadonlyMap<string, number>): Refusal | null {
  const type = String(message['type']);
  const part = asJson(message[type]);
  if (!part) return invalid(`The parameter ${type} is required.`, 100, 400);
  if (type === 'text') return length(part['body'], 1, MOST.text, "Param text['body']", 100);
  if (type === 'interactive') return checkInteractive(part);
  if (type === 'template') return checkTemplate(part, templates);
  if (['image', 'document', 'audio', 'video', 'sticker'].includes(type)) return checkMedia(part, media);
  return invalid(`Param type must be one of the known types, not ${type}`, 131009, 400);
}

function checkInteractive(part: Json): Refusal | null {
  const body = length(asJson(part['body'])?.['text'], 1, MOST.body, 'Body text');
  if (body) return body;
  const footer = asJson(part['footer']);
  const wrong = footer ? length(footer['text'], 1, MOST.footer, 'Footer text') : null;
  if (wrong) return wrong;
  const action = asJson(part['action']) ?? {};
  if (part['type'] === 'button') return checkButtons(listOf(action['buttons']));
  if (part['type'] === 'list') return checkList(action);
  return invalid('Param interactive.type must be button or list', 131009, 400);
}

function checkButtons(buttons: Json[]): Refusal | null {
  if (buttons.length < 1 || buttons.length > MOST.buttons)
    return invalid('Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3');
  const replies = buttons.map((button) => asJson(button['reply']) ?? {});
  for (const reply of replies) {
    const wrong = length(reply['title'], 1, MOST.title, 'Button title') ?? length(reply['id'], 1, MOST.id, 'Button id');
    if (wrong) return wrong;
  }
  return unique(replies, 'title', 'button title') ?? unique(replies, 'id', 'button id');
}

function checkList(action: Json): Refusal | null {
  const label = length(action['button'], 1, MOST.title, 'List button');
  if (label) return label;
  const sections = listOf(action['sections']);
  if (sections.length < 1 || sections.length > MOST.sections) return invalid('Invalid sections count');
  const rows = sections.flatMap((section) => listOf(section['rows']));
  if (rows.length < 1 || rows.length > MOST.rows) return invalid('Total row count exceed max allowed count: 10');
  if (sections.length > 1 && sections.some((section) => typeof section['title'] !== 'string'))
    return invalid('Section title is required if more than one section');
  for (const row of rows) {
    const wrong =
      length(row['title'], 1, MOST.rowTitle, 'Row title') ??
      length(row['id'], 1, MOST.rowId, 'Row id') ??
      (row['description'] === undefined ? null : length(row['description'], 1, MOST.rowDescription, 'Row description'));
    if (wrong) return wrong;
  }
  return unique(rows, 'id', 'row id');
}

function checkTemplate(part: Json, templates: ReadonlyMap<string, number>): Refusal | null {
  const [name, language] = [String(part['name']), String(asJson(part['language'])?.['code'])];
  const wanted = templates.get(`${name}/${language}`);
  if (wanted === undefined)
    return {
      status: 404,
      code: 132001,
      message: '(#132001) Template name does not exist in the translation',
      details: `template name (${name}) does not exist in ${language}`,
    };
  const bodies = listOf(part['components']).filter((one) => one['type'] === 'body');
  return checkParameters(
    bodies.flatMap((one) => listOf(one['parameters'])),
    wanted,
  );
}

function checkParameters(given: Json[], wanted: number): Refusal | null {
  if (given.length !== wanted)
    return {
      status: 400,
      code: 132000,
      message: '(#132000) Number of parameters does not match the expected number of params',
      details: `body: number of localizable_params (${given.length}) does not match the expected number of params (${wanted})`,
    };
  if (given.some((one) => one['type'] !== 'text' || typeof one['text'] !== 'string' || one['text'] === ''))
    return {
      status: 400,
      code: 132012,
      message: '(#132012) Parameter format does not match format in the created template',
      details: 'body: expected a parameter of the type text',
    };
  if (given.some((one) => /[\n\t]| {5,}/.test(String(one['text']))))
    return {
      status: 400,
      code: 132018,
      message: '(#132018) There was an issue with the parameters in your template',
      details: 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces',
    };
  return null;
}

function checkMedia(part: Json, media: ReadonlySet<string>): Refusal | null {
  if (typeof part['id'] !== 'string' || !media.has(part['id']))
    return {
      status: 400,
      code: 131053,
      message: '(#131053) Media upload error',
      details: 'Media ID is invalid or expired',
    };
  return part['caption'] === undefined ? null : length(part['caption'], 1, MOST.caption, 'Caption');
}

function unique(list: readonly Json[], field: string, what: string): Refusal | null {
  const values = list.map((one) => one[field]);
  return new Set(values).size === values.length ? null : invalid(`Duplicated ${what} is not allowed`);
}

function length(value: unknown, least: number, most: number, what: string, code = 131009): Refusal | null {
  if (typeof value === 'string' && value.trim().length >= least && value.length <= most) return null;
  return invalid(`${what} length invalid. Min length: ${least}, Max length: ${most}`, code);
}

function invalid(details: string, code = 131009, status = 400): Refusal {
  const message = code === 131009 ? '(#131009) Parameter value is not valid' : `(#${code}) ${details}`;
  return { status, code, message, details };
}

export function asJson(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.map((one) => asJson(one) ?? {}) : [];
}
