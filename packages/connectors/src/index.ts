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
  jira,
  type JiraConfig,
  type JiraNormaliserPlace,
  jiraNormalisers,
  type JiraNormalisers,
} from './jira/index.ts';
export {
  pagerduty,
  type PagerdutyConfig,
  type PagerdutyNormalisers,
  pagerdutyNormalisers,
} from './pagerduty/index.ts';
export { slack, type SlackConfig } from './slack/index.ts';
