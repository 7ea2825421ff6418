/** A part of HTML, as a browser divides it. */
export type MarkupPart =
  | { kind: 'text'; text: string }
  | { kind: 'tag'; name: string; isClosing: boolean; attributes: [name: string, value: string][] }
  | { kind: 'comment' }
  | { kind: 'markup' }
  /** It ends within a tag or a comment, which takes in whatever follows. */
  | { kind: 'unclosed' };

const tagName = /<\/?[a-z][^\s/>]*/iy;
const blanks = /[\s/]*/y;
const attributeName = /=?[^\s/>=]*/y;
const attributeValue = /\s*=\s*(?:"([^"]*)"|'([^']*)'|(?!["'])([^\s>]*))/y;

/** Divides HTML into its parts, in one pass. */
export function readMarkup(html: string): MarkupPart[] {
  const parts: MarkupPart[] = [];
  let at = 0;
  while (at < html.length) {
    const { part, end } = html[at] === '<' ? readAngle(html, at) : readText(html, at);
    parts.push(part);
    at = end;
  }
  return parts;
}

interface Read {
  part: MarkupPart;
  end: number;
}

function readText(html: string, at: number): Read {
  const next = html.indexOf('<', at + 1);
  const end = next < 0 ? html.length : next;
  return { part: { kind: 'text', text: html.slice(at, end) }, end };
}

function readAngle(html: string, at: number): Read {
  if (html.startsWith('<!--', at)) return readComment(html, at);
  if (/^<(?:[!?]|\/[^a-z])/i.test(html.slice(at, at + 3))) {
    const end = html.indexOf('>', at);
    return end < 0 ? unclosed(html) : { part: { kind: 'markup' }, end: end + 1 };
  }
  return readTag(html, at) ?? readText(html, at);
}

function readComment(html: string, at: number): Read {
  const empty = /^<!--(?:-?>)/.exec(html.slice(at, at + 6));
  if (empty !== null) return { part: { kind: 'comment' }, end: at + empty[0].length };
  const end = html.indexOf('-->', at + 4);
  return end < 0 ? unclosed(html) : { part: { kind: 'comment' }, end: end + 3 };
}

function readTag(html: string, at: number): Read | null {
  const name = match(tagName, html, at);
  if (name === null) return null;
  const isClosing = name[0].startsWith('</');
  const attributes: [string, string][] = [];
  let end = at + name[0].length;
  for (;;) {
    end += match(blanks, html, end)?.[0].length ?? 0;
    if (end >= html.length) return unclosed(html);
    if (html[end] === '>') break;
    const attribute = match(attributeName, html, end)?.[0] ?? '';
    end += attribute.length;
    const value = match(attributeValue, html, end);
    // A quote that nothing closes takes in the rest, over the ends of blocks.
    if (value === null && html[end] === '=') return unclosed(html);
    end += value?.[0].length ?? 0;
    if (attribute === '' && value === null) return unclosed(html);
    attributes.push([attribute.toLowerCase(), value?.[1] ?? value?.[2] ?? value?.[3] ?? '']);
  }
  const tag = name[0].slice(isClosing ? 2 : 1).toLowerCase();
  return { part: { kind: 'tag', name: tag, isClosing, attributes }, end: end + 1 };
}

function unclosed(html: string): Read {
  return { part: { kind: 'unclosed' }, end: html.length };
}

function match(form: RegExp, text: string, at: number): RegExpExecArray | null {
  form.lastIndex = at;
  return form.exec(text);
}
