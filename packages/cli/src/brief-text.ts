import {
  type Brief,
  renderBriefMarkdown,
  renderBriefPage,
  renderBriefSlack,
  renderBriefText,
} from '@adjutant/insights';
import { z } from 'zod';
import type { Output } from './output.ts';
import { createPaint } from './report-paint.ts';

/** How a brief is written. */
export const briefFormatSchema = z.enum(['text', 'markdown', 'slack', 'html']);
export type BriefFormat = z.infer<typeof briefFormatSchema>;

const writers: Readonly<Record<BriefFormat, (brief: Brief, output: Output) => string>> = {
  text: (brief, { colors, columns }) =>
    renderBriefText(brief, { paint: createPaint(colors), width: columns }).join('\n'),
  markdown: (brief) => renderBriefMarkdown(brief),
  slack: (brief) => JSON.stringify(renderBriefSlack(brief), null, 2),
  html: (brief) => renderBriefPage(brief),
};

/** Returns a brief in a format: Slack's as the JSON that its API takes. */
export function briefText(brief: Brief, format: BriefFormat, output: Output): string {
  return writers[format](brief, output);
}
