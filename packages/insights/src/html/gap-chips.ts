import { html, type SafeHtml } from './escape.ts';

const mostChips = 4;

/** Returns an id that a page can hold, from a code that came from outside. */
export function anchorOf(prefix: string, code: string): string {
  return `${prefix}-${code
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)}`;
}

/** Returns the gaps that touch a figure, each leading to its sentence; codes that the report does not explain stay text. */
export function gapChips(
  codes: readonly string[],
  explained: ReadonlySet<string>,
): SafeHtml | null {
  if (codes.length === 0) return null;
  const shown = codes.slice(0, codes.length > mostChips + 1 ? mostChips : codes.length);
  const left = codes.length - shown.length;
  const chips = shown.map((code) => {
    const words = code.replaceAll('_', ' ');
    return explained.has(code)
      ? html`<a href="#${anchorOf('gap', code)}">${words}</a>`
      : html`<span>${words}</span>`;
  });
  const more = left > 0 ? html`<a href="#missing">and ${left} more</a>` : null;
  return html`<p class="chips">Gaps: ${chips.map((chip, index) => html`${index > 0 && html`, `}${chip}`)}${more !== null && html`, ${more}`}</p>`;
}
