export { events, type EventsConfig } from './events/index.ts';
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
export {
  pagerduty,
  type PagerdutyConfig,
  type PagerdutyNormalisers,
  pagerdutyNormalisers,
} from './pagerduty/index.ts';
