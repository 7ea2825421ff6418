import { headingSeparator, type SearchPart, type SplitDocument } from '@adjutant/core';
import { type Heading, headingsOf } from './headings.ts';

/** A part that a person reads at once; what is longer is cut between paragraphs. */
const longestPart = 1_800;
const mostParts = 2_000;
const longestHeading = 300;

interface Section {
  heading: string;
  from: number;
  to: number;
}

/**
 * Splits a document below its headings. Each line belongs to exactly one part, so that a part's text is
 * always what stands in its lines; a heading with nothing below it goes to what follows.
 */
export function splitDocument({ path, text }: { path: string; text: string }): SplitDocument {
  const lines = text.split('\n');
  const { headings, isFenced } = headingsOf(path, lines);
  const parts = sectionsOf(lines, headings)
    .flatMap((section) => cutLong(section, lines, isFenced))
    .slice(0, mostParts)
    .map(({ heading, from, to }): SearchPart => {
      const content = lines.slice(from - 1, to).join('\n');
      return { heading: heading.slice(0, longestHeading), text: content, lines: { from, to } };
    });
  return { title: titleOf(path, headings), parts: parts.filter((part) => part.text.trim() !== '') };
}

/** The first heading of the highest level; a README without one is called after its folder. */
function titleOf(path: string, headings: readonly Heading[]): string {
  const first = headings.find(({ level }) => level === 1) ?? headings[0];
  if (first !== undefined && first.text !== '') return first.text.slice(0, 200);
  const segments = path.split('/');
  const file = segments.at(-1) ?? path;
  const folder = segments.at(-2);
  const isReadme = /^readme(\.|$)/i.test(file);
  return isReadme && folder !== undefined ? folder : file.replace(/\.[a-z]+$/i, '');
}

function sectionsOf(lines: readonly string[], headings: readonly Heading[]): Section[] {
  const sections: Section[] = [];
  const above: Heading[] = [];
  const textAfter = firstText(lines, headings);
  let from = 1;
  let heading = '';
  for (const found of headings) {
    // Where nothing but headings and blank lines stand since then, the part goes on.
    if ((textAfter[from] ?? 0) < found.line) {
      sections.push({ heading, from, to: found.line - 1 });
      from = found.line;
    }
    while ((above.at(-1)?.level ?? 0) >= found.level) above.pop();
    above.push(found);
    heading = above
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join(headingSeparator);
  }
  if (from <= lines.length) sections.push({ heading, from, to: lines.length });
  return sections;
}

/** For each line, the first from there on that is neither a heading nor blank; past the end where none is. */
function firstText(lines: readonly string[], headings: readonly Heading[]): number[] {
  const ofHeadings = new Set<number>();
  for (const { line, lineCount } of headings) {
    for (let at = line; at < line + lineCount; at += 1) ofHeadings.add(at);
  }
  const found: number[] = [];
  let next = lines.length + 1;
  for (let line = lines.length; line >= 1; line -= 1) {
    if (!ofHeadings.has(line) && (lines[line - 1] ?? '').trim() !== '') next = line;
    found[line] = next;
  }
  return found;
}

/** Cuts at blank lines outside code; a paragraph that is too long by itself stays whole. */
function cutLong(
  section: Section,
  lines: readonly string[],
  isFenced: readonly boolean[],
): Section[] {
  const pieces: Section[] = [];
  let from = section.from;
  let length = 0;
  for (let line = section.from; line <= section.to; line += 1) {
    const text = lines[line - 1] ?? '';
    length += text.length + 1;
    const mayCut = text.trim() === '' && isFenced[line - 1] !== true;
    const rest = line < section.to;
    if (!rest || !mayCut || length + nextBlock(lines, isFenced, line, section.to) <= longestPart)
      continue;
    pieces.push({ ...section, from, to: line });
    from = line + 1;
    length = 0;
    // No more are kept, so no more are made.
    if (pieces.length >= mostParts) return pieces;
  }
  return [...pieces, { ...section, from, to: section.to }];
}

/** How long what follows is, up to the next place where it may be cut. */
function nextBlock(
  lines: readonly string[],
  isFenced: readonly boolean[],
  after: number,
  to: number,
): number {
  let length = 0;
  for (let line = after + 1; line <= to; line += 1) {
    const text = lines[line - 1] ?? '';
    length += text.length + 1;
    if (text.trim() === '' && isFenced[line - 1] !== true) return length;
    if (length > longestPart) return length;
  }
  return length;
}
