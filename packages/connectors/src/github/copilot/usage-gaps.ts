import type { Batch } from '@adjutant/core';
import { printable } from '../../commits/text.ts';
import type { NoReport } from './ask-report.ts';

export type UsageGap = Batch['gaps'][number];

/** What these gaps leave unknown; no other figure. */
const touches = ['ai_usage_day'];
const shownDays = 5;

/** Says why there is no report of Copilot at all, and what to do. */
export function noReportGap(reason: NoReport, organization: string): UsageGap {
  const name = printable(organization, 100);
  const known = { affectedCount: null, touches };
  if (reason === 'not_permitted') {
    return {
      code: 'copilot_not_permitted',
      message: `The credential may not read Copilot's reports of ${name}: give the token or App "Organization Copilot metrics: read" (an owner's classic token: read:org), and let an owner set the policy "Copilot usage metrics" to "Enabled everywhere".`,
      ...known,
    };
  }
  if (reason === 'not_found') {
    return {
      code: 'copilot_not_available',
      message: `GitHub shows no Copilot reports of ${name}: only organizations with Copilot Business or Enterprise have them. Check the name and the plan, or set "copilotUsage: false".`,
      ...known,
    };
  }
  if (reason === 'switched_off') {
    return {
      code: 'copilot_reports_off',
      message: `Copilot's reports of ${name} are switched off: let an owner set the policy "Copilot usage metrics" to "Enabled everywhere".`,
      ...known,
    };
  }
  return {
    code: 'copilot_no_reports',
    message: `GitHub has no Copilot report of ${name} yet: the first comes up to three days after somebody used it. It is asked for again by itself.`,
    ...known,
  };
}

/** Says that there are too few people to read anything of them. */
export function tooFewGap(people: number): UsageGap {
  return {
    code: 'copilot_too_few_people',
    message: `Fewer than five people have Copilot (${people}): figures on people need five, so nothing is read of them. Reading begins by itself when there are five.`,
    affectedCount: people,
    touches,
  };
}

/** Says that nobody can tell whether there are people enough to read anything of them. */
export function peopleUnknownGap(organization: string): UsageGap {
  return {
    code: 'copilot_people_unknown',
    message: `How many people of ${printable(organization, 100)} have Copilot cannot be seen: figures on people need five, so nothing is read of them. Let the credential see licences ("GitHub Copilot Business: read"; a classic token: read:org). The count of the last four weeks, which does as well, is asked for again by itself.`,
    affectedCount: null,
    touches,
  };
}

/** Returns what is to be said of days that were read in part or not at all. */
export function dayGaps(days: {
  missing: readonly string[];
  withoutTeams: readonly string[];
  keptTeams: readonly string[];
  broken: readonly string[];
}): UsageGap[] {
  const gaps: UsageGap[] = [];
  if (days.missing.length > 0) {
    gaps.push({
      code: 'copilot_days_missing',
      message: `GitHub has no Copilot report of some days (${shown(days.missing)}): what was done then is unknown. The last four weeks are asked for again.`,
      affectedCount: days.missing.length,
      touches,
    });
  }
  if (days.keptTeams.length > 0) {
    gaps.push({
      code: 'copilot_days_kept',
      message: `A newer Copilot report of some days came without who was in which team (${shown(days.keptTeams)}): what was read of those days before stays. The last four weeks are asked for again.`,
      affectedCount: days.keptTeams.length,
      touches,
    });
  }
  if (days.withoutTeams.length > 0) {
    gaps.push({
      code: 'copilot_teams_unknown',
      message: `Who was in which team is not reported for some days (${shown(days.withoutTeams)}): they count for no team.`,
      affectedCount: days.withoutTeams.length,
      touches,
    });
  }
  if (days.broken.length > 0) {
    gaps.push({
      code: 'copilot_days_broken',
      message: `Copilot reports of some days have rows that cannot be read (${shown(days.broken)}); what was read of those days before stays.`,
      affectedCount: days.broken.length,
      touches,
    });
  }
  return gaps;
}

function shown(days: readonly string[]): string {
  const more = days.length > shownDays ? ` and ${days.length - shownDays} more` : '';
  return `${days.slice(0, shownDays).join(', ')}${more}`;
}
