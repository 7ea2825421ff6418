import { formatMoment } from '../format.ts';
import { plainText } from '../outside-text/plain-text.ts';
import { cutToWidth, terminalWidth, wrapToWidth } from '../outside-text/terminal-width.ts';
import type { Paint } from '../report/text.ts';
import type { Brief, BriefLine, BriefSection } from './brief.ts';
import { briefHeading, evidenceWords, moreWords, titleOf } from './brief-words.ts';

export interface BriefTextOptions {
  paint: Paint;
  /** In columns of a terminal. */
  width: number;
}

const mostLinesOfSentence = 5;

/** Returns a brief as lines for a terminal. */
export function renderBriefText(brief: Brief, { paint, width }: BriefTextOptions): string[] {
  return [
    paint('title', plainText(briefHeading(brief))),
    '',
    ...brief.sections.flatMap((section) => [...sectionLines(section, paint, width), '']),
    ...brief.missing.flatMap((sentence) =>
      wrapToWidth(plainText(sentence, 400), width - 2, 3).map((line) =>
        paint('muted', `  ${line}`),
      ),
    ),
    paint('muted', `  As of ${formatMoment(brief.asOf, brief.timeZone)}.`),
  ];
}

/** Returns lines of a brief for a terminal, without what stands around them. */
export function renderBriefLines(
  lines: readonly BriefLine[],
  { paint, width }: BriefTextOptions,
): string[] {
  return lines.flatMap((line) => lineText(line, paint, width));
}

function sectionLines(section: BriefSection, paint: Paint, width: number): string[] {
  const heading = paint('heading', plainText(section.title, 100));
  if (section.lines.length === 0) return [heading, paint('muted', `  ${section.empty}`)];
  const more = moreWords(section);
  return [
    heading,
    ...renderBriefLines(section.lines, { paint, width }),
    ...(more === null ? [] : [paint('muted', `  ${more}`)]),
  ];
}

function lineText(
  { text, about, severity, evidence, findingId }: BriefLine,
  paint: Paint,
  width: number,
): string[] {
  const mark = severity === 'high' ? paint('warning', '!') : paint('muted', '·');
  const sentence = wrapToWidth(plainText(text, 600), width - 4, mostLinesOfSentence);
  const title = titleOf({ about });
  const words = evidenceWords(evidence, findingId);
  // A long title gives way, never the rows.
  const room = width - 4 - terminalWidth(words) - 3;
  const quoted = title === null ? '' : `“${cutToWidth(plainText(title, 200), room)}” `;
  const small = cutToWidth(`${quoted}${words}`, width - 4);
  return [
    ...sentence.map((line, row) => (row === 0 ? `  ${mark} ${line}` : `    ${line}`)),
    paint('muted', `    ${small}`),
  ];
}
