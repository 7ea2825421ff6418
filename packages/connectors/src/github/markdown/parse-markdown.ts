import MarkdownIt from 'markdown-it';
import type { StateBlock, StateInline, Token } from 'markdown-it';

/** As deep as anybody writes by hand; what lies deeper is not read, and told of as too deep. */
const mostLevels = 60;
const definition = /^\[\^([^\]\s[]{1,999})\]:/;
const reference = /\[\^([^\]\s[]{1,999})\]/y;

let reader: Reader | undefined;

type Reader = ReturnType<typeof createReader>;

/** What GitHub's Markdown makes of a text, with what it draws nothing of as tokens of their own. */
export interface ReadMarkdown {
  tokens: Token[];
  /** Set where a part lies so deep that it was not read. */
  isTooDeep: boolean;
}

/** Reads a text as GitHub does. Line feeds alone end its lines, so that lines can be counted. */
export function parseMarkdown(text: string): ReadMarkdown {
  reader ??= createReader();
  const tokens = reader.parse(text, {});
  const isTooDeep = tokens.some(
    ({ level, children }) =>
      level >= mostLevels - 1 || children?.some((child) => child.level >= mostLevels - 1) === true,
  );
  return { tokens, isTooDeep };
}

/** Returns a text without its escapes by backslash and with its character references replaced. */
export function withoutEscapes(text: string): string {
  reader ??= createReader();
  return reader.utils.unescapeAll(text);
}

function createReader() {
  const markdown = new MarkdownIt({ html: true, maxNesting: mostLevels });
  // Definitions of links and character references stay tokens: they are what is looked for.
  markdown.disable(['strip_references', 'text_join']);
  markdown.block.ruler.before('reference', 'footnote', footnote, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
  markdown.inline.ruler.after('image', 'footnote_reference', footnoteReference);
  // An address is compared with what stands in the text, and one that is left out is told of.
  markdown.normalizeLink = (address) => address;
  markdown.normalizeLinkText = (address) => address;
  markdown.validateLink = () => true;
  return markdown;
}

/** A note is a container as an item of a list is: what follows by four columns belongs to it. */
function footnote(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const { bMarks, tShift, sCount } = state;
  const [begin = 0, shift = 0, columns = 0] = [
    bMarks[startLine],
    tShift[startLine],
    sCount[startLine],
  ];
  if (columns - state.blkIndent >= 4) return false;
  const start = begin + shift;
  const found = definition.exec(state.src.slice(start, state.eMarks[startLine]));
  if (found === null) return false;
  if (silent) return true;
  const open = state.push('footnote_open', '', 1);
  open.info = found[1] ?? '';
  const after = start + found[0].length;
  const initial = columns + found[0].length;
  const { position, offset } = skipBlanks(state, after, startLine, initial);
  const { blkIndent, parentType } = state;
  bMarks[startLine] = after;
  tShift[startLine] = position - after;
  sCount[startLine] = offset - initial;
  state.blkIndent += 4;
  if ((sCount[startLine] ?? 0) < state.blkIndent)
    sCount[startLine] = offset - initial + state.blkIndent;
  state.md.block.tokenize(state, startLine, endLine);
  state.blkIndent = blkIndent;
  state.parentType = parentType;
  bMarks[startLine] = begin;
  tShift[startLine] = shift;
  sCount[startLine] = columns;
  state.push('footnote_close', '', -1);
  return true;
}

function skipBlanks(state: StateBlock, from: number, line: number, initial: number) {
  const end = state.eMarks[line] ?? from;
  let position = from;
  let offset = initial;
  for (; position < end; position += 1) {
    const sign = state.src[position];
    if (sign === '\t') offset += 4 - (offset % 4);
    else if (sign === ' ') offset += 1;
    else break;
  }
  return { position, offset };
}

/** Whether a note of that name is there is not asked here: without one it is drawn as it stands. */
function footnoteReference(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith('[^', state.pos)) return false;
  reference.lastIndex = state.pos;
  const found = reference.exec(state.src);
  if (found === null) return false;
  if (!silent) {
    const token = state.push('footnote_reference', '', 0);
    token.info = found[1] ?? '';
    token.content = found[0];
  }
  state.pos += found[0].length;
  return true;
}
