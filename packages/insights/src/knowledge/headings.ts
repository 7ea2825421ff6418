/** A heading of a document. */
export interface Heading {
  /** Counted from 1. */
  line: number;
  /** How many lines it takes: two where it is underlined. */
  lineCount: number;
  /** 1 is the highest. */
  level: number;
  text: string;
}

export interface DocumentHeadings {
  headings: Heading[];
  /** For each line whether it stands in a block of code. */
  isFenced: boolean[];
}

const longestLine = 1_000;
/** More of a heading is not looked at. */
const longestText = 500;

/** Returns the headings of a document by its kind, those in blocks of code left out. */
export function headingsOf(path: string, lines: readonly string[]): DocumentHeadings {
  const isFenced = fencedLines(lines);
  const extension = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  const start = frontMatterEnd(lines);
  const headings: Heading[] = [];
  const underlines: string[] = [];
  for (let at = start; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (isFenced[at] === true || line.length > longestLine || line.trim() === '') continue;
    const inLine = extension === 'rst' ? null : headingInLine(line, extension);
    if (inLine !== null) {
      headings.push({ line: at + 1, lineCount: 1, ...inLine });
      continue;
    }
    const underlined = isFenced[at + 1] === true ? null : underlinedHeading(lines, at, start);
    if (underlined === null) continue;
    const level = levelOf(underlined.mark, extension, underlines);
    headings.push({ line: at + 1, lineCount: 2, level, text: underlined.text });
    at += 1;
  }
  return {
    headings: headings.map((found) => ({ ...found, text: plainHeading(found.text) })),
    isFenced,
  };
}

/** What stands between fences is code, whatever it looks like; an open fence goes on to the end. */
function fencedLines(lines: readonly string[]): boolean[] {
  const isFenced: boolean[] = [];
  let open: string | null = null;
  for (const line of lines) {
    const fence = /^ {0,3}(`{3,}|~{3,})([^\r]*)/.exec(line.slice(0, longestLine));
    const mark = fence?.[1] ?? '';
    if (open === null) {
      // A backtick in what follows makes it code within a line.
      const opens = mark !== '' && !(mark.startsWith('`') && (fence?.[2] ?? '').includes('`'));
      isFenced.push(opens);
      if (opens) open = mark;
      continue;
    }
    isFenced.push(true);
    const closes = mark.startsWith(open.slice(0, 1)) && mark.length >= open.length;
    if (closes && (fence?.[2] ?? '').trim() === '') open = null;
  }
  return isFenced;
}

function frontMatterEnd(lines: readonly string[]): number {
  if ((lines[0] ?? '').trimEnd() !== '---') return 0;
  const end = lines.slice(1, 200).findIndex((line) => line.trimEnd() === '---');
  return end === -1 ? 0 : end + 2;
}

function headingInLine(line: string, extension: string): { level: number; text: string } | null {
  const [, marks, text] = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/.exec(line.trimEnd()) ?? [];
  if (marks !== undefined && extension !== 'txt') {
    return { level: marks.length, text: withoutClosingMarks(text ?? '') };
  }
  const [, level, inside] = /^\s*<h([1-6])\b[^>]*>(.*?)<\/h[1-6]>/i.exec(line) ?? [];
  if (level !== undefined) return { level: Number(level), text: inside ?? '' };
  if (extension !== 'adoc' && extension !== 'asciidoc') return null;
  const [, equals, title] = /^(={1,6}) +(\S.*)$/.exec(line.trimEnd()) ?? [];
  return equals === undefined ? null : { level: equals.length, text: title ?? '' };
}

/** `# Title #` is called as `# Title` is. */
function withoutClosingMarks(text: string): string {
  let end = text.length;
  while (text[end - 1] === '#') end -= 1;
  return end === text.length || !/\s/.test(text[end - 1] ?? ' ') ? text : text.slice(0, end);
}

/** A title is one line with a line of marks below it, and nothing above that it would go on from. */
function underlinedHeading(
  lines: readonly string[],
  at: number,
  start: number,
): { mark: string; text: string } | null {
  const text = (lines[at] ?? '').trim();
  const below = (lines[at + 1] ?? '').trimEnd();
  const mark = /^([=\-~^"'`#*+.:_])\1+$/.exec(below)?.[1];
  if (mark === undefined || below.length < Math.min(3, text.length)) return null;
  const above = (lines[at - 1] ?? '').trim();
  const isOverlined = above === below;
  if (at > start && above !== '' && !isOverlined) return null;
  if (/^[>|\-*+]|^\d+[.)] /.test(text) || text.includes('|')) return null;
  return { mark, text };
}

/** In reStructuredText whichever mark comes first is the highest; elsewhere there are two. */
function levelOf(mark: string, extension: string, underlines: string[]): number {
  if (extension !== 'rst') return mark === '=' ? 1 : 2;
  if (!underlines.includes(mark)) underlines.push(mark);
  return underlines.indexOf(mark) + 1;
}

/** A heading as it is read: without links, pictures, marks and anchors. No pattern looks back at what it passed. */
function plainHeading(text: string): string {
  return text
    .slice(0, longestText)
    .replace(/<[^<>]{0,300}>/g, '')
    .replace(/!\[[^[\]]{0,200}\]\([^()]{0,400}\)/g, '')
    .replace(/\[([^[\]]{0,200})\]\([^()]{0,400}\)/g, '$1')
    .trimEnd()
    .replace(/\{#[^{}]{0,100}\}$/, '')
    .replace(/[`*]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
