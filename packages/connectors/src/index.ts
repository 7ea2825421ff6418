export { git, type GitConfig } from './git/index.ts';
export {
  github,
  type GithubConfig,
  type GithubNormalisers,
  githubNormalisers,
  type Normaliser,
  type NormaliserPlace,
  type PullRequestExtra,
} from './github/index.ts';
export { slack, type SlackConfig } from './slack/index.ts';
