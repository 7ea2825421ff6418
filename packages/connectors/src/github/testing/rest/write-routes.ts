import { change, type Route } from './route.ts';
import { mergePullRequest } from './writes/merge.ts';

/** What the twin can be asked to change. */
export const writeRoutes: readonly Route[] = [
  change('PUT', '/pulls/(\\d+)/merge', mergePullRequest, 'contents=write'),
];
