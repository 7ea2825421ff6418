import type { Token } from 'markdown-it';

const word = /[\p{L}\p{N}\p{M}\p{So}\p{Co}]+/gu;
/** What says at the beginning of a line in which quotations, lists and notes it stands. */
const containers =
  /^(?:[ \t>]|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|\[\^[^\]\s[]{1,999}\]:|\[[ xX]\](?=\s))*/;

/** Returns the words of a text that are not among others, as often as they are missing there. */
export function leftoverWords(text: string, others: Iterable<string>): string[] {
  const counts = new Map<string, number>();
  for (const other of others) {
    for (const one of wordsOf(other)) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return wordsOf(text).filter((one) => {
    const count = counts.get(one) ?? 0;
    counts.set(one, count - 1);
    return count <= 0;
  });
}

/** Whether there is something to read in a text. */
export function hasWords(text: string): boolean {
  return text.search(word) >= 0;
}

/**
 * Returns what of a text's lines reached no part that is drawn. It asks for what is left over and not
 * for forms that hide, so that a form nobody thought of is told of too.
 */
export function leftoverLines(text: string, tokens: readonly Token[]): string[] {
  const lines = text.split('\n').map((line) => line.replace(containers, ''));
  const isCovered = lines.map(() => false);
  const found = new Set<string>();
  tokens.forEach((token, index) => {
    if (token.map === null) return;
    const [begin, end] = token.map;
    const content = contentOf(tokens, token, index);
    if (content !== null || whole.has(token.type)) isCovered.fill(true, begin, end);
    if (content === null) return;
    const source = lines.slice(begin, end).join('\n');
    if (leftoverWords(source, [content]).length === 0) return;
    found.add(token.type === 'tr_open' ? 'cells beyond the columns of a table' : outside);
  });
  const isLeft = lines.some((line, index) => isCovered[index] !== true && /[^\s|:-]/.test(line));
  return isLeft ? [...found, outside] : [...found];
}

const outside = 'words outside of what it draws';
/** The underline of a heading is part of it; the definition of a link is told of by itself. */
const whole = new Set(['heading_open', 'reference_definition']);

/** Returns the source of a token that lines become; null for what only holds others. */
function contentOf(tokens: readonly Token[], token: Token, index: number): string | null {
  switch (token.type) {
    case 'fence':
      return `${token.info}\n${token.content}`;
    case 'tr_open':
      return contentOfRow(tokens, index);
    case 'hr':
      return '';
    case 'reference_definition':
      return null;
    default:
      return token.nesting === 0 ? token.content : null;
  }
}

function contentOfRow(tokens: readonly Token[], index: number): string {
  const cells: string[] = [];
  for (let at = index; tokens[at] !== undefined && tokens[at]?.type !== 'tr_close'; at += 1) {
    cells.push(tokens[at]?.content ?? '');
  }
  return cells.join('\n');
}

function wordsOf(text: string): string[] {
  return text.match(word) ?? [];
}
