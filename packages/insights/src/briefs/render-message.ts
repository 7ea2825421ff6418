import { formatMoment } from '../format.ts';
import { plainText } from '../outside-text/plain-text.ts';
import type { Brief, BriefLine, BriefSection } from './brief.ts';
import { briefHeading, moreWords, titleOf } from './brief-words.ts';

/** As much as an action that posts a message takes. */
const longestMessage = 4_000;
const leftOut = 'The rest is too long for a message: "adjutant brief weekly" shows it.';

/**
 * Returns a brief as the plain text of a message, as an action that posts one takes it. Whoever posts
 * it escapes what calls people; titles stand in the signs of code beside that, so that nothing in them
 * formats or becomes a link.
 */
export function renderBriefMessage(brief: Brief): string {
  const end = [
    ...brief.missing.slice(0, 3).map((sentence) => `Missing: ${plainText(sentence, 250)}`),
    `As of ${formatMoment(brief.asOf, brief.timeZone)}.`,
  ].join('\n');
  let text = plainText(briefHeading(brief), 200);
  const room = longestMessage - end.length - leftOut.length - 6;
  for (const line of brief.sections.flatMap(sectionLines)) {
    if (text.length + line.length + 1 > room) {
      text += `\n\n${leftOut}`;
      break;
    }
    text += `\n${line}`;
  }
  return `${text}\n\n${end}`;
}

function sectionLines(section: BriefSection): string[] {
  const heading = `\n${plainText(section.title, 100)}`;
  if (section.lines.length === 0) return [heading, section.empty];
  const more = moreWords(section);
  return [heading, ...section.lines.map(lineText), ...(more === null ? [] : [more])];
}

function lineText({ text, about, severity }: BriefLine): string {
  const title = titleOf({ about });
  const mark = severity === 'high' ? '! ' : '• ';
  const quoted = title === null ? '' : ` \`${plainText(title, 120).replaceAll('`', "'")}\``;
  return `${mark}${plainText(text, 400)}${quoted}`;
}
