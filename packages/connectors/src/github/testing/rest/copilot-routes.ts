import type { TwinCopilot, TwinCopilotUse } from '../data/copilot.ts';
import type { TwinOrganization } from '../data/records.ts';
import { errorAnswer, type HttpAnswer } from '../http/answer.ts';
import { notFoundAnswer, type RestHandler, type RestRequest } from './request.ts';
import { get, type Route } from './route.ts';

/** Teams of fewer people with a seat stand in no report. */
const fewestSeatedOfTeam = 5;
const reportRight = 'organization_copilot_metrics=read';

type Handle = (
  request: RestRequest,
  organization: TwinOrganization,
  copilot: TwinCopilot,
) => HttpAnswer;

function onCopilot(handle: Handle): RestHandler {
  return (request, [login = '']) => {
    const found = request.data.organizations.find(
      (one) => one.login.toLowerCase() === decodeURIComponent(login).toLowerCase(),
    );
    const copilot = found?.copilot ?? null;
    return found === undefined || copilot === null
      ? notFoundAnswer()
      : handle(request, found, copilot);
  };
}

const billing = onCopilot((_, __, { seats }) =>
  seats === null
    ? errorAnswer(403, 'Resource not accessible by personal access token')
    : {
        status: 200,
        body: { seat_breakdown: { total: seats, active_this_cycle: seats }, plan_type: 'business' },
      },
);

const refusals: Record<Exclude<TwinCopilot['access'], 'given'>, HttpAnswer> = {
  forbidden: errorAnswer(403, 'Resource not accessible by personal access token'),
  unknown: notFoundAnswer(),
  switched_off: errorAnswer(422, 'Copilot usage metrics policy is disabled.'),
  nothing_yet: { status: 204 },
};

function onReport(handle: Handle): RestHandler {
  return onCopilot((request, organization, copilot) => {
    if (copilot.access === 'given') return handle(request, organization, copilot);
    return refusals[copilot.access];
  });
}

const ofDay = (
  rows: (day: string, organization: TwinOrganization, copilot: TwinCopilot) => object[] | null,
) =>
  onReport((request, organization, copilot) => {
    const day = request.query.get('day') ?? '';
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return errorAnswer(422, 'day is missing');
    const found = rows(day, organization, copilot);
    if (found === null) return { status: 204 };
    return { status: 200, body: { download_links: linksOf(request, found), report_day: day } };
  });

/** A large report comes in several files. */
function linksOf({ publishReport }: RestRequest, rows: readonly object[]): string[] {
  const half = Math.ceil(rows.length / 2);
  const files = rows.length > 3 ? [rows.slice(0, half), rows.slice(half)] : [rows];
  return files.map((file) => publishReport(file.map((row) => `${JSON.stringify(row)}\n`).join('')));
}

const usersOfDay = ofDay((day, { id }, { days }) => {
  const found = days.get(day);
  return found === undefined ? null : found.uses.map((use) => userRow(day, id, use));
});

const teamsOfDay = ofDay((day, organization, { days, reportsTeams }) => {
  const found = days.get(day);
  if (found === undefined || !reportsTeams) return null;
  return organization.teams.flatMap((team) => {
    const seated = team.members.filter(({ actor }) => found.seated.includes(actor));
    if (seated.length < fewestSeatedOfTeam) return [];
    return seated.map(({ actor }) => ({
      user_id: actor.id,
      user_login: actor.login,
      day,
      organization_id: String(organization.id),
      team_id: team.id,
      slug: team.slug,
    }));
  });
});

const totalsOfDay = ofDay((day, organization, copilot) => {
  const total = totalOf(day, organization, copilot);
  return total === null ? null : [total];
});

const latestTotals = onReport((request, organization, copilot) => {
  const end = [...copilot.days.keys()].toSorted().at(-1);
  if (end === undefined) return { status: 204 };
  const start = new Date(Date.parse(end) - 27 * 86_400_000).toISOString().slice(0, 10);
  const days = [...copilot.days.keys()].filter((day) => day >= start).toSorted();
  const row = {
    report_start_day: start,
    report_end_day: end,
    organization_id: String(organization.id),
    day_totals: days.map((day) => totalOf(day, organization, copilot)),
  };
  return {
    status: 200,
    body: {
      download_links: linksOf(request, [row]),
      report_start_day: start,
      report_end_day: end,
    },
  };
});

function totalOf(day: string, { id }: TwinOrganization, { days }: TwinCopilot) {
  const found = days.get(day);
  if (found === undefined) return null;
  const earliest = Date.parse(day) - 27 * 86_400_000;
  const month = [...days].filter(([one]) => one <= day && Date.parse(one) >= earliest);
  const people = new Set(month.flatMap(([, { uses }]) => uses.map(({ actor }) => actor.id)));
  return {
    day,
    organization_id: String(id),
    daily_active_users: found.uses.length,
    monthly_active_users: people.size,
    loc_added_sum: found.uses.reduce((sum, { linesAdded = 0 }) => sum + linesAdded, 0),
  };
}

function userRow(day: string, organizationId: number, use: TwinCopilotUse) {
  return {
    day,
    organization_id: String(organizationId),
    user_id: use.actor.id,
    user_login: use.actor.login,
    user_initiated_interaction_count: use.interactions ?? 0,
    code_generation_activity_count: use.generated ?? 0,
    code_acceptance_activity_count: use.accepted ?? 0,
    loc_added_sum: use.linesAdded ?? 0,
    loc_deleted_sum: use.linesDeleted ?? 0,
    used_agent: use.usedAgent ?? false,
    used_chat: use.usedChat ?? false,
    used_cli: use.usedCli ?? false,
    ...(use.credits === undefined ? {} : { ai_credits_used: use.credits }),
    totals_by_ide: [],
    day_partition: day,
  };
}

/** Copilot's licences and reports. */
export const copilotRoutes: readonly Route[] = [
  get(/^\/orgs\/([^/]+)\/copilot\/billing$/, billing, 'copilot_business=read', 'read:org'),
  ...(
    [
      ['organization-28-day/latest', latestTotals],
      ['organization-1-day', totalsOfDay],
      ['users-1-day', usersOfDay],
      ['user-teams-1-day', teamsOfDay],
    ] as const
  ).map(([name, handle]) =>
    get(
      new RegExp(`^/orgs/([^/]+)/copilot/metrics/reports/${name}$`),
      handle,
      reportRight,
      'read:org',
    ),
  ),
];
