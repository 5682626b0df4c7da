// Our letters as HTML that mail programs draw alike: from right to left where the language does, every foreign run apart.

/** What stands above, between and below. */
export interface Page {
  /** By which an answer's quotation is known; small and grey. */
  above: string;
  text: string;
  below: string;
}

/** Arabic letters against Latin ones: whatever there are more of leads. */
export function directionOf(text: string): 'rtl' | 'ltr' {
  const count = (letters: RegExp): number => (text.match(letters) ?? []).length;
  return count(/\p{Script=Arabic}/gu) * 2 >= count(/[A-Za-z]/g) ? 'rtl' : 'ltr';
}

export function htmlOf({ above, text, below }: Page): string {
  const dir = directionOf(text);
  const [lang, side] = dir === 'rtl' ? ['ar', 'right'] : ['en', 'left'];
  const style = `direction:${dir};text-align:${side};font-family:'Segoe UI',Tahoma,Arial,sans-serif;font-size:16px;line-height:1.8;color:#1b2420`;
  const note = 'margin:0;font-size:12px;color:#5b6762';
  const paragraphs = text.split(/\n{2,}/).map((one) => `<p style="margin:0 0 14px">${linesOf(one)}</p>`);
  return `<!doctype html>
<html lang="${lang}" dir="${dir}">
<head><meta charset="utf-8"></head>
<body dir="${dir}" style="margin:0;padding:12px">
<div dir="${dir}" style="${style}">
<p style="${note}">${escaped(above)}</p>
${paragraphs.join('\n')}
${below === '' ? '' : `<p style="${note}">${linesOf(below)}</p>`}
</div>
</body>
</html>
`;
}

function linesOf(paragraph: string): string {
  return paragraph.split('\n').map(lineOf).join('<br>\n');
}

/** Isolated runs stay apart, addresses become links; both whichever way the line reads. */
function lineOf(line: string): string {
  return escaped(line)
    .replace(/[\u2066\u2067\u2068]([^\u2066-\u2069]*)\u2069/g, '<bdi>$1</bdi>')
    .replace(
      /https?:\/\/[^\s<>"\u2066-\u2069،؛]+[^\s<>".,،؛:!؟?()\u2066-\u2069]/g,
      (url) => `<a href="${url}" dir="ltr">${url}</a>`,
    );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
