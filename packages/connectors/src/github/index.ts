export { githubActions } from './actions/index.ts';
export type { GithubConfig } from './config.ts';
export { github } from './connector.ts';
export {
  type GithubNormalisers,
  githubNormalisers,
  type Normaliser,
  type NormaliserPlace,
  type PullRequestExtra,
} from './rest/normalise.ts';
