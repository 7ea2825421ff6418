import type { PullRequest } from '@adjutant/core/domain';

export type ChangeClues = Pick<PullRequest, 'title' | 'labels' | 'headRef' | 'revertsNumber'>;

/** What said so: a link to the change taken back, the title, the branch or a label. */
export type ClueOrigin = 'link' | 'title' | 'branch' | 'label';

export interface ChangeKind {
  isRevert: boolean;
  isHotfix: boolean;
  /** The pull request that is taken back, where the clues name one. */
  revertsNumber: number | null;
  /** Why it is held to be a revert or a hotfix; empty where it is neither. */
  clues: ClueOrigin[];
}

/** Taking a revert back brings the change in again; that is no revert. */
const bringsBack = /^(?:re-?appl(?:y|ies)|re-?land(?:s|ing)?|un-?revert)\b/i;
/** What the noun "revert" stands before when a feature of the product is meant, not a change. */
const revertFeature =
  /^revert\s+(?:\w+\s+)?(?:actions?|buttons?|commands?|dialogs?|endpoints?|flows?|handlers?|icons?|links?|menus?|modals?|options?|screens?|shortcuts?|support|tests?)\b/i;
const revertWord = /^\[?revert\]?(?:\s|:|\(|!)/i;
/** "Roll back" is what databases do, too: only with what is taken back behind it. */
const rollBack =
  /^(?:roll(?:ing)?[ -]?back|back(?:ing)?[ -]?out)(?:\s+of)?\s+(?:["“'#]|pr\s*#?\d|pull request|commit\s|v?\d+\.)/i;
const quotedRevert = /^revert\s+["“'`]/i;
const revertBranch = /^(?:[\w.-]+\/)*?revert-(\d+)-/i;

const hotfixWord = /^(?:\[\s*hot[- ]?fix\s*\]|hot[- ]?fix(?:es)?(?:\s*[:(!]|\s+-\s|\s))/i;
const urgentFix = /^\[?(?:emergency|urgent)\]?:?\s+(?:hot[- ]?)?fix\b/i;
/** Work on how hotfixes are made is no hotfix. */
const hotfixPractice =
  /^hot[- ]?fix(?:es)?\s+(?:\w+\s+)?(?:branch(?:es)?|checklist|docs?|documentation|guide(?:lines)?|labels?|pipelines?|policy|process(?:es)?|runbook|scripts?|support|templates?|workflows?)\b/i;
const hotfixBranch = /^(?:[\w.-]+\/)?hot[-_]?fix(?:es)?(?:[/_-]|$)/i;
/** A kind of change that repairs nothing that is running. */
const repairsNothing = /^(?:build|chore|ci|docs?|refactor|style|tests?)(?:\([^)]*\))?!?:/i;

/**
 * Returns whether a change takes another one back, or repairs something already delivered outside the
 * plan, by what its author wrote. Words decide, so what nobody named stays unseen. What takes back a
 * change that was a revert itself brings the first one in again, whatever it is called.
 */
export function classifyChange(change: ChangeClues, takesBack?: ChangeClues | null): ChangeKind {
  const bringsIn =
    takesBack !== undefined && takesBack !== null && revertClues(takesBack).length > 0;
  const revert = bringsIn ? [] : revertClues(change);
  const hotfix = hotfixClues(change);
  return {
    isRevert: revert.length > 0,
    isHotfix: hotfix.length > 0,
    revertsNumber: revert.length > 0 ? (change.revertsNumber ?? numberInBranch(change)) : null,
    clues: [...new Set([...revert, ...hotfix])],
  };
}

function revertClues(change: ChangeClues): ClueOrigin[] {
  const title = change.title.trim();
  if (isTakenBack(title, change.headRef ?? '')) return [];
  const clues: ClueOrigin[] = [];
  if (change.revertsNumber !== null) clues.push('link');
  if (rollBack.test(title) || (revertWord.test(title) && !revertFeature.test(title))) {
    clues.push('title');
  }
  if (revertBranch.test(change.headRef ?? '')) clues.push('branch');
  if (change.labels.some((label) => names(label, ['revert', 'rollback']))) clues.push('label');
  return clues;
}

/** `Revert "Revert "X""` brings X back, and so on: an even number of reverts is none. */
function isTakenBack(title: string, branch: string): boolean {
  if (bringsBack.test(title)) return true;
  let rest = title;
  let reverts = 0;
  while (quotedRevert.test(rest) || (reverts > 0 && /^revert\b/i.test(rest))) {
    reverts += 1;
    rest = rest.replace(/^revert\s*["“'`]?\s*/i, '');
  }
  if (reverts > 0) return reverts % 2 === 0;
  const inBranch = branch.match(/revert-\d+-/gi)?.length ?? 0;
  return inBranch > 0 && inBranch % 2 === 0;
}

function numberInBranch({ headRef }: ChangeClues): number | null {
  const found = revertBranch.exec(headRef ?? '')?.[1];
  return found === undefined ? null : Number(found);
}

function hotfixClues(change: ChangeClues): ClueOrigin[] {
  const title = change.title.trim();
  const clues: ClueOrigin[] = [];
  if (change.labels.some((label) => names(label, ['hotfix', 'hot-fix', 'hot fix']))) {
    clues.push('label');
  }
  if (repairsNothing.test(title) || hotfixPractice.test(title)) return clues;
  if (hotfixWord.test(title) || urgentFix.test(title)) clues.push('title');
  if (hotfixBranch.test(change.headRef ?? '')) clues.push('branch');
  return clues;
}

/** `hotfix`, `type: hotfix` and `kind/hotfix` are one label; `no-hotfix` and `hotfix-docs` are others. */
function names(label: string, words: readonly string[]): boolean {
  const last = label.toLowerCase().split(/[:/]/).at(-1)?.trim() ?? '';
  return words.includes(last);
}
