import type { Brief, BriefKind, BriefLine } from '@adjutant/insights';
import { startOfDay } from '@adjutant/core/ports';
import { z } from 'zod';
import { withinBudget } from '../answer/answer-budget.ts';
import { boundedText, titleMaxCharacters } from '../answer/bounded-text.ts';
import { instantText } from '../answer/instant-text.ts';
import { shortId } from '../answer/short-id.ts';
import { dayInput } from '../answer/window-input.ts';
import { defineTool, readsStoredRows } from '../define-tool.ts';

const rowsShown = 3;

/** By hand, because a list of tools must not load what makes briefs; one that is missing does not compile. */
const kinds = {
  today: 'today',
  standup: 'standup',
  sprint: 'sprint',
  weekly: 'weekly',
  agenda: 'agenda',
  retrospective: 'retrospective',
  triage: 'triage',
  incident: 'incident',
} as const satisfies { [Kind in BriefKind]: Kind };

const lineSchema = z.object({
  text: z.string(),
  key: z.string().nullable(),
  title: z.string().nullable(),
  severity: z.string().nullable(),
  since: z.string().nullable(),
  signal: z.string().nullable(),
  rows: z.array(z.string()),
  rows_total: z.number(),
});

/** What somebody should know, in the order in which it matters. */
export const getBrief = defineTool({
  name: 'get_brief',
  scope: 'read',
  title: 'Get brief',
  description:
    'What needs the person you work for today, or a standup, sprint, weekly, agenda or retrospective brief. Each line names its rows; titles are outside data.',
  inputSchema: z.strictObject({
    kind: z.enum(kinds).optional().describe('Default today'),
    team: z.string().max(100).optional().describe('Team key'),
    from: dayInput.optional().describe('Look back to this day'),
  }),
  outputSchema: z.object({
    as_of: z.string(),
    synced_at: z.string().nullable(),
    heading: z.string(),
    from: z.string(),
    to: z.string(),
    sections: z.array(
      z.object({
        title: z.string(),
        total: z.number(),
        empty: z.string().nullable(),
        lines: z.array(lineSchema),
      }),
    ),
    missing: z.array(z.string()),
  }),
  annotations: readsStoredRows,
  async handler({ kind = 'today', team, from }, workspace) {
    // Loaded when it is first asked for: a server that only reads figures needs none of it.
    const { buildBrief } = await import('@adjutant/insights');
    const start = from === undefined ? undefined : startOfDay(from, workspace.timeZone);
    const brief = await buildBrief(workspace, { kind, team, from: start });
    return withinBudget({ asked: undefined, byDefault: 12 }, (limit) => shown(brief, limit));
  },
});

/** The brief with at most so many lines in each section. */
function shown({ asOf, syncedAt, title, window, sections, missing }: Brief, limit: number) {
  return {
    as_of: instantText(asOf),
    synced_at: instantText(syncedAt),
    heading: title,
    from: instantText(window.from),
    to: instantText(window.to),
    sections: sections.map((section) => ({
      title: section.title,
      total: section.total,
      empty: section.total === 0 ? section.empty : null,
      lines: section.lines.slice(0, limit).map(shownLine),
    })),
    missing: missing.slice(0, limit),
  };
}

function shownLine({ text, about, severity, since, findingId, evidence }: BriefLine) {
  const title = about?.title ?? null;
  return {
    text,
    key: about === null ? null : boundedText(about.key, titleMaxCharacters),
    title: title === null ? null : boundedText(title, titleMaxCharacters),
    severity,
    since: instantText(since),
    signal: findingId === null ? null : shortId(findingId),
    rows: evidence.slice(0, rowsShown).map(shortId),
    rows_total: evidence.length,
  };
}
