import type { AnyActionDefinition } from '@adjutant/core';
import type { GithubConfig } from '../config.ts';
import { commentAction } from '../writing/comments.ts';

/** Comments a summary of a change, of exactly the head that was approved. */
export function prCommentSummary(config: GithubConfig): AnyActionDefinition {
  return commentAction(config, {
    id: 'pr.comment.summary',
    title: 'Comment a summary on a pull request',
    on: 'pull request',
    bindsHead: true,
  });
}
