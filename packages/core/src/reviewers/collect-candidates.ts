import { replaceHidden } from '../hidden-characters.ts';
import type { Candidate, Ground } from './choose-reviewers.ts';
import type { ReviewerReason } from './handle.ts';
import type { RecentWork } from './load-recent-work.ts';

const mostEvidence = 5;
const longestName = 80;

interface Known {
  /** Whom an ownership file means, the owner of most files first. */
  owners: readonly { personId: string; owner: string; pattern: string }[];
  recent: readonly (RecentWork & { personId: string })[];
  repositoryId: string | null;
}

type Found = Pick<Candidate, 'personId' | 'ground' | 'reasons' | 'evidence'>;

/** Returns everybody who owns or knows what a pull request changes, each once with the strongest ground. */
export function collectCandidates({ owners, recent, repositoryId }: Known): Found[] {
  const people = new Map<
    string,
    { ground: Ground; reasons: ReviewerReason[]; evidence: string[] }
  >();
  for (const { personId, owner, pattern } of owners) {
    if (people.has(personId)) continue;
    people.set(personId, {
      ground: 'owns',
      reasons: [{ kind: 'owns', text: ownsText(owner, pattern) }],
      evidence: repositoryId === null ? [] : [repositoryId],
    });
  }
  const byPerson = Map.groupBy(recent, ({ personId }) => personId);
  for (const [personId, works] of byPerson) {
    const [nearest] = works;
    if (nearest === undefined) continue;
    const ofNearest = works.filter(({ nearness }) => nearness === nearest.nearness);
    const ground = `knows_${nearest.nearness}` as const;
    const hasWritten = ofNearest.some((work) => work.hasWritten);
    const known = people.get(personId);
    people.set(personId, {
      ground: known?.ground ?? ground,
      reasons: [
        ...(known?.reasons ?? []),
        { kind: ground, text: (hasWritten ? wroteTexts : reviewedTexts)[nearest.nearness] },
      ],
      evidence: [
        ...(known?.evidence ?? []),
        ...new Set(ofNearest.map(({ pullRequestId }) => pullRequestId)),
      ].slice(0, mostEvidence),
    });
  }
  return [...people].map(([personId, found]) => ({ personId, ...found }));
}

const wroteTexts: Readonly<Record<RecentWork['nearness'], string>> = {
  files: 'changed these files lately',
  folder: 'changed files beside these lately',
  repository: 'changed this repository lately',
};
const reviewedTexts: Readonly<Record<RecentWork['nearness'], string>> = {
  files: 'reviewed changes of these files lately',
  folder: 'reviewed changes of files beside these lately',
  repository: 'reviewed changes of this repository lately',
};

function ownsText(owner: string, pattern: string): string {
  const what = /^\/?\**$/.test(pattern) ? 'what nobody else is named for' : named(pattern);
  const isGroup = owner.startsWith('@') && owner.includes('/');
  return isGroup ? `is in ${named(owner)}, which owns ${what}` : `owns ${what}`;
}

/** A pattern or an owner as it is written, without what moves a cursor, bounded. */
function named(text: string): string {
  const plain = replaceHidden(text, () => '');
  return plain.length <= longestName ? plain : `${plain.slice(0, longestName - 1)}…`;
}
