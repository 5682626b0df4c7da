/** Markdown as people read it in a chat: no channel shows it, so that nobody should see its signs. */

const FENCE = /^\s*`{3,}\s*$/;
/** What stands behind the signs is a language's name where programs are written, and a word where people write: it stays. */
const FENCED = /^\s*`{3,}[ \t]*([^`]*)$/;
const HEADING = /^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$/;
const ITEM = /^([ \t]*)[-*+][ \t]+/;
const QUOTE = /^ {0,3}>[ \t]?/;
const RULE = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
const LINK = /!?\[([^\][]*)\]\((https?:[^\s()]+|tel:[^\s()]+|mailto:[^\s()]+)\)/g;
const STRONG = /(\*\*|__)(?=\S)([^\n]*?\S)\1/g;
const SLANTED = /(^|[\s(«"'])\*(?=\S)([^*\n]*?\S)\*(?=$|[\s).,،؛:!?؟»"'])/gm;
const CODE = /`([^`\n]+)`/g;

/** Lists get their dots; headings, emphasis, quotes and code lose their signs; a link shows its words and where it leads. */
export function plainMarkdown(text: string): string {
  return text
    .split('\n')
    .filter((line) => !FENCE.test(line) && !RULE.test(line))
    .map((line) => line.replace(FENCED, '$1').replace(QUOTE, '').replace(HEADING, '$1').replace(ITEM, '$1• '))
    .join('\n')
    .replace(LINK, (_, words: string, target: string) => linked(words, target.replace(/^(tel|mailto):/, '')))
    .replace(STRONG, '$2')
    .replace(SLANTED, '$1$2')
    .replace(CODE, '$1');
}

function linked(words: string, target: string): string {
  return words.trim() === '' || words.trim() === target ? target : `${words.trim()} (${target})`;
}
