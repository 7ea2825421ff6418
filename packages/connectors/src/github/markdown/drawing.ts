import { replaceHidden } from '@adjutant/core/ports';
import { neutralText } from '../../writing/neutral-text.ts';
import { undrawnOfFormulas } from './drawn-blocks.ts';
import { undrawnOfAddress, undrawnOfTag } from './known-markup.ts';
import { hasWords } from './leftover-words.ts';
import { withoutEscapes } from './parse-markdown.ts';
import { type MarkupPart, readMarkup } from './read-markup.ts';

const characterReference = /&(?:#(?:x[\da-f]{1,6}|\d{1,7})|[a-z][a-z\d]{1,31});?/gi;
/** How much smaller letters become in a tag. */
const shrinking = new Map([
  ...['rt', 'small', 'sub', 'sup'].map((name) => [name, 3] as const),
  ...['code', 'h6', 'kbd', 'pre', 'samp', 'tt'].map((name) => [name, 1] as const),
]);
/** What stands in these is drawn only where the rest of them cannot be. */
const replaced = new Map([['video', 1]]);
const breaks = new Set(['br', 'hr']);
/** From how many on smaller letters are too small, and breaks push what follows out of view. */
const mostShrinking = 9;
const mostBreaks = 10;

const looksLikeAddress = /^(?:https?:\/\/|www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#:]\S*)?$/i;

const addressWithin = /(?:https?:\/\/|www\.)[^\s"'()<>]+/gi;
const fileName =
  /\.(?:css|csv|go|html|java|js|json|jsx|md|mjs|py|rb|rs|sh|sql|toml|ts|tsx|txt|ya?ml)$/i;

/** Collects what GitHub draws of a text, part by part, and what it does not. */
export class Drawing {
  readonly unshown = new Set<string>();
  readonly otherwise = new Set<string>();
  readonly lures = new Set<string>();
  readonly #open = new Map<string, number>();
  #link: { address: string; shown: string; hasPicture: boolean } | null = null;
  #breaks = 0;

  text(text: string): void {
    if (this.#link !== null) this.#link.shown += text;
    if (!hasWords(text)) return;
    if (this.#breaks >= mostBreaks) this.otherwise.add('many empty lines push a part of it away');
    this.#breaks = 0;
    if (this.#depthOf(shrinking) >= mostShrinking) this.unshown.add('letters too small to read');
    if (this.#depthOf(replaced) > 0) this.unshown.add('words in place of a film');
  }

  break(): void {
    this.#breaks += 1;
  }

  /** A character that stands as its number or its name. */
  characterReference(drawn: string): void {
    const isHidden = replaceHidden(drawn, () => '') !== drawn;
    if (isHidden) this.unshown.add('invisible characters by their numbers or names');
    this.text(drawn);
  }

  /** Words of which signs stand as their numbers. */
  numbered(drawn: string): void {
    const words = neutralText(drawn, 80);
    this.otherwise.add(`signs stand in it as their numbers, and are shown as: ${words}`);
  }

  picture(): void {
    if (this.#link !== null) this.#link.hasPicture = true;
    this.otherwise.add('it shows a picture, whose address learns who looks');
  }

  spokenWords(): void {
    this.otherwise.add('it holds words that are shown to a pointer alone, or to nobody');
  }

  openLink(address: string): void {
    this.closeLink();
    this.#link = { address, shown: '', hasPicture: false };
    this.address(address);
  }

  address(address: string): void {
    for (const what of undrawnOfAddress(address)) this.unshown.add(what);
  }

  closeLink(): void {
    if (this.#link === null) return;
    const { address, hasPicture } = this.#link;
    const shown = replaceHidden(this.#link.shown, () => '').trim();
    this.#link = null;
    if (shown === '' && !hasPicture) this.unshown.add('a link of which nothing is seen');
    if (isLure(shown.slice(0, 2_000), address)) {
      this.lures.add(
        `it shows ${neutralText(shown, 80)} and leads to ${neutralText(address, 120)}`,
      );
    }
  }

  markup(html: string): void {
    for (const part of readMarkup(html)) this.#part(part);
  }

  #part(part: MarkupPart): void {
    switch (part.kind) {
      case 'text':
        this.#markupText(part.text);
        return;
      case 'tag':
        this.#tag(part);
        return;
      case 'comment':
        this.unshown.add('a comment');
        return;
      case 'markup':
        this.unshown.add('markup that is no text');
        return;
      case 'unclosed':
        this.unshown.add('markup that is never closed');
    }
  }

  #markupText(text: string): void {
    let hasNumbers = false;
    const drawn = text.replaceAll(characterReference, (source) => {
      const closed = source.endsWith(';') ? source : `${source};`;
      const sign = withoutEscapes(closed);
      if (sign === closed) return source;
      hasNumbers ||= isNumberedSign(source, sign);
      this.characterReference(sign);
      return sign;
    });
    this.text(drawn);
    if (hasNumbers) this.numbered(drawn);
    this.formulas(text);
  }

  formulas(text: string): void {
    const { unshown, otherwise } = undrawnOfFormulas(text);
    for (const what of unshown) this.unshown.add(what);
    for (const what of otherwise) this.otherwise.add(what);
  }

  #tag(tag: MarkupPart & { kind: 'tag' }): void {
    const { name, isClosing, attributes } = tag;
    const { unshown, hasSpokenWords } = undrawnOfTag(tag);
    for (const what of unshown) this.unshown.add(what);
    if (hasSpokenWords) this.spokenWords();
    if (name === 'a') this.#anchor(isClosing, attributes);
    if (/^(?:img|picture|video)$/.test(name) && !isClosing) this.picture();
    if (breaks.has(name)) this.break();
    if (name === 'details' && !isClosing && attributes.every(([one]) => one !== 'open')) {
      this.otherwise.add('a part of it is folded until it is opened');
    }
    const depth = this.#open.get(name) ?? 0;
    this.#open.set(name, Math.max(0, depth + (isClosing ? -1 : 1)));
  }

  #anchor(isClosing: boolean, attributes: readonly [string, string][]): void {
    this.closeLink();
    const address = attributes.find(([name]) => name === 'href')?.[1];
    if (!isClosing && address !== undefined) this.openLink(withoutEscapes(address));
  }

  #depthOf(names: ReadonlyMap<string, number>): number {
    return [...names].reduce((sum, [name, each]) => sum + each * (this.#open.get(name) ?? 0), 0);
  }
}

/** Whether a sign stands as its number that everybody writes as itself. */
export function isNumberedSign(source: string, sign: string): boolean {
  return source.startsWith('&#') && /[\p{L}\p{N}@/!]/u.test(sign);
}

/** Whether what is shown is an address, or has one in it, of another host than the link leads to. */
function isLure(shown: string, address: string): boolean {
  const [whole] = shown.split(/\s/, 1);
  const path = address.replace(/[?#].*$/s, '');
  if (whole === shown && fileName.test(shown) && path.endsWith(shown)) return false;
  const named = looksLikeAddress.test(shown) ? [shown] : (shown.match(addressWithin) ?? []);
  return named.some((one) => hostOf(one) !== hostOf(address));
}

function hostOf(address: string): string {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`);
  return url === null ? '' : url.host.replace(/^www\./, '');
}
