import type { ReportInput, SubmittedReport } from '@adjutant/core';
import { fakeId, fakeNow } from './fake-rows.ts';

const hourMs = 3_600_000;
const did = ['committed', 'committed', 'committed', 'opened', 'reviewed'] as const;

/** Returns a report as it would be kept, on a day with some work. */
export function fakeReport(input: ReportInput): SubmittedReport {
  return {
    id: fakeId(700),
    day: input.day ?? new Date(fakeNow).toISOString().slice(0, 10),
    timeZone: 'UTC',
    author: { personId: fakeId(1), name: 'Mira' },
    isOwn: true,
    did: input.did ?? null,
    next: input.next ?? null,
    blockers: input.blockers ?? null,
    visibility: input.visibility ?? 'private',
    revision: 1,
    submittedVia: input.via ?? 'sdk',
    createdAt: fakeNow,
    updatedAt: fakeNow,
    isNew: true,
    maskedSecrets: 0,
    work: {
      items: did.map((what, place) => ({
        id: fakeId(710 + place),
        kind: what === 'committed' ? 'commit' : 'pull_request',
        did: what,
        key: `key-${place}`,
        title: `Work ${place}`,
        repository: 'billing-api',
        at: fakeNow - (did.length - place) * hourMs,
      })),
      unmapped: [],
      syncedAt: fakeNow - hourMs,
      gaps: [],
    },
  };
}
