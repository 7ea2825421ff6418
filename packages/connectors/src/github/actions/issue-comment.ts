import type { AnyActionDefinition } from '@adjutant/core';
import type { GithubConfig } from '../config.ts';
import { commentAction } from '../writing/comments.ts';

/** Comments on an issue. A command or a bot's name in the text makes it high risk. */
export function issueComment(config: GithubConfig): AnyActionDefinition {
  return commentAction(config, {
    id: 'issue.comment',
    title: 'Comment on an issue',
    on: 'issue',
    bindsHead: false,
  });
}
