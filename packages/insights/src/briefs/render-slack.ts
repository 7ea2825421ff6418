import { formatMoment } from '../format.ts';
import { plainText } from '../outside-text/plain-text.ts';
import type { Brief, BriefLine, BriefSection } from './brief.ts';
import { briefHeading, evidenceWords, moreWords, pageOf, titleOf } from './brief-words.ts';

/** A block of Slack's, as its API takes it. */
export type SlackBlock = Readonly<Record<string, unknown>> & { type: string };

interface Element {
  type: 'text' | 'link';
  text: string;
  url?: string;
  style?: { bold?: true; italic?: true };
}

/** Slack refuses a message somewhere above 11,000 characters, as they are drawn. */
const longestDrawn = 9_000;
const mostBlocks = 45;

/**
 * Returns a brief as Slack's blocks and the text of its notification. Everything stands in elements in
 * which no sign calls anybody, formats or becomes a link.
 */
export function renderBriefSlack(brief: Brief): { text: string; blocks: SlackBlock[] } {
  const heading = plainText(briefHeading(brief), 140);
  const blocks: SlackBlock[] = [
    { type: 'header', text: { type: 'plain_text', text: heading, emoji: false } },
  ];
  let drawn = heading.length;
  for (const section of brief.sections) {
    const next = sectionBlocks(section);
    drawn += drawnLength(next);
    if (drawn > longestDrawn || blocks.length + next.length > mostBlocks) {
      blocks.push(paragraph([words('The rest is too long for a message.')]));
      break;
    }
    blocks.push(...next);
  }
  blocks.push(
    paragraph([words(`As of ${formatMoment(brief.asOf, brief.timeZone)}.`, { italic: true })]),
  );
  return { text: escaped(heading), blocks };
}

/** The text of a notification is read as Slack's own markup, which calls people. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function sectionBlocks(section: BriefSection): SlackBlock[] {
  const title = paragraph([words(plainText(section.title, 100), { bold: true })]);
  if (section.lines.length === 0) return [title, paragraph([words(section.empty)])];
  const more = moreWords(section);
  const items = [...section.lines.map(lineElements), ...(more === null ? [] : [[words(more)]])];
  return [
    title,
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: items.map((elements) => ({ type: 'rich_text_section', elements })),
        },
      ],
    },
  ];
}

function lineElements({ text, about, severity, evidence, findingId }: BriefLine): Element[] {
  const isHigh = severity === 'high';
  const title = titleOf({ about });
  const page = pageOf({ about });
  return [
    words(plainText(text, 600), isHigh ? { bold: true } : undefined),
    ...(title === null ? [] : [words(` “${plainText(title, 150)}”`, { italic: true })]),
    ...(page === null ? [] : [words(' '), { type: 'link' as const, url: page, text: 'open' }]),
    words(` (${evidenceWords(evidence, findingId)})`),
  ];
}

function words(text: string, style?: Element['style']): Element {
  return {
    type: 'text',
    text: text === '' ? '–' : text,
    ...(style === undefined ? {} : { style }),
  };
}

function paragraph(elements: readonly Element[]): SlackBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

function drawnLength(blocks: readonly SlackBlock[]): number {
  let length = 0;
  JSON.stringify(blocks, (name, value: unknown) => {
    if (name === 'text' && typeof value === 'string') length += value.length;
    return value;
  });
  return length;
}
