import type { AnyActionDefinition } from '@adjutant/core';
import type { GithubConfig } from '../config.ts';
import { commentAction } from '../writing/comments.ts';

/** Comments on a pull request. A command or a bot's name in the text makes it high risk. */
export function prComment(config: GithubConfig): AnyActionDefinition {
  return commentAction(config, {
    id: 'pr.comment',
    title: 'Comment on a pull request',
    on: 'pull request',
    bindsHead: false,
  });
}
