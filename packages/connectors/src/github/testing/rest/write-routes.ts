import { change, type Route } from './route.ts';
import {
  changeRef,
  createCommit,
  createRef,
  createTree,
  deleteRef,
  mergeBranch,
} from './writes/git.ts';
import { mergePullRequest } from './writes/merge.ts';
import { changePullRequest, openPullRequest, requestReviewers } from './writes/pulls.ts';
import { addLabels, changeIssue, createComment, createIssue } from './writes/threads.ts';

/** What the twin can be asked to change, beside runs of workflows. */
export const writeRoutes: readonly Route[] = [
  change('PUT', '/pulls/(\\d+)/merge', mergePullRequest, 'contents=write'),
  change('POST', '/pulls', openPullRequest, 'pull_requests=write'),
  change('PATCH', '/pulls/(\\d+)', changePullRequest, 'pull_requests=write'),
  change('POST', '/pulls/(\\d+)/requested_reviewers', requestReviewers, 'pull_requests=write'),
  change('POST', '/issues', createIssue, 'issues=write'),
  change('PATCH', '/issues/(\\d+)', changeIssue, 'issues=write'),
  change('POST', '/issues/(\\d+)/comments', createComment, 'issues=write'),
  change('POST', '/issues/(\\d+)/labels', addLabels, 'issues=write'),
  change('POST', '/git/commits', createCommit, 'contents=write'),
  change('POST', '/git/trees', createTree, 'contents=write'),
  change('POST', '/git/refs', createRef, 'contents=write'),
  change('PATCH', '/git/refs/heads/(.+)', changeRef, 'contents=write'),
  change('DELETE', '/git/refs/heads/(.+)', deleteRef, 'contents=write'),
  change('POST', '/merges', mergeBranch, 'contents=write'),
];
