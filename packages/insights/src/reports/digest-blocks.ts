import { cutSentence, digestTitle, linesOf, sharingSentence } from './digest-wording.ts';
import type { DigestAuthor, QuotedLines, ReportDigest } from './report-digest.ts';

/** The blocks of a message that a digest uses; all words are plain, so they call and link nobody. */
export type DigestBlock =
  | { type: 'header'; text: PlainText }
  | { type: 'section'; text: PlainText }
  | { type: 'context'; elements: PlainText[] }
  | { type: 'divider' };

export interface PlainText {
  type: 'plain_text';
  text: string;
  emoji: false;
}

/** Of one message. */
const mostBlocks = 50;
/** Of one text. */
const longestText = 3_000;

/** Returns a digest as blocks of one Slack message, what is in the way first. */
export function digestBlocks(digest: ReportDigest): DigestBlock[] {
  const { blockers, authors, isCut } = digest;
  const head: DigestBlock[] = [
    { type: 'header', text: plain(digestTitle(digest), 150) },
    { type: 'context', elements: [plain(sharingSentence(digest))] },
  ];
  const inTheWay = blockers.map(({ author, day, ...words }) =>
    section([`${author}, ${day}`, ...indented(words)]),
  );
  const told = authors.map((author) => section(authorLines(author)));
  const body: DigestBlock[] = [
    ...(inTheWay.length === 0 ? [] : [section(['In the way']), ...inTheWay]),
    ...(inTheWay.length === 0 || told.length === 0 ? [] : [{ type: 'divider' } as const]),
    ...told,
  ];
  const room = mostBlocks - head.length - 1;
  const isTooMuch = isCut || body.length > room;
  const foot: DigestBlock[] = isTooMuch
    ? [{ type: 'context', elements: [plain(cutSentence)] }]
    : [];
  return [...head, ...body.slice(0, room), ...foot];
}

function authorLines({ author, entries }: DigestAuthor): string[] {
  return [
    author,
    ...entries.flatMap(({ day, did, next }) => [
      ...(did === null ? [] : [`${day}, did:`, ...indented(did)]),
      ...(next === null ? [] : [`${day}, next:`, ...indented(next)]),
    ]),
  ];
}

function indented(words: QuotedLines): string[] {
  return linesOf(words).map((line) => `• ${line}`);
}

function section(lines: readonly string[]): DigestBlock {
  return { type: 'section', text: plain(lines.join('\n')) };
}

function plain(text: string, most = longestText): PlainText {
  const short = text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
  return { type: 'plain_text', text: short, emoji: false };
}
