import { listNames } from '../format.ts';
import { triagePullRequests } from '../triage/triage-pull-requests.ts';
import type { TriagedRequest } from '../triage/triaged-request.ts';
import { type BriefLine, lineOf, sectionOf } from './brief.ts';
import type { BriefDraft, BriefMoment } from './brief-draft.ts';
import type { BriefReader } from './brief-reader.ts';

const mostEvidence = 50;

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
        byPeople.filter(({ waitingFor }) => waitingFor !== 'author').map(requestLine),
        { most: 12, empty: 'Nothing waits for a review or to be merged.' },
      ),
      sectionOf(
        'authors',
        'Wait for their authors',
        byPeople.filter(({ waitingFor }) => waitingFor === 'author').map(requestLine),
        { most: 8, empty: 'Nothing waits for its author.' },
      ),
      sectionOf('programs', 'Opened by programs', byPrograms.map(requestLine), {
        most: 5,
        empty: 'No program has opened any.',
      }),
    ],
    notes: [],
  };
}

function requestLine(request: TriagedRequest): BriefLine {
  const { id, key, title, url, since, severity, findingId, reasons, reviewers } = request;
  const evidence = [
    ...reasons.flatMap((reason) => reason.evidence),
    ...reviewers.flatMap((reviewer) => reviewer.evidence),
  ];
  return lineOf({
    text: `${reasonWords(request)}${reviewerWords(request)}`,
    about: { id, key, title, url },
    since,
    severity,
    evidence: [...new Set([id, ...evidence])].slice(0, mostEvidence),
    findingId,
    suggestions: request.proposals,
  });
}

/** One sentence of reasons that follow the key; what a rule says stands for itself. */
function reasonWords({ key, reasons }: TriagedRequest): string {
  const clauses = reasons.filter(({ kind }) => kind !== 'finding').map(({ text }) => text);
  const sentences = reasons.filter(({ kind }) => kind === 'finding').map(({ text }) => text);
  const own = clauses.length === 0 ? [] : [`${key} ${listNames(clauses, clauses.length)}.`];
  return [...own, ...sentences].join(' ');
}

function reviewerWords({ reviewers, nobodyBecause }: TriagedRequest): string {
  if (nobodyBecause !== null) return ` Nobody is suggested: ${lowered(nobodyBecause)}`;
  if (reviewers.length === 0) return '';
  const people = reviewers.map(
    ({ displayName, reasons }) => `${displayName} (${listNames(reasons, reasons.length)})`,
  );
  return ` Could be asked: ${people.join('; ')}.`;
}

function lowered(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}
