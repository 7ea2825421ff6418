import { exactText, html, type SafeHtml } from '@adjutant/insights';

/** Returns a stretch of text with the words that were looked for marked; none of it acts as markup. */
export function markedSnippet({
  text,
  marks,
}: {
  text: string;
  marks: readonly (readonly [from: number, to: number])[];
}): SafeHtml {
  const pieces: SafeHtml[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    if (from < at || to > text.length) continue;
    pieces.push(
      html`${exactText(text.slice(at, from))}<mark>${exactText(text.slice(from, to))}</mark>`,
    );
    at = to;
  }
  return html`${pieces}${exactText(text.slice(at))}`;
}
