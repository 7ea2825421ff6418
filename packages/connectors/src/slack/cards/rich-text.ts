import { numberOf, replaceHidden, replaceStacked } from '@adjutant/core/ports';

/**
 * Text that Slack shows as it is. Whatever comes from outside goes into elements of this kind alone:
 * in them no sign calls anybody, formats or becomes a link.
 */
export interface TextElement {
  type: 'text';
  text: string;
  style?: { bold?: true; italic?: true; code?: true };
}

export interface LinkElement {
  type: 'link';
  url: string;
  text: string;
}

export type InlineElement = TextElement | LinkElement;

export type Block = Readonly<Record<string, unknown>> & { type: string };

/** Returns a text that cannot be seen through: what has no form of its own is shown by its number. */
export function shownText(text: string): string {
  const flat = replaceStacked(text.replaceAll('\r\n', '\n'), byNumber);
  return replaceHidden(flat, (character) =>
    character === '\n' || character === '\t' ? character : byNumber(character),
  );
}

function byNumber(character: string): string {
  return `[${numberOf(character)}]`;
}

/** Returns how many characters blocks show. */
export function drawnLength(blocks: readonly Block[]): number {
  let length = 0;
  JSON.stringify(blocks, (name, value: unknown) => {
    if (name === 'text' && typeof value === 'string') length += value.length;
    return value;
  });
  return length;
}

export function words(text: string, style?: TextElement['style']): TextElement {
  // Slack refuses an element without a text.
  const shown = text === '' ? '–' : shownText(text);
  return { type: 'text', text: shown, ...(style === undefined ? {} : { style }) };
}

/** Returns a link where the address is one of the web; else the words alone. */
export function linkTo(url: string | null, text: string): InlineElement {
  const isWeb = url !== null && url.length <= 2_000 && /^https?:$/.test(protocolOf(url));
  return isWeb ? { type: 'link', url, text: shownText(text) } : words(text);
}

/** Returns one line for each list of elements. */
export function lines(items: readonly (readonly InlineElement[])[]): Block {
  const elements = items.flatMap((item, position) =>
    position === items.length - 1 ? item : [...item, words('\n')],
  );
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

/** Returns a list with a dot before each line. */
export function bullets(items: readonly (readonly InlineElement[])[]): Block {
  const elements = items.map((item) => ({ type: 'rich_text_section', elements: item }));
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_list', style: 'bullet', elements }],
  };
}

/** Returns text exactly as it is, in the letters of code. */
export function exactly(text: string): Block {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [words(text)] }],
  };
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}
