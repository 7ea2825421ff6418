import { formatMoment } from '../format.ts';
import { markdownText } from '../outside-text/markdown-text.ts';
import type { Brief, BriefLine, BriefSection } from './brief.ts';
import { briefHeading, evidenceWords, moreWords, pageOf, titleOf } from './brief-words.ts';

/** Returns a brief as Markdown. Titles from outside stand in quotation marks and cannot act. */
export function renderBriefMarkdown(brief: Brief): string {
  const notes = brief.notes.flatMap((note) => [`## ${note}`, '', '- ', '']);
  const missing = brief.missing.map((sentence) => `- ${markdownText(sentence, 400)}`);
  return [
    `# ${markdownText(briefHeading(brief))}`,
    '',
    ...brief.sections.flatMap((section) => [...sectionLines(section), '']),
    ...notes,
    '## What this cannot see',
    '',
    ...missing,
    '',
    `_As of ${formatMoment(brief.asOf, brief.timeZone)}. Made from stored rows by templates; nothing was guessed._`,
    '',
  ].join('\n');
}

function sectionLines(section: BriefSection): string[] {
  const heading = [`## ${markdownText(section.title)}`, ''];
  if (section.lines.length === 0) return [...heading, section.empty];
  const more = moreWords(section);
  return [...heading, ...section.lines.map(line), ...(more === null ? [] : [`- ${more}`])];
}

function line({ text, about, evidence, findingId, severity }: BriefLine): string {
  const mark = severity === 'high' ? '**!** ' : '';
  const title = titleOf({ about });
  const quoted = title === null ? '' : ` “${markdownText(title)}”`;
  const page = pageOf({ about });
  const link = page === null ? '' : ` [open](${page})`;
  return `- ${mark}${markdownText(text, 600)}${quoted}${link} (${evidenceWords(evidence, findingId)})`;
}
