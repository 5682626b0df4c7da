/** How articles speak: told, but no reason to refuse one. */
import { heardIn, type Tone } from '../src/engine/language/index.js';
import type { ArticleFile } from '../src/inquiries/index.js';
import type { Said } from './pack-files.js';

/** How an article speaks. */
export function toneOf({ path, text, article }: ArticleFile, tone: Tone): Said[] {
  return [article.title, article.body].flatMap((spoken) =>
    Object.entries(spoken).flatMap(([language, source]) => {
      const at = text.indexOf(source);
      const line = at === -1 ? 1 : text.slice(0, at).split('\n').length;
      return heardIn(source, language, { file: path, line }, tone);
    }),
  );
}
