import { type BriefLine, lineOf } from '../briefs/brief.ts';
import { listNames } from '../format.ts';
import { quotedName } from '../outside-text/quoted-name.ts';
import type { TriagedRequest } from './triaged-request.ts';

const mostEvidence = 50;

/** Returns a pull request as a line: why it comes where it does, and whom to ask. */
export function triageLine(request: TriagedRequest): BriefLine {
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
    ({ displayName, reasons }) =>
      `${quotedName(displayName)} (${listNames(reasons, reasons.length)})`,
  );
  return ` Could be asked: ${people.join('; ')}.`;
}

function lowered(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}
