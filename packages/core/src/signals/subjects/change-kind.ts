/** Branches of programs that renew dependencies. */
const dependencyBranch =
  /^(?:dependabot|renovate|renovate-bot|snyk-(?:upgrade|fix)|pyup|greenkeeper)[/-]/i;
/** What such programs write over a change, whatever branch it is on. */
const dependencyTitle =
  /^(?:[a-z]+(?:\([^)]{0,40}\))?!?: )?(?:bump|update|upgrade) \S.* (?:from|to) v?\d/i;

/** Returns whether a program opened a pull request to renew a dependency. */
export function isDependencyUpdate(
  { headRef, title }: { headRef: string | null; title: string },
  isByBot: boolean,
): boolean {
  return dependencyBranch.test(headRef ?? '') || (isByBot && dependencyTitle.test(title));
}

/** Branches that live on when what came from them is merged, by the names that are in wide use. */
const lastingBranch =
  /^(?:main|master|trunk|dev|devel|develop|development|next|stag(?:e|ing)|qa|uat|prod|production|release|(?:releases?|support)[/-].+|changeset-release\/.+|release-please--.+|(?:back-?merge|merge-?back|sync)[/-].+)$/i;

/** Returns whether a pull request brings one lasting branch into another: nobody wrote it as a change. */
export function isBranchSync(
  { headRef, baseRef }: { headRef: string | null; baseRef: string | null },
  defaultBranch: string | null,
): boolean {
  // From a branch to the one of the same name: out of somebody's own copy, where changes are made on any.
  if (headRef === null || headRef === baseRef) return false;
  return headRef === defaultBranch || lastingBranch.test(headRef);
}

const holdTitle =
  /^\s*(?:\[\s*(?:wip|draft|hold|on hold|do not merge|dnm)\s*\]|(?:wip|draft)\b\s*[:-])/i;
const holdLabel =
  /^(?:status[:/ ]\s*)?(?:wip|work[- ]in[- ]progress|on[- ]hold|hold|do[- ]not[- ](?:merge|review)|dnm|parked)$/i;

/** Returns whether a title or a label says that a pull request is to wait, as a draft does. */
export function isOnHold(title: string, labels: readonly string[]): boolean {
  return holdTitle.test(title) || labels.some((label) => holdLabel.test(label.trim()));
}
