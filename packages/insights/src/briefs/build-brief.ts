import { narrowToTeam } from '@adjutant/core/ports';
import type { Brief, BriefKind } from './brief.ts';
import type { BriefDraft, BriefMoment } from './brief-draft.ts';
import { buildAgenda, type FindMeeting, type Meeting } from './build-agenda.ts';
import { buildIncident } from './build-incident.ts';
import { buildRetrospective } from './build-retrospective.ts';
import { buildSprint } from './build-sprint.ts';
import { buildStandup } from './build-standup.ts';
import { buildToday } from './build-today.ts';
import { buildTriage } from './build-triage.ts';
import { buildWeekly } from './build-weekly.ts';
import { missingFacts } from './missing-facts.ts';
import type { BriefReader } from './brief-reader.ts';

export interface BriefOptions {
  kind: BriefKind;
  /** The key of the team that it is of; all of them unless told. */
  team?: string | undefined;
  /** From when on, where a kind looks back; each has its own beginning unless told. */
  from?: number | undefined;
  /** For an incident: the id of its row; without one, all that are open or of late. */
  incident?: string | undefined;
  /** For an agenda: asks the host's calendar which meeting is meant. */
  findMeeting?: FindMeeting | undefined;
  /** For an agenda: which meeting. */
  meeting?: string | undefined;
}

/**
 * Returns a brief of what a handle sees. It is made of rows by
 * templates, so that two of the same moment are the same, and each sentence names its rows.
 * @throws AdjutantError `NotFound` for a team that is not here
 */
export async function buildBrief(
  workspace: BriefReader,
  { kind, team, from, incident, findMeeting, meeting }: BriefOptions,
): Promise<Brief> {
  const handle = await narrowToTeam(workspace, team);
  const { meta } = await handle.signals.list({ limit: 1, withHidden: true });
  const moment: BriefMoment = { now: meta.asOf, from, incident };
  const found =
    kind === 'agenda' ? await findMeeting?.({ now: meta.asOf, name: meeting ?? null }) : null;
  const draft = await builders[kind](handle, moment, found ?? null);
  return {
    kind,
    team: team ?? null,
    asOf: meta.asOf,
    syncedAt: meta.syncedAt,
    timeZone: handle.timeZone,
    ...draft,
    missing: await missingFacts(handle, meta),
  };
}

type Builder = (
  handle: BriefReader,
  moment: BriefMoment,
  meeting: Meeting | null,
) => Promise<BriefDraft>;

const builders: Readonly<Record<BriefKind, Builder>> = {
  today: buildToday,
  standup: buildStandup,
  sprint: buildSprint,
  weekly: buildWeekly,
  agenda: buildAgenda,
  retrospective: buildRetrospective,
  triage: buildTriage,
  incident: buildIncident,
};
