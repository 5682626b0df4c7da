// The phones side by side as one page that needs nothing else: every exchange is a row, so that the channels can be compared.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeHtml } from '../../src/server/html.js';
import type { Shown } from './phone.js';
import type { Cell, Row, Way } from './walk.js';

export interface Story {
  readonly language: string;
  readonly charity: string;
  /** Names of the channels, as they are in the rows. */
  readonly channels: readonly string[];
  readonly rows: readonly Row[];
  /** The case number that each phone showed. */
  readonly numbers: readonly string[];
  /** Texts under `demo.channels.`. */
  readonly say: (key: string, values?: Record<string, string | number>) => string;
}

/** `root`: where scripts/ and node_modules/ lie. */
export function pageOf(story: Story, root: string): string {
  const { language, charity, channels, say } = story;
  const phones = channels.map((channel, index) => phone(story, channel, index)).join('\n');
  return `<!doctype html>
<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(`${say('title')} · ${charity}`)}</title>
<style>
${fonts(root)}
${readFileSync(join(root, 'scripts/demo/page.css'), 'utf8')}
</style>
</head>
<body style="--phones:${channels.length};--turns:${story.rows.length}">
<header class="top">
<p class="charity">${escapeHtml(charity)}</p>
<h1>${escapeHtml(say('title'))}</h1>
<p class="lead">${escapeHtml(say('lead'))}</p>
<ul class="ways">${(['buttons', 'list', 'numbered'] as const).map((way) => `<li>${badge(story, way)} ${escapeHtml(say(`way.${way}.text`))}</li>`).join('')}</ul>
</header>
<main tabindex="0" aria-label="${escapeHtml(say('title'))}">
${phones}
</main>
</body>
</html>
`;
}

function phone(story: Story, channel: string, index: number): string {
  const { rows, numbers, say } = story;
  const cells = rows.flatMap(({ cells: all }) => all[index] ?? []);
  const counted = (['buttons', 'list', 'numbered'] as const).map((way) => {
    const count = cells.filter((one) => one.way === way).length;
    return `<span class="${count === 0 ? 'none' : ''}">${badge(story, way)} ${count}</span>`;
  });
  const number = numbers[index] ?? '';
  return `<section class="phone ${channel}" aria-label="${escapeHtml(say(channel))}">
<header class="bar"><span class="face" aria-hidden="true">${escapeHtml(story.charity.trim().slice(0, 1))}</span>
<span class="who"><b>${escapeHtml(say(channel))}</b><small>${escapeHtml(story.charity)}</small></span></header>
${cells.map((one) => turn(story, one)).join('\n')}
<footer class="sum"><p>${escapeHtml(say('number'))} <b dir="ltr">${escapeHtml(number)}</b></p><p class="counts">${counted.join('')}</p></footer>
</section>`;
}

const clip =
  '<svg class="clip" viewBox="0 0 24 24" aria-hidden="true"><path d="M20 11.5 12.2 19.2a5 5 0 0 1-7-7l8.3-8.3a3.4 3.4 0 0 1 4.8 4.8l-8.3 8.2a1.7 1.7 0 0 1-2.4-2.4l7.5-7.5"/></svg>';

function turn(story: Story, { did, shown, way }: Cell): string {
  const icon = did.as === 'file' ? `${clip} ` : '';
  const own = `<p class="own ${did.as}" dir="auto">${icon}${escapeHtml(did.text)}</p>`;
  const bubbles = shown.map((one, index) => bubble(story, one, index === shown.length - 1 ? way : null));
  return `<div class="turn">${own}${bubbles.join('')}</div>`;
}

function bubble(story: Story, shown: Shown, way: Way | null): string {
  const words = `<p class="said" dir="auto">${escapeHtml(shown.text)}</p>`;
  const label = way === null ? '' : badge(story, way);
  if (shown.as === 'text') return `<div class="bot">${words}${label}</div>`;
  const options = shown.options.map(({ label: name, hint = '' }) => {
    const small = hint === '' || shown.as === 'buttons' ? '' : `<small>${escapeHtml(hint)}</small>`;
    return `<li dir="auto"${name.endsWith('⭐') ? ' class="star"' : ''}><span>${escapeHtml(name)}</span>${small}</li>`;
  });
  return `<div class="bot">${words}<ul class="${shown.as}">${options.join('')}</ul>${label}</div>`;
}

function badge({ say }: Story, way: Way): string {
  return `<span class="way ${way}">${escapeHtml(say(`way.${way}`))}</span>`;
}

/** The console's own face, packed in. */
function fonts(root: string): string {
  const folder = join(root, 'node_modules/@fontsource/ibm-plex-sans-arabic/files');
  return ['arabic', 'latin']
    .flatMap((part) => [400, 600].map((weight) => ({ part, weight })))
    .map(({ part, weight }) => {
      const bytes = readFileSync(join(folder, `ibm-plex-sans-arabic-${part}-${weight}-normal.woff2`));
      const range = part === 'arabic' ? 'U+0600-06FF,U+FB50-FDFF,U+FE70-FEFF' : 'U+0000-00FF,U+2000-206F';
      return `@font-face{font-family:Plex;font-weight:${weight};src:url(data:font/woff2;base64,${bytes.toString('base64')}) format('woff2');unicode-range:${range}}`;
    })
    .join('\n');
}
