import { triagePullRequests } from '../triage/triage-pull-requests.ts';
import { triageLine } from '../triage/triage-line.ts';
import { sectionOf } from './brief.ts';
import type { BriefDraft, BriefMoment } from './brief-draft.ts';
import type { BriefReader } from './brief-reader.ts';

/** Returns what is open in the order in which it should be looked at, why, and whom to ask. */
export async function buildTriage(handle: BriefReader, { now }: BriefMoment): Promise<BriefDraft> {
  const triaged = await triagePullRequests(handle);
  const byPeople = triaged.filter(({ isByBot }) => !isByBot);
  const byPrograms = triaged.filter(({ isByBot }) => isByBot);
  return {
    title: 'Pull requests to look at',
    window: { from: now - 86_400_000, to: now },
    sections: [
      sectionOf(
        'yours-to-move',
        'In this order',
        byPeople.filter(({ waitingFor }) => waitingFor !== 'author').map(triageLine),
        { most: 12, empty: 'Nothing waits for a review or to be merged.' },
      ),
      sectionOf(
        'authors',
        'Wait for their authors',
        byPeople.filter(({ waitingFor }) => waitingFor === 'author').map(triageLine),
        { most: 8, empty: 'Nothing waits for its author.' },
      ),
      sectionOf('programs', 'Opened by programs', byPrograms.map(triageLine), {
        most: 5,
        empty: 'No program has opened any.',
      }),
    ],
    notes: [],
  };
}
