import type { PreviewFact } from '@adjutant/core';
import type { MergeView } from './read-merge-view.ts';
import { listed, neutralText } from '../../writing/neutral-text.ts';
import { plain, warning } from '../../writing/preview-facts.ts';
import { riskyFileFacts } from './risky-files.ts';

const passed = new Set(['SUCCESS', 'NEUTRAL', 'SKIPPED']);
const closing =
  /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:(?:[\w.-]+\/[\w.-]+)?#|gh-|https?:\/\/[^\s/]+\/[\w.-]+\/[\w.-]+\/(?:issues|pull)\/)\d+/gi;

/** Returns the facts about a merge, what is risky first. */
export function mergeFacts(
  view: MergeView,
  text: { method: string; title: string | null; message: string | null },
): PreviewFact[] {
  const { repository, pullRequest, files, hasAllFiles } = view;
  const paths = files.map(({ path }) => path);
  const renamed = files.filter(({ changeType }) => changeType === 'RENAMED').length;
  return [
    plain(
      'Repository',
      `${repository.nameWithOwner} (${repository.visibility.toLowerCase()}${repository.isArchived ? ', archived' : ''})`,
    ),
    plain('Base', neutralText(pullRequest.baseRefName)),
    ...checkFacts(view),
    ...riskyFileFacts(paths, hasAllFiles),
    ...(renamed === 0
      ? []
      : [warning('Renamed files', `${renamed}; GitHub does not say here what they were called`)]),
    ...stateFacts(view),
    ...textFacts(text),
    plain('Title', neutralText(pullRequest.title)),
    plain('Author', neutralText(pullRequest.author?.login ?? 'an account that is gone')),
    plain('Head', `${neutralText(pullRequest.headRefName)} at ${pullRequest.headRefOid}`),
    plain(
      'Size',
      `${pullRequest.commits.totalCount} commits, ${pullRequest.changedFiles} files, +${pullRequest.additions} −${pullRequest.deletions}`,
    ),
  ];
}

function checkFacts({ checks }: MergeView): PreviewFact[] {
  const required = checks.filter((check) => check.required);
  const others = checks.filter((check) => !check.required);
  const fact = (label: string, some: typeof checks, none: string): PreviewFact => {
    if (some.length === 0) return warning(label, none);
    const bad = some.filter(({ state }) => !passed.has(state));
    const words = bad.map(({ name, state }) => `${name}: ${state.toLowerCase()}`);
    return bad.length === 0
      ? plain(label, `all ${some.length} passed`)
      : warning(label, `${bad.length} of ${some.length} not passed: ${listed(words)}`);
  };
  return [
    fact('Required checks', required, 'none is required, or none was reported'),
    ...(others.length === 0 ? [] : [fact('Other checks', others, '')]),
  ];
}

/**
 * Returns whether a check has not passed: a required one or, where none is required, any; null where
 * there is none.
 */
export function checksNotGreen({ checks }: Pick<MergeView, 'checks'>): boolean | null {
  const counted = countedChecks(checks);
  return counted.length === 0 ? null : counted.some(({ state }) => !passed.has(state));
}

/** Returns the checks that a merge is bound to: those required or, where none is, all. */
export function countedChecks(checks: MergeView['checks']): MergeView['checks'] {
  const required = checks.filter((check) => check.required);
  return required.length > 0 ? required : checks;
}

function stateFacts({ pullRequest }: MergeView): PreviewFact[] {
  const { reviewDecision, isDraft, mergeable, state, latestReviews } = pullRequest;
  const decision = reviewDecision ?? null;
  const words =
    decision === null ? 'no review is required' : decision.toLowerCase().replaceAll('_', ' ');
  const who = (latestReviews?.nodes ?? []).map(
    (review) => `${review.author?.login ?? 'somebody gone'}: ${review.state.toLowerCase()}`,
  );
  return [
    { label: 'Review', value: words, tone: decision === 'APPROVED' ? 'plain' : 'warning' },
    ...(who.length === 0 ? [] : [plain('Reviews', listed(who))]),
    ...(state === 'OPEN' ? [] : [warning('State', state.toLowerCase())]),
    ...(isDraft ? [warning('Draft', 'yes: GitHub does not merge a draft')] : []),
    ...(mergeable === 'MERGEABLE' ? [] : [warning('Mergeable', mergeable.toLowerCase())]),
  ];
}

function textFacts({
  method,
  title,
  message,
}: {
  method: string;
  title: string | null;
  message: string | null;
}): PreviewFact[] {
  const text = `${title ?? ''}\n${message ?? ''}`;
  const closes = [...text.matchAll(closing)].map(([found]) => found);
  const skips = /\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]/i.test(text);
  return [
    plain('Method', method),
    ...(closes.length === 0 ? [] : [warning('Closes', listed(closes))]),
    ...(skips ? [warning('Skips CI', 'the message asks for it')] : []),
  ];
}
