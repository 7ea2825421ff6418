import type { Token } from 'markdown-it';
import { undrawnOfBlock } from './drawn-blocks.ts';
import { Drawing, isNumberedSign } from './drawing.ts';
import { leftoverLines, leftoverWords } from './leftover-words.ts';
import { parseMarkdown, withoutEscapes } from './parse-markdown.ts';

/** What GitHub draws of a text, and what of it nobody sees. */
export interface DrawnMarkdown {
  /** Kinds of text that is not shown. */
  unshown: string[];
  /** What is shown otherwise than it stands, in sentences. */
  otherwise: string[];
  /** Links that show another address than theirs, in sentences. */
  lures: string[];
  /** The words outside of code, as they are drawn. Those between tags of a block as they stand, too. */
  words: string[];
}

/** Names in which one reference more or less says nothing: no words that anybody would send. */
const plainReferences = new Set(['amp', 'gt', 'lt', 'nbsp', 'quot']);

/** Other readers than GitHub's draw nothing of it, although it defines no link by GitHub's rules. */
const likeDefinition = /^\[(?!\^)[^\]\n]{1,999}\]:/m;

/** Returns what GitHub draws of a text, and what it does not. */
export function drawMarkdown(source: string): DrawnMarkdown {
  const text = source.replaceAll(/\r\n?/g, '\n');
  const { tokens, isTooDeep } = parseMarkdown(text);
  const drawing = new Drawing();
  const words: string[] = [];
  if (isTooDeep) drawing.unshown.add('parts too deep in others to tell what is drawn of them');
  for (const what of leftoverLines(text, tokens)) drawing.unshown.add(what);
  judgeFootnotes(tokens, drawing);
  const lines = text.split('\n');
  for (const token of tokens) {
    if (token.type === 'inline') words.push(...drawInline(token, drawing));
    else drawBlock(token, lines, drawing);
    // Between tags of a block no escape is one, and each reference to a character is.
    if (token.type === 'html_block') words.push(token.content, withoutEscapes(token.content));
  }
  drawing.closeLink();
  return {
    unshown: [...drawing.unshown],
    otherwise: [...drawing.otherwise],
    lures: [...drawing.lures],
    words,
  };
}

function drawBlock(token: Token, lines: readonly string[], drawing: Drawing): void {
  switch (token.type) {
    case 'reference_definition':
      drawing.unshown.add('the definition of a link');
      return;
    case 'html_block':
      drawing.markup(token.content);
      return;
    case 'code_block':
      drawing.text(token.content);
      return;
    case 'hr':
      drawing.break();
      return;
    case 'fence':
      drawFence(token, lines, drawing);
  }
}

function drawFence(token: Token, lines: readonly string[], drawing: Drawing): void {
  const { info, content, markup, map } = token;
  const [language = '', ...others] = info.trim().split(/[\s,{]+/);
  const isMadeOfWords = language.length > 20 || (language.match(/[-_.]/g) ?? []).length > 1;
  if (others.length > 0 || isMadeOfWords) {
    drawing.otherwise.add(
      'words stand behind the language of a block of code, where they are not shown',
    );
  }
  const [begin = 0, end = 0] = map ?? [];
  const last = (lines[end - 1] ?? '').replace(/^[\s>]+/, '').trim();
  const isClosed = end - 1 > begin && last.startsWith(markup) && /^(?:`+|~+)$/.test(last);
  if (!isClosed) drawing.otherwise.add('a block of code in it is never closed');
  const undrawn = undrawnOfBlock(language.toLowerCase(), content);
  for (const what of undrawn?.unshown ?? []) drawing.unshown.add(what);
  for (const what of undrawn?.otherwise ?? []) drawing.otherwise.add(what);
  drawing.text(content);
}

/** Returns the words that are drawn of a paragraph, a heading or a cell. */
function drawInline(token: Token, drawing: Drawing): string[] {
  const children = token.children ?? [];
  const told: string[] = [];
  const words: string[] = [''];
  let written = '';
  for (const [at, child] of children.entries()) {
    drawChild(child, drawing);
    const isText = child.type === 'text' || child.type === 'text_special';
    if (isText && !isAddress(children[at - 1], child)) words[words.length - 1] += child.content;
    else words.push('');
    // What an escape divides is one word; a reference to a character stands as it is written.
    written += isText && child.info !== 'entity' ? child.content : `\n${child.markup}\n`;
    if (!isText) told.push(child.content, ...addressAndTitle(child));
  }
  if (children.some(isNumbered)) drawing.numbered(words.join(' '));
  if (words.some((one) => one.includes('!['))) drawing.picture();
  if (likeDefinition.test(token.content)) drawing.unshown.add('the definition of a link');
  if (token.map !== null) drawing.break();
  drawing.formulas(children.map((child, index) => formulaSource(children, child, index)).join(''));
  const left = leftoverWords(token.content, [written, ...told]);
  if (left.some((word) => !plainReferences.has(word))) drawing.unshown.add('names of references');
  return words.filter((one) => one !== '');
}

function drawChild(child: Token, drawing: Drawing): void {
  switch (child.type) {
    case 'text':
      // Where another reader than this one sees markup, it is not drawn.
      if (/<(?:!--|\?|![a-z[])/i.test(child.content)) drawing.unshown.add('a comment');
      drawing.text(child.content);
      return;
    case 'text_special':
      if (child.info === 'entity') drawing.characterReference(child.content);
      else drawing.text(child.content);
      return;
    case 'code_inline':
      drawing.text(child.content);
      return;
    case 'hardbreak':
      drawing.break();
      return;
    case 'html_inline':
      drawing.markup(child.content);
      return;
    case 'image':
      drawing.picture();
      if (child.content + attribute(child, 'title') !== '') drawing.spokenWords();
      drawing.address(attribute(child, 'src'));
      return;
    case 'link_open':
      drawing.openLink(attribute(child, 'href'));
      if (attribute(child, 'title') !== '') drawing.spokenWords();
      return;
    case 'link_close':
      drawing.closeLink();
      return;
    case 'footnote_reference':
      drawing.text(child.content);
  }
}

/** An address between angles is a link that shows itself. */
function isAddress(before: Token | undefined, { content }: Token): boolean {
  return before?.markup === 'autolink' && /^https?:/i.test(content);
}

function isNumbered({ type, info, markup, content }: Token): boolean {
  return type === 'text_special' && info === 'entity' && isNumberedSign(markup, content);
}

function addressAndTitle(token: Token): string[] {
  return ['href', 'src', 'title'].map((name) => attribute(token, name));
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}

/** Code counts as a formula's only between signs of dollar; elsewhere its own signs mean nothing. */
function formulaSource(children: readonly Token[], child: Token, index: number): string {
  if (child.type === 'softbreak' || child.type === 'hardbreak') return '\n';
  if (child.type === 'text_special') return child.markup;
  if (child.type !== 'code_inline') return child.content;
  const isFormula =
    children[index - 1]?.content.endsWith('$') === true &&
    children[index + 1]?.content.startsWith('$') === true;
  return isFormula ? child.content : child.content.replaceAll('$', ' ');
}

/** A note is drawn where something that is drawn names it, once, under its number. */
function judgeFootnotes(tokens: readonly Token[], drawing: Drawing): void {
  const named = new Map<string, string[]>([['', []]]);
  const open = [''];
  for (const token of tokens) {
    if (token.type === 'footnote_open') {
      const name = nameOf(token);
      open.push(name);
      if (named.has(name)) drawing.unshown.add('a second footnote of one name');
      named.set(name, named.get(name) ?? []);
    } else if (token.type === 'footnote_close') open.pop();
    const references = (token.children ?? []).filter(({ type }) => type === 'footnote_reference');
    named.get(open.at(-1) ?? '')?.push(...references.map(nameOf));
  }
  const reached = new Set<string>();
  const next = [''];
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    next.push(...(named.get(name) ?? []));
  }
  const names = [...named.keys()];
  if (names.some((name) => !reached.has(name))) {
    drawing.unshown.add('a footnote that nothing refers to');
  }
  if (names.some((name) => name.length > 20 || name.split(/[-_.\s]/).length > 2)) {
    drawing.unshown.add('the name of a footnote');
  } else if (names.some((name) => /\p{L}{3}/u.test(name))) {
    drawing.otherwise.add('footnotes in it are shown by number, and not by their names');
  }
}

function nameOf({ info }: Token): string {
  return info.normalize('NFKC').toLowerCase().toUpperCase();
}
