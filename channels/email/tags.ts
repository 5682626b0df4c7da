// Takes out of an HTML text the tags that no program writes, in one pass: what reads on looks through a tag again and again.

/** Longer ones hold a picture, or were made to keep us busy; an address that is followed has its place below. */
const LONGEST = 2_000;

/** What opens a tag and never closes it is cut off with all that follows. */
export function withoutHugeTags(html: string): string {
  // A sign of "less" in the words opens none.
  const marked = html.replace(/<(?![a-z/!?])/gi, '&lt;');
  const kept: string[] = [];
  let from = 0;
  for (let at = marked.indexOf('<'); at >= 0; at = marked.indexOf('<', from)) {
    const end = marked.indexOf('>', at);
    const isHuge = end < 0 || end - at > LONGEST;
    kept.push(marked.slice(from, isHuge ? at : end + 1));
    if (end < 0) return kept.join('');
    from = end + 1;
  }
  return kept.join('') + marked.slice(from);
}
