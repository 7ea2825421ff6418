import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import type { GithubClient } from '../client/client.ts';
import { readReportRows, type ReportRows } from './report-rows.ts';

/** Why there is no report, as GitHub's status tells. */
export type NoReport = 'not_permitted' | 'not_found' | 'switched_off' | 'not_there';

const reportSchema = z.object({
  download_links: z.array(z.string().min(1).max(10_000)).max(1_000),
  report_end_day: z.iso.date().nullish().catch(null),
});

export type AskedReport =
  | { kind: 'links'; links: readonly string[]; endDay: string | null }
  | { kind: 'none'; reason: NoReport };

/**
 * Asks where a report is. That there is none is an answer; so is one without a single file, which
 * tells of nothing. @throws AdjutantError for any other failure
 */
export async function askReport(
  client: GithubClient,
  organization: string,
  report: string,
  query: Readonly<Record<string, string>> = {},
): Promise<AskedReport> {
  const path = `/orgs/${encodeURIComponent(organization)}/copilot/metrics/reports/${report}`;
  try {
    const { status, data } = await client.get(path, query);
    if (status === 204) return { kind: 'none', reason: 'not_there' };
    const parsed = reportSchema.safeParse(data);
    if (!parsed.success) throw unknownForm();
    const { download_links: links, report_end_day: endDay } = parsed.data;
    if (links.length === 0) return { kind: 'none', reason: 'not_there' };
    return { kind: 'links', links, endDay: endDay ?? null };
  } catch (error) {
    const reason = noReportOf(error);
    if (reason === null) throw error;
    return { kind: 'none', reason };
  }
}

/** Asks for a report and reads all of it. A link that has run out meanwhile is asked for again, once. */
export async function readReport(
  client: GithubClient,
  organization: string,
  report: string,
  day: string,
): Promise<({ kind: 'rows' } & ReportRows) | Extract<AskedReport, { kind: 'none' }>> {
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const asked = await askReport(client, organization, report, { day });
    if (asked.kind === 'none') return asked;
    const found = await downloadRows(client, asked.links);
    if (found !== null) return { kind: 'rows', ...found };
  }
  return { kind: 'none', reason: 'not_there' };
}

/** Returns the rows behind some links; null where one of them is no longer taken. */
export async function downloadRows(
  client: GithubClient,
  links: readonly string[],
): Promise<ReportRows | null> {
  const all: ReportRows = { rows: [], broken: 0 };
  for (const link of links) {
    const text = await client.download(link);
    if (text === null) return null;
    const { rows, broken } = await readReportRows(text);
    for (const row of rows) all.rows.push(row);
    all.broken += broken;
  }
  return all;
}

/** Returns what a failure says about reports; null where it says something else. */
export function noReportOf(error: unknown): NoReport | null {
  if (!AdjutantError.isInstance(error)) return null;
  if (error.code === 'Permission') return 'not_permitted';
  if (error.code === 'NotFound') return 'not_found';
  return error.status === 422 ? 'switched_off' : null;
}

function unknownForm(): AdjutantError {
  return new AdjutantError('Upstream', 'GitHub gives reports of Copilot in a form nobody knows.', {
    source: 'github',
    hint: 'Check the base URL.',
  });
}
