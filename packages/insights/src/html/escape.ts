import { numberOf, replaceHidden, replaceStacked } from '@adjutant/core/ports';
import { plainText } from '../outside-text/plain-text.ts';

/** Markup that this module made. Data cannot pass for it: the class is not exported. */
class Markup {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  static textOf(markup: Markup): string {
    return markup.#text;
  }
}
export type SafeHtml = Markup;

type Piece = SafeHtml | string | number | null | undefined | false | readonly Piece[];

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Longest text that a page shows in one place. */
const longestText = 2_000;

function escapeText(value: string): string {
  return plainText(value, longestText).replace(
    /[&<>"'`]/g,
    (character) => entities[character] ?? '',
  );
}

function render(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return '';
  if (piece instanceof Markup) return Markup.textOf(piece);
  if (typeof piece === 'number') return String(piece);
  if (typeof piece === 'string') return escapeText(piece);
  return piece.map(render).join('');
}

/**
 * Makes markup from a template. Every value put in is escaped, bounded and freed of control and
 * direction characters, unless it is markup made here. Values may stand in text and in quoted
 * attributes only.
 */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): SafeHtml {
  let text = strings[0] ?? '';
  pieces.forEach((piece, index) => {
    text += render(piece) + (strings[index + 1] ?? '');
  });
  return new Markup(text);
}

/**
 * Returns a whole text exactly as it is, for somebody who is to agree to it: every line, nothing
 * left out, and what is invisible, turns text around or is painted over others shown by its number.
 */
export function exactText(value: string): SafeHtml {
  // Escaped first: what stands in place of a hidden character is markup.
  const text = value.replace(/[&<>"'`]/g, (character) => entities[character] ?? '');
  return new Markup(
    replaceHidden(replaceStacked(text, byNumber), (character) =>
      character === '\n' || character === '\t' ? character : byNumber(character),
    ),
  );
}

function byNumber(character: string): string {
  return `<span class="unseen">${numberOf(character)}</span>`;
}

/** Returns a text as the value of a field that somebody edits: whole and unchanged. */
export function fieldText(value: string): SafeHtml {
  return new Markup(value.replace(/[&<>"'`]/g, (character) => entities[character] ?? ''));
}

/** Returns the style sheet of a page, which is a constant of this package and never data. */
export function styleElement(css: string): SafeHtml {
  if (/<\/style/i.test(css)) throw new TypeError('A style sheet cannot end its own element.');
  return new Markup(`<style>${css}</style>`);
}

/** Returns the text of markup, for writing it to a file. */
export function toText(markup: SafeHtml): string {
  return Markup.textOf(markup);
}
