/** The normal form in one pass, for texts of ASCII and the Arabic block only: the engine makes it on every turn. */

export const LAST_ASCII = 0x7f;
export const FIRST_ARABIC = 0x600;
export const TABLE_LENGTH = 0x700;
/** Table entries beside a character's own replacement. */
export const DROPPED = 0;
export const OTHERWISE = 0xffff;

const SPACE = 0x20;
const NINE = 0x39;

/**
 * The normal form by a table of replacements; undefined when a character is not in the table. Stretches that need no change
 * are copied as they are, so a text that is plain already comes back itself.
 */
export function simplePlain(text: string, table: Uint16Array): string | undefined {
  let done = '';
  /** Where the stretch that is not copied yet begins. */
  let from = 0;
  let last = SPACE;
  let run = 1;
  for (let at = 0; at < text.length; at++) {
    const typed = text.charCodeAt(at);
    const code = typed < TABLE_LENGTH ? (table[typed] ?? OTHERWISE) : OTHERWISE;
    if (code === OTHERWISE) return undefined;
    if (code !== DROPPED) run = code === last ? run + 1 : 1;
    const repeated = code === last && (code === SPACE || (run > 2 && code > NINE));
    if (code === typed && !repeated) {
      last = code;
      continue;
    }
    done += text.slice(from, at);
    from = at + 1;
    if (code === DROPPED) continue;
    last = code;
    // The third equal letter takes the second one back; further ones only stay away.
    if (!repeated) done += String.fromCharCode(code);
    else if (code !== SPACE && run === 3) done = done.slice(0, -1);
  }
  const whole = done + text.slice(from);
  return last === SPACE ? whole.trimEnd() : whole;
}
