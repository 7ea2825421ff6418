import { z } from 'zod';
import type { GithubClient } from '../client/client.ts';
import { askReport, downloadRows, noReportOf } from './ask-report.ts';
import { dayTotalsOf } from './day-totals.ts';
import { noReportGap, peopleUnknownGap, tooFewGap, type UsageGap } from './usage-gaps.ts';

/** Figures on people need five. */
const fewestPeople = 5;

const billingSchema = z.object({
  seat_breakdown: z.object({ total: z.number().int().nonnegative() }),
});
const totalsSchema = z.object({ monthly_active_users: z.number().int().nonnegative() });

export type UsageAvailability =
  | { kind: 'available' /** The newest day that was reported. */; newestDay: string | null }
  | { kind: 'not_available'; gap: UsageGap };

/** Tells whether there are reports of Copilot, and people enough to read them. */
export async function askAvailability(
  client: GithubClient,
  organization: string,
): Promise<UsageAvailability> {
  const seats = await askSeats(client, organization);
  if (seats !== null && seats < fewestPeople) {
    return { kind: 'not_available', gap: tooFewGap(seats) };
  }
  const report = await askReport(client, organization, 'organization-28-day/latest');
  if (report.kind === 'none') {
    return { kind: 'not_available', gap: noReportGap(report.reason, organization) };
  }
  if (seats === null) {
    // Whoever may read reports need not see the bill: those who used it in four weeks are fewer.
    const active = await activePeople(client, report.links);
    // Without either number nobody knows that they are five.
    if (active === null) return { kind: 'not_available', gap: peopleUnknownGap(organization) };
    if (active < fewestPeople) {
      return { kind: 'not_available', gap: tooFewGap(active) };
    }
  }
  return { kind: 'available', newestDay: report.endDay };
}

/** Returns how many people have a licence; null where the credential does not show it. */
async function askSeats(client: GithubClient, organization: string): Promise<number | null> {
  try {
    const path = `/orgs/${encodeURIComponent(organization)}/copilot/billing`;
    const { data } = await client.get(path, {});
    const parsed = billingSchema.safeParse(data);
    return parsed.success ? parsed.data.seat_breakdown.total : null;
  } catch (error) {
    if (noReportOf(error) === null) throw error;
    return null;
  }
}

async function activePeople(
  client: GithubClient,
  links: readonly string[],
): Promise<number | null> {
  const found = await downloadRows(client, links);
  const counts = (found?.rows ?? []).flatMap(dayTotalsOf).flatMap((day) => {
    const parsed = totalsSchema.safeParse(day);
    return parsed.success ? [parsed.data.monthly_active_users] : [];
  });
  return counts.length === 0 ? null : Math.max(...counts);
}
