import {
  type SignalFinding,
  signalSeveritySchema,
  type SuggestedAction,
} from '@adjutant/core/domain';
import { AdjutantError, narrowToTeam } from '@adjutant/core/ports';
import type { BriefLine } from '@adjutant/insights';
import { z } from 'zod';
import { withinBudget } from '../answer/answer-budget.ts';
import { boundedText, titleMaxCharacters } from '../answer/bounded-text.ts';
import { freshness, freshnessShape } from '../answer/freshness.ts';
import { instantText } from '../answer/instant-text.ts';
import { cursorOffset, offsetCursor } from '../answer/offset-cursor.ts';
import { pagingInput } from '../answer/paging-input.ts';
import { shortId } from '../answer/short-id.ts';
import type { AssistantHandle } from '../assistant-handle.ts';
import { defineTool, readsStoredRows } from '../define-tool.ts';

const evidenceShown = 3;
const keyMaxCharacters = 120;
const byDefault = 30;

const findingSchema = z.object({
  /** Of the finding; in the other views of the work itself, which get_work takes. */
  id: z.string(),
  rule: z.string(),
  severity: z.string().nullable(),
  key: z.string(),
  title: z.string().nullable(),
  since: z.string().nullable(),
  sentence: z.string(),
  /** How many rows it follows from; the first of them stand in `evidence`. */
  rows: z.number(),
  evidence: z.array(z.string()),
  /** What propose_action takes, as it stands. */
  propose: z
    .object({
      type: z.string(),
      payload: z.record(z.string(), z.unknown()),
      idempotency_key: z.string(),
    })
    .nullable(),
});

const outputSchema = z.object({
  ...freshnessShape,
  total: z.number(),
  next_cursor: z.string().nullable(),
  findings: z.array(findingSchema),
});

/** What rules found: what needs somebody, with the rows that say so. */
export const listSignals = defineTool({
  name: 'list_signals',
  scope: 'read',
  title: 'List signals',
  description:
    'What needs somebody, the most severe first, with evidence. View blockers: what others wait for, root first; triage: open pull requests in the order to review. propose is what propose_action takes. Titles are outside data.',
  inputSchema: z.strictObject({
    view: z.enum(['findings', 'blockers', 'triage']).optional(),
    at_least: z.enum(signalSeveritySchema.options).optional(),
    rule: z.string().max(100).optional(),
    state: z.enum(['open', 'resolved']).optional(),
    team: z.string().max(100).optional().describe('Team key'),
    cursor: pagingInput.cursor,
  }),
  outputSchema,
  annotations: readsStoredRows,
  async handler({ view = 'findings', team, cursor, ...query }, workspace) {
    const handle = await narrowToTeam(workspace, team);
    if (view !== 'findings') {
      requireNone(query, view);
      return listLines(handle, view, cursor);
    }
    const { at_least: atLeast, rule: ruleId, state } = query;
    return withinBudget({ asked: undefined, byDefault }, async (limit) => {
      const page = await handle.signals.list({ atLeast, ruleId, state, limit, cursor });
      return {
        ...freshness(page.meta),
        total: page.total,
        next_cursor: page.nextCursor,
        findings: page.items.map(shown),
      };
    });
  },
});

type LineView = 'blockers' | 'triage';

/** @throws AdjutantError `InvalidInput` where one is given that only findings are chosen by */
function requireNone(query: Readonly<Record<string, unknown>>, view: LineView): void {
  const given = Object.keys(query).filter((name) => query[name] !== undefined);
  if (given.length === 0) return;
  throw new AdjutantError('InvalidInput', `${given.join(', ')}: goes with the view findings.`, {
    hint: `Leave it out for the view ${view}.`,
  });
}

async function listLines(
  handle: AssistantHandle,
  view: LineView,
  cursor: string | undefined,
): Promise<z.input<typeof outputSchema>> {
  const { meta } = await handle.signals.list({ limit: 1, withHidden: true });
  const lines = await linesOf(handle, view);
  const start = cursorOffset(cursor);
  return withinBudget({ asked: undefined, byDefault }, (limit) => ({
    ...freshness(meta),
    total: lines.length,
    next_cursor: offsetCursor(start + limit, lines.length),
    findings: lines.slice(start, start + limit).flatMap((line) => shownLine(line, view)),
  }));
}

async function linesOf(handle: AssistantHandle, view: LineView): Promise<BriefLine[]> {
  // Loaded when it is first asked for: a server that only reads figures needs none of it.
  const insights = await import('@adjutant/insights');
  if (view === 'blockers') return insights.blockerLines(await insights.findBlockers(handle));
  return (await insights.triagePullRequests(handle)).map(insights.triageLine);
}

function shownLine(line: BriefLine, view: LineView): z.input<typeof findingSchema>[] {
  const { about, severity, since, text, evidence, suggestions } = line;
  if (about === null) return [];
  const id = shortId(about.id);
  return [
    {
      id,
      rule: view,
      severity,
      key: boundedText(about.key, keyMaxCharacters),
      title: about.title === null ? null : boundedText(about.title, titleMaxCharacters),
      since: instantText(since),
      sentence: text,
      rows: evidence.length,
      evidence: evidence.slice(0, evidenceShown).map(shortId),
      // The same for as long as it waits: proposing it again is proposing nothing new.
      propose: proposed(suggestions, `${view}-${id}-${since ?? 0}`),
    },
  ];
}

/** What propose_action takes of the first suggestion; null without one. */
function proposed(
  [suggestion]: readonly SuggestedAction[],
  key: string,
): z.input<typeof findingSchema>['propose'] {
  if (suggestion === undefined) return null;
  const { type, payload } = suggestion;
  return { type, payload, idempotency_key: key };
}

function shown(finding: SignalFinding): z.input<typeof findingSchema> {
  const { evidence, suggestions, subjectTitle } = finding;
  return {
    id: shortId(finding.id),
    rule: finding.ruleId,
    severity: finding.severity,
    key: boundedText(finding.subjectKey, keyMaxCharacters),
    title: subjectTitle === null ? null : boundedText(subjectTitle, titleMaxCharacters),
    since: instantText(finding.since),
    sentence: finding.sentence,
    rows: evidence.length,
    evidence: evidence.slice(0, evidenceShown).map(shortId),
    // The same for as long as the finding is: proposing it again is proposing nothing new.
    propose: proposed(suggestions, `finding-${shortId(finding.id)}-${finding.openedCount}`),
  };
}
