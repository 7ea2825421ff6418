import { AdjutantError, type ExecuteResult } from '@adjutant/core';
import { type FailedRequest, isLimit, toAdjutantError } from '../client/foreign-errors.ts';
import { type GraphqlProblem, isQuotaProblem, isRefusal } from '../client/graphql-answer.ts';
import { neutralText } from '../../writing/neutral-text.ts';

const defaultWaitMs = 60_000;
/** Returns the error of a read that an action made. */
export function readingError(failure: FailedRequest, what: string): AdjutantError {
  const { status } = failure;
  if (isLimit(failure)) {
    return new AdjutantError('RateLimited', 'GitHub asks to wait.', {
      source: 'github',
      retryAfterMs: waitOf(failure),
      hint: 'It is tried again by itself.',
    });
  }
  if (status === null || status >= 500) {
    const text = status === null ? 'GitHub could not be reached.' : `GitHub failed (${status}).`;
    return new AdjutantError('Upstream', text, {
      source: 'github',
      retryable: true,
      ...(status === null ? {} : { status }),
      hint: 'It is tried again by itself.',
    });
  }
  if (status === 404 || status === 410) {
    return new AdjutantError('NotFound', `GitHub does not show ${what} to this credential.`, {
      source: 'github',
      status,
      hint: 'Check the name, and that the credential may read it.',
    });
  }
  return toAdjutantError(failure, what);
}

/** Returns the error of a GraphQL answer that is not whole. */
export function refusedGraphql(problems: readonly GraphqlProblem[]): AdjutantError {
  if (problems.some(isQuotaProblem)) {
    return new AdjutantError('RateLimited', 'GitHub asks to wait.', {
      source: 'github',
      retryAfterMs: defaultWaitMs,
      hint: 'It is tried again by itself.',
    });
  }
  if (problems.some((problem) => isRefusal(problem) && isAboutChecks(problem))) {
    return new AdjutantError(
      'Permission',
      'The credential may not read checks, so none are bound.',
      {
        source: 'github',
        hint: 'GitHub gives checks to a GitHub App with "Checks: read" or to a classic token, not to a fine-grained one.',
      },
    );
  }
  const [first] = problems;
  if (first !== undefined && isRefusal(first)) {
    const isGone = first.type === 'NOT_FOUND';
    return new AdjutantError(
      isGone ? 'NotFound' : 'Permission',
      isGone ? 'GitHub shows no such thing to this credential.' : 'The credential may not read it.',
      { source: 'github', hint: 'Check the name, and what the credential may read.' },
    );
  }
  return new AdjutantError('Upstream', 'GitHub gave only a part of what is needed.', {
    source: 'github',
    retryable: true,
    hint: 'It is tried again by itself.',
  });
}

function isAboutChecks({ path }: GraphqlProblem): boolean {
  return path?.includes('statusCheckRollup') === true;
}

/**
 * Returns how a write ended that GitHub answered with a failure.
 * @throws AdjutantError `Upstream` where nobody knows whether it was applied
 */
export function resultOfFailure(failure: FailedRequest): ExecuteResult {
  const { status, headers } = failure;
  const said = failure.message === '' ? '' : ` It said: ${neutralText(failure.message, 300)}`;
  if (isLimit(failure)) {
    return {
      outcome: 'not_applied',
      reason: 'GitHub asks to wait.',
      retryAfterMs: waitOf(failure),
    };
  }
  if (status === null || (status >= 500 && status !== 501)) {
    const what = status === null ? 'gave no answer' : `failed (${status})`;
    throw new AdjutantError('Upstream', `GitHub ${what}; whether it was done is not known.`, {
      source: 'github',
      ...(status === null ? {} : { status }),
      hint: 'It is looked for by itself.',
    });
  }
  if (status === 401) return refused('GitHub does not accept the credential for writing.');
  if (status === 403) {
    const wanted = headers['x-accepted-github-permissions'];
    const needs = wanted === undefined ? '' : ` It needs: ${neutralText(wanted, 100)}.`;
    return refused(`The credential for writing may not do this.${needs}${said}`);
  }
  if (status < 400) return refused('It is no longer there under this name; nothing was changed.');
  return refused(`GitHub refused it (${status}).${said}`);
}

function refused(reason: string): ExecuteResult {
  return { outcome: 'refused', reason };
}

function waitOf({ headers }: FailedRequest): number {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : defaultWaitMs;
}
