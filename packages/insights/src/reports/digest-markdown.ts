import { cutSentence, digestTitle, linesOf, sharingSentence } from './digest-wording.ts';
import type { DigestEntry, QuotedLines, ReportDigest } from './report-digest.ts';

/** Returns a digest as Markdown. What people wrote stands in it as words: nothing of it is markup. */
export function digestMarkdown(digest: ReportDigest): string {
  const { blockers, authors, isCut } = digest;
  return [
    `## ${digestTitle(digest)}`,
    '',
    sharingSentence(digest),
    ...(blockers.length === 0 ? [] : ['', '### In the way', '']),
    ...blockers.flatMap(({ author, day, ...words }) =>
      bullets(`**${escaped(author)}**, ${day}`, words),
    ),
    ...authors.flatMap(({ author, entries }) => [
      '',
      `### ${escaped(author)}`,
      '',
      ...entries.flatMap(entryLines),
    ]),
    ...(isCut ? ['', cutSentence] : []),
    '',
  ].join('\n');
}

function entryLines({ day, did, next }: DigestEntry): string[] {
  return [
    ...(did === null ? [] : bullets(`${day}, did`, did)),
    ...(next === null ? [] : bullets(`${day}, next`, next)),
  ];
}

function bullets(label: string, words: QuotedLines): string[] {
  const lines = linesOf(words).map(escaped);
  if (lines.length === 1) return [`- ${label}: ${lines[0] ?? ''}`];
  return [`- ${label}:`, ...lines.map((line) => `  - ${line}`)];
}

/** Every sign that Markdown or HTML could read as more than itself stands for itself. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_{}[\]()#+\-.!|~>@:]/g, String.raw`\$&`);
}
